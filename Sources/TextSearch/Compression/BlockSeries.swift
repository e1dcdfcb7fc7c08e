/// A text in compressed blocks of one size: what the benchmarks measure.
package struct BlockSeries: Sendable {
  private let blocks: ByteRegion
  private var ends: [Int] = [0]

  /// Compresses `text` in blocks of `blockSize` bytes (the last one may be smaller), at most 32,768.
  package init(_ text: [UInt8], _ way: StoredCompression, blockSize: Int) {
    var compressor = BlockCompressor(way)
    var bytes = ByteWriter(capacity: text.count)
    for start in stride(from: 0, to: text.count, by: blockSize) {
      compressor.compress(text.span.extracting(start..<min(text.count, start + blockSize)), into: &bytes)
      ends.append(bytes.count)
    }
    blocks = OwnedBytes.region(bytes.bytes.span, section: "blocks")
  }

  /// Bytes of all blocks.
  package var byteCount: Int { blocks.count }

  /// Decompresses block after block; gives the number of bytes.
  package func decompress() throws(SearchError) -> Int {
    var count = 0
    for index in ends.indices.dropLast() { count += try block(index).count }
    return count
  }

  /// The whole text.
  package func text() throws(SearchError) -> [UInt8] {
    var text: [UInt8] = []
    for index in ends.indices.dropLast() {
      let block = try block(index)
      text += try block.array(at: 0, count: block.count)
    }
    return text
  }

  private func block(_ index: Int) throws(SearchError) -> ByteRegion {
    try BlockDecompressor.decompress(try blocks.slice(at: ends[index], count: ends[index + 1] - ends[index]))
  }
}
