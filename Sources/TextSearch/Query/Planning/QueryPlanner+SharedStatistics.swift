/// What a part of a collection exports for a query.
extension QueryPlanner {
  /// Returns the words of an exact text, each with its name in shared statistics.
  static func exactForms(_ text: String, _ analyzer: inout Analyzer) -> [(form: WordForm, name: String)] {
    var tokens = TokenBuffer()
    analyzer.findQueryWords(text.utf8.span, into: &tokens)
    let bytes = Array(text.utf8)
    return (0..<tokens.count).map { index in
      let name = "=" + String(decoding: bytes[tokens.range(index)], as: UTF8.self)
      return (WordForm(tokens.form(index), analyzer.forms), name)
    }
  }

  /// Adds the statistics of a query in one part of a collection to shared statistics.
  static func exportStatistics(
    of query: Query, _ analyzer: inout Analyzer, _ own: QueryStatistics, reading: ReadingOptions,
    to shared: inout SharedStatistics
  ) throws(SearchError) {
    try query.check()
    let planner = QueryPlanner(analyzer.options, own, reading: reading, requiresAll: false)
    var (texts, bags): ([String], Int) = ([], 0)
    planner.collect(query, texts: &texts, bags: &bags)
    // The texts are read as one, or each alone if the line feed does not separate words: exports both.
    var alone: [ResolvedWord.Possible] = []
    for text in texts { alone += try ResolvedWord.possibleWords(text, &analyzer, reading: reading) }
    try planner.export(alone, to: &shared)
    try planner.exportNearestWords(alone, to: &shared)
    if texts.count > 1 {
      let joined = try ResolvedWord.possibleWords(texts.joined(separator: "\n"), &analyzer, reading: reading)
      try planner.export(joined, to: &shared)
      try planner.exportNearestWords(joined, to: &shared)
    }
    try planner.exportEquivalents(alone, &analyzer, to: &shared)
    try planner.exportExpansions(of: query, &analyzer, to: &shared)
  }

  /// Adds the words near those that this part of the collection may not hold, in one reading or another: which one is right the
  /// collection decides.
  private func exportNearestWords(
    _ words: [ResolvedWord.Possible], to shared: inout SharedStatistics
  ) throws(SearchError) {
    guard reading.replacesUnknownWords else { return }
    for word in words {
      guard let form = NearestWords.form(word.text), !shared.containsNearest(to: word.text) else { continue }
      var isUnknown = false
      for selectors in word.readings where !isUnknown {
        var documents: UInt64 = 0
        for selector in selectors { documents += try shared.documentFrequency(selector) }
        isUnknown = documents == 0
      }
      if isUnknown { shared.set(nearest: try expansion.nearWords(to: form), to: word.text) }
    }
  }

  /// Adds the lists of words, and the pairs of those that may become neighbours.
  private func export(_ words: [ResolvedWord.Possible], to shared: inout SharedStatistics) throws(SearchError) {
    try export(words.flatMap(\.selectors), to: &shared)
    for first in words.indices.dropLast() {
      var second = first + 1
      while second < words.count {
        try export(pairs: PairFrequencies[words[first].pairWords, words[second].pairWords], to: &shared)
        guard words[second].mayBeLeftOut else { break }
        second += 1
      }
    }
  }

  /// Adds the frequencies of lists.
  func export(_ selectors: [ListSelector], to shared: inout SharedStatistics) throws(SearchError) {
    for selector in selectors where !shared.contains(selector) {
      shared.set(try statistics.documentFrequency(selector), of: selector)
    }
  }

  /// Adds the frequencies of pairs by their slots.
  func export(pairs: some Sequence<UInt32>, to shared: inout SharedStatistics) throws(SearchError) {
    for slot in pairs where !shared.contains(pair: slot) {
      shared.set(try statistics.documentFrequency(pair: slot), ofPair: slot)
    }
  }

  /// Adds the words of patterns, fuzzy words and exact spellings.
  private func exportExpansions(
    of query: Query, _ analyzer: inout Analyzer, to shared: inout SharedStatistics
  ) throws(SearchError) {
    switch query {
    case .words, .phrase, .filter, .everything: break
    case .exact(let text):
      for (form, name) in QueryPlanner.exactForms(text, &analyzer) {
        shared.set(try expansion.found(spelledAs: form), of: name)
      }
    case .prefix, .wildcard, .fuzzy:
      for part in QueryPlanner.parts(query) {
        switch part {
        case .text: break
        case .pattern(let pattern, let text): shared.set(try expansion.found(pattern, text), of: text)
        case .similar(let form, let distance, let text):
          shared.set(try expansion.similarWords(to: form, distance: distance), of: text)
        }
      }
    case .field(_, let query), .boost(let query, _): try exportExpansions(of: query, &analyzer, to: &shared)
    case .group(let parts, _):
      for part in parts { try exportExpansions(of: part.query, &analyzer, to: &shared) }
    }
  }
}
