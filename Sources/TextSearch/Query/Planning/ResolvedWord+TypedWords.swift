/// Raw Telex and VNI typing in a query: the last resort for words that the index does not hold.
extension ResolvedWord {
  /// Reads the words of a text and resolves them: one for each, those that are to be dropped included.
  ///
  /// A word that no document holds in any reading is decoded as typing (`TypedInput`); if the index holds the decoded
  /// word, the text is read anew as if that had been typed. Its writer wants diacritics, so words without any beside it mean
  /// plain syllables. A word that the index holds is never decoded.
  ///
  /// - Throws: `SearchError.emptyQuery` if the text holds no word.
  static func read(
    _ text: String, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, reading: ReadingOptions
  ) throws(SearchError) -> [ResolvedWord] {
    let words = try resolve(
      try QueryWords.read(text, &analyzer, reading), statistics, reading.weights)
    let typed = try typedWords(words, &analyzer, statistics, reading: reading)
    guard !typed.isEmpty else { return words }
    return try resolve(try QueryWords.read(text, &analyzer, reading, typed: typed), statistics, reading.weights)
  }

  /// Returns the decoded forms of the unknown words that turn out to be typing, by the ordinals of the words.
  private static func typedWords(
    _ words: [ResolvedWord], _ analyzer: inout Analyzer, _ statistics: QueryStatistics,
    reading: ReadingOptions
  ) throws(SearchError) -> [Int: String] {
    guard analyzer.options.preset == .frenchVietnamese else { return [:] }
    var typed: [Int: String] = [:]
    for (ordinal, word) in words.enumerated() where word.frequencies.isZero {
      guard let text = decoded(word.text) else { continue }
      let read = try QueryWords.read(text, &analyzer, reading, typed: [0: text])
      let isKnown = try resolve(read, statistics, reading.weights).contains { !$0.frequencies.isZero }
      if isKnown { typed[ordinal] = text }
    }
    return typed
  }

  /// Decodes a word as Telex or VNI typing; nil if it is none.
  private static func decoded(_ text: String) -> String? {
    TypedInput.decode(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns the words of a text in every reading that some vocabulary leads to: those that have to be counted before it is
  /// known which words are typing.
  static func possibleWords(
    _ text: String, _ analyzer: inout Analyzer, reading: ReadingOptions
  ) throws(SearchError) -> [QueryWord] {
    let words = try QueryWords.read(text, &analyzer, reading)
    guard analyzer.options.preset == .frenchVietnamese else { return words }
    var typed: [Int: String] = [:]
    for (ordinal, word) in words.enumerated() { typed[ordinal] = decoded(word.text) }
    guard !typed.isEmpty else { return words }
    var possible = words + (try QueryWords.read(text, &analyzer, reading, typed: typed))
    // Where another word is typing the query has diacritics; no word stands at this ordinal.
    possible += try QueryWords.read(text, &analyzer, reading, typed: [words.count: ""])
    for (_, form) in typed { possible += try QueryWords.read(form, &analyzer, reading, typed: [0: form]) }
    return possible
  }
}
