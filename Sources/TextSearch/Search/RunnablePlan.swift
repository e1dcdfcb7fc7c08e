/// A query ready to be run on segments: words only, for which there is a faster way, or a tree.
enum RunnablePlan: Sendable {
  case words(QueryPlan)
  case tree(TreePlan)

  init(
    _ query: Query, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, _ options: SearchOptions
  ) throws(SearchError) {
    if case .words(let text, let requiresAll) = query, requiresAll == false || options.requiresAllWords {
      self = .words(try QueryPlan(reading: text, &analyzer, statistics, options.reading))
    } else {
      self = .tree(
        try TreePlanner.plan(query, &analyzer, statistics, options.reading, requiresAll: options.requiresAllWords))
    }
  }
}

extension SearchIndex {
  /// Searches a segment by the way that suits the plan.
  func search(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: RunnablePlan, _ options: SearchOptions, floor: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    switch plan {
    case .words(let plan): return try search(segment, allowed, plan, options, floor: floor)
    case .tree(let plan):
      guard !options.scoresAll else {
        let search = ExhaustiveTree(segment, plan, options.ranking, options.adjacency)
        let result = try search.search(limit: options.limit, in: allowed)
        return (result.total, result.hits)
      }
      var search = try TreeSearch(segment, allowed, plan, options, floor: floor)
      return try search.search()
    }
  }
}
