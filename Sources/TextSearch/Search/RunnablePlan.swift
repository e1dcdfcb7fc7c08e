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
    _ number: Int, _ allowed: DocumentSet?, _ plan: RunnablePlan, _ options: SearchOptions, floor: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    switch plan {
    case .words(let plan): return try search(number, allowed, plan, options, floor: floor)
    case .tree(let plan):
      let segment = segments[number]
      guard !options.scoresAll, options.ranking.hasBounds else {
        let search = ExhaustiveTree(segment, plan, options.ranking, options.adjacency)
        let result = try search.search(limit: options.limit, in: allowed)
        return (result.total, result.hits)
      }
      let normalizers = tools.normalizers(options.ranking, plan.statistics)
      if let result = try searchPhrase(segment, allowed, plan, normalizers, options, floor: floor) { return result }
      if let result = try searchWord(segment, allowed, plan, normalizers, options, floor: floor) { return result }
      var search = try TreeSearch(segment, allowed, plan, normalizers, options, floor: floor)
      return try search.search()
    }
  }

  /// Searches for a plan that is one phrase; nil for others.
  private func searchPhrase(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ normalizers: [[Float]], _ options: SearchOptions,
    floor: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit])? {
    guard PhraseSearch.suits(plan),
      let words = try PhraseWord.words(plan.leaves[0], segment, inflection: plan.inflection)
    else { return nil }
    var search = PhraseSearch(words, segment, allowed, plan, normalizers, options, floor: floor)
    return try search.search()
  }

  /// Searches for a plan that is one word of many lists; nil for others.
  private func searchWord(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ normalizers: [[Float]], _ options: SearchOptions,
    floor: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit])? {
    guard ExpansionSearch.suits(plan) else { return nil }
    let leaf = plan.leaves[0]
    let lists = try segment.lists(leaf.words[0], inflection: plan.inflection)
    guard ExpansionSearch.suits(lists, options) else { return nil }
    var search = ExpansionSearch(segment, allowed, normalizers, limit: options.limit, floor: floor)
    return try search.search(lists, leaf.weight)
  }
}
