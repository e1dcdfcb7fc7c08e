/// What an index holds.
public struct IndexSummary: Sendable, Equatable {
  /// Documents that searches can find.
  public let documents: Int
  /// Tokens of all documents.
  public let tokens: UInt64
  /// Bytes of the index's files.
  public let bytes: Int
  public let segments: Int

  init(_ segments: [Segment], _ manifest: Manifest) {
    documents = segments.reduce(0) { $0 + $1.documentCount } - manifest.segments.reduce(0) { $0 + Int($1.deleted) }
    tokens = segments.reduce(0) { $0 + $1.statistics.length }
    bytes = segments.reduce(0) { $0 + $1.byteCount } + manifest.encoded().count
    self.segments = segments.count
  }
}
