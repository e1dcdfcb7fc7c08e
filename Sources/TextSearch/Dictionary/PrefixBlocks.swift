/// Byte strings in strictly ascending order, each with a value, prefix-coded in blocks of 32, and an index of the blocks: the offset
/// and the first string of each.
struct PrefixBlocks: Sendable {
  /// Entries in a block.
  static let blockSize = 32

  private let bytes: ByteRegion
  /// The index.
  private let region: ByteRegion
  private let offsets: ColumnLayout
  private let firstOffsets: ColumnLayout
  /// Offset of the first strings, which are concatenated.
  private let firstStart: Int
  /// Entries in all blocks.
  let count: Int
  let blockCount: Int

  init(_ bytes: ByteRegion, index region: ByteRegion) throws(SearchError) {
    self.bytes = bytes
    self.region = region
    let count: UInt64 = try region.load(at: 0)
    let blocks: UInt64 = try region.load(at: 8)
    let perBlock = UInt64(PrefixBlocks.blockSize)
    guard count <= 1 << 48, blocks == (count + perBlock - 1) / perBlock, blocks <= UInt64(region.count) else {
      throw region.corrupt(at: 0, "term and block counts disagree")
    }
    self.count = Int(count)
    blockCount = Int(blocks)
    var offset = 16
    offsets = try ColumnLayout(region, at: &offset, count: blockCount + 1)
    firstOffsets = try ColumnLayout(region, at: &offset, count: blockCount + 1)
    firstStart = offset
    guard try value(firstOffsets, at: blockCount) == UInt64(region.count - firstStart) else {
      throw region.corrupt(at: firstStart, "the first terms end elsewhere")
    }
  }

  /// A value of a column of `blockCount + 1`.
  private func value(_ column: ColumnLayout, at index: Int) throws(SearchError) -> UInt64 {
    guard index >= 0, index <= blockCount else { throw region.corrupt(at: column.start, "no block \(index)") }
    let offset = column.start + column.width * index
    switch column.width {
    case 1: return UInt64(try region.byte(at: offset))
    case 2: return UInt64(try region.load(at: offset, as: UInt16.self))
    case 4: return UInt64(try region.load(at: offset, as: UInt32.self))
    default: return try region.load(at: offset, as: UInt64.self)
    }
  }

  /// Returns the bytes of a block.
  func region(ofBlock number: Int) throws(SearchError) -> ByteRegion {
    let start = try value(offsets, at: number)
    let end = try value(offsets, at: number + 1)
    guard start <= end else { throw region.corrupt(at: 16, "offsets of block \(number) fall") }
    return try bytes.slice(at: start, count: end - start)
  }

  /// Returns the bytes of the block that a string is in, if it is in any, and the number of its entries.
  func bytes(holding text: [UInt8]) throws(SearchError) -> (bytes: ByteRegion, entries: Int) {
    guard count > 0 else { return (.empty, 0) }
    let block = try block(holding: text)
    return (try region(ofBlock: block), min(PrefixBlocks.blockSize, count - block * PrefixBlocks.blockSize))
  }

  /// Returns the last block whose first string is not after `text`; the first block if there is none.
  func block(holding text: [UInt8]) throws(SearchError) -> Int {
    let search = try FirstStringSearch(region, firstOffsets, firstStart: firstStart, blocks: blockCount)
    if let block = search.block(holding: text.span) { return block }
    return try blockWithChecks(holding: text)
  }

  /// Returns what `block(holding:)` returns, found with all checks, which say what is damaged.
  func blockWithChecks(holding text: [UInt8]) throws(SearchError) -> Int {
    guard blockCount > 1 else { return 0 }
    return try (1..<blockCount).partitionPoint { (block) throws(SearchError) in
      try compareFirst(of: block, with: text) > 0
    } - 1
  }

  /// Returns the last block from `block` on whose first string begins with `text`; `block` if the next one's does not.
  ///
  /// Looks 1, 2, 4, ... blocks ahead, then between: most prefixes end near by (Bentley and Yao, "An almost optimal algorithm for
  /// unbounded searching", 1976).
  func lastBlock(from block: Int, beginningWith text: ArraySlice<UInt8>) throws(SearchError) -> Int {
    var low = block
    var step = 1
    while low + step < blockCount, try first(of: low + step, beginsWith: text) {
      low += step
      step *= 2
    }
    let end = min(low + step, blockCount)
    guard low < end else { return low }
    return try (low + 1..<end).partitionPoint { (block) throws(SearchError) in
      try !first(of: block, beginsWith: text)
    } - 1
  }

  private func first(of block: Int, beginsWith text: ArraySlice<UInt8>) throws(SearchError) -> Bool {
    let (start, count) = try first(of: block)
    return try region.commonPrefix(at: start, count: count, with: text) == text.count
  }

  private func compareFirst(of block: Int, with text: [UInt8]) throws(SearchError) -> Int {
    let (start, count) = try first(of: block)
    return try region.compare(at: start, count: count, with: text.span)
  }

  /// Returns the offset and the size of the first string of a block.
  private func first(of block: Int) throws(SearchError) -> (start: Int, count: Int) {
    let start = try value(firstOffsets, at: block)
    let end = try value(firstOffsets, at: block + 1)
    guard start <= end, end <= UInt64(region.count - firstStart) else {
      throw region.corrupt(at: 16, "offsets of first term \(block) fall")
    }
    return (firstStart + Int(start), Int(end - start))
  }
}

/// Finds the block of a string by the first strings of a `PrefixBlocks`: by their first eight bytes, which mostly decide, then
/// byte by byte.
///
@safe
struct FirstStringSearch: ~Escapable {
  // Safe because: the offsets and the strings are checked bytes of a region, which lives as long; what an offset names is compared
  // with their number before it is read.
  private let offsets: UnsafeRawPointer
  private let width: Int
  private let strings: UnsafeRawPointer
  private let stringBytes: Int
  private let blocks: Int

  /// - Parameters:
  ///   - offsets: offset of each block's first string among the strings, and the end of the last one: `blocks + 1` values.
  ///   - firstStart: offset of the strings in the region; they end with it.
  @_lifetime(borrow region)
  init(_ region: borrowing ByteRegion, _ offsets: ColumnLayout, firstStart: Int, blocks: Int) throws(SearchError) {
    unsafe self.offsets = try region.address(at: offsets.start, count: offsets.width * (blocks + 1))
    width = offsets.width
    stringBytes = region.count - firstStart
    unsafe strings = try region.address(at: firstStart, count: stringBytes)
    self.blocks = blocks
  }

  /// Returns the last block whose first string is not after `text`, the first one if there is none; nil where offsets are damaged.
  func block(holding text: Span<UInt8>) -> Int? {
    let head = FirstStringSearch.head(of: text)
    guard blocks > 1 else { return 0 }
    var isDamaged = false
    let next = (1..<blocks).partitionPoint { block in
      let (start, end) = (offset(block), offset(block &+ 1))
      guard start <= end, end <= UInt64(stringBytes) else {
        isDamaged = true
        return true
      }
      return isAfter(text, head, start: Int(start), count: Int(end &- start))
    }
    return isDamaged ? nil : next &- 1
  }

  @inline(__always)
  private func offset(_ index: Int) -> UInt64 {
    switch width {
    case 1: UInt64(unsafe offsets.load(fromByteOffset: index, as: UInt8.self))
    case 2: UInt64(UInt16(littleEndian: unsafe offsets.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)))
    case 4: UInt64(UInt32(littleEndian: unsafe offsets.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self)))
    default: UInt64(littleEndian: unsafe offsets.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self))
    }
  }

  /// Returns the first eight bytes, the first one most significant; zeroes behind the end.
  private static func head(of text: Span<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    for index in 0..<min(8, text.count) { head |= UInt64(text[index]) &<< UInt64(56 &- 8 &* index) }
    return head
  }

  /// Whether the string of `count` bytes at `start` is after `text`.
  ///
  /// Zeroes behind the end of the shorter one are less than all other bytes, as the end is; where zeroes equal zeroes, the lengths
  /// decide.
  @inline(__always)
  private func isAfter(_ text: Span<UInt8>, _ textHead: UInt64, start: Int, count: Int) -> Bool {
    var index = 0
    if start &+ 8 <= stringBytes {
      var head = UInt64(bigEndian: unsafe strings.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      if count < 8 { head &= ~(UInt64.max >> UInt64(8 &* count)) }
      if head != textHead { return head > textHead }
      index = 8
    }
    while index < count, index < text.count {
      let byte = unsafe strings.load(fromByteOffset: start &+ index, as: UInt8.self)
      if byte != text[index] { return byte > text[index] }
      index &+= 1
    }
    return count > text.count
  }
}

/// Writes the index of `PrefixBlocks`.
struct BlockIndexWriter: ~Copyable {
  private var offsets: [UInt64] = []
  private var firstOffsets: [UInt64] = []
  private var firsts = ByteWriter()

  /// Adds a block that begins at `offset` with `text`.
  mutating func beginBlock(at offset: Int, _ text: [UInt8]) {
    offsets.append(UInt64(offset))
    firstOffsets.append(UInt64(firsts.count))
    firsts.write(text.span)
  }

  /// Returns the section of `entries` entries in blocks that end at `end`.
  func section(entries: Int, end: Int) -> ByteWriter {
    var index = ByteWriter()
    index.write(UInt64(entries))
    index.write(UInt64(offsets.count))
    Column.write(offsets + [UInt64(end)], to: &index)
    Column.write(firstOffsets + [UInt64(firsts.count)], to: &index)
    index.write(firsts)
    return index
  }
}
