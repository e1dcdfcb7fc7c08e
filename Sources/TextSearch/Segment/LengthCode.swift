/// Document lengths in one byte: exact up to 40, then in steps of an eleventh, up to the largest 32-bit length.
enum LengthCode {
  /// The largest length that is always coded exactly.
  static let exact = 40

  /// The length of each code: the smallest length that it encodes.
  static let lengths: [UInt32] = {
    var lengths: [UInt32] = []
    var length: UInt64 = 0
    for _ in 0..<256 {
      lengths.append(UInt32(min(length, UInt64(UInt32.max))))
      length += length < exact ? 1 : max(1, length / 11)
    }
    return lengths
  }()

  /// Returns the largest code whose length is not above `length`.
  static func encode(_ length: Int) -> UInt8 {
    if length <= exact { return UInt8(max(0, length)) }
    return UInt8((exact + 1..<256).partitionPoint { Int(lengths[$0]) > length } - 1)
  }

  /// Returns the length of a code.
  static func decode(_ code: UInt8) -> Int { Int(lengths[Int(code)]) }

  /// Returns the largest length that a code encodes.
  static func maximum(_ code: UInt8) -> Int { code == .max ? Int(UInt32.max) : decode(code + 1) - 1 }
}
