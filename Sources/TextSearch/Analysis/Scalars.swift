/// UTF-8 decoding that never fails.
///
/// A malformed sequence is decoded as U+FFFD. Its length is that of its maximal subpart (at least one byte), as the
/// Unicode Standard recommends (section 3.9).
enum Scalars {
  /// U+FFFD, the replacement character.
  static let replacement: UInt32 = 0xFFFD

  /// Returns the scalar at `index` and its length in bytes. `index` must be inside the text.
  @inline(__always)
  static func decode(_ text: Span<UInt8>, at index: Int) -> (scalar: UInt32, count: Int) {
    let first = text[index]
    if first < 0x80 { return (UInt32(first), 1) }
    return decodeLonger(text, at: index, first: first)
  }

  /// Decodes a sequence of two to four bytes.
  @inline(__always)
  private static func decodeLonger(_ text: Span<UInt8>, at index: Int, first: UInt8) -> (scalar: UInt32, count: Int) {
    let remaining = text.count &- index
    // Two bytes, the common case: most accented letters of French.
    if first &- 0xC2 < 0xE0 - 0xC2 {
      guard remaining >= 2, text[index + 1] & 0xC0 == 0x80 else { return (replacement, 1) }
      return (UInt32(first & 0x1F) &<< 6 | UInt32(text[index + 1] & 0x3F), 2)
    }
    guard first >= 0xE0, first < 0xF5, remaining >= 2 else { return (replacement, 1) }
    let second = text[index + 1]
    guard isSecondByte(second, after: first) else { return (replacement, 1) }
    guard remaining >= 3, text[index + 2] & 0xC0 == 0x80 else { return (replacement, 2) }
    let low = UInt32(second & 0x3F) &<< 6 | UInt32(text[index + 2] & 0x3F)
    if first < 0xF0 { return (UInt32(first & 0x0F) &<< 12 | low, 3) }
    guard remaining >= 4, text[index + 3] & 0xC0 == 0x80 else { return (replacement, 3) }
    return (UInt32(first & 0x07) &<< 18 | low &<< 6 | UInt32(text[index + 3] & 0x3F), 4)
  }

  /// Whether a second byte is well-formed after the first (table 3-7 of the standard): no overlong forms, no
  /// surrogates, nothing above U+10FFFF.
  @inline(__always)
  private static func isSecondByte(_ second: UInt8, after first: UInt8) -> Bool {
    switch first {
    case 0xE0: second &- 0xA0 < 0x20
    case 0xED: second &- 0x80 < 0x20
    case 0xF0: second &- 0x90 < 0x30
    case 0xF4: second &- 0x80 < 0x10
    default: second & 0xC0 == 0x80
    }
  }

  /// Appends the UTF-8 bytes of a scalar value.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x1_0000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
