/// Reads a region from front to back.
struct ByteReader {
  let region: ByteRegion
  private(set) var offset: Int

  init(_ region: ByteRegion, at offset: Int = 0) {
    self.region = region
    self.offset = offset
  }

  var isAtEnd: Bool { offset >= region.count }

  @inline(__always)
  mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(SearchError) -> Value {
    let value: Value = try region.load(at: offset)
    offset &+= MemoryLayout<Value>.size
    return value
  }

  /// An unsigned integer, seven bits a byte, low ones first, at most ten bytes.
  @inline(__always)
  mutating func readVariable() throws(SearchError) -> UInt64 {
    let first = try region.byte(at: offset)
    offset &+= 1
    if first < 0x80 { return UInt64(first) }
    return try readLonger(UInt64(first & 0x7F))
  }

  private mutating func readLonger(_ low: UInt64) throws(SearchError) -> UInt64 {
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

  /// The same, for a count or length that must fit the section.
  @inline(__always)
  mutating func readCount() throws(SearchError) -> Int {
    let value = try readVariable()
    guard value <= UInt64(Int.max) else { throw region.corrupt(at: offset, "count too large") }
    return Int(value)
  }

  mutating func readUInt32() throws(SearchError) -> UInt32 {
    let value = try readVariable()
    guard value <= UInt64(UInt32.max) else { throw region.corrupt(at: offset, "number too large") }
    return UInt32(value)
  }

  mutating func readString() throws(SearchError) -> String {
    let count = try readCount()
    let text = try region.string(at: offset, count: count)
    offset += count
    return text
  }

  @inline(__always)
  mutating func skip(_ count: Int) throws(SearchError) {
    try region.check(offset, count)
    offset &+= count
  }
}
