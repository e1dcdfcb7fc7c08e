/// Character references: `&eacute;`, `&#233;`, `&#xE9;` (HTML standard, section 13.5).
struct CharacterReferences: Sendable {
  /// The references, read once.
  static let shared = CharacterReferences()

  /// The scalars of each name.
  private let named: [String: String.UnicodeScalarView]
  /// Names that HTML also reads without a semicolon.
  private let legacy: Set<String>

  /// Length of the longest name, in scalars.
  private static let longestName = 32

  private init() {
    var named: [String: String.UnicodeScalarView] = [:]
    for pair in CharacterReferenceNames.pairs.unicodeScalars.split(separator: " ") {
      guard let sign = pair.firstIndex(of: "=") else { continue }
      named[String(pair[..<sign])] = String.UnicodeScalarView(pair[pair.index(after: sign)...])
    }
    self.named = named
    legacy = Set(CharacterReferenceNames.withoutSemicolon.split(separator: " ").map(String.init))
  }

  /// Returns the text of the reference whose ampersand is at `index`, and the offset after it; nil if there is none.
  ///
  /// - Parameter acceptsLegacy: whether names such as `&eacute` need no semicolon, as in HTML. Markdown requires it.
  func read(
    _ text: [Unicode.Scalar], at index: Int, acceptsLegacy: Bool = false
  ) -> (text: String.UnicodeScalarView, end: Int)? {
    guard index + 2 < text.count, text[index] == "&" else { return nil }
    if text[index + 1] == "#" { return CharacterReferences.number(text, at: index + 2) }
    var name = ""
    var end = index + 1
    var longest: (text: String.UnicodeScalarView, end: Int)?
    while end < text.count, end - index <= CharacterReferences.longestName, text[end].isASCIIAlphanumeric {
      name.unicodeScalars.append(text[end])
      end += 1
      if acceptsLegacy, legacy.contains(name), let scalars = named[name] { longest = (scalars, end) }
    }
    if end < text.count, text[end] == ";", let scalars = named[name] { return (scalars, end + 1) }
    return longest
  }

  /// Returns the text of a range with its references resolved, as HTML reads them.
  func resolved(_ text: [Unicode.Scalar], _ range: Range<Int>) -> String {
    var out = String.UnicodeScalarView()
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == "&", let reference = read(text, at: index, acceptsLegacy: true),
        reference.end <= range.upperBound
      {
        out.append(contentsOf: reference.text)
        index = reference.end
      } else {
        out.append(text[index])
        index += 1
      }
    }
    return String(out)
  }

  /// Returns the scalar of a number after `&#`.
  ///
  /// The numbers 0x80 to 0x9F mean the characters of windows-1252, as in HTML. Numbers of no scalar mean U+FFFD.
  private static func number(_ text: [Unicode.Scalar], at start: Int) -> (text: String.UnicodeScalarView, end: Int)? {
    let isHexadecimal = text[start] == "x" || text[start] == "X"
    var end = isHexadecimal ? start + 1 : start
    let firstDigit = end
    var value: UInt32 = 0
    while end < text.count, end - firstDigit < 8, let digit = text[end].digit(hexadecimal: isHexadecimal) {
      value = min(value &* (isHexadecimal ? 16 : 10) &+ digit, 0x11_0000)
      end += 1
    }
    guard end > firstDigit, end < text.count, text[end] == ";" else { return nil }
    return (String.UnicodeScalarView([scalar(value)]), end + 1)
  }

  /// Returns the scalar that a number means.
  private static func scalar(_ value: UInt32) -> Unicode.Scalar {
    guard value > 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    guard value & ~0x1F == 0x80 else { return scalar }
    var repairs = 0
    let decoded = ByteTable.windows1252.decode([UInt8(value)], repaired: &repairs)
    return repairs == 0 ? decoded.unicodeScalars.first ?? scalar : scalar
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is an ASCII letter.
  var isASCIILetter: Bool { (value | 0x20) &- 0x61 < 26 }

  /// Whether the scalar is an ASCII digit.
  var isASCIIDigit: Bool { value &- 0x30 < 10 }

  /// Whether the scalar is an ASCII letter or digit.
  var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

  /// Whether the scalar is ASCII punctuation, as CommonMark defines it.
  var isASCIIPunctuation: Bool { value &- 0x21 < 0x5E && !isASCIIAlphanumeric }

  /// Whether the scalar is a space, a tab, a line end or a form feed.
  var isMarkupSpace: Bool { value == 0x20 || value &- 0x09 < 5 }

  /// Returns the value of a digit; nil for other scalars.
  func digit(hexadecimal: Bool) -> UInt32? {
    if isASCIIDigit { return value &- 0x30 }
    let letter = (value | 0x20) &- 0x61
    return hexadecimal && letter < 6 ? letter + 10 : nil
  }
}
