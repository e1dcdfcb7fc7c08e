extension SnapshotSearch {
  /// Documents that are read for hits after the end of a search: a page of them is returned, a million would take seconds.
  private static let maximumAfterEnd = 100

  /// Searches and reads the documents of the page of hits.
  ///
  /// - Parameter analyzerOptions: those of the index, for snippets.
  func results(_ analyzerOptions: AnalyzerOptions) throws(SearchError) -> SearchResults {
    // Not all words are in a plan whose making had to end.
    guard !shared.control.mustEnd() else { return .none(shared.options) }
    let found = try found()
    let isExact = !shared.control.hasEnded && (shared.options.needsMatches || shared.options.countsAll)
    let page = found.hits.dropFirst(shared.options.offset).prefix(shared.options.limit)
    let hits = try stored(page, shared.options.makesSnippets ? SnippetMaker(shared.plan, analyzerOptions) : nil)
    return SearchResults(
      total: found.total, isTotalExact: isExact, isPartial: shared.control.hasEnded, facets: found.facets, hits: hits)
  }

  /// Searches for the number of matches, their counts by attributes, and the first hits.
  private func found() throws(SearchError) -> Matches {
    guard shared.options.needsMatches else {
      let top = try topHits()
      return Matches(total: top.total, facets: [], hits: top.hits)
    }
    guard shared.options.order == nil else { return try matches() }
    let top = try topHits()
    var found = try matches()
    // Where the search has ended either may have seen more.
    found.total = max(found.total, top.total)
    found.hits = top.hits
    return found
  }

  private func stored(
    _ page: some Sequence<Hit>, _ snippets: consuming SnippetMaker?
  ) throws(SearchError) -> [SearchResults.Hit] {
    var maker = snippets
    var hits: [SearchResults.Hit] = []
    var readAfterEnd = 0
    for hit in page {
      if shared.control.hasEnded {
        readAfterEnd += 1
        if readAfterEnd > SnapshotSearch.maximumAfterEnd { break }
      }
      let document = try snapshot.segments[hit.segment].stored(hit.document)
      var snippet = Snippet(pieces: [])
      if maker != nil || hits.count >= SnapshotSearch.maximumAfterEnd, !shared.control.mustEnd() {
        snippet = maker?.snippet(document) ?? snippet
      }
      hits.append(SearchResults.Hit(score: hit.score, document: document, snippet: snippet))
    }
    return hits
  }
}
