/// Raw Telex and VNI typing in a query: the last resort for words that the index does not hold.
extension QueryPlan {
  /// Reads a query and resolves it against a vocabulary.
  ///
  /// A word that no document holds in any reading is decoded as typing (`TypedInput`); if the index knows the decoded
  /// word, the query is read anew as if that had been typed. Its writer wants marks, so bare words beside it mean bare
  /// syllables. A word that the index knows is never decoded.
  init(
    reading text: String, _ analyzer: inout Analyzer, _ statistics: borrowing QueryStatistics,
    _ options: ReadingOptions = ReadingOptions()
  ) throws(SearchError) {
    self = try QueryPlan.whole(reading: text, &analyzer, statistics, options).kept
  }

  /// The same with the words that are not to count: a clause for each word.
  static func whole(
    reading text: String, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, _ options: ReadingOptions
  ) throws(SearchError) -> QueryPlan {
    let plan = try QueryPlan.resolved(text, &analyzer, statistics, options)
    let typed = try plan.typedWords(&analyzer, statistics, options)
    return typed.isEmpty ? plan : try QueryPlan.resolved(text, &analyzer, statistics, options, typed: typed)
  }

  /// The words of a query, those of `typed` as the forms given there.
  private static func resolved(
    _ text: String, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, _ options: ReadingOptions,
    typed: [Int: String] = [:]
  ) throws(SearchError) -> QueryPlan {
    try QueryPlan(try QueryWords.read(text, &analyzer, options, typed: typed), statistics, options.weights)
  }

  /// The decoded forms of the unknown words that turn out to be typing, by the places of the words.
  private func typedWords(
    _ analyzer: inout Analyzer, _ statistics: QueryStatistics, _ options: ReadingOptions
  ) throws(SearchError) -> [Int: String] {
    guard analyzer.options.preset == .frenchVietnamese else { return [:] }
    var typed: [Int: String] = [:]
    for (place, clause) in clauses.enumerated() where !clause.isKnown {
      guard let text = QueryPlan.decoded(clause.word) else { continue }
      let words = try QueryWords.read(text, &analyzer, options, typed: [0: text])
      if try QueryPlan(words, statistics, options.weights).clauses.contains(where: \.isKnown) { typed[place] = text }
    }
    return typed
  }

  /// The word as Telex or VNI typing.
  private static func decoded(_ word: QueryWord) -> String? {
    TypedInput.decode(Array(word.text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The words of a query in every reading that some vocabulary leads to: what has to be counted before it is known which
  /// words are typing.
  static func possibleWords(
    _ text: String, _ analyzer: inout Analyzer, _ options: ReadingOptions
  ) throws(SearchError) -> [QueryWord] {
    let words = try QueryWords.read(text, &analyzer, options)
    guard analyzer.options.preset == .frenchVietnamese else { return words }
    var typed: [Int: String] = [:]
    for (place, word) in words.enumerated() { typed[place] = decoded(word) }
    guard !typed.isEmpty else { return words }
    var possible = words + (try QueryWords.read(text, &analyzer, options, typed: typed))
    // Where another word is typing the query is marked; no word stands at this place.
    possible += try QueryWords.read(text, &analyzer, options, typed: [words.count: ""])
    for (_, form) in typed { possible += try QueryWords.read(form, &analyzer, options, typed: [0: form]) }
    return possible
  }
}

extension QueryPlan.Clause {
  /// Some document holds the word.
  fileprivate var isKnown: Bool { !frequencies.isZero }
}
