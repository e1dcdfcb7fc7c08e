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
    self.init(total: parts.reduce(0) { $0 + $1.total }, hits: Array(hits.prefix(max(0, limit))))
  }
}
