/// Finds the best documents of a segment without scoring all that match, each kind of query in its own way.
///
/// Documents that may be among the hits are scored as the oracle does, clause by clause in query order: the same bits.
struct WindowedSearch: ~Copyable {
  private let segment: Segment
  private let clauses: [ClauseScorer]
  private let allowed: DocumentSet?
  private let requiresAll: Bool
  private let isCounting: Bool
  private let limit: Int
  private var finalists: Finalists

  /// - Parameters:
  ///   - number: the segment's place among those that the plan was made for.
  ///   - allowed: documents that may match; nil for all.
  ///   - normalizers: 1 / K by language and length code.
  ///   - floor: hits with a lower score are not wanted.
  init(
    _ segment: Segment, number: Int, allowed: DocumentSet?, _ plan: QueryPlan, _ normalizers: [[Float]],
    _ options: SearchOptions, floor: Float = -.infinity
  ) throws(SearchError) {
    // A word that comes again is one clause with its weight each time.
    var clauses: [ClauseScorer] = []
    clauses.reserveCapacity(plan.clauses.count)
    for clause in plan.clauses {
      clauses.append(try ClauseScorer(clause.weight, clause.lists[number], segment, normalizers))
    }
    let pairs = PairScorer(AdjacentPair.pairs(of: plan, options.adjacency), clauses, normalizers)
    self.segment = segment
    self.clauses = clauses
    self.allowed = allowed
    requiresAll = options.requiresAllWords
    isCounting = options.countsAll
    limit = options.limit
    finalists = Finalists(segment, clauses, pairs, limit: options.limit, floor: floor)
  }

  /// How many documents match, and the best of them, best first; documents by their places in the order of the keys.
  ///
  /// Without counting, as many as were scored.
  mutating func search() throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    let total = try searchClauses()
    return (total, finalists.hits)
  }

  private mutating func searchClauses() throws(SearchError) -> Int {
    if clauses.count == 1, clauses[0].lists.count == 1 {
      var search = TermSearch(clauses[0].lists[0], clauses[0].weight, allowed: allowed, limit: limit)
      try search.search(&finalists)
      return isCounting ? try search.count() : search.scoredDocuments
    }
    if requiresAll, clauses.count > 1 {
      var search = ConjunctionSearch(clauses, segment.documentCount, allowed: allowed, isCounting: isCounting)
      let total = try search.search(&finalists)
      return isCounting ? total : search.scoredDocuments
    }
    var search = UnionSearch(clauses, segment.documentCount, allowed: allowed, isCounting: isCounting)
    let total = try search.search(&finalists)
    return isCounting ? total : search.scoredDocuments
  }
}
