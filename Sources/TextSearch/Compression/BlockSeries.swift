/// A text in compressed blocks of equal size, for benchmarks.
package struct BlockSeries: Sendable {
  private let blocks: ByteRegion
  /// Offsets of the blocks' ends, after a 0.
  private var ends: [Int] = [0]

  /// Compresses `text` in blocks of `blockSize` bytes.
  ///
  /// - Parameters:
  ///   - text: the raw bytes.
  ///   - method: the compression of each block.
  ///   - blockSize: 1 to 32,768; the last block may be smaller.
  package init(_ text: [UInt8], _ method: StoredCompression, blockSize: Int) {
    var compressor = BlockCompressor(method)
    var bytes = ByteWriter(capacity: text.count)
    for start in stride(from: 0, to: text.count, by: blockSize) {
      compressor.compress(text.span.extracting(start..<min(text.count, start + blockSize)), into: &bytes)
      ends.append(bytes.count)
    }
    blocks = OwnedBytes.region(bytes.bytes.span, section: "blocks")
  }

  /// Compressed bytes of all blocks, with their heads.
  package var byteCount: Int { blocks.count }

  /// Decompresses all blocks and returns the number of raw bytes.
  ///
  /// - Throws: `SearchError.corrupt` for damaged blocks.
  package func decompress() throws(SearchError) -> Int {
    var count = 0
    for index in ends.indices.dropLast() { count += try block(index).count }
    return count
  }

  /// Returns the whole text.
  ///
  /// - Throws: `SearchError.corrupt` for damaged blocks.
  package func text() throws(SearchError) -> [UInt8] {
    var text: [UInt8] = []
    for index in ends.indices.dropLast() {
      let block = try block(index)
      text += try block.array(at: 0, count: block.count)
    }
    return text
  }

  /// Returns the raw bytes of a block.
  private func block(_ index: Int) throws(SearchError) -> ByteRegion {
    try BlockDecompressor.decompress(try blocks.slice(at: ends[index], count: ends[index + 1] - ends[index]))
  }
}
