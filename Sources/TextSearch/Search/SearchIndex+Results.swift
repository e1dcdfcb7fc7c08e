extension SearchIndex {
  /// Documents that are read for hits after the end of a search: a page of them is given, a million would take seconds.
  private static let maximumAfterEnd = 100

  /// Runs a plan and shows what it finds.
  func results(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> SearchResults {
    try check(
      Set(options.facets.map(\.name) + (options.order.map { [$0.name] } ?? [])).union(options.filter?.names ?? []),
      options)
    // The words of a plan that was made in haste are not all there.
    guard !control.mustEnd() else { return .none(options) }
    var page = options
    let maximum = options.limit.addingReportingOverflow(options.offset)
    // No more than there are.
    let documents = segments.reduce(0) { $0 + $1.documentCount }
    page.limit = maximum.overflow ? documents : min(documents, maximum.partialValue)
    let found = try found(plan, page, control)
    let isWhole = !control.hasEnded
    let shown = found.hits.dropFirst(options.offset).prefix(options.limit)
    let hits = try hits(shown, plan, options, control)
    return SearchResults(
      total: found.total, isTotalExact: isWhole && (options.needsMatches || options.countsAll),
      isPartial: control.hasEnded, facets: found.facets, hits: hits)
  }

  /// What is found, before documents are read: the number of matches, their counts, the first hits.
  private func found(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> (total: Int, facets: [FacetCounts], hits: [Candidate]) {
    var best = Best()
    if options.order == nil {
      var options = options
      options.countsAll = options.countsAll && !options.needsMatches
      best = try self.best(plan, options, control)
    }
    guard options.needsMatches else { return (best.total, [], best.hits) }
    let matches = try matches(plan, options, control)
    // Where the search has ended either may have seen more.
    return (max(matches.total, best.total), matches.facets, options.order == nil ? best.hits : matches.hits)
  }

  private func hits(
    _ candidates: some Sequence<Candidate>, _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> [SearchResults.Hit] {
    var hits: [SearchResults.Hit] = []
    var maker = options.makesSnippets ? SnippetMaker(plan, self.options) : nil
    var readAfterEnd = 0
    for candidate in candidates {
      if control.hasEnded {
        readAfterEnd += 1
        if readAfterEnd > SearchIndex.maximumAfterEnd { break }
      }
      let document = try segments[candidate.segment].stored(candidate.document)
      var snippet = Snippet(pieces: [])
      if maker != nil || hits.count >= SearchIndex.maximumAfterEnd, !control.mustEnd() {
        snippet = maker?.snippet(document) ?? snippet
      }
      hits.append(SearchResults.Hit(score: candidate.score, document: document, snippet: snippet))
    }
    return hits
  }
}

extension SearchOptions {
  /// Every match is looked at, not the best alone.
  var needsMatches: Bool { order != nil || !facets.isEmpty }
}

extension SearchResults {
  /// Of a search that ended before it began.
  fileprivate static func none(_ options: SearchOptions) -> SearchResults {
    SearchResults(
      total: 0, isTotalExact: false, isPartial: true, facets: options.facets.map { _ in FacetCounts() }, hits: [])
  }
}

extension SearchControl {
  convenience init(_ options: borrowing SearchOptions) {
    self.init(deadline: options.deadline, options.cancellation, options.question)
  }
}
