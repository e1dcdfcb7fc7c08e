extension SearchIndex {
  /// Maximum number of words of a document that are searched for to find documents like it.
  private static let maximumWords = 25

  /// Returns documents like one of the index, most similar first, without it: those that contain its characteristic words,
  /// which are the words of its stored texts with the greatest f / (f + k1) * idf, where f is their frequency in it.
  ///
  /// - Parameters:
  ///   - key: the key of the document.
  ///   - options: ``SearchOptions/adjacency`` and ``SearchOptions/reading`` are ignored.
  /// - Throws: `SearchError.unknownKey` if there is no such document, `.emptyQuery` if no text of it is stored.
  public func documents(like key: String, _ options: SearchOptions = SearchOptions()) throws(SearchError)
    -> SearchResults
  {
    guard let address = try address(ofKey: key) else { throw .unknownKey(key: key) }
    let document = try segments[address.segment].stored(address.document)
    try check(options.ranking)
    try check(options.attributeNames, options)
    let words = try ResolvedWord.resolve(words(of: document, options.ranking), ownStatistics, options.weights)
    let plan = QueryPlan(
      bag: SearchIndex.heaviest(words), inflection: options.weights.inflection, statistics: statistics)
    var options = options
    options.adjacency = .off
    options.requiresAllWords = false
    options.excluded = address
    let search = SnapshotSearch(snapshot, plan: plan, options, SearchControl(options), tools: tools)
    return try search.results(self.options)
  }

  /// Returns the words of a document, in the order of their first occurrences.
  private func words(of document: StoredDocument, _ ranking: BM25) throws(SearchError) -> [QueryWord] {
    var counts: [TermAddress: (count: Int, first: Int)] = [:]
    try tools.withAnalyzer(options) { (analyzer) throws(SearchError) in
      var tokens = TokenBuffer()
      var signs = DocumentSigns()
      for field in document.fields {
        analyzer.findWords(field.text.utf8.span, into: &tokens)
        signs.add(tokens)
      }
      var seen = 0
      for field in document.fields {
        analyzer.findWords(field.text.utf8.span, into: &tokens)
        analyzer.decideLanguages(&tokens, in: signs)
        for token in 0..<tokens.count {
          seen += 1
          counts[analyzer.address(of: token, in: tokens), default: (0, seen)].count += 1
        }
      }
    }
    guard !counts.isEmpty else { throw .emptyQuery }
    return counts.sorted { $0.value.first < $1.value.first }.map { address, value in
      let frequency = Float(value.count)
      let boost = frequency / (frequency + max(0, ranking.k1))
      return QueryWord(
        text: String(decoding: address.key, as: UTF8.self),
        selectors: [ListSelector(address: address, match: .term, weight: 1)], boost: boost)
    }
  }

  /// Returns the words of the greatest weights that more than one document holds, in their order; all if none is.
  private static func heaviest(_ words: [ResolvedWord]) -> [ResolvedWord] {
    let shared = words.indices.filter { words[$0].frequencies.sum > 1 }
    guard !shared.isEmpty else { return words }
    let weights = words.map { $0.boost * $0.idf }
    let sorted = shared.sorted { a, b in weights[a] != weights[b] ? weights[a] > weights[b] : a < b }
    return sorted.prefix(maximumWords).sorted().map { words[$0] }
  }
}
