/// What an engine says to a query.
struct QueryAnswer: Sendable {
  /// Nanoseconds of the search alone.
  let nanoseconds: UInt64
  /// Documents that match; nil where the engine does not count.
  let total: Int?
  /// Whether the total is exact; a lower bound if not.
  let isExact: Bool
  let keys: [String]
  let scores: [Float]
}

/// An engine with the collection indexed, ready to answer.
protocol QueryEngine: AnyObject {
  var name: String { get }
  /// Nanoseconds of a search that finds nothing.
  var overhead: UInt64 { get }

  /// Answers queries one after the other; nil for those that the engine cannot answer.
  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?]
}
