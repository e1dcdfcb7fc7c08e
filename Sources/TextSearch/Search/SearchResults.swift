/// The results of a search.
public struct SearchResults: Sendable, Equatable {
  /// A document that was found.
  public struct Hit: Sendable, Equatable {
    /// BM25 score; only its order means something. 0 where hits are sorted by an attribute.
    public let score: Float
    /// The stored fields and attributes.
    public let document: StoredDocument
    /// Text around the matched words; empty where none was made.
    public let snippet: Snippet
    /// What the hit is sorted by, in ``SearchOptions/order``; nil where hits are sorted by their scores.
    public let sortKey: SortKey?

    /// Key of the document.
    public var key: String { document.key }
    /// The stored text of the field `title`; nil if there is none.
    public var title: String? { document.text("title") }
  }

  /// Documents that match, at most ``countLimit``; nil where none are counted.
  public let total: Int?
  /// False where there are more matches than ``countLimit``, where none are counted, and where the search had to end.
  public let isTotalExact: Bool
  /// The largest total that is exact: ``SearchOptions/countLimit`` or the end of the page, if that is more; `Int.max` where all
  /// matches are counted.
  public let countLimit: Int
  /// The search had to end (``SearchOptions/deadline``, ``SearchOptions/cancellation``) before all was done. What is here is
  /// right: each hit matches and has its score. But there may be better ones, more matches, and hits without snippet.
  public let isPartial: Bool
  /// Words of the query that no document holds, in its order, and what was searched instead
  /// (``ReadingOptions/replacesUnknownWords``).
  public let replaced: [ReplacedWord]
  /// Counts for each of ``SearchOptions/facets``.
  public let facets: [FacetCounts]
  /// The page of hits, best first, or in ``SearchOptions/order``; equal ones in the order of their keys.
  public let hits: [Hit]
}

extension SearchResults {
  /// Merges the results of all parts of a collection, each searched with the statistics of the whole collection
  /// (``SearchOptions/statistics``), one limit and one order.
  ///
  /// - Parameters:
  ///   - parts: what each part has found; no key in two of them.
  ///   - limit: hits to keep, at most the limit that the parts were searched with.
  public init(merging parts: [SearchResults], limit: Int) {
    let hits = parts.flatMap(\.hits).sorted { a, b in
      if let x = a.sortKey, let y = b.sortKey, x != y { return x < y }
      return a.score != b.score ? a.score > b.score : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
    // All parts have the requested facets, in their order.
    var facets = parts.first?.facets ?? []
    for part in parts.dropFirst() {
      for (index, counts) in part.facets.prefix(facets.count).enumerated() { facets[index] += counts }
    }
    let countLimit = parts.reduce(.max) { min($0, $1.countLimit) }
    let sum = parts.reduce(0) { $0 + ($1.total ?? 0) }
    self.init(
      total: parts.contains { $0.total == nil } ? nil : min(sum, countLimit),
      isTotalExact: parts.allSatisfy(\.isTotalExact) && sum <= countLimit, countLimit: countLimit,
      isPartial: parts.contains(where: \.isPartial), replaced: parts.first?.replaced ?? [], facets: facets,
      hits: Array(hits.prefix(max(0, limit))))
  }

  /// The results of a search that ended before it began.
  static func none(_ options: SearchOptions) -> SearchResults {
    let limit = options.exactLimit
    return SearchResults(
      total: limit > 0 ? 0 : nil, isTotalExact: false, countLimit: limit, isPartial: true, replaced: [],
      facets: options.facets.map { _ in FacetCounts() }, hits: [])
  }
}
