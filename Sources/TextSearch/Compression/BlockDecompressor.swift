/// Decodes blocks that `BlockCompressor` made. Any bytes are safe to decode.
enum BlockDecompressor {
  /// Returns the raw bytes of a block with its head.
  ///
  /// - Parameter limit: number of bytes that are wanted from its start. What a fast block has behind them is neither decoded
  ///   nor checked.
  /// - Throws: `SearchError.corrupt` for bytes that are no block.
  static func decompress(_ block: ByteRegion, upTo limit: Int = .max) throws(SearchError) -> ByteRegion {
    guard let method = StoredCompression(rawValue: try block.byte(at: 0)) else {
      throw block.corrupt(at: 0, "block of an unknown kind")
    }
    let size = Int(try block.load(at: 1, as: UInt16.self))
    guard size <= BlockLayout.maximumBytes else { throw block.corrupt(at: 1, "block of \(size) bytes") }
    let coded = try block.slice(at: BlockLayout.headSize, count: block.count - BlockLayout.headSize)
    if method == .none {
      guard coded.count == size else { throw block.corrupt(at: 1, "\(coded.count) bytes, not \(size)") }
      return coded
    }
    guard coded.count < size else { throw block.corrupt(at: 1, "block larger than its contents") }
    return try decode(coded, method, size: method == .fast ? min(size, limit) : size, isWhole: limit >= size)
  }

  /// Returns the `size` raw bytes that `coded` stands for, or the first `size` of them if it is not whole.
  private static func decode(
    _ coded: ByteRegion, _ method: StoredCompression, size: Int, isWhole: Bool
  ) throws(SearchError) -> ByteRegion {
    let dictionary = SharedDictionary.size
    // One allocation: the window, then a copy of the input with slack, so that kernels may load whole vectors.
    let input = dictionary + size + BlockLayout.slack
    let source = try unsafe coded.address(at: 0, count: coded.count)
    var isDecoded = false
    // Safe because: the dictionary, `size` bytes and slack fit before the input, which has slack behind it; the window
    // and the kernels stay within them, and `isDecoded` is true only if all `size` bytes are set.
    let memory = unsafe OwnedBytes(capacity: input + coded.count + BlockLayout.slack) { base in
      unsafe base.update(from: SharedDictionary.text.utf8Start, count: dictionary)
      unsafe (base + input).update(from: source.assumingMemoryBound(to: UInt8.self), count: coded.count)
      unsafe (base + input + coded.count).initialize(repeating: 0, count: BlockLayout.slack)
      var window = unsafe BlockWindow(base, dictionary: dictionary, size: size)
      let bytes = unsafe UnsafeRawPointer(base + input)
      isDecoded =
        method == .fast
        ? unsafe FastBlock.decode(bytes, count: coded.count, into: &window, isWhole: isWhole)
        : unsafe DenseBlock.decode(bytes, count: coded.count, into: &window, dictionary: dictionary)
    }
    guard isDecoded else { throw coded.corrupt(at: 0, "block cannot be decompressed") }
    return unsafe memory.region(at: dictionary, count: size, section: coded.section)
  }
}
