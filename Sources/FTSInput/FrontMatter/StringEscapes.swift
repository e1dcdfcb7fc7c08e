/// Escapes in quoted strings of YAML 1.2 (section 5.7) and TOML 1.0.
enum StringEscapes {
  /// Returns a text with its escapes resolved. What is no escape stays as written.
  static func resolved(_ text: String) -> String {
    guard text.unicodeScalars.contains("\\") else { return text }
    let scalars = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] == "\\", let (scalar, end) = escape(scalars, at: index + 1) {
        out.append(scalar)
        index = end
      } else {
        out.append(scalars[index])
        index += 1
      }
    }
    return String(out)
  }

  /// Reads the escape after a backslash; nil if there is none.
  private static func escape(_ text: [Unicode.Scalar], at index: Int) -> (scalar: Unicode.Scalar, end: Int)? {
    guard index < text.count else { return nil }
    if let count = digits[text[index]] { return number(text, at: index + 1, digits: count) }
    return simple[text[index]].map { ($0, index + 1) }
  }

  /// Number of hexadecimal digits after a letter.
  private static let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]

  private static let simple: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}", "r": "\r", "e": "\u{1B}",
    " ": " ", "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]

  /// Reads a scalar of `digits` hexadecimal digits.
  private static func number(
    _ text: [Unicode.Scalar], at start: Int, digits: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard start + digits <= text.count else { return nil }
    var value: UInt32 = 0
    for scalar in text[start..<start + digits] {
      guard let digit = scalar.digit(hexadecimal: true) else { return nil }
      value = value << 4 | digit
    }
    return Unicode.Scalar(value).map { ($0, start + digits) }
  }
}
