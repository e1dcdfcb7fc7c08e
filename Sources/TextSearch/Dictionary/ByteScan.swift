/// Reads bytes from front to back without a typed error at each step: the kernel of look-ups, which pass over dozens of
/// entries for the one that is wanted.
///
/// Nothing is read out of bounds; what is damaged sets `isDamaged`, and who looks something up then asks the plain way, which
/// says what is wrong.
///
/// Safe because: made of the `count` checked bytes of a region, which has to live as long.
@unsafe
struct ByteScan {
  let base: UnsafeRawPointer
  let count: Int
  private(set) var offset = 0
  private(set) var isDamaged = false

  init(_ region: ByteRegion) throws(SearchError) {
    unsafe base = try region.address(at: 0, count: region.count)
    unsafe count = region.count
  }

  @inline(__always)
  mutating func readByte() -> UInt8 {
    guard unsafe offset < count else {
      unsafe isDamaged = true
      return 0
    }
    defer { unsafe offset &+= 1 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// As `ByteReader.readVariable`.
  @inline(__always)
  mutating func readVariable() -> UInt64 {
    let first = unsafe readByte()
    if first < 0x80 { return UInt64(first) }
    guard let (value, end) = unsafe ByteScan.longer(base, offset, count, UInt64(first & 0x7F)) else {
      unsafe isDamaged = true
      return 0
    }
    unsafe offset = end
    return value
  }

  /// The value whose lowest bits were read, and where it ends; nil where it is damaged. No method, so that a scan's offset can
  /// stay in a register.
  private static func longer(
    _ base: UnsafeRawPointer, _ start: Int, _ count: Int, _ low: UInt64
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

  /// Passes over as many `var` numbers: each ends with the first byte that is below 128. Looks at eight bytes at a time.
  @inline(__always)
  mutating func skipVariables(_ number: Int) {
    var left = number
    while unsafe left > 0 && offset &+ 8 <= count {
      // Safe because: eight bytes follow the offset.
      let bytes = UInt64(littleEndian: unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      var ends = ~bytes & 0x8080_8080_8080_8080
      while ends != 0, left > 1 {
        ends &= ends &- 1
        left &-= 1
      }
      if ends != 0 { left = 0 }
      unsafe offset &+= ends == 0 ? 8 : ends.trailingZeroBitCount / 8 &+ 1
    }
    for _ in 0..<left { _ = unsafe readVariable() }
  }

  mutating func noteDamage() { unsafe isDamaged = true }

  /// Passes over some bytes; gives where they begin.
  @inline(__always)
  mutating func skip(_ skipped: Int) -> Int {
    let start = unsafe offset
    if unsafe skipped < 0 || skipped > count &- start {
      unsafe isDamaged = true
    } else {
      unsafe offset = start &+ skipped
    }
    return start
  }

  /// As `PrefixCoding.readCounts`, after a string of `length` bytes.
  @inline(__always)
  mutating func readCounts(after length: Int) -> (shared: Int, added: Int) {
    let head = unsafe readByte()
    var (shared, added) = (Int(head &>> 4), Int(head & 15))
    if shared == PrefixCoding.maximum { shared &+= Int(truncatingIfNeeded: unsafe readVariable()) }
    if added == PrefixCoding.maximum { added &+= Int(truncatingIfNeeded: unsafe readVariable()) }
    if shared < 0 || added < 0 || shared > length { unsafe isDamaged = true }
    return (shared, added)
  }
}
