/// Compresses blocks. The bytes of a block depend on nothing but its contents and the way, so that any number of
/// compressors may share the blocks of a segment.
struct BlockCompressor: ~Copyable {
  private let way: StoredCompression
  private var matcher: BlockMatcher
  private var fast = FastBlock()
  private var dense = DenseBlock()

  init(_ way: StoredCompression) {
    self.way = way
    matcher = SharedDictionary.withBytes { dictionary in BlockMatcher(dictionary: dictionary) }
  }

  /// Appends a block of at most `BlockLayout.maximumBytes` bytes, with its head; one that gets no smaller stays as it is.
  mutating func compress(_ block: Span<UInt8>, into writer: inout ByteWriter) {
    precondition(block.count <= BlockLayout.maximumBytes, "block too large")
    switch way {
    case .none: BlockCompressor.write(.none, block, size: block.count, to: &writer)
    case .fast:
      matcher.parse(block, depth: BlockLayout.Fast.depth)
      fast.encode(matcher)
      BlockCompressor.write(.fast, fast.coded, orPlain: block, to: &writer)
    case .dense:
      matcher.parse(block, depth: BlockLayout.Dense.depth)
      dense.encode(block, matcher.sequences)
      BlockCompressor.write(.dense, dense.coded, orPlain: block, to: &writer)
    }
  }

  private static func write(
    _ way: StoredCompression, _ coded: Span<UInt8>, orPlain block: Span<UInt8>, to writer: inout ByteWriter
  ) {
    if coded.count < block.count {
      write(way, coded, size: block.count, to: &writer)
    } else {
      write(.none, block, size: block.count, to: &writer)
    }
  }

  private static func write(
    _ way: StoredCompression, _ bytes: Span<UInt8>, size: Int, to writer: inout ByteWriter
  ) {
    writer.write(way.rawValue)
    writer.write(UInt16(size))
    writer.write(bytes)
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
