/// How the stored documents of an index are compressed; figures in the article `StoredDocuments`.
public enum StoredCompression: UInt8, Sendable, CaseIterable {
  /// Not at all: the fastest to build and to read.
  case none
  /// Repetitions coded in bytes: half the size, hardly slower to read.
  case fast
  /// The same under Huffman codes: smaller by a quarter again, slower to build and to read.
  case dense
}
