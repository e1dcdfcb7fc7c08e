/// The best hits of a search by key: what a search is before stored documents are read and snippets made.
package struct RankedKeys: Sendable, Equatable {
  package struct Hit: Sendable, Equatable {
    package let key: String
    package let score: Float
  }

  /// Documents that match.
  package let total: Int
  /// Best first; equal scores in the order of their keys.
  package let hits: [Hit]
}

extension SearchIndex {
  /// Keys and scores of the hits that `search` gives for the same text and options; for the tools that measure.
  ///
  /// - Throws: as `search` does.
  package func topHits(_ text: String, _ options: SearchOptions) throws(SearchError) -> RankedKeys {
    try topHits(.words(text), options)
  }

  /// The same for any query.
  package func topHits(_ query: Query, _ options: SearchOptions) throws(SearchError) -> RankedKeys {
    let control = SearchControl(options)
    let plan = try runnable(query, options, control)
    let best = try best(plan, options, control)
    var hits: [RankedKeys.Hit] = []
    hits.reserveCapacity(best.hits.count)
    for hit in best.hits {
      hits.append(RankedKeys.Hit(key: try keyText(hit), score: hit.score))
    }
    return RankedKeys(total: best.total, hits: hits)
  }

  /// Documents that hold a word, in any reading of it; 0 for a text without words.
  package func documentFrequency(ofWord text: String) throws(SearchError) -> Int {
    do {
      let plan = try plan(text, QueryStatistics(segments), ReadingOptions(stopWords: .keep))
      return plan.clauses.reduce(0) { max($0, Int($1.frequencies.sum)) }
    } catch {
      if error == .emptyQuery { return 0 }
      throw error
    }
  }
}
