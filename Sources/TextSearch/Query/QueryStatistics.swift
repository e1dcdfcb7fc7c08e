/// What tells a query how much its words weigh: the segments that are searched, or a larger whole that they are a part of.
struct QueryStatistics: Sendable {
  let collection: CollectionStatistics
  /// The segments that are searched; none where the statistics are those of a larger whole.
  let segments: [Segment]
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

  /// The same of a larger whole; 0 without one.
  func sharedFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    try shared?.documentFrequency(selector) ?? 0
  }
}
