/// Finds the block of a string by the first strings of a `BlockIndex`'s blocks: by their first eight bytes, which mostly decide, then
/// byte by byte.
///
/// Safe because: the offsets and the strings are checked bytes of a region, which has to live as long; what an offset names is
/// compared with their number before it is read.
@unsafe
struct FirstStringSearch {
  private let offsets: UnsafeRawPointer
  private let width: Int
  private let strings: UnsafeRawPointer
  private let stringBytes: Int
  private let blocks: Int

  /// - Parameters:
  ///   - offsets: offset of each block's first string among the strings, and the end of the last one: `blocks + 1` values.
  ///   - firstStart: offset of the strings in the region; they end with it.
  init(_ region: ByteRegion, _ offsets: ColumnLayout, firstStart: Int, blocks: Int) throws(SearchError) {
    unsafe self.offsets = try region.address(at: offsets.start, count: offsets.width * (blocks + 1))
    unsafe width = offsets.width
    unsafe stringBytes = region.count - firstStart
    unsafe strings = try region.address(at: firstStart, count: stringBytes)
    unsafe self.blocks = blocks
  }

  /// Returns the last block whose first string is not after `text`, the first one if there is none; nil where offsets are damaged.
  func block(holding text: Span<UInt8>) -> Int? {
    let head = unsafe FirstStringSearch.head(of: text)
    guard unsafe blocks > 1 else { return 0 }
    var isDamaged = false
    let next = unsafe (1..<blocks).partitionPoint { block in
      let (start, end) = unsafe (offset(block), offset(block &+ 1))
      guard start <= end, unsafe end <= UInt64(stringBytes) else {
        isDamaged = true
        return true
      }
      return unsafe isAfter(text, head, start: Int(start), count: Int(end &- start))
    }
    return isDamaged ? nil : next &- 1
  }

  @inline(__always)
  private func offset(_ index: Int) -> UInt64 {
    switch unsafe width {
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
    if unsafe start &+ 8 <= stringBytes {
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
