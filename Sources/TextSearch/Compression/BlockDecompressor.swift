/// Decodes blocks that `BlockCompressor` made. Any bytes are safe to decode: what is no block throws.
enum BlockDecompressor {
  /// The raw bytes of a block.
  static func decompress(_ block: ByteRegion) throws(SearchError) -> ByteRegion {
    guard let way = StoredCompression(rawValue: try block.byte(at: 0)) else {
      throw block.corrupt(at: 0, "block of an unknown kind")
    }
    let size = Int(try block.load(at: 1, as: UInt16.self))
    guard size <= BlockLayout.maximumBytes else { throw block.corrupt(at: 1, "block of \(size) bytes") }
    let coded = try block.slice(at: BlockLayout.headSize, count: block.count - BlockLayout.headSize)
    if way == .none {
      guard coded.count == size else { throw block.corrupt(at: 1, "\(coded.count) bytes, not \(size)") }
      return coded
    }
    guard coded.count < size else { throw block.corrupt(at: 1, "block larger than its contents") }
    return try decode(coded, way, size: size)
  }

  private static func decode(
    _ coded: ByteRegion, _ way: StoredCompression, size: Int
  ) throws(SearchError) -> ByteRegion {
    let dictionary = SharedDictionary.size
    // The window and, behind it, a copy of the input with room for whole vectors.
    let input = dictionary + size + BlockLayout.slack
    let source = try unsafe coded.address(at: 0, count: coded.count)
    var isDecoded = false
    // Safe because: the dictionary, `size` bytes and slack fit before the input, which has slack behind it; the window
    // and the kernels keep within them, and a block counts as decoded only when all of its bytes are set.
    let memory = unsafe OwnedBytes(capacity: input + coded.count + BlockLayout.slack) { base in
      unsafe base.update(from: SharedDictionary.text.utf8Start, count: dictionary)
      unsafe (base + input).update(from: source.assumingMemoryBound(to: UInt8.self), count: coded.count)
      unsafe (base + input + coded.count).initialize(repeating: 0, count: BlockLayout.slack)
      var window = unsafe BlockWindow(base, dictionary: dictionary, size: size)
      let bytes = unsafe UnsafeRawPointer(base + input)
      isDecoded =
        way == .fast
        ? unsafe FastBlock.decode(bytes, count: coded.count, into: &window)
        : unsafe DenseBlock.decode(bytes, count: coded.count, into: &window, dictionary: dictionary)
    }
    guard isDecoded else { throw coded.corrupt(at: 0, "block cannot be decompressed") }
    return unsafe memory.region(at: dictionary, count: size, section: coded.section)
  }
}
