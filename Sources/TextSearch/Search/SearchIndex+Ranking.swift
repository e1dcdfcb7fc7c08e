import Synchronization

extension SearchIndex {
  /// A hit of one segment on its way into the ranking of all.
  struct Candidate: BitwiseCopyable, Sendable {
    let score: Float
    let segment: Int
    let document: UInt32
    /// The document's place in the order of its segment's keys.
    let rank: UInt32
  }

  /// The best hits of the segments that have been searched, and how many documents match in them.
  struct Best: Sendable {
    private(set) var total = 0
    private(set) var hits: [Candidate] = []

    /// Adds what a segment has, best first, and tells the other searches how good hits have to be.
    fileprivate mutating func add(
      _ total: Int, _ hits: [Candidate], limit: Int, _ control: SearchControl, _ index: SearchIndex
    ) throws(SearchError) {
      self.total += total
      self.hits = self.hits.isEmpty ? hits : try index.merged(self.hits, hits, limit: limit)
      if self.hits.count == limit, let last = self.hits.last { control.raiseFloor(to: last.score) }
    }
  }

  /// What several threads add to.
  private final class SharedBest: Sendable {
    let best = Mutex(Best())
  }

  /// How many documents match, and the best of them, best first; equal scores in the order of keys.
  func best(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl = SearchControl()
  ) throws(SearchError) -> Best {
    guard options.threads > 1, segments.count > 1 else { return try bestOfOneThread(plan, options, control) }
    let shared = SharedBest()
    _ = try forEachSegment(threads: options.threads) { (number) throws(SearchError) in
      if control.mustEnd() { return }
      let (total, hits) = try self.search(number, try self.allowed(number, options), plan, options, control)
      let candidates = try self.candidates(hits, number)
      try shared.best.withLock { (best) throws(SearchError) in
        try best.add(total, candidates, limit: options.limit, control, self)
      }
    }
    return shared.best.withLock { $0 }
  }

  /// The same, segment by segment: closures for threads would copy plan and options.
  private func bestOfOneThread(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> Best {
    var best = Best()
    for number in segments.indices where !control.mustEnd() {
      do throws(SearchError) {
        let (total, hits) = try search(number, try allowed(number, options), plan, options, control)
        try best.add(total, try candidates(hits, number), limit: options.limit, control, self)
      } catch {
        throw error.inFile(segments[number].path)
      }
    }
    return best
  }

  private func candidates(_ hits: [TopHits.Hit], _ number: Int) throws(SearchError) -> [Candidate] {
    let keyRanks = segments[number].keyRanks
    var candidates: [Candidate] = []
    candidates.reserveCapacity(hits.count)
    for hit in hits {
      candidates.append(
        Candidate(
          score: hit.score, segment: number, document: try keyRanks.document(hit.document), rank: hit.document))
    }
    return candidates
  }

  /// The best of two lists, which are sorted.
  private func merged(_ a: [Candidate], _ b: [Candidate], limit: Int) throws(SearchError) -> [Candidate] {
    var merged: [Candidate] = []
    merged.reserveCapacity(min(limit, a.count + b.count))
    var (left, right) = (0, 0)
    while merged.count < limit, left < a.count, right < b.count {
      if try isBefore(b[right], a[left]) {
        merged.append(b[right])
        right += 1
      } else {
        merged.append(a[left])
        left += 1
      }
    }
    merged += a[left...].prefix(limit - merged.count)
    merged += b[right...].prefix(limit - merged.count)
    return merged
  }

  /// Whether a hit comes before one of another segment; only equal scores ask for keys.
  private func isBefore(_ a: Candidate, _ b: Candidate) throws(SearchError) -> Bool {
    if a.score != b.score { return a.score > b.score }
    return try key(a).lexicographicallyPrecedes(try key(b))
  }

  private func key(_ candidate: Candidate) throws(SearchError) -> [UInt8] {
    let segment = segments[candidate.segment]
    do { return try segment.keys.key(Int(candidate.rank)) } catch { throw error.inFile(segment.path) }
  }

  /// The key of a hit.
  func keyText(_ candidate: Candidate) throws(SearchError) -> String {
    let segment = segments[candidate.segment]
    do { return try segment.keys.text(Int(candidate.rank)) } catch { throw error.inFile(segment.path) }
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
    let lengthNorms = tools.lengthNorms(options.ranking, plan.statistics)
    var search = try WordSearch(
      segment, number: number, allowed: allowed, plan, lengthNorms, options, control)
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
