/// The size of an index.
public struct IndexSummary: Sendable, Equatable {
  /// Documents that searches can find.
  public let documents: Int
  /// Tokens of all documents, deleted ones included until a merge removes them.
  public let tokens: UInt64
  /// Bytes of the segment files and the manifest.
  public let bytes: Int
  /// Number of segments.
  public let segments: Int

  init(_ segments: [Segment], _ manifest: Manifest) {
    documents = segments.reduce(0) { $0 + $1.documentCount } - manifest.segments.reduce(0) { $0 + Int($1.deleted) }
    tokens = segments.reduce(0) { $0 + $1.statistics.length }
    bytes = segments.reduce(0) { $0 + $1.byteCount } + manifest.encoded().count
    self.segments = segments.count
  }
}
