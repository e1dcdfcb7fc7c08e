/// Compresses blocks. The bytes of a block depend on nothing but its contents and the way, so that any number of
/// compressors may share the blocks of a segment.
struct BlockCompressor: ~Copyable {
  private let way: StoredCompression
  private var matcher: BlockMatcher
  private var dense = DenseBlock()
  private var coded = ByteWriter(capacity: 1 << 14)

  init(_ way: StoredCompression) {
    self.way = way
    matcher = SharedDictionary.withBytes { dictionary in BlockMatcher(dictionary: dictionary) }
  }

  /// Appends a block of at most `BlockLayout.mostBytes` bytes, with its head; one that gets no smaller stays as it is.
  mutating func compress(_ block: Span<UInt8>, into writer: inout ByteWriter) {
    precondition(block.count <= BlockLayout.mostBytes, "block too large")
    coded.removeAll()
    switch way {
    case .none: break
    case .fast:
      matcher.parse(block, depth: BlockLayout.Fast.depth)
      FastBlock.encode(block, matcher.sequences, into: &coded)
    case .dense:
      matcher.parse(block, depth: BlockLayout.Dense.depth)
      dense.encode(block, matcher.sequences, into: &coded)
    }
    let isSmaller = way != .none && coded.count < block.count
    writer.write(isSmaller ? way.rawValue : StoredCompression.none.rawValue)
    writer.write(UInt16(block.count))
    if isSmaller { writer.write(coded) } else { writer.write(block) }
  }
}

extension SharedDictionary {
  /// Runs `body` on the bytes of the dictionary.
  static func withBytes<Result: ~Copyable>(_ body: (Span<UInt8>) -> Result) -> Result {
    // Safe because: a literal lives as long as the process, and has `utf8CodeUnitCount` bytes.
    let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return unsafe body(Span(_unsafeElements: bytes))
  }
}
