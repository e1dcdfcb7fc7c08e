extension SearchIndex {
  /// All that match, as far as the search has come: how many, their counts by attributes, and the first of them in an order.
  struct Matches: Sendable {
    var total = 0
    var facets: [FacetCounts]
    var hits: [Candidate] = []
  }

  /// Documents of a segment with the values that they are sorted by.
  private struct Part: Sendable {
    var total = 0
    var facets: [FacetCounts] = []
    var sorted: [(value: AttributeValue?, key: [UInt8], candidate: Candidate)] = []
  }

  /// Looks at all documents that match. What is counted, listed and added up is of the same documents, also where the
  /// search has to end: those found until then.
  func matches(
    _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> Matches {
    let parts = try forEachSegment(threads: options.threads) { (number) throws(SearchError) in
      try self.part(number, plan, options, control)
    }
    var matches = Matches(facets: options.facets.map { _ in FacetCounts() })
    var sorted: [(value: AttributeValue?, key: [UInt8], candidate: Candidate)] = []
    for part in parts {
      matches.total += part.total
      for (place, counts) in part.facets.enumerated() { matches.facets[place] += counts }
      sorted += part.sorted
    }
    if let order = options.order { matches.hits = merged(sorted, order, limit: options.limit) }
    return matches
  }

  private func part(
    _ number: Int, _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> Part {
    var part = Part()
    guard !control.mustEnd() else { return part }
    let segment = segments[number]
    let set = try matches(number, plan, options, control)
    part.total = set.count
    for facet in options.facets { part.facets.append(try facet.counts(segment, in: set)) }
    guard let order = options.order else { return part }
    for hit in try order.top(options.limit, segment, in: set) {
      let rank = try segment.keyRanks.rank(hit.document)
      let candidate = Candidate(score: 0, segment: number, document: hit.document, rank: rank)
      part.sorted.append((hit.value, try segment.keys.key(Int(rank)), candidate))
    }
    return part
  }

  /// The documents of a segment that match.
  private func matches(
    _ number: Int, _ plan: RunnablePlan, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> DocumentSet {
    let allowed = try allowed(number, options)
    switch plan {
    case .words(let plan):
      return try WordMatches.documents(
        plan, segments[number], number: number, all: options.requiresAllWords, in: allowed, control)
    case .tree(let plan):
      let lengthNorms = tools.lengthNorms(options.ranking, plan.statistics)
      var search = try TreeSearch(segments[number], allowed, plan, lengthNorms, options, control)
      return try search.matchingDocuments()
    }
  }

  /// The first of the segments' documents; equal ones in the order of their keys.
  private func merged(
    _ parts: [(value: AttributeValue?, key: [UInt8], candidate: Candidate)], _ order: AttributeOrder, limit: Int
  ) -> [Candidate] {
    let type = manifest.settings.schema.type(of: order.name)
    var sorted = parts
    if segments.count > 1 {
      sorted.sort { a, b in
        if order.isBefore(a.value, b.value, type: type) { return true }
        if order.isBefore(b.value, a.value, type: type) { return false }
        return a.key.lexicographicallyPrecedes(b.key)
      }
    }
    return sorted.prefix(limit).map(\.candidate)
  }
}
