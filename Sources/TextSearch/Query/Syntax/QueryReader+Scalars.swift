/// Scans the text of a query.
extension QueryReader {
  /// Whether a scalar is a letter, a digit or a combining mark.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    CharacterTable.shared[scalar.value].characterClass.isPartOfWord
  }

  /// Whether a scalar is a word by itself: an emoji, a currency sign, §.
  static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    CharacterTable.shared[scalar.value].characterClass.isSign
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

  static func isWildcard(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "?" }

  /// Whether a scalar joins words: an apostrophe, a hyphen or an underscore.
  static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    let kind = CharacterTable.shared[scalar.value].characterClass
    return kind == .apostrophe || kind == .hyphen
  }

  /// Reads a number of at most nine digits; nil for more digits, or none.
  static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard digits.count <= 9 else { return nil }
    return Int(String(String.UnicodeScalarView(digits)))
  }

  /// Skips white space; returns whether an operand follows before the end of the text or of the open group.
  mutating func skipSpaces() -> Bool {
    while offset < scalars.count, scalars[offset].properties.isWhitespace { offset += 1 }
    return offset < scalars.count && !(depth > 0 && scalars[offset] == ")")
  }

  /// Maximum number of letters of an acronym.
  private static let longestAcronym = 5

  /// Whether `AND`, `OR` and `NOT` in a text are operators. In a text all in capitals they are words, unless all other words are
  /// acronyms or parentheses show that operators are meant.
  static func hasKeywords(_ scalars: [Unicode.Scalar]) -> Bool {
    if scalars.contains(where: { $0.properties.isLowercase || $0 == "(" }) { return true }
    // Combining marks belong to their letters.
    let letters = scalars.filter { CharacterTable.shared[$0.value].characterClass != .extend }
    return letters.split { !$0.properties.isAlphabetic }.allSatisfy { $0.count <= longestAcronym }
  }

  /// Takes an operator if white space or a parenthesis and an operand follow it; returns whether it did.
  mutating func take(keyword: String) -> Bool {
    guard hasKeywords else { return false }
    let start = offset
    _ = skipSpaces()
    let end = offset + keyword.unicodeScalars.count
    guard end < scalars.count, scalars[offset..<end].elementsEqual(keyword.unicodeScalars),
      scalars[end].properties.isWhitespace || scalars[end] == "("
    else {
      offset = start
      return false
    }
    offset = end
    if skipSpaces() { return true }
    offset = start
    return false
  }

  /// Whether the scalar at an offset is escaped: an odd number of backslashes precede it.
  func isEscaped(_ offset: Int) -> Bool {
    var first = offset
    while first > 0, scalars[first - 1] == "\\" { first -= 1 }
    return (offset - first) % 2 == 1
  }

  /// Returns the text of a range without the backslashes that escape.
  func unescaped(_ range: Range<Int>) -> String {
    var out = String.UnicodeScalarView()
    var index = range.lowerBound
    while index < range.upperBound {
      if scalars[index] == "\\", index + 1 < range.upperBound { index += 1 }
      out.append(scalars[index])
      index += 1
    }
    return String(out)
  }

  // MARK: Phrases

  /// Returns the quotation mark that closes `open`; nil if `open` is no opening one.
  private static func closing(_ open: Unicode.Scalar) -> Unicode.Scalar? {
    switch open {
    case "\"": "\""
    case "\u{201C}": "\u{201D}"
    case "\u{AB}": "\u{BB}"
    default: nil
    }
  }

  /// Returns the offset of the closing mark of the quotation that begins at `start`; nil if there is none.
  func phraseEnd(_ start: Int) -> Int? {
    guard start < scalars.count, let close = QueryReader.closing(scalars[start]) else { return nil }
    var index = start + 1
    while index < scalars.count {
      if scalars[index] == "\\" {
        index += 1
      } else if scalars[index] == close {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Takes the quotation that begins here; returns the text between its marks.
  mutating func takePhrase() -> String {
    guard let end = phraseEnd(offset) else { return "" }
    let words = unescaped(offset + 1..<end)
    offset = end + 1
    return words
  }

  // MARK: Numbers after operands

  /// Takes a number like `~4`; nil if there is none, `.max` if it is too long.
  mutating func takeSlop() -> Int? {
    guard offset < scalars.count, scalars[offset] == "~" else { return nil }
    var end = offset + 1
    while end < scalars.count, QueryReader.isDigit(scalars[end]) { end += 1 }
    guard end > offset + 1 else { return nil }
    defer { offset = end }
    return QueryReader.number(scalars[(offset + 1)..<end]) ?? .max
  }

  /// Returns the offset after the boost (`^2`, `^0.5`, `^0,5`) at `start`; nil if there is none.
  func boostEnd(_ start: Int) -> Int? {
    guard start < scalars.count, scalars[start] == "^" else { return nil }
    var end = start + 1
    func digits() -> Int {
      var next = end
      while next < scalars.count, QueryReader.isDigit(scalars[next]) { next += 1 }
      return next
    }
    guard digits() > end else { return nil }
    end = digits()
    if end + 1 < scalars.count, scalars[end] == "." || scalars[end] == "," {
      end += 1
      let fraction = digits()
      end = fraction > end ? fraction : end - 1
    }
    let isLast = end == scalars.count || scalars[end].properties.isWhitespace || scalars[end] == ")"
    return isLast ? end : nil
  }

  /// Takes a boost; nil if there is none.
  mutating func takeBoost() -> Float? {
    guard let end = boostEnd(offset) else { return nil }
    let number = scalars[(offset + 1)..<end].map { $0 == "," ? "." : $0 }
    offset = end
    return Float(String(String.UnicodeScalarView(number)))
  }
}
