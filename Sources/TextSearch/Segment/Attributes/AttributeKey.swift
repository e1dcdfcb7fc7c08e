/// A value as columns store and order it: the numbers of integers and dates first, then texts by their bytes.
///
/// A text that cannot be read as the attribute's type stays a text: it is found and counted as it is written, sorted
/// behind the others, and in no range. What a value becomes depends on nothing but itself and the type, so a column does
/// not depend on which documents were indexed together.
enum AttributeKey: Hashable, Comparable {
  case number(Int64)
  case text([UInt8])

  /// Texts in columns are cut to this many bytes (at a character's end); what results show is not.
  static let longestText = 1024

  init(_ value: AttributeValue) {
    switch value {
    case .integer(let number): self = .number(number)
    case .date(let date): self = .number(date.key)
    case .keyword(let text): self = .text(AttributeKey.cut(text))
    }
  }

  private static func cut(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count > longestText else { return bytes }
    var end = longestText
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
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
