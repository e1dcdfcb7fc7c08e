/// Walks the strings of `PrefixBlocks` with their values, in ascending order.
///
/// All strings that begin with the same bytes can be passed at once. Most of them are known by the number of bytes that they share
/// with the string before, so that they are not put together.
struct PrefixBlockCursor<Value: PrefixBlockValue> {
  private let blocks: PrefixBlocks
  private var reader = ByteReader(.empty)
  /// Ordinal of the entry that is read next.
  private(set) var ordinal: Int
  /// The string that the cursor stopped at last.
  private(set) var text: [UInt8] = []
  private(set) var value = Value()
  /// First byte and length of the string that was read last, which may be one that was passed.
  private var first: UInt8 = 0
  private var length = 0
  /// Whether `skip` stopped at an entry that `next` has not returned.
  private var isAhead = false

  /// Creates a cursor before the first string.
  init(_ blocks: PrefixBlocks) { self.init(blocks, atBlock: 0) }

  /// Creates a cursor before the first string of a block.
  init(_ blocks: PrefixBlocks, atBlock block: Int) {
    self.blocks = blocks
    ordinal = block * PrefixBlocks.blockSize
  }

  /// Creates a cursor before the first string that is `text` or after it.
  init(_ blocks: PrefixBlocks, at text: [UInt8]) throws(SearchError) {
    self.init(blocks, atBlock: try blocks.block(holding: text))
    try skip(before: text)
  }

  /// Documents that hold the string.
  var documents: UInt64 { value.documents }

  /// Returns an error that says where the cursor is.
  func corrupt(_ reason: String) -> SearchError { reader.region.corrupt(at: reader.offset, reason) }

  /// Moves to the next string; returns false at the end.
  mutating func next() throws(SearchError) -> Bool { try next(past: .max) != nil }

  /// Moves to the next string that does not begin with the first `skippedPrefix` bytes of this one; `Int.max` passes none.
  ///
  /// - Returns: bytes that both strings begin with; 0 for the first string, nil at the end.
  mutating func next(past skippedPrefix: Int) throws(SearchError) -> Int? {
    if isAhead {
      isAhead = false
      return 0
    }
    while ordinal < blocks.count {
      let isFirst = ordinal % PrefixBlocks.blockSize == 0
      if isFirst { try enterBlock(past: skippedPrefix) }
      let (coded, added, start) = try readString()
      let shared = isFirst ? try reader.region.commonPrefix(at: start, count: added, with: text[...]) : coded
      try value.read(&reader, first: first, isWanted: shared < skippedPrefix)
      ordinal += 1
      if shared >= skippedPrefix { continue }
      // Strings that were passed share `skippedPrefix` bytes with `text` at least, so it has what is shared.
      text.removeLast(text.count - shared)
      try reader.region.append(at: start + shared - coded, count: added - shared + coded, to: &text)
      return shared
    }
    return nil
  }

  /// Moves on until the next string is `target` or after it.
  ///
  /// A string that shares more with the one before than that shares with the target is before the target too, so no string is
  /// put together but the one that the cursor stops at: it begins like the target.
  private mutating func skip(before target: [UInt8]) throws(SearchError) {
    var matched = 0
    while ordinal < blocks.count {
      if ordinal % PrefixBlocks.blockSize == 0 {
        try enterBlock(past: .max)
        matched = 0
      }
      let (shared, added, start) = try readString()
      isAhead = shared < matched
      if shared == matched {
        (matched, isAhead) = try PrefixBlockCursor.compare(reader.region, start..<start + added, target, from: shared)
      }
      if isAhead {
        text = Array(target[..<min(shared, target.count)])
        try reader.region.append(at: start, count: added, to: &text)
      }
      try value.read(&reader, first: first, isWanted: isAhead)
      ordinal += 1
      if isAhead { return }
    }
  }

  /// Reads how many bytes the next string shares with the one before and how many follow, and passes these.
  @inline(__always)
  private mutating func readString() throws(SearchError) -> (shared: Int, added: Int, start: Int) {
    let (shared, added) = try PrefixCoding.readCounts(&reader)
    let start = reader.offset
    guard shared <= length else { throw corrupt("prefix longer than the string before") }
    length = shared &+ added
    if shared == 0, added > 0 { first = try reader.region.byte(at: start) }
    try reader.skip(added)
    return (shared, added, start)
  }

  /// Enters the block of the next entry, or the last of those behind it in which some string may be wanted.
  private mutating func enterBlock(past skippedPrefix: Int) throws(SearchError) {
    var block = ordinal / PrefixBlocks.blockSize
    if skippedPrefix <= text.count {
      block = try blocks.lastBlock(from: block, beginningWith: text.prefix(skippedPrefix))
      ordinal = block * PrefixBlocks.blockSize
    }
    reader = ByteReader(try blocks.region(ofBlock: block))
    (first, length) = (0, 0)
    value = Value()
    try value.beginBlock(&reader)
  }

  /// Compares bytes with those of `target` from index `shared` on, before which both are equal; returns how many both have in
  /// common in all, and whether the bytes are the target's or after them.
  private static func compare(
    _ region: ByteRegion, _ bytes: Range<Int>, _ target: [UInt8], from shared: Int
  ) throws(SearchError) -> (matched: Int, isAhead: Bool) {
    var index = 0
    while index < bytes.count, shared + index < target.count {
      let byte = try region.byte(at: bytes.lowerBound + index)
      if byte != target[shared + index] { return (shared + index, byte > target[shared + index]) }
      index += 1
    }
    return (shared + index, shared + index == target.count)
  }
}

/// The value that follows a string in its block.
protocol PrefixBlockValue: Sendable {
  /// The value before the first of a block.
  init()
  /// Documents that hold the string.
  var documents: UInt64 { get }

  /// Reads what a block begins with, before its first string.
  mutating func beginBlock(_ reader: inout ByteReader) throws(SearchError)
  /// Replaces the value of the string before by that of the next one.
  ///
  /// - Parameters:
  ///   - first: first byte of the string.
  ///   - isWanted: the cursor stops at the string; else what the next values need not know may be passed over.
  mutating func read(_ reader: inout ByteReader, first: UInt8, isWanted: Bool) throws(SearchError)
}
