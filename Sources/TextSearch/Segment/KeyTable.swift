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
    guard var scan = try KeyScan(rank % PrefixBlocks.blockSize, in: block) else { return try keyByCursor(rank) }
    return unsafe [UInt8](unsafeUninitializedCapacity: scan.length) { target, count in
      count = unsafe scan.copy(to: target)
    }
  }

  /// Returns the key of a rank as text; what is no UTF-8 is replaced.
  func text(_ rank: Int) throws(SearchError) -> String {
    let block = try blocks.region(ofBlock: rank / PrefixBlocks.blockSize)
    guard var scan = try KeyScan(rank % PrefixBlocks.blockSize, in: block) else {
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

/// A key in one block of a `KeyTable`. The keys before it are not put together: what it shares with them is copied from them, the
/// last ones first.
@safe
struct KeyScan: ~Escapable {
  /// What a key adds to the one before: the offset of the bytes in the block, and their offset in the key.
  private struct Part: BitwiseCopyable {
    var start = 0
    var shared = 0
  }

  // Safe because: the parts are bytes of the scan's region, which lives as long.
  private let base: UnsafeRawPointer
  private var parts: InlineArray<32, Part>
  private let last: Int
  /// Bytes of the key.
  let length: Int

  /// Finds the key at an index in a block; nil where bytes up to it are damaged.
  @_lifetime(borrow block)
  init?(_ last: Int, in block: borrowing ByteRegion) throws(SearchError) {
    var scan = try ByteScan(block)
    var parts = InlineArray<32, Part>(repeating: Part())
    var length = 0
    for index in 0...last {
      let (shared, added, start) = scan.readString(after: length)
      parts[index] = Part(start: start, shared: shared)
      if scan.isDamaged { return nil }
      length = shared &+ added
    }
    self.parts = parts
    unsafe base = scan.base
    self.last = last
    self.length = length
  }

  /// Copies the key to the start of memory for `length` bytes; returns their number.
  ///
  /// Mutating, as reading from an inline array that does not change copies it.
  mutating func copy(to target: UnsafeMutableBufferPointer<UInt8>) -> Int {
    precondition(target.count >= length, "no room for the key")
    var (missing, index) = (length, last)
    while missing > 0 {
      let part = parts[index]
      if part.shared < missing {
        // Safe because: a key shares at most all of the one before, so as many bytes follow its start; the first shares none.
        unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[part.shared..<missing])
          .copyMemory(from: UnsafeRawBufferPointer(start: base + part.start, count: missing - part.shared))
        missing = part.shared
      }
      index -= 1
    }
    return length
  }
}

/// Writes a `KeyTable`.
struct KeyTableWriter: ~Copyable {
  /// The section of the keys, as far as no `ByteSink` has taken it.
  var keys = ByteWriter()
  private var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []

  /// Adds a key; keys come in strictly ascending order.
  mutating func add(_ key: [UInt8]) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(key), "keys out of order")
    if count % PrefixBlocks.blockSize == 0 {
      blocks.beginBlock(at: keys.count, key)
      previous = []
    }
    PrefixCoding.write(key, after: previous, to: &keys)
    previous = key
    count += 1
  }

  func index() -> ByteWriter { blocks.section(entries: count, end: keys.count) }
}
