/// A query ready to be run on segments: words only, for which there is a faster way, or a tree.
enum RunnablePlan: Sendable {
  case words(QueryPlan)
  case tree(TreePlan)

  init(
    _ query: Query, _ analyzer: inout Analyzer, _ statistics: borrowing QueryStatistics,
    _ options: borrowing SearchOptions
  ) throws(SearchError) {
    let all = options.requiresAllWords
    if case .words(let text, let requiresAll) = query, all || !requiresAll {
      self = RunnablePlan(try QueryPlan(reading: text, &analyzer, statistics, options.reading), options)
    } else {
      self = .tree(
        try TreePlanner.plan(query, &analyzer, statistics, options.reading, requiresAll: all))
    }
  }

  /// Words; a tree of them where fields have weights, as the faster way reads no positions.
  init(_ words: QueryPlan, _ options: borrowing SearchOptions) {
    self =
      options.ranking.weighsFields ? .tree(TreePlan(words, requiresAll: options.requiresAllWords)) : .words(words)
  }
}

extension TreePlan {
  /// A bag of words.
  fileprivate init(_ words: QueryPlan, requiresAll: Bool) {
    self.init(inflection: words.inflection, statistics: words.statistics)
    leaves = words.clauses.map { clause in
      Leaf(
        words: [.read(clause.word)], idf: clause.idf, boost: clause.word.boost, frequencies: [clause.frequencies])
    }
    pairs = leaves.indices.dropLast().map { Pair(first: $0, boost: 1) }
    let parts = leaves.indices.map { Part(occurrence: requiresAll ? .must : .should, node: .leaf($0)) }
    root = .group(Group(parts: parts, minimum: requiresAll ? 0 : 1))
  }
}

extension SearchIndex {
  /// Searches a segment by the way that suits the plan.
  func search(
    _ number: Int, _ allowed: DocumentSet?, _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    switch plan {
    case .words(let plan): return try search(number, allowed, plan, options, control)
    case .tree(let plan):
      let segment = segments[number]
      guard !options.scoresAll, options.ranking.hasBounds else {
        let search = ExhaustiveTree(segment, plan, options.ranking, options.adjacency, control)
        let result = try search.search(limit: options.limit, in: allowed)
        return (result.total, result.hits)
      }
      let lengthNorms = tools.lengthNorms(options.ranking, plan.statistics)
      if !options.ranking.weighsFields {
        if let result = try searchPhrase(segment, allowed, plan, lengthNorms, options, control) { return result }
        if let result = try searchWord(segment, allowed, plan, lengthNorms, options, control) { return result }
      }
      var search = try TreeSearch(segment, allowed, plan, lengthNorms, options, control)
      return try search.search()
    }
  }

  /// Searches for a plan that is one phrase; nil for others.
  private func searchPhrase(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ lengthNorms: [[Float]], _ options: SearchOptions,
    _ control: SearchControl
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit])? {
    guard PhraseSearch.suits(plan),
      let words = try PhraseWord.words(plan.leaves[0], segment, inflection: plan.inflection)
    else { return nil }
    var search = PhraseSearch(words, segment, allowed, plan, lengthNorms, options, control)
    return try search.search()
  }

  /// Searches for a plan that is one word of many lists; nil for others.
  private func searchWord(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ lengthNorms: [[Float]], _ options: SearchOptions,
    _ control: SearchControl
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit])? {
    guard ExpansionSearch.suits(plan) else { return nil }
    let leaf = plan.leaves[0]
    let lists = try segment.lists(leaf.words[0], inflection: plan.inflection, control)
    guard ExpansionSearch.suits(lists, options) else { return nil }
    var search = ExpansionSearch(segment, allowed, lengthNorms, limit: options.limit, control)
    return try search.search(lists, leaf.weight)
  }
}
