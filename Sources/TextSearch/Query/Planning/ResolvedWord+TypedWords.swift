/// Decodes raw Telex and VNI typing in a query.
extension ResolvedWord {
  /// Reads and resolves the words of a text, including stop words to leave out.
  ///
  /// Words that are typing (`typedWords`) are replaced by what their keys spell, and the text is read again with it. Such a query
  /// has diacritics, so its words without diacritics mean syllables without diacritics.
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

  /// How much commoner a decoded word must be than its keys, which stray texts hold too (*cos*, *chaau*): in a query in which
  /// typing alone explains another word; and where no word is explained by typing alone, for two words or more.
  private static let commoner = (beside: UInt64(4), without: UInt64(100))

  /// Returns the decoded forms of the words that are Telex or VNI typing, by the ordinals of the words.
  ///
  /// A word is typing if the index holds what its keys spell (`TypedInput`), and not the keys. If there is such a word, or two whose
  /// decoded words are far commoner than their keys, the query is typed, and so are the others whose decoded words are commoner.
  private static func typedWords(
    _ words: [ResolvedWord], _ analyzer: inout Analyzer, _ statistics: QueryStatistics,
    reading: ReadingOptions
  ) throws(SearchError) -> [Int: String] {
    guard analyzer.options.preset == .frenchVietnamese else { return [:] }
    var possible: [(ordinal: Int, text: String, keys: UInt64, decoded: UInt64)] = []
    for (ordinal, word) in words.enumerated() {
      guard let text = decoded(word.text) else { continue }
      let read = try QueryWords.read(text, &analyzer, reading, typed: [0: text])
      let decoded = try resolve(read, statistics, reading.weights).reduce(0) { max($0, $1.frequencies.sum) }
      if decoded > 0 { possible.append((ordinal, text, word.frequencies.sum, decoded)) }
    }
    let isExplained = possible.contains { $0.keys == 0 }
    let isLikely = possible.count { $0.keys <= $0.decoded / commoner.without } >= 2
    guard isExplained || isLikely else { return [:] }
    var typed: [Int: String] = [:]
    for word in possible where word.keys <= word.decoded / commoner.beside { typed[word.ordinal] = word.text }
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
    /// The word as typed, and the lists of each reading.
    var text = ""
    var readings: [[ListSelector]] = []

    fileprivate mutating func add(_ word: QueryWord, _ reading: ReadingOptions) {
      selectors += word.selectors
      if text.isEmpty { text = word.text }
      readings.append(word.selectors)
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
