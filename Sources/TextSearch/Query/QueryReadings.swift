extension TextAnalyzer {
  /// Every posting list that the words of a query may mean, word by word, in dictionary order.
  ///
  /// - Throws: `SearchError.emptyQuery` if the text holds no word.
  public func readings(ofQuery text: String) throws(SearchError) -> [Reading] {
    var readings: [Reading] = []
    for (number, word) in try QueryWords.read(text, &analyzer).enumerated() {
      for selector in word.selectors {
        let spelling = String(decoding: selector.address.spelling, as: UTF8.self)
        readings.append(
          Reading(
            word: number, text: word.text, language: selector.address.language,
            key: String(decoding: selector.address.key, as: UTF8.self), spelling: spelling.isEmpty ? nil : spelling,
            readsAllSpellings: selector.match == .allSpellings, weight: selector.weight))
      }
    }
    return readings
  }
}
