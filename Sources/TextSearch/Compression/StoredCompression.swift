/// Compression of the stored documents of an index; the article <doc:StoredDocuments> compares sizes and times.
public enum StoredCompression: UInt8, Sendable, CaseIterable {
  /// No compression: the fastest to build and to read, the largest.
  case none
  /// Byte-oriented LZ77: much smaller, hardly slower to read.
  case fast
  /// LZ77 under Huffman codes: smaller than `fast`, slower to build and to read.
  case dense
}
