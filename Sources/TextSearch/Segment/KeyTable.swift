/// The keys of a segment's documents, ascending, prefix-coded in blocks: keys of one folder or one work share most of their
/// bytes (measured on 40,689 keys of 38 bytes on average: a fifth of the space).
struct KeyTable: Sendable {
  private let keys: ByteRegion
  private let index: BlockIndex

  var count: Int { index.count }

  init(keys: ByteRegion, index: ByteRegion, documents: Int) throws(SearchError) {
    self.keys = keys
    self.index = try BlockIndex(index)
    guard self.index.count == documents else { throw index.corrupt(at: 0, "\(self.index.count) keys") }
  }

  /// The key at a place below `count`.
  func key(_ rank: Int) throws(SearchError) -> [UInt8] {
    let block = try index.block(rank / BlockIndex.blockSize, of: keys)
    var scan = unsafe KeyScan()
    guard unsafe try scan.find(rank % BlockIndex.blockSize, in: block) else { return try keyStepByStep(rank) }
    return unsafe [UInt8](unsafeUninitializedCapacity: scan.length) { target, count in
      count = unsafe scan.copy(to: target)
    }
  }

  /// The same as text; what is no UTF-8 is replaced.
  func text(_ rank: Int) throws(SearchError) -> String {
    let block = try index.block(rank / BlockIndex.blockSize, of: keys)
    var scan = unsafe KeyScan()
    guard unsafe try scan.find(rank % BlockIndex.blockSize, in: block) else {
      return String(decoding: try keyStepByStep(rank), as: UTF8.self)
    }
    return unsafe String(unsafeUninitializedCapacity: scan.length) { target in unsafe scan.copy(to: target) }
  }

  /// What is damaged is read step by step to say where.
  private func keyStepByStep(_ rank: Int) throws(SearchError) -> [UInt8] {
    var cursor = Cursor(self, at: rank / BlockIndex.blockSize * BlockIndex.blockSize)
    for _ in 0...rank % BlockIndex.blockSize { try cursor.advance() }
    return cursor.key
  }

  /// The place of a key; nil if it is not there.
  func rank(of key: [UInt8]) throws(SearchError) -> UInt32? {
    guard count > 0 else { return nil }
    let start = try index.block(holding: key) * BlockIndex.blockSize
    var cursor = Cursor(self, at: start)
    for rank in start..<min(start + BlockIndex.blockSize, count) {
      try cursor.advance()
      if cursor.key == key { return UInt32(rank) }
    }
    return nil
  }

  /// A cursor before the first key.
  var start: Cursor { Cursor(self, at: 0) }

  /// Walks the keys in their order.
  struct Cursor {
    private let table: KeyTable
    private var reader = ByteReader(.empty)
    private var next: Int
    private(set) var key: [UInt8] = []

    /// - Parameter next: the first key of a block.
    fileprivate init(_ table: KeyTable, at next: Int) {
      self.table = table
      self.next = next
    }

    /// Moves to the next key; there must be one.
    mutating func advance() throws(SearchError) {
      if next % BlockIndex.blockSize == 0 {
        reader = ByteReader(try table.index.block(next / BlockIndex.blockSize, of: table.keys))
        key = []
      }
      try PrefixCoding.read(&key, &reader)
      next += 1
    }
  }
}

/// Writes a `KeyTable`.
struct KeyTableWriter: ~Copyable {
  private(set) var keys = ByteWriter()
  private var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []

  /// Adds a key; they come in strictly ascending order.
  mutating func add(_ key: [UInt8]) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(key), "keys out of order")
    if count % BlockIndex.blockSize == 0 {
      blocks.beginBlock(at: keys.count, key)
      previous = []
    }
    PrefixCoding.write(key, after: previous, to: &keys)
    previous = key
    count += 1
  }

  func index() -> ByteWriter { blocks.section(entries: count, end: keys.count) }

  /// Writes the sections of the keys.
  ///
  /// - Parameter ranks: the section of key ranks; empty where documents stand in the order of their keys.
  func write(ranks: borrowing ByteWriter, to writer: inout SegmentWriter) throws(SearchError) {
    try writer.write(.keys, keys.bytes.span)
    try writer.write(.keyIndex, index().bytes.span)
    try writer.write(.keyRanks, ranks.bytes.span)
  }
}
