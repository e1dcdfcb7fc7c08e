/// Reads what a `BitWriter` wrote.
struct BitReader {
  private let region: ByteRegion
  /// The first byte that is not in the buffer.
  private var offset: Int
  private var buffer: UInt64 = 0
  private var filled = 0

  init(_ region: ByteRegion, at offset: Int) {
    self.region = region
    self.offset = offset
  }

  /// Fills the buffer with at least 57 bits, or with all that remain.
  @inline(__always)
  private mutating func refill() throws(SearchError) {
    guard filled <= 56 else { return }
    if offset &+ 8 <= region.count {
      buffer |= try region.load(at: offset, as: UInt64.self) &<< UInt64(truncatingIfNeeded: filled)
      let taken = (63 &- filled) &>> 3
      offset &+= taken
      filled &+= 8 &* taken
    } else {
      while filled <= 56, offset < region.count {
        buffer |= UInt64(try region.byte(at: offset)) &<< UInt64(truncatingIfNeeded: filled)
        offset &+= 1
        filled &+= 8
      }
    }
  }

  @inline(__always)
  private mutating func take(_ width: Int) throws(SearchError) -> UInt64 {
    guard width <= filled else { throw region.corrupt(at: offset, "bits end early") }
    let value = buffer & ((1 &<< UInt64(truncatingIfNeeded: width)) &- 1)
    buffer &>>= UInt64(truncatingIfNeeded: width)
    filled &-= width
    return value
  }

  /// Skips ones and the zero after them, and returns the number of ones: at most `limit` (not above 31), which no zero follows.
  @inline(__always)
  private mutating func takeUnary(limit: Int) throws(SearchError) -> Int {
    let ones = min((~buffer).trailingZeroBitCount, limit)
    _ = try take(ones == limit ? limit : ones &+ 1)
    return ones
  }

  /// Reads a number of at most 39 bits.
  mutating func read(width: Int) throws(SearchError) -> UInt64 {
    try refill()
    return try take(width)
  }

  @inline(__always)
  mutating func readGamma() throws(SearchError) -> UInt32 {
    let ones = (~buffer).trailingZeroBitCount
    // Most numbers are small and in the buffer as a whole.
    guard 2 &* ones &+ 1 <= filled else { return try readLongGamma() }
    let tail = (buffer &>> UInt64(truncatingIfNeeded: ones &+ 1)) & ((1 &<< UInt64(truncatingIfNeeded: ones)) &- 1)
    buffer &>>= UInt64(truncatingIfNeeded: 2 &* ones &+ 1)
    filled &-= 2 &* ones &+ 1
    return UInt32(truncatingIfNeeded: 1 &<< UInt64(truncatingIfNeeded: ones) | tail)
  }

  @inline(never)
  private mutating func readLongGamma() throws(SearchError) -> UInt32 {
    try refill()
    let ones = min((~buffer).trailingZeroBitCount, 32)
    guard ones < 32 else { throw region.corrupt(at: offset, "number too large") }
    _ = try take(ones &+ 1)
    try refill()
    return UInt32(truncatingIfNeeded: 1 &<< UInt64(ones) | (try take(ones)))
  }

  /// - Parameter parameter: at most 31.
  @inline(__always)
  mutating func readRice(parameter: Int) throws(SearchError) -> UInt32 {
    try refill()
    let quotient = try takeUnary(limit: BitWriter.maximumUnary)
    guard quotient < BitWriter.maximumUnary else { return UInt32(truncatingIfNeeded: try take(32)) }
    let value = UInt64(quotient) &<< UInt64(parameter) | (try take(parameter))
    guard value <= UInt64(UInt32.max) else { throw region.corrupt(at: offset, "number too large") }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The offset of the next value if values begin at whole bytes.
  var nextByte: Int { offset &- filled / 8 }
}
