/// The best hits of a search by key: a search without stored documents and snippets.
package struct RankedKeys: Sendable, Equatable {
  package struct Hit: Sendable, Equatable {
    package let key: String
    package let score: Float
  }

  /// As in `SearchResults`.
  package let total: Int?
  package let isTotalExact: Bool
  /// Best first; equal scores in the order of their keys.
  package let hits: [Hit]

  /// Runs a search.
  init(_ search: SnapshotSearch) throws(SearchError) {
    let counter = MatchCounter(limit: search.shared.options.exactLimit)
    let top = try search.topHits(counter)
    var hits: [Hit] = []
    hits.reserveCapacity(top.count)
    for hit in top.dropFirst(search.shared.options.offset) {
      hits.append(Hit(key: try search.keyText(hit), score: hit.score))
    }
    total = counter.total
    isTotalExact = counter.isExact
    self.hits = hits
  }
}

extension SearchIndex {
  /// Searches for the words of a text; for the tools that measure.
  ///
  /// - Throws: as `search` does.
  package func topHits(_ text: String, _ options: SearchOptions) throws(SearchError) -> RankedKeys {
    try topHits(.words(text), options)
  }

  /// Searches for what a query says.
  package func topHits(_ query: Query, _ options: SearchOptions) throws(SearchError) -> RankedKeys {
    try prepare(query, options).rankedKeys()
  }

  /// Returns the number of documents that hold a word, in any reading of it; 0 for a text without words.
  package func documentFrequency(ofWord text: String) throws(SearchError) -> Int {
    do {
      let words = try tools.withAnalyzer(options) { (analyzer) throws(SearchError) in
        try ResolvedWord.read(text, &analyzer, ownStatistics, reading: ReadingOptions(stopWords: .keep))
      }
      return words.reduce(0) { max($0, Int($1.frequencies.sum)) }
    } catch {
      if error == .emptyQuery { return 0 }
      throw error
    }
  }
}
