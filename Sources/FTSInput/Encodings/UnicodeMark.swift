/// The byte order marks of UTF-16 and UTF-32 (Unicode 15, section 23.8).
enum UnicodeMark: CaseIterable {
  // UTF-32 comes first: the mark of UTF-16, little-endian, begins its mark.
  case utf32Little, utf32Big, utf16Little, utf16Big

  private var bytes: [UInt8] {
    switch self {
    case .utf32Little: [0xFF, 0xFE, 0, 0]
    case .utf32Big: [0, 0, 0xFE, 0xFF]
    case .utf16Little: [0xFF, 0xFE]
    case .utf16Big: [0xFE, 0xFF]
    }
  }

  private var width: Int { self == .utf32Little || self == .utf32Big ? 4 : 2 }
  private var isLittle: Bool { self == .utf32Little || self == .utf16Little }

  /// Returns the mark at the start of some bytes; nil if there is none.
  init?(_ start: some Collection<UInt8>) {
    guard let found = UnicodeMark.allCases.first(where: { start.starts(with: $0.bytes) }) else { return nil }
    self = found
  }

  /// Decodes bytes after the mark. Invalid sequences become U+FFFD, and their number is added to `repaired`.
  func decode(_ bytes: [UInt8], repaired: inout Int) -> String {
    var text = String.UnicodeScalarView()
    var units = Units(bytes: bytes, index: width == 4 ? 4 : 2, width: width, isLittle: isLittle)
    while let unit = units.next() {
      if let scalar = Unicode.Scalar(unit) {
        text.append(scalar)
      } else if width == 2, unit & 0xFC00 == 0xD800, let low = units.peek(), low & 0xFC00 == 0xDC00 {
        _ = units.next()
        text.append(Unicode.Scalar(0x1_0000 + (unit & 0x3FF) << 10 + low & 0x3FF) ?? "\u{FFFD}")
      } else {
        text.append("\u{FFFD}")
        repaired += 1
      }
    }
    if units.index < bytes.count {
      text.append("\u{FFFD}")
      repaired += 1
    }
    return String(text)
  }

  /// The code units of a text.
  private struct Units {
    let bytes: [UInt8]
    var index: Int
    let width: Int
    let isLittle: Bool

    /// Returns the next unit without passing it; nil at the end and where it is cut off.
    func peek() -> UInt32? {
      guard index + width <= bytes.count else { return nil }
      let unit = bytes[index..<index + width]
      return (isLittle ? Array(unit.reversed()) : Array(unit)).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func next() -> UInt32? {
      guard let unit = peek() else { return nil }
      index += width
      return unit
    }
  }
}
