extension SnapshotSearch {
  /// What a search has found: the number of matches, their counts by attributes, and the first of them.
  struct Matches: Sendable {
    /// As ``SearchResults/total``.
    var total: Int?
    /// Whether the total is that of all matches, unless the search had to end.
    let isExact: Bool
    var facets: [FacetCounts] = []
    var hits: [Hit] = []
    /// What each hit is sorted by; none where hits are in the order of their scores.
    var sortKeys: [SortKey] = []
  }

  /// A document with what it is sorted by: its sort key, then its own key.
  private typealias SortedHit = (sortKey: SortKey, key: [UInt8], hit: Hit)

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
    if shared.options.order != nil {
      let top = merged(sorted)
      matches.hits = top.map(\.hit)
      matches.sortKeys = top.map(\.sortKey)
    }
    return matches
  }

  private func part(_ ordinal: Int) throws(SearchError) -> Part {
    var part = Part()
    guard !shared.control.mustEnd() else { return part }
    let segment = snapshot.segments[ordinal]
    let set = try SegmentSearch.matchingDocuments(try context(ordinal))
    part.total = set.count
    for facet in shared.options.facets {
      part.facets.append(try facet.counts(segment, in: set, byDefinition: shared.options.usesReference))
    }
    guard let order = shared.options.order else { return part }
    for found in try top(order, segment, in: set) {
      let rank = try segment.keyRanks.rank(found.document)
      let hit = Hit(score: 0, segment: ordinal, document: found.document, rank: rank)
      part.sorted.append((found.key, try segment.keys.key(Int(rank)), hit))
    }
    return part
  }

  /// Returns the first documents of a segment in an order.
  private func top(
    _ order: AttributeOrder, _ segment: Segment, in set: DocumentSet
  ) throws(SearchError) -> [AttributeOrder.Hit] {
    let source = source(of: order)
    guard !shared.options.usesReference else {
      return try order.topByDefinition(shared.limit, segment, in: set, by: source)
    }
    return try order.top(shared.limit, segment, in: set, by: source, shared.control)
  }

  /// Returns what an order sorts by: the attribute of its name, if one is declared or has values in the collection, else the stored
  /// field.
  private func source(of order: AttributeOrder) -> AttributeOrder.Source {
    let settings = snapshot.manifest.settings
    let isAttribute =
      settings.schema.declared[order.name] != nil || shared.options.statistics?.attributes.contains(order.name) == true
      || snapshot.segments.contains { $0.attributeColumns.names.contains(order.name) }
    guard !isAttribute, let field = settings.storedFields.firstIndex(where: { settings.fields[$0] == order.name })
    else {
      return .attribute
    }
    return .field(field)
  }

  /// Returns the first of the segments' documents; equal ones in the order of their keys.
  private func merged(_ parts: [SortedHit]) -> [SortedHit] {
    var sorted = parts
    if snapshot.segments.count > 1 {
      sorted.sort { a, b in
        a.sortKey != b.sortKey ? a.sortKey < b.sortKey : a.key.lexicographicallyPrecedes(b.key)
      }
    }
    return Array(sorted.prefix(shared.limit))
  }
}
