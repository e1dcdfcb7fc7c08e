extension SearchIndex {
  /// A hit of one segment on its way into the ranking of all.
  struct Candidate {
    let score: Float
    let segment: Int
    let document: UInt32
    let key: [UInt8]
  }

  /// How many documents match, and the best of them, best first; equal scores in the order of keys.
  func best(_ plan: RunnablePlan, _ options: SearchOptions) throws(SearchError) -> (total: Int, hits: [Candidate]) {
    var total = 0
    var candidates: [Candidate] = []
    for number in segments.indices {
      do {
        total += try add(number, plan, options, to: &candidates)
      } catch {
        throw error.inFile(segments[number].path)
      }
    }
    return (total, candidates)
  }

  /// Adds the hits of a segment and keeps the best; gives the number of its documents that match.
  private func add(
    _ number: Int, _ plan: RunnablePlan, _ options: SearchOptions, to candidates: inout [Candidate]
  ) throws(SearchError) -> Int {
    let segment = segments[number]
    let allowed = try allowed(number, options)
    let floor = candidates.count == options.limit ? candidates.last?.score ?? -.infinity : -.infinity
    let (total, hits) = try search(number, allowed, plan, options, floor: floor)
    for hit in hits {
      let document = try segment.keyRanks.document(hit.document)
      candidates.append(
        Candidate(score: hit.score, segment: number, document: document, key: try segment.key(document)))
    }
    if candidates.count > hits.count {
      candidates.sort { a, b in
        a.score != b.score ? a.score > b.score : a.key.lexicographicallyPrecedes(b.key)
      }
    }
    candidates.removeLast(max(0, candidates.count - options.limit))
    return total
  }

  func search(
    _ number: Int, _ allowed: DocumentSet?, _ plan: QueryPlan, _ options: SearchOptions, floor: Float
  ) throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    let segment = segments[number]
    if options.scoresAll || needsExhaustive(plan, options.ranking) {
      let search = Exhaustive(segment, deleted: [], plan, options.ranking, options.adjacency)
      let result = try search.search(limit: options.limit, all: options.requiresAllWords, in: allowed)
      return (result.total, result.hits)
    }
    let normalizers = tools.normalizers(options.ranking, plan.statistics)
    var search = try WindowedSearch(
      segment, number: number, allowed: allowed, plan, normalizers, options, floor: floor)
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
