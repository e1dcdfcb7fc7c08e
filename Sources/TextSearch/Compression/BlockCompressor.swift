/// Compresses blocks. The bytes of a compressed block depend on its contents and the method alone, so any number of
/// compressors may share the blocks of a segment.
struct BlockCompressor: ~Copyable {
  private let method: StoredCompression
  private var matcher: BlockMatcher
  private var fast = FastBlock()
  private var dense = DenseBlock()

  /// Creates a compressor with the shared dictionary in its window.
  init(_ method: StoredCompression) {
    self.method = method
    matcher = SharedDictionary.withBytes { dictionary in BlockMatcher(dictionary: dictionary) }
  }

  /// Appends the head and the compressed bytes of a block of at most `BlockLayout.maximumBytes` bytes. A block that
  /// does not get smaller is stored uncompressed.
  mutating func compress(_ block: Span<UInt8>, into writer: inout ByteWriter) {
    precondition(block.count <= BlockLayout.maximumBytes, "block too large")
    switch method {
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

  /// Writes the coded bytes, or the block itself if it is not larger.
  private static func write(
    _ method: StoredCompression, _ coded: Span<UInt8>, orPlain block: Span<UInt8>, to writer: inout ByteWriter
  ) {
    if coded.count < block.count {
      write(method, coded, size: block.count, to: &writer)
    } else {
      write(.none, block, size: block.count, to: &writer)
    }
  }

  /// Writes the head of a block of `size` raw bytes, then `bytes`.
  private static func write(
    _ method: StoredCompression, _ bytes: Span<UInt8>, size: Int, to writer: inout ByteWriter
  ) {
    writer.write(method.rawValue)
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
