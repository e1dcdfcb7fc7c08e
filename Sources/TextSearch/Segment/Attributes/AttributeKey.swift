/// A value as columns store and order it: the numbers of integers and dates first, then texts by their bytes.
///
/// A value that cannot be read as the attribute's type is stored as a text: it can be found and counted as it is
/// spelled, is sorted after the numbers, and is in no range. The key depends only on the value and the type, so a
/// column does not depend on which documents were indexed together.
enum AttributeKey: Hashable, Comparable {
  /// An integer, or `AttributeDate.key` of a date.
  case number(Int64)
  /// The UTF-8 of a text, truncated to `maximumTextBytes`.
  case text([UInt8])

  /// Texts in columns are truncated to this many bytes, at the boundary of a scalar; stored values are not.
  static let maximumTextBytes = 1024

  init(_ value: AttributeValue) {
    switch value {
    case .integer(let number): self = .number(number)
    case .date(let date): self = .number(date.key)
    case .keyword(let text): self = .text(AttributeKey.truncated(Array(text.utf8)))
    }
  }

  /// Returns the bytes of a text that columns keep.
  static func truncated(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > maximumTextBytes else { return bytes }
    var end = maximumTextBytes
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
  }

  /// Bytes that are in the order of the keys.
  var order: [UInt8] {
    switch self {
    case .text(let text): return [1] + text
    case .number(let number):
      let bits = UInt64(bitPattern: number) ^ 1 << 63
      return [0] + stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
  }

  static func < (a: AttributeKey, b: AttributeKey) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x < y
    case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}
