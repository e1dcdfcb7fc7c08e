/// The keys of a segment's documents, ascending, prefix-coded in blocks: keys of one folder or one work share most of their
/// bytes.
struct KeyTable: Sendable {
  private let blocks: PrefixBlocks

  /// A key has no value; it is the key of one document.
  struct NoValue: PrefixBlockValue {
    var documents: UInt64 { 1 }

    mutating func beginBlock(_ reader: inout ByteReader) {}
    mutating func read(_ reader: inout ByteReader, first: UInt8, isWanted: Bool) {}
  }

  /// Walks keys in their order.
  typealias Cursor = PrefixBlockCursor<NoValue>

  var count: Int { blocks.count }

  init(keys: ByteRegion, index: ByteRegion, documents: Int) throws(SearchError) {
    blocks = try PrefixBlocks(keys, index: index)
    guard blocks.count == documents else { throw index.corrupt(at: 0, "\(blocks.count) keys") }
  }

  /// Returns the key of a rank below `count`.
  func key(_ rank: Int) throws(SearchError) -> [UInt8] {
    let block = try blocks.region(ofBlock: rank / PrefixBlocks.blockSize)
    var scan = unsafe KeyScan()
    guard unsafe try scan.find(rank % PrefixBlocks.blockSize, in: block) else { return try keyByCursor(rank) }
    return unsafe [UInt8](unsafeUninitializedCapacity: scan.length) { target, count in
      count = unsafe scan.copy(to: target)
    }
  }

  /// Returns the key of a rank as text; what is no UTF-8 is replaced.
  func text(_ rank: Int) throws(SearchError) -> String {
    let block = try blocks.region(ofBlock: rank / PrefixBlocks.blockSize)
    var scan = unsafe KeyScan()
    guard unsafe try scan.find(rank % PrefixBlocks.blockSize, in: block) else {
      return String(decoding: try keyByCursor(rank), as: UTF8.self)
    }
    return unsafe String(unsafeUninitializedCapacity: scan.length) { target in unsafe scan.copy(to: target) }
  }

  /// Returns what `key` returns, found by a cursor, which says what is damaged.
  private func keyByCursor(_ rank: Int) throws(SearchError) -> [UInt8] {
    var cursor = Cursor(blocks, atBlock: rank / PrefixBlocks.blockSize)
    while cursor.ordinal <= rank, try cursor.next() {}
    return cursor.text
  }

  /// Returns the rank of a key; nil if it is not there.
  func rank(of key: [UInt8]) throws(SearchError) -> UInt32? {
    var cursor = try Cursor(blocks, at: key)
    guard try cursor.next(), cursor.text == key else { return nil }
    return UInt32(cursor.ordinal - 1)
  }

  /// A cursor before the first key.
  var start: Cursor { Cursor(blocks) }
}

/// Writes a `KeyTable`.
struct KeyTableWriter: ~Copyable {
  private(set) var keys = ByteWriter()
  private var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []

  /// Adds a key; keys come in strictly ascending order.
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
