/// The stored documents of a segment: records in compressed blocks, each readable without the others.
struct DocumentStore: Sendable {
  /// Bytes of records from which a block ends with a document.
  static let minimumBlock = 1 << 14
  /// Number of the dictionary before every block.
  static let dictionary: UInt8 = 1

  let compression: StoredCompression
  /// Numbers of the fields whose texts the records hold.
  let fields: [Int]
  private let documentCount: Int
  private let blockCount: Int
  private let firsts: Column
  private let offsets: Column
  private let starts: Column
  private let blocks: ByteRegion

  init(_ region: ByteRegion, documents: Int, fields known: Int) throws(SearchError) {
    guard let compression = StoredCompression(rawValue: try region.byte(at: 0)) else {
      throw region.corrupt(at: 0, "unknown compression")
    }
    guard try region.byte(at: 1) == DocumentStore.dictionary else { throw region.corrupt(at: 1, "unknown dictionary") }
    self.compression = compression
    documentCount = documents
    var reader = ByteReader(region, at: 2)
    var fields: [Int] = []
    for _ in 0..<(try reader.readCount()) {
      let field = try reader.readCount()
      guard field < known, field > fields.last ?? -1 else { throw region.corrupt(at: reader.offset, "field \(field)") }
      fields.append(field)
    }
    self.fields = fields
    blockCount = try reader.readCount()
    guard blockCount < region.count, blockCount > 0 || documents == 0 else {
      throw region.corrupt(at: reader.offset, "\(blockCount) blocks of documents")
    }
    var offset = reader.offset
    firsts = try Column(region, at: &offset, count: blockCount)
    offsets = try Column(region, at: &offset, count: blockCount + 1)
    starts = try Column(region, at: &offset, count: documents + 1)
    blocks = try region.slice(at: offset, count: region.count - offset)
  }

  /// Bytes of all records, by the heads of the blocks.
  func rawBytes() throws(SearchError) -> UInt64 {
    var sum: UInt64 = 0
    for block in 0..<blockCount {
      let head = try blocks.slice(at: try offsets.value(at: block), count: UInt64(BlockLayout.headSize))
      sum += UInt64(try head.load(at: 1, as: UInt16.self))
    }
    return sum
  }

  /// Where a record begins.
  private struct Place {
    var block: Int
    var offset: Int
  }

  /// The last block whose first document is not behind `document` holds its beginning.
  private func place(_ document: Int) throws(SearchError) -> Place {
    var low = 0
    var high = blockCount - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if try firsts.value(at: middle) <= UInt64(document) { low = middle } else { high = middle - 1 }
    }
    return Place(block: low, offset: Int(clamping: try starts.value(at: document)))
  }

  private func decode(_ block: Int) throws(SearchError) -> ByteRegion {
    let start = try offsets.value(at: block)
    let end = try offsets.value(at: block + 1)
    guard start <= end, end <= UInt64(blocks.count) else {
      throw blocks.corrupt(at: 0, "offsets of block \(block) fall")
    }
    return try BlockDecompressor.decompress(try blocks.slice(at: start, count: end - start))
  }

  /// Checks that blocks lie one behind the other, that the first documents of blocks rise, and that the records are all
  /// that is in them.
  func verifyBlocks(recordBytes: Int) throws(SearchError) {
    var end: UInt64 = 0
    var first: UInt64 = 0
    var bytes = 0
    for block in 0..<blockCount {
      guard try offsets.value(at: block) == end else {
        throw blocks.corrupt(at: Int(clamping: end), "bytes of no block")
      }
      end = try offsets.value(at: block + 1)
      guard try firsts.value(at: block) >= first else { throw firsts.corrupt("first documents fall") }
      first = try firsts.value(at: block)
      bytes += try decode(block).count
    }
    guard end == UInt64(blocks.count), bytes == recordBytes else {
      throw blocks.corrupt(at: Int(clamping: end), "\(recordBytes) bytes of records, \(bytes) of blocks")
    }
  }

  /// Reads records; keeps the block that it decoded last, so that records in order decode each block once.
  struct Reader {
    private let store: DocumentStore
    private var number = -1
    private var block = ByteRegion.empty

    init(_ store: DocumentStore) { self.store = store }

    /// The record of a document; empty if nothing is stored of it.
    mutating func record(_ document: Int) throws(SearchError) -> ByteRegion {
      let start = try store.place(document)
      let end = try store.place(document + 1)
      guard start.block <= end.block else {
        throw store.blocks.corrupt(at: 0, "record \(document) ends before it begins")
      }
      if start.block == end.block {
        try load(start.block)
        return try block.slice(at: start.offset, count: end.offset - start.offset)
      }
      return try join(start, end)
    }

    private mutating func load(_ wanted: Int) throws(SearchError) {
      guard wanted != number else { return }
      number = -1
      block = try store.decode(wanted)
      number = wanted
    }

    /// A record that goes on to the end of its block, and perhaps further.
    private mutating func join(_ start: Place, _ end: Place) throws(SearchError) -> ByteRegion {
      try load(start.block)
      let first = try block.slice(at: start.offset, count: block.count - start.offset)
      if end.block == start.block + 1, end.offset == 0 { return first }
      var bytes = GrowableBuffer<UInt8>(capacity: first.count + BlockLayout.maximumBytes)
      try DocumentStore.append(first, to: &bytes)
      for number in start.block + 1..<end.block {
        try load(number)
        try DocumentStore.append(block, to: &bytes)
      }
      if end.offset > 0 {
        try load(end.block)
        try DocumentStore.append(try block.slice(at: 0, count: end.offset), to: &bytes)
      }
      return OwnedBytes.region(bytes.span, section: first.section)
    }
  }

  private static func append(_ region: ByteRegion, to bytes: inout GrowableBuffer<UInt8>) throws(SearchError) {
    try region.withSpan { (span: Span<UInt8>) throws(SearchError) in bytes.append(span) }
  }
}
