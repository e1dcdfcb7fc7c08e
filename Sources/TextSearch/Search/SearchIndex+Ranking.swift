import Synchronization

extension SearchIndex {
  /// A hit of one segment on its way into the ranking of all.
  struct Candidate: Sendable {
    let score: Float
    let segment: Int
    let document: UInt32
    let key: [UInt8]
  }

  /// The best hits of the segments that have been searched, and how many documents match in them.
  private final class Best: Sendable {
    private let limit: Int
    private let found = Mutex<(total: Int, hits: [Candidate])>((0, []))

    init(limit: Int) { self.limit = limit }

    var result: (total: Int, hits: [Candidate]) { found.withLock { $0 } }

    /// Adds what a segment has, and tells the others how good hits have to be.
    func add(_ total: Int, _ hits: [Candidate], _ control: SearchControl) {
      found.withLock { found in
        found.total += total
        found.hits += hits
        if found.hits.count > hits.count {
          found.hits.sort { a, b in
            a.score != b.score ? a.score > b.score : a.key.lexicographicallyPrecedes(b.key)
          }
        }
        found.hits.removeLast(max(0, found.hits.count - limit))
        if found.hits.count == limit, let last = found.hits.last { control.raiseFloor(to: last.score) }
      }
    }
  }

  /// How many documents match, and the best of them, best first; equal scores in the order of keys.
  func best(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl = SearchControl()
  ) throws(SearchError) -> (total: Int, hits: [Candidate]) {
    let best = Best(limit: options.limit)
    _ = try forEachSegment(threads: options.threads) { (number) throws(SearchError) in
      if control.mustEnd() { return }
      let (total, hits) = try self.search(number, try self.allowed(number, options), plan, options, control)
      best.add(total, try self.candidates(hits, number), control)
    }
    return best.result
  }

  private func candidates(_ hits: [TopHits.Hit], _ number: Int) throws(SearchError) -> [Candidate] {
    let segment = segments[number]
    var candidates: [Candidate] = []
    candidates.reserveCapacity(hits.count)
    for hit in hits {
      let document = try segment.keyRanks.document(hit.document)
      candidates.append(
        Candidate(score: hit.score, segment: number, document: document, key: try segment.key(document)))
    }
    return candidates
  }

  func search(
    _ number: Int, _ allowed: DocumentSet?, _ plan: QueryPlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    let segment = segments[number]
    if options.scoresAll || needsExhaustive(plan, options.ranking) {
      let search = Exhaustive(segment, deleted: [], plan, options.ranking, options.adjacency, control)
      let result = try search.search(limit: options.limit, all: options.requiresAllWords, in: allowed)
      return (result.total, result.hits)
    }
    let normalizers = tools.normalizers(options.ranking, plan.statistics)
    var search = try WindowedSearch(
      segment, number: number, allowed: allowed, plan, normalizers, options, control)
    return try search.search()
  }

  /// A word of weight 0 makes documents match without adding to their scores: no bound tells of them. Nor do the bounds of
  /// blocks hold where longer documents score more.
  private func needsExhaustive(_ plan: QueryPlan, _ ranking: BM25) -> Bool {
    !ranking.hasBounds || plan.inflection == 0 || plan.clauses.contains { $0.weight <= 0 && $0.idf > 0 }
  }

  /// The documents of a segment that may match: those not deleted or excluded that pass the filter; nil for all.
  func allowed(_ number: Int, _ options: SearchOptions) throws(SearchError) -> DocumentSet? {
    let passed = try options.filter?.documents(in: segments[number])
    var gone = deleted[number]
    if let excluded = options.excluded, excluded.segment == number { gone.append(excluded.document) }
    guard !gone.isEmpty else { return passed }
    var allowed = passed ?? DocumentSet(all: segments[number].documentCount)
    for document in gone { allowed.remove(Int(document)) }
    return allowed
  }
}
