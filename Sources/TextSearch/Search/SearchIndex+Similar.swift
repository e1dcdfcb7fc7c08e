extension SearchIndex {
  /// Words of a document that stand for it when others like it are looked for.
  private static let maximumWords = 25

  /// Documents like one of the index, the most alike first, without it: those that hold the words that tell it from the
  /// others. These are the words of its stored texts with the greatest f / (f + k1) * idf, f times in it.
  ///
  /// - Parameters:
  ///   - key: of the document.
  ///   - options: ``SearchOptions/adjacency`` and ``SearchOptions/reading`` are not looked at.
  /// - Throws: `SearchError.unknownKey` if there is no such document, `.emptyQuery` if no text of it is stored.
  public func documents(like key: String, _ options: SearchOptions = SearchOptions()) throws(SearchError)
    -> SearchResults
  {
    guard let place = try place(ofKey: key) else { throw .unknownKey(key: key) }
    let document = try segments[place.segment].stored(place.document)
    try check(options.ranking)
    let control = SearchControl(options)
    let words = try plan(of: document, options)
    var options = options
    options.adjacency = .off
    options.requiresAllWords = false
    options.excluded = place
    return try results(RunnablePlan(words, options), options, control)
  }

  private func plan(of document: StoredDocument, _ options: SearchOptions) throws(SearchError) -> QueryPlan {
    var counts: [TermAddress: (count: Int, first: Int)] = [:]
    try tools.withAnalyzer(self.options) { (analyzer) throws(SearchError) in
      var tokens = TokenBuffer()
      var seen = 0
      for field in document.fields {
        analyzer.analyze(field.text.utf8.span, into: &tokens)
        for token in 0..<tokens.count {
          seen += 1
          counts[analyzer.address(of: token, in: tokens), default: (0, seen)].count += 1
        }
      }
    }
    guard !counts.isEmpty else { throw .emptyQuery }
    let words = counts.sorted { $0.value.first < $1.value.first }.map { address, value in
      let frequency = Float(value.count)
      let boost = frequency / (frequency + max(0, options.ranking.k1))
      return QueryWord(
        text: String(decoding: address.key, as: UTF8.self),
        selectors: [ListSelector(address: address, match: .term, weight: 1)], boost: boost)
    }
    return try QueryPlan(words, QueryStatistics(segments), options.weights).heaviest(SearchIndex.maximumWords)
  }
}

extension QueryPlan {
  /// The clauses of the greatest weights that more than one document holds, in their order; all if none is.
  fileprivate func heaviest(_ count: Int) -> QueryPlan {
    let shared = clauses.indices.filter { clauses[$0].frequencies.sum > 1 }
    let sorted = shared.sorted { a, b in
      clauses[a].weight != clauses[b].weight ? clauses[a].weight > clauses[b].weight : a < b
    }
    guard !sorted.isEmpty else { return self }
    return keeping(Set(sorted.prefix(count)))
  }
}
