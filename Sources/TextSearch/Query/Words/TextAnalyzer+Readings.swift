extension TextAnalyzer {
  /// Returns every posting list that the words of a query may mean, word by word, in dictionary order.
  ///
  /// Stop words are left out with ``ReadingOptions/StopWordUse/drop``, unless the query holds nothing else.
  ///
  /// - Parameters:
  ///   - text: the words of the query.
  ///   - options: how the words are read.
  /// - Throws: `SearchError.emptyQuery` if the text holds no word.
  public func readings(
    ofQuery text: String, _ options: ReadingOptions = ReadingOptions()
  ) throws(SearchError) -> [Reading] {
    var readings: [Reading] = []
    let words = try QueryWords.read(text, &analyzer, options)
    let drops = options.stopWords == .drop && !words.allSatisfy(\.isStopWord)
    for (ordinal, word) in words.enumerated() where !(drops && word.isStopWord) {
      for selector in word.selectors {
        let spelling = String(decoding: selector.address.spelling, as: UTF8.self)
        readings.append(
          Reading(
            word: ordinal, text: word.text, language: selector.address.language,
            key: String(decoding: selector.address.key, as: UTF8.self), spelling: spelling.isEmpty ? nil : spelling,
            readsAllSpellings: selector.match == .allSpellings, weight: selector.weight,
            boost: word.boost))
      }
    }
    return readings
  }
}
