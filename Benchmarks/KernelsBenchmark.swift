import TextSearch

/// Compression of stored documents: ratio and speed, block by block, on one thread.
enum KernelsBenchmark {
  private static let blockSize = 1 << 14
  /// Number of consecutive documents of a chunk; the dictionary was trained on every second chunk, beginning with the
  /// first.
  private static let trainingChunk = 500

  static func run(_ files: [String]) throws {
    for file in files {
      let documents = try Corpus.read([file])
      let unseen = documents.indices.filter { $0 / trainingChunk % 2 == 1 }.map { documents[$0] }
      let kinds = Dictionary(grouping: unseen) { String($0.key.prefix { $0 != "/" }) }
      for (kind, documents) in kinds.sorted(by: { $0.key < $1.key }) { try measure(documents, name: kind) }
    }
  }

  static func measure(_ documents: [Document], name: String, runs: Int = 5) throws {
    var text: [UInt8] = []
    for document in documents { for field in document.fields { text += field.text.utf8 } }
    for compression in StoredCompression.allCases { try measure(text, compression, name: name, runs: runs) }
  }

  private static func measure(
    _ text: [UInt8], _ compression: StoredCompression, name: String, runs: Int
  ) throws {
    let blocks = BlockSeries(text, compression, blockSize: blockSize)
    try require(try blocks.text() == text, "\(name) \(compression): the text did not come back")
    // Without compression there is no kernel whose speed could be measured.
    let speeds =
      compression == .none
      ? "compress -, decompress -" : try speeds(of: text, blocks, compression, name: name, runs: runs)
    print(
      "kernels \(name) \(compression), blocks of \(blockSize): "
        + "ratio \(fixed(Double(text.count) / Double(blocks.byteCount), 3)), \(speeds)")
  }

  /// Returns the speeds of compression and decompression as text, and asserts that both process every byte.
  private static func speeds(
    of text: [UInt8], _ blocks: BlockSeries, _ compression: StoredCompression, name: String, runs: Int
  ) throws -> String {
    var size = 0
    let compressing = fastest(of: runs) { size = BlockSeries(text, compression, blockSize: blockSize).byteCount }
    try require(size == blocks.byteCount, "\(name) \(compression): \(size) bytes, \(blocks.byteCount) before")
    var count = 0
    let decompressing = try fastest(of: runs) { count = try blocks.decompress() }
    try require(count == text.count, "\(name) \(compression): \(count) bytes of \(text.count)")
    let megabytes = Double(text.count) / 1e6
    return "compress \(fixed(megabytes / compressing, 0)) MB/s, decompress \(fixed(megabytes / decompressing, 0)) MB/s"
  }
}
