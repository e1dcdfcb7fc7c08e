/// An engine with an index of the collection, ready for queries.
protocol QueryEngine: AnyObject {
  var name: String { get }
  /// Median nanoseconds of a search that finds nothing.
  var overhead: UInt64 { get }

  /// Runs queries one after the other; returns nil for those that the engine does not support.
  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?]
}

/// The answer of an engine to a query.
struct QueryAnswer: Sendable {
  /// Nanoseconds of the search alone.
  let nanoseconds: UInt64
  /// Number of documents that match; nil if the engine does not count.
  let total: Int?
  /// Whether the total is exact; otherwise it is a lower bound or an estimate.
  let isExact: Bool
  /// Keys and scores of the top 10, best first.
  let keys: [String]
  let scores: [Float]
}
