/// Looking at the text of a query and stepping through it.
extension QueryReader {
  /// Letters, digits and the marks on them.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    let kind = CharacterTable.shared[scalar.value].characterClass
    return kind.startsWord || kind == .extend
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

  static func isWildcard(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "?" }

  /// Apostrophes and hyphens: they join words.
  static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    "'\u{2019}\u{2018}\u{2BC}\u{FF07}`\u{B4}-\u{2010}\u{2011}".unicodeScalars.contains(scalar)
  }

  /// A whole number; nil for more digits than one can mean.
  static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard digits.count <= 9 else { return nil }
    return Int(String(String.UnicodeScalarView(digits)))
  }

  /// Moves to the next operand; false at the end of the text or of the open group.
  mutating func skipSpaces() -> Bool {
    while offset < scalars.count, scalars[offset].properties.isWhitespace { offset += 1 }
    return offset < scalars.count && !(depth > 0 && scalars[offset] == ")")
  }

  /// Takes an operator if it stands here between white space or parentheses and something follows it.
  mutating func take(keyword: String) -> Bool {
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

  /// Whether a backslash stands before a scalar.
  func isEscaped(_ index: Int) -> Bool {
    var first = index
    while first > 0, scalars[first - 1] == "\\" { first -= 1 }
    return (index - first) % 2 == 1
  }

  /// The text of a range without the backslashes that escape what follows them.
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

  private static func closing(_ open: Unicode.Scalar) -> Unicode.Scalar? {
    switch open {
    case "\"": "\""
    case "\u{201C}": "\u{201D}"
    case "\u{AB}": "\u{BB}"
    default: nil
    }
  }

  /// Where the quotation that begins at `start` ends; nil where none does.
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

  /// Returns the text between the quotation marks at the offset, and moves behind them.
  mutating func takePhrase() -> String {
    guard let end = phraseEnd(offset) else { return "" }
    let words = unescaped(offset + 1..<end)
    offset = end + 1
    return words
  }

  // MARK: Numbers after operands

  /// The number of `~4`.
  mutating func takeSlop() -> Int? {
    guard offset < scalars.count, scalars[offset] == "~" else { return nil }
    var end = offset + 1
    while end < scalars.count, QueryReader.isDigit(scalars[end]) { end += 1 }
    guard end > offset + 1 else { return nil }
    defer { offset = end }
    return QueryReader.number(scalars[(offset + 1)..<end]) ?? .max
  }

  /// The end of the boost (`^2`, `^0.5`, `^0,5`) at `start`.
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

  mutating func takeBoost() -> Float? {
    guard let end = boostEnd(offset) else { return nil }
    let number = scalars[(offset + 1)..<end].map { $0 == "," ? "." : $0 }
    offset = end
    return Float(String(String.UnicodeScalarView(number)))
  }
}
