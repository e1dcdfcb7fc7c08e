extension BitWriter {
  /// Quotients from here on are followed by the whole value instead of its rest.
  static let maximumUnary = 24

  /// A number from 1: as many ones as its width less one, a zero, and the bits after its first (Elias 1975, gamma).
  mutating func writeGamma(_ value: UInt32) {
    let rest = BitPacking.width(of: value) - 1
    writeUnary(rest)
    write(UInt64(value) & ((1 << UInt64(rest)) - 1), rest)
  }

  /// A number in Rice's code (Rice 1979): the quotient by `1 << parameter` as ones and a zero, then the rest.
  mutating func writeRice(_ value: UInt32, parameter: Int) {
    let quotient = Int(value >> UInt32(parameter))
    guard quotient < BitWriter.maximumUnary else {
      write((1 << UInt64(BitWriter.maximumUnary)) - 1, BitWriter.maximumUnary)
      return write(UInt64(value), 32)
    }
    writeUnary(quotient)
    write(UInt64(value) & ((1 << UInt64(parameter)) - 1), parameter)
  }

  private mutating func writeUnary(_ ones: Int) { write((1 << UInt64(ones)) - 1, ones + 1) }

  /// Fills up the last byte with zeros, appends all bytes to `writer` and begins anew.
  mutating func flush(into writer: inout ByteWriter) {
    finish()
    writer.write(coded)
    removeAll()
  }
}

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

  /// Makes at least 57 bits ready, or all that are left.
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

  /// Ones up to the next zero, which is passed over; at most `limit` (not above 31), after which no zero stands.
  @inline(__always)
  private mutating func takeUnary(limit: Int) throws(SearchError) -> Int {
    let ones = min((~buffer).trailingZeroBitCount, limit)
    _ = try take(ones == limit ? limit : ones &+ 1)
    return ones
  }

  /// A number of at most 39 bits.
  mutating func read(width: Int) throws(SearchError) -> UInt64 {
    try refill()
    return try take(width)
  }

  @inline(__always)
  mutating func readGamma() throws(SearchError) -> UInt32 {
    let ones = (~buffer).trailingZeroBitCount
    // Most numbers are small and in the buffer as a whole.
    guard 2 &* ones &+ 1 <= filled else { return try readLongGamma() }
    let rest = (buffer &>> UInt64(truncatingIfNeeded: ones &+ 1)) & ((1 &<< UInt64(truncatingIfNeeded: ones)) &- 1)
    buffer &>>= UInt64(truncatingIfNeeded: 2 &* ones &+ 1)
    filled &-= 2 &* ones &+ 1
    return UInt32(truncatingIfNeeded: 1 &<< UInt64(truncatingIfNeeded: ones) | rest)
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

  /// Where the next value begins if values begin at whole bytes.
  var nextByte: Int { offset &- filled / 8 }
}

/// Rice parameters.
enum RiceParameter {
  static let largest = 31

  /// Returns the best parameter for geometrically distributed numbers of a mean: about log2 of .69 times the mean (Witten, Moffat
  /// and Bell, "Managing gigabytes", 1999). At most 30.
  static func forMean(_ sum: UInt64, count: Int) -> Int {
    guard count > 0 else { return 0 }
    let mean = sum / UInt64(count)
    let scaled = mean / 16 * 11 + mean % 16 * 11 / 16
    return min(30, max(0, 63 - (scaled | 1).leadingZeroBitCount))
  }

  /// Returns the parameter of the gaps in the tail of a list, which follows from the share of a segment's documents that hold the
  /// term.
  static func ofGaps(documents: Int, of all: Int) -> Int {
    forMean(UInt64(max(0, all - documents)), count: documents)
  }

  /// Returns the parameter with which some values take the fewest bits, by trial around the one for their mean.
  static func best(for values: borrowing GrowableBuffer<UInt32>) -> Int {
    var sum: UInt64 = 0
    for index in 0..<values.count { sum += UInt64(values[index]) }
    let middle = forMean(sum, count: values.count)
    var best = (parameter: middle, bits: cost(of: values, middle))
    for parameter in max(0, middle - 3)...middle + 1 {
      let bits = cost(of: values, parameter)
      if bits < best.bits { best = (parameter, bits) }
    }
    return best.parameter
  }

  private static func cost(of values: borrowing GrowableBuffer<UInt32>, _ parameter: Int) -> Int {
    var bits = 0
    for index in 0..<values.count {
      let quotient = Int(values[index] >> UInt32(parameter))
      bits += quotient < BitWriter.maximumUnary ? quotient + 1 + parameter : BitWriter.maximumUnary + 32
    }
    return bits
  }
}
