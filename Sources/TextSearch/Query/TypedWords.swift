/// Raw Telex and VNI typing in a query: the last resort for words that the index does not hold.
extension QueryPlan {
  /// Reads a query and resolves it against `segments`.
  ///
  /// A word that no document holds in any reading is decoded as typing (`TypedInput`); if the index knows the decoded
  /// word, the query is read anew as if that had been typed. Its writer wants marks, so bare words beside it mean bare
  /// syllables. A word that the index knows is never decoded.
  init(
    reading text: String, _ analyzer: inout Analyzer, _ segments: [Segment],
    _ options: ReadingOptions = ReadingOptions()
  ) throws(SearchError) {
    self = try QueryPlan.whole(reading: text, &analyzer, segments, options).kept
  }

  /// The same with the words that are not to count: a clause for each word.
  static func whole(
    reading text: String, _ analyzer: inout Analyzer, _ segments: [Segment], _ options: ReadingOptions
  ) throws(SearchError) -> QueryPlan {
    let plan = try QueryPlan.resolved(text, &analyzer, segments, options)
    let typed = try plan.typedWords(&analyzer, segments, options)
    return typed.isEmpty ? plan : try QueryPlan.resolved(text, &analyzer, segments, options, typed: typed)
  }

  /// The words of a query, those of `typed` as the forms given there.
  private static func resolved(
    _ text: String, _ analyzer: inout Analyzer, _ segments: [Segment], _ options: ReadingOptions,
    typed: [Int: String] = [:]
  ) throws(SearchError) -> QueryPlan {
    try QueryPlan(try QueryWords.read(text, &analyzer, options, typed: typed), segments, options.weights)
  }

  /// The decoded forms of the unknown words that turn out to be typing, by the places of the words.
  private func typedWords(
    _ analyzer: inout Analyzer, _ segments: [Segment], _ options: ReadingOptions
  ) throws(SearchError) -> [Int: String] {
    guard analyzer.options.recipe == .frenchVietnamese else { return [:] }
    var typed: [Int: String] = [:]
    for (place, clause) in clauses.enumerated() where !clause.isKnown {
      guard let form = TypedInput.decode(Array(clause.word.text.utf8)) else { continue }
      let text = String(decoding: form, as: UTF8.self)
      let words = try QueryWords.read(text, &analyzer, options, typed: [0: text])
      if try QueryPlan(words, segments, options.weights).clauses.contains(where: \.isKnown) { typed[place] = text }
    }
    return typed
  }
}

extension QueryPlan.Clause {
  /// Some document holds the word.
  fileprivate var isKnown: Bool { frequencies.contains { $0 > 0 } }
}
