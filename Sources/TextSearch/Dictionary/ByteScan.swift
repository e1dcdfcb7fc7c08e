/// Reads bytes from front to back without a typed error at each step: the kernel of look-ups, which pass over dozens of
/// entries for the one that is wanted.
///
/// Nothing is read out of bounds. Damage sets `isDamaged`; a cursor then finds what is damaged.
@safe
struct ByteScan: ~Escapable {
  // Safe because: these are the `count` checked bytes of a region, which lives as long.
  let base: UnsafeRawPointer
  let count: Int
  private(set) var offset = 0
  private(set) var isDamaged = false

  /// - Parameter offset: of the byte that is read first, at most the count.
  @_lifetime(borrow region)
  init(_ region: borrowing ByteRegion, at offset: Int = 0) throws(SearchError) {
    unsafe base = try region.address(at: 0, count: region.count)
    count = region.count
    precondition(offset >= 0 && offset <= count)
    self.offset = offset
  }

  @inline(__always)
  mutating func readByte() -> UInt8 {
    guard offset < count else {
      isDamaged = true
      return 0
    }
    defer { offset &+= 1 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Reads what `ByteReader.readVariable` reads.
  @inline(__always)
  mutating func readVariable() -> UInt64 {
    let first = readByte()
    if first < 0x80 { return UInt64(first) }
    guard let (value, end) = unsafe ByteScan.longer(base, at: offset, count: count, low: UInt64(first & 0x7F)) else {
      isDamaged = true
      return 0
    }
    offset = end
    return value
  }

  /// Returns the value whose lowest bits were read, and its end; nil where it is damaged. No method, so that a scan's offset can
  /// stay in a register.
  @unsafe
  private static func longer(
    _ base: UnsafeRawPointer, at start: Int, count: Int, low: UInt64
  ) -> (value: UInt64, end: Int)? {
    var value = low
    var shift: UInt64 = 7
    var offset = start
    while shift < 63, offset < count {
      let byte = unsafe base.load(fromByteOffset: offset, as: UInt8.self)
      offset &+= 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return (value, offset) }
      shift &+= 7
    }
    return nil
  }

  /// Skips some variable-length numbers, eight bytes at a time: each number ends with the first byte below 128.
  @inline(__always)
  mutating func skipVariables(_ number: Int) {
    var left = number
    while left > 0 && offset &+ 8 <= count {
      // Safe because: eight bytes follow the offset.
      let bytes = UInt64(littleEndian: unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      var ends = ~bytes & 0x8080_8080_8080_8080
      while ends != 0, left > 1 {
        ends &= ends &- 1
        left &-= 1
      }
      if ends != 0 { left = 0 }
      offset &+= ends == 0 ? 8 : ends.trailingZeroBitCount / 8 &+ 1
    }
    for _ in 0..<left { _ = readVariable() }
  }

  mutating func noteDamage() { isDamaged = true }

  @inline(__always)
  mutating func skipBytes(_ skipped: Int) { _ = skip(skipped) }

  /// Skips some bytes; returns the offset of the first.
  @inline(__always)
  private mutating func skip(_ skipped: Int) -> Int {
    let start = offset
    if skipped < 0 || skipped > count &- start {
      isDamaged = true
    } else {
      offset = start &+ skipped
    }
    return start
  }

  /// Reads what `PrefixCoding.readCounts` reads, after a string of `length` bytes.
  @inline(__always)
  private mutating func readCounts(after length: Int) -> (shared: Int, added: Int) {
    let head = readByte()
    var (shared, added) = (Int(head &>> 4), Int(head & 15))
    if shared == PrefixCoding.maximum { shared &+= Int(truncatingIfNeeded: readVariable()) }
    if added == PrefixCoding.maximum { added &+= Int(truncatingIfNeeded: readVariable()) }
    if shared < 0 || added < 0 || shared > length { isDamaged = true }
    return (shared, added)
  }

  /// Reads how many bytes the next string shares with one of `length` bytes before and how many are added, and skips these; returns
  /// the offset of the first added one too.
  @inline(__always)
  mutating func readString(after length: Int) -> (shared: Int, added: Int, start: Int) {
    let (shared, added) = readCounts(after: length)
    return (shared, added, skip(added))
  }
}
