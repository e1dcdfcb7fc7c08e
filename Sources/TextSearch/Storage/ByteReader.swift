/// Reads a region from front to back. Reading past its end throws `SearchError.corrupt`.
struct ByteReader {
  let region: ByteRegion
  /// Of the next byte, within the region.
  private(set) var offset: Int

  /// Creates a reader whose first byte is at `offset`.
  init(_ region: ByteRegion, at offset: Int = 0) {
    self.region = region
    self.offset = offset
  }

  /// Whether no bytes are left.
  var isAtEnd: Bool { offset >= region.count }

  /// Reads a little-endian integer.
  @inline(__always)
  mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(SearchError) -> Value {
    let value: Value = try region.load(at: offset)
    offset &+= MemoryLayout<Value>.size
    return value
  }

  /// Reads an unsigned integer of one to ten bytes: seven bits in each, the lowest first, and bit 7 where more follow.
  ///
  /// - Throws: `SearchError.corrupt` for more than 64 bits.
  @inline(__always)
  mutating func readVariable() throws(SearchError) -> UInt64 {
    let first = try region.byte(at: offset)
    offset &+= 1
    if first < 0x80 { return UInt64(first) }
    return try readContinued(UInt64(first & 0x7F))
  }

  /// Reads the bytes after the first one, whose seven bits are `low`.
  private mutating func readContinued(_ low: UInt64) throws(SearchError) -> UInt64 {
    var value = low
    var shift: UInt64 = 7
    while true {
      let byte = try region.byte(at: offset)
      offset += 1
      guard shift < 63 || byte <= 1 else { throw region.corrupt(at: offset - 1, "number too large") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Reads a variable-byte count or length; it may still exceed the section.
  ///
  /// - Throws: `SearchError.corrupt` for more than `Int.max`.
  @inline(__always)
  mutating func readCount() throws(SearchError) -> Int {
    let value = try readVariable()
    guard value <= UInt64(Int.max) else { throw region.corrupt(at: offset, "count too large") }
    return Int(value)
  }

  /// Reads a variable-byte integer of at most 32 bits.
  ///
  /// - Throws: `SearchError.corrupt` for more.
  mutating func readUInt32() throws(SearchError) -> UInt32 {
    let value = try readVariable()
    guard value <= UInt64(UInt32.max) else { throw region.corrupt(at: offset, "number too large") }
    return UInt32(value)
  }

  /// Reads a string that is preceded by its length in bytes; malformed UTF-8 reads as U+FFFD.
  mutating func readString() throws(SearchError) -> String {
    let count = try readCount()
    let text = try region.string(at: offset, count: count)
    offset += count
    return text
  }

  /// Moves past `count` bytes.
  @inline(__always)
  mutating func skip(_ count: Int) throws(SearchError) {
    try region.check(offset, count)
    offset &+= count
  }
}
