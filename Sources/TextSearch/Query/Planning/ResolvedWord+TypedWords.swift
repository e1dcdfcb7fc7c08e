/// Decodes raw Telex and VNI typing in a query, for words that the index does not hold.
extension ResolvedWord {
  /// Reads and resolves the words of a text, including stop words to leave out.
  ///
  /// A word that no document holds in any reading is decoded as typing (`TypedInput`). If the index holds the decoded word,
  /// the text is read again with it. Such a query has diacritics, so its words without diacritics mean syllables without
  /// diacritics. A word that the index holds is never decoded.
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

  /// Returns the decoded forms of the words that are Telex or VNI typing, by the ordinals of the words.
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

  /// What a word of a text may become, whatever the vocabulary.
  struct Possible {
    /// The lists of all its readings, and its keys as a part of pairs.
    var selectors: [ListSelector] = []
    var pairWords: Set<PairWord> = []
    /// The words before and after it may become neighbours.
    var mayBeLeftOut = false

    fileprivate mutating func add(_ word: QueryWord, _ reading: ReadingOptions) {
      selectors += word.selectors
      pairWords.formUnion(word.pairWords)
      if word.isStopWord, reading.stopWords == .drop { mayBeLeftOut = true }
    }
  }

  /// Returns the words of a text, each with every reading that `read` may choose; none for a text without words. A part of a
  /// collection exports the statistics of all of them, as it cannot decide which words are typing.
  static func possibleWords(
    _ text: String, _ analyzer: inout Analyzer, reading: ReadingOptions
  ) throws(SearchError) -> [Possible] {
    // Stop words that are kept read all lists that they may read otherwise, whatever becomes of the words beside them.
    var kept = reading
    kept.stopWords = .keep
    var possible: [Possible] = []
    for reading in reading.stopWords == .keep ? [kept] : [kept, reading] {
      let words: [QueryWord]
      do {
        words = try QueryWords.read(text, &analyzer, reading)
      } catch {
        if error == .emptyQuery { return [] }
        throw error
      }
      if possible.isEmpty { possible = words.map { _ in Possible() } }
      add(words, reading, to: &possible)
      guard analyzer.options.preset == .frenchVietnamese else { continue }
      var typed: [Int: String] = [:]
      for (ordinal, word) in words.enumerated() { typed[ordinal] = decoded(word.text) }
      guard !typed.isEmpty else { continue }
      add(try QueryWords.read(text, &analyzer, reading, typed: typed), reading, to: &possible)
      // The ordinal after the last word replaces nothing, but makes the query one with diacritics, as another typed word may.
      add(try QueryWords.read(text, &analyzer, reading, typed: [words.count: ""]), reading, to: &possible)
      for (ordinal, form) in typed {
        for word in try QueryWords.read(form, &analyzer, reading, typed: [0: form]) {
          possible[ordinal].add(word, reading)
        }
      }
    }
    return possible
  }

  private static func add(_ words: [QueryWord], _ reading: ReadingOptions, to possible: inout [Possible]) {
    for (ordinal, word) in words.enumerated() where ordinal < possible.count { possible[ordinal].add(word, reading) }
  }
}
