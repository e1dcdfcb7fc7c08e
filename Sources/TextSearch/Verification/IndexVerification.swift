/// The result of ``SearchIndex/verify(_:)``.
public struct IndexVerification: Sendable, Equatable {
  /// All problems; none in an intact index.
  public let problems: [IndexProblem]
  /// Number of segments that were read without a problem.
  public let segments: Int
  /// Number of documents in these segments, without deleted ones.
  public let documents: Int
  /// Bytes that were read.
  public let bytes: Int

  /// Whether there is no problem.
  public var isIntact: Bool { problems.isEmpty }
}
