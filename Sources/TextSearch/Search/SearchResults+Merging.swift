extension SearchResults {
  /// The best hits of all parts of a collection, each searched with the statistics of the whole
  /// (``SearchOptions/statistics``) and the same limit.
  ///
  /// - Parameters:
  ///   - parts: what each part has found; no key in two of them.
  ///   - limit: hits to keep, at most the limit that the parts were searched with.
  public init(merging parts: [SearchResults], limit: Int) {
    let hits = parts.flatMap(\.hits).sorted { a, b in
      a.score != b.score ? a.score > b.score : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
    // Parts that were asked for the same have the same facets.
    var facets = parts.first?.facets ?? []
    for part in parts.dropFirst() {
      for (place, counts) in part.facets.prefix(facets.count).enumerated() { facets[place] += counts }
    }
    self.init(
      total: parts.reduce(0) { $0 + $1.total }, isTotalExact: parts.allSatisfy(\.isTotalExact),
      isPartial: parts.contains(where: \.isPartial), facets: facets, hits: Array(hits.prefix(max(0, limit))))
  }
}
