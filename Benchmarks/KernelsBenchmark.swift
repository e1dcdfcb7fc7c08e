import TextSearch

/// The compression of stored documents: size and speed, block by block, on one thread.
enum KernelsBenchmark {
  private static let blockSize = 1 << 14
  /// The dictionary was made from the documents whose number divided by this is even.
  private static let trainingRun = 500

  static func run(_ files: [String]) throws {
    for file in files {
      let documents = try Corpus.read([file])
      let unseen = documents.indices.filter { $0 / trainingRun % 2 == 1 }.map { documents[$0] }
      let kinds = Dictionary(grouping: unseen) { String($0.key.prefix { $0 != "/" }) }
      for (kind, documents) in kinds.sorted(by: { $0.key < $1.key }) { try measure(documents, name: kind) }
    }
  }

  static func measure(_ documents: [Document], name: String, runs: Int = 5) throws {
    var text: [UInt8] = []
    for document in documents { for field in document.fields { text += field.text.utf8 } }
    for way in StoredCompression.allCases { try measure(text, way, name: name, runs: runs) }
  }

  private static func measure(_ text: [UInt8], _ way: StoredCompression, name: String, runs: Int) throws {
    let blocks = BlockSeries(text, way, blockSize: blockSize)
    try require(try blocks.text() == text, "\(name) \(way): the text did not come back")
    var size = 0
    let compressing = fastest(of: runs) { size = BlockSeries(text, way, blockSize: blockSize).byteCount }
    try require(size == blocks.byteCount, "\(name) \(way): \(size) bytes, \(blocks.byteCount) before")
    var count = 0
    let reading = try fastest(of: runs) { count = try blocks.decompress() }
    try require(count == text.count, "\(name) \(way): \(count) bytes of \(text.count)")
    let megabytes = Double(text.count) / 1e6
    print(
      "kernels \(name) \(way), blocks of \(blockSize): ratio \(fixed(Double(text.count) / Double(size), 3)), "
        + "compress \(fixed(megabytes / compressing, 0)) MB/s, decompress \(fixed(megabytes / reading, 0)) MB/s")
  }
}
