/// Document lengths in one byte: exact to 40, then steps of an eleventh, up to the largest 32-bit length.
enum LengthCode {
  static let exact = 40

  /// The length that each code stands for (the smallest that is coded so).
  static let lengths: [UInt32] = {
    var lengths: [UInt32] = []
    var length: UInt64 = 0
    for _ in 0..<256 {
      lengths.append(UInt32(min(length, UInt64(UInt32.max))))
      length += length < exact ? 1 : max(1, length / 11)
    }
    return lengths
  }()

  /// The largest code whose length is not above `length`.
  static func encode(_ length: Int) -> UInt8 {
    if length <= exact { return UInt8(max(0, length)) }
    var low = exact
    var high = 256
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lengths[middle]) <= length { low = middle } else { high = middle }
    }
    return UInt8(low)
  }

  static func decode(_ code: UInt8) -> Int { Int(lengths[Int(code)]) }
}
