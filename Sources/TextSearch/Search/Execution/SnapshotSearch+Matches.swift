extension SnapshotSearch {
  /// What a search has found: the number of matches, their counts by attributes, and the first of them.
  struct Matches: Sendable {
    /// As ``SearchResults/total``.
    var total: Int?
    /// Whether the total is that of all matches, unless the search had to end.
    let isExact: Bool
    var facets: [FacetCounts] = []
    var hits: [Hit] = []
  }

  /// A document with the value and the key that it is sorted by.
  private typealias SortedHit = (value: AttributeValue?, key: [UInt8], hit: Hit)

  /// The matches of a segment.
  private struct Part: Sendable {
    var total = 0
    var facets: [FacetCounts] = []
    var sorted: [SortedHit] = []
  }

  /// Looks at all documents that match; the hits are the first in the order that is asked for, if there is one. The total, the facets and the hits are of the same documents, also where the search has
  /// to end.
  func matches() throws(SearchError) -> Matches {
    let parts = try snapshot.forEachSegment(threads: shared.options.threads) { (ordinal) throws(SearchError) in
      try part(ordinal)
    }
    var matches = Matches(
      total: parts.reduce(0) { $0 + $1.total }, isExact: true, facets: shared.options.facets.map { _ in FacetCounts() })
    var sorted: [SortedHit] = []
    for part in parts {
      for (index, counts) in part.facets.enumerated() { matches.facets[index] += counts }
      sorted += part.sorted
    }
    if let order = shared.options.order { matches.hits = merged(sorted, order) }
    return matches
  }

  private func part(_ ordinal: Int) throws(SearchError) -> Part {
    var part = Part()
    guard !shared.control.mustEnd() else { return part }
    let segment = snapshot.segments[ordinal]
    let set = try SegmentSearch.matchingDocuments(try context(ordinal))
    part.total = set.count
    for facet in shared.options.facets { part.facets.append(try facet.counts(segment, in: set)) }
    guard let order = shared.options.order else { return part }
    for found in try order.top(shared.limit, segment, in: set) {
      let rank = try segment.keyRanks.rank(found.document)
      let hit = Hit(score: 0, segment: ordinal, document: found.document, rank: rank)
      part.sorted.append((found.value, try segment.keys.key(Int(rank)), hit))
    }
    return part
  }

  /// Returns the first of the segments' documents; equal ones in the order of their keys.
  private func merged(_ parts: [SortedHit], _ order: AttributeOrder) -> [Hit] {
    let type = snapshot.manifest.settings.schema.type(of: order.name)
    var sorted = parts
    if snapshot.segments.count > 1 {
      sorted.sort { a, b in
        if order.isBefore(a.value, b.value, type: type) { return true }
        if order.isBefore(b.value, a.value, type: type) { return false }
        return a.key.lexicographicallyPrecedes(b.key)
      }
    }
    return sorted.prefix(shared.limit).map(\.hit)
  }
}
