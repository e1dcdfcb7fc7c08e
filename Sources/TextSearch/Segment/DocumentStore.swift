/// The stored documents of a segment: records in compressed blocks. Each block is readable without the others.
struct DocumentStore: Sendable {
  /// A block ends with the first record that brings it to this many bytes.
  static let minimumBlock = 1 << 14
  /// Number of the shared dictionary that every block is compressed with.
  static let dictionary: UInt8 = 1

  /// The compression that the writer was configured with; each block names its own.
  let compression: StoredCompression
  /// Numbers of the fields whose texts are in the records, ascending.
  let fields: [Int]
  private let documentCount: Int
  /// 0 where all records are empty.
  private let blockCount: Int
  /// For each block, the first document whose record begins in it or later.
  private let firsts: Column
  /// Offsets of the blocks in `blocks`, and the end.
  private let offsets: Column
  /// For each document, the offset of its record in its block; then the size of the last block.
  private let starts: Column
  private let blocks: ByteRegion

  /// Opens the section `documents` of a segment.
  ///
  /// - Parameters:
  ///   - documents: the number of documents of the segment.
  ///   - fieldCount: the number of fields of the segment.
  init(_ region: ByteRegion, documents: Int, fields fieldCount: Int) throws(SearchError) {
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
      guard field < fieldCount, field > fields.last ?? -1 else {
        throw region.corrupt(at: reader.offset, "stored field \(field) is unknown or out of order")
      }
      fields.append(field)
    }
    self.fields = fields
    blockCount = try reader.readCount()
    guard blockCount < region.count, blockCount > 0 || fields.isEmpty || documents == 0 else {
      throw region.corrupt(at: reader.offset, "\(blockCount) blocks of documents")
    }
    var offset = reader.offset
    firsts = try Column(region, at: &offset, count: blockCount)
    offsets = try Column(region, at: &offset, count: blockCount + 1)
    starts = try Column(region, at: &offset, count: blockCount > 0 ? documents + 1 : 1)
    blocks = try region.slice(at: offset, count: region.count - offset)
    if blockCount == 0, try starts.value(at: 0) != 0 {
      throw starts.corrupt(at: 0, "a record that starts in no block")
    }
  }

  /// Returns the bytes of all records before compression, by the heads of the blocks.
  func rawBytes() throws(SearchError) -> UInt64 {
    var sum: UInt64 = 0
    for block in 0..<blockCount {
      let head = try blocks.slice(at: try offsets.value(at: block), count: UInt64(BlockLayout.headSize))
      sum += UInt64(try head.load(at: 1, as: UInt16.self))
    }
    return sum
  }

  /// The block in which a record begins, and its offset there.
  private struct RecordAddress {
    var block: Int
    var offset: Int
  }

  /// Returns the address of a document's record: it begins in the last block whose first document is not after
  /// `document`.
  ///
  /// - Complexity: logarithmic in the number of blocks.
  private func address(of document: Int) throws(SearchError) -> RecordAddress {
    let next = try (1..<max(1, blockCount)).partitionPoint { (block) throws(SearchError) in
      try firsts.value(at: block) > UInt64(document)
    }
    return RecordAddress(block: next - 1, offset: Int(clamping: try starts.value(at: document)))
  }

  /// Returns the decompressed bytes of a block.
  ///
  /// - Parameter limit: number of bytes that are wanted from its start.
  private func decode(_ block: Int, upTo limit: Int = .max) throws(SearchError) -> ByteRegion {
    let start = try offsets.value(at: block)
    let end = try offsets.value(at: block + 1)
    guard start <= end, end <= UInt64(blocks.count) else {
      throw offsets.corrupt(at: block, "block \(block) ends before it begins, or beyond the section")
    }
    return try BlockDecompressor.decompress(try blocks.slice(at: start, count: end - start), upTo: limit)
  }

  /// Returns the record of one document; empty if nothing is stored of it.
  ///
  /// Decompresses what it needs of the blocks: a `Reader` costs less for records in their order.
  func record(_ document: Int) throws(SearchError) -> ByteRegion {
    var reader = Reader(self, readsOne: true)
    return try reader.record(document)
  }

  /// Checks that blocks follow each other without gaps, that their first documents are ascending, and that they hold
  /// `recordBytes` bytes of records and nothing else. Decompresses all blocks.
  func verifyBlocks(recordBytes: Int) throws(SearchError) {
    var end: UInt64 = 0
    var first: UInt64 = 0
    var bytes = 0
    for block in 0..<blockCount {
      guard try offsets.value(at: block) == end else {
        throw blocks.corrupt(at: Int(clamping: end), "bytes that belong to no block")
      }
      end = try offsets.value(at: block + 1)
      guard try firsts.value(at: block) >= first else {
        throw firsts.corrupt(at: block, "first documents of blocks are not ascending")
      }
      first = try firsts.value(at: block)
      bytes += try decode(block).count
    }
    guard bytes > 0 || blockCount == 0 || !fields.isEmpty else {
      throw blocks.corrupt(at: 0, "a block without records")
    }
    guard end == UInt64(blocks.count), bytes == recordBytes else {
      throw blocks.corrupt(at: Int(clamping: end), "\(recordBytes) bytes in records, \(bytes) in blocks")
    }
  }

  /// A reader of records. It keeps the last decompressed block, so that reading records in order decompresses each
  /// block once.
  struct Reader {
    private let store: DocumentStore
    /// Number of the decompressed block; -1 for none.
    private var number = -1
    private var block = ByteRegion.empty
    /// Blocks are decompressed as far as they are needed, as no other record will be read.
    private let readsOne: Bool

    init(_ store: DocumentStore) { self.init(store, readsOne: false) }

    fileprivate init(_ store: DocumentStore, readsOne: Bool) {
      self.store = store
      self.readsOne = readsOne
    }

    /// Returns the record of a document; empty if nothing is stored of it.
    mutating func record(_ document: Int) throws(SearchError) -> ByteRegion {
      if store.blockCount == 0, document >= 0, document < store.documentCount { return .empty }
      let start = try store.address(of: document)
      let end = try store.address(of: document + 1)
      guard start.block <= end.block else {
        throw store.starts.corrupt(at: document, "record \(document) ends before it begins")
      }
      if start.block == end.block {
        try load(start.block, upTo: end.offset)
        return try block.slice(at: start.offset, count: end.offset - start.offset)
      }
      return try join(start, end)
    }

    /// Returns the bytes of a document's record that are in its first block: all of most records.
    mutating func beginning(of document: Int) throws(SearchError) -> ByteRegion {
      if store.blockCount == 0, document >= 0, document < store.documentCount { return .empty }
      let start = try store.address(of: document)
      let end = try store.address(of: document + 1)
      try load(start.block, upTo: start.block == end.block ? end.offset : .max)
      let limit = start.block == end.block ? end.offset : block.count
      guard start.block <= end.block, start.offset <= limit else {
        throw store.starts.corrupt(at: document, "record \(document) ends before it begins")
      }
      return try block.slice(at: start.offset, count: limit - start.offset)
    }

    /// Decompresses a block unless it is the last one read.
    private mutating func load(_ next: Int, upTo limit: Int = .max) throws(SearchError) {
      guard next != number else { return }
      number = -1
      block = try store.decode(next, upTo: readsOne ? limit : .max)
      number = next
    }

    /// Returns a record that reaches the end of its block, and possibly spans further blocks.
    private mutating func join(_ start: RecordAddress, _ end: RecordAddress) throws(SearchError) -> ByteRegion {
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
        try load(end.block, upTo: end.offset)
        try DocumentStore.append(try block.slice(at: 0, count: end.offset), to: &bytes)
      }
      return OwnedBytes.region(bytes.span, section: first.section)
    }
  }

  private static func append(_ region: ByteRegion, to bytes: inout GrowableBuffer<UInt8>) throws(SearchError) {
    try region.withSpan { (span: Span<UInt8>) throws(SearchError) in bytes.append(span) }
  }
}
