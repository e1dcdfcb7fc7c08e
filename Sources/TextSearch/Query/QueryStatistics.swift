/// What tells a query how much its words weigh: the segments that are searched, or a larger whole that they are a part of.
struct QueryStatistics: Sendable {
  let collection: CollectionStatistics
  private let segments: [Segment]
  private let shared: SharedStatistics?

  init(_ segments: [Segment]) {
    collection = segments.reduce(into: CollectionStatistics()) { $0 += $1.statistics }
    self.segments = segments
    shared = nil
  }

  init(_ shared: SharedStatistics) {
    collection = shared.collection
    segments = []
    self.shared = shared
  }

  /// Documents that hold what `selector` selects.
  ///
  /// - Throws: `SearchError.otherStatistics` if shared statistics do not tell of it.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    if let shared { return try shared.documentFrequency(selector) }
    var sum: UInt64 = 0
    for segment in segments { sum += try segment.documentFrequency(selector) }
    return sum
  }
}
