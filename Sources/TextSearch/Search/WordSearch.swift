/// Finds the best documents of a segment without scoring all that match, each kind of query in its own way.
///
/// Documents that may be among the hits are scored as the oracle does, clause by clause in query order: the same bits.
struct WordSearch: ~Copyable {
  /// Hits for which a first look at a rare word pays; postings of another word from which on it does; how much rarer it is.
  private static let maximumFloor = 100
  private static let manyPostings = 2048
  private static let rarity = 8

  private let segment: Segment
  private let clauses: [ClauseScorer]
  private let allowed: DocumentSet?
  private let requiresAll: Bool
  private let isCounting: Bool
  private let limit: Int
  private let control: SearchControl
  private let pairs: PairScorer

  /// - Parameters:
  ///   - number: the segment's place among those that the plan was made for.
  ///   - allowed: documents that may match; nil for all.
  ///   - normalizers: 1 / K by language and length code.
  ///   - control: may end the search, and knows which hits are not wanted.
  init(
    _ segment: Segment, number: Int, allowed: DocumentSet?, _ plan: QueryPlan, _ lengthNorms: [[Float]],
    _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) {
    var clauses: [ClauseScorer] = []
    clauses.reserveCapacity(plan.clauses.count)
    let adjacent = AdjacentPair.pairs(of: plan, options.adjacency)
    var lists: [[Segment.SelectedList]] = []
    for clause in plan.clauses { lists.append(try segment.lists(clause, of: plan, number)) }
    for place in lists.indices {
      clauses.append(try ClauseScorer(plan.clauses[place].weight, lists[place], segment, lengthNorms))
    }
    pairs = PairScorer(adjacent, clauses, lists, lengthNorms, segment.pairs)
    self.segment = segment
    self.clauses = clauses
    self.allowed = allowed
    requiresAll = options.requiresAllWords
    isCounting = options.countsAll
    limit = options.limit
    self.control = control
  }

  /// How many documents match, and the best of them, best first; documents by their places in the order of the keys.
  ///
  /// Without counting, as many as were scored.
  mutating func search() throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    if clauses.count == 1, clauses[0].lists.count == 1 { return try searchTerm() }
    guard clauses.contains(where: { $0.documentCount > 0 }) else { return (0, []) }
    var finalists = TopKCollector(segment, clauses, pairs, limit: limit, control)
    let total =
      requiresAll && clauses.count > 1 ? try searchAll(&finalists) : try searchAny(&finalists)
    return (total, finalists.hits)
  }

  private mutating func searchTerm() throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    var search = TermSearch(
      clauses[0].lists[0], clauses[0].weight, segment, allowed: allowed, limit: limit, control,
      floor: control.floor)
    let hits = try search.search(limit: limit)
    // Where the search has to end, the count may be of less than was scored.
    return (isCounting ? max(try search.count(), search.scoredDocuments) : search.scoredDocuments, hits)
  }

  private mutating func searchAll(_ finalists: inout TopKCollector) throws(SearchError) -> Int {
    var search = ConjunctionSearch(clauses, segment.documentCount, allowed: allowed, isCounting: isCounting)
    return try search.search(&finalists)
  }

  private mutating func searchAny(_ finalists: inout TopKCollector) throws(SearchError) -> Int {
    try raiseFloor(&finalists)
    var search = DisjunctionSearch(
      clauses, segment.documentCount, allowed: allowed, isCounting: isCounting, hasPairs: finalists.hasPairs)
    let total = try search.search(&finalists)
    return isCounting ? total : search.scoredDocuments
  }

  /// Scores the best documents of the heaviest rare word first: with their scores to compare with, most others need none.
  private mutating func raiseFloor(_ finalists: inout TopKCollector) throws(SearchError) {
    guard limit > 0, limit <= WordSearch.maximumFloor else { return }
    let maximum = clauses.reduce(0) { max($0, $1.documentCount) }
    guard maximum > WordSearch.manyPostings else { return }
    let heaviest = clauses.filter { $0.largestList >= limit && $0.documentCount * WordSearch.rarity <= maximum }
      .max { $0.weight < $1.weight }
    guard let heaviest, let list = heaviest.lists.first(where: { $0.documentCount == heaviest.largestList }) else {
      return
    }
    var search = TermSearch(list, heaviest.weight, segment, allowed: allowed, limit: limit, control, floor: -.infinity)
    var documents = GrowableBuffer<UInt32>(capacity: limit)
    var found: [UInt32] = []
    for hit in try search.search(limit: limit) { found.append(try segment.keyRanks.document(hit.document)) }
    found.sort()
    for document in found { documents.append(document) }
    try finalists.raiseFloor(by: documents)
  }
}
