/// VIQR, the Vietnamese Quoted-Readable encoding (RFC 1456): diacritics as ASCII characters after the letters.
///
/// | breve | circumflex | horn | acute | grave | hook | tilde | dot below | đ |
/// |---|---|---|---|---|---|---|---|---|
/// | ( | ^ | + | ' | ` | ? | ~ | . | dd |
///
/// A character is a diacritic if and only if it forms a letter of the alphabet with the letter before it: `ba.n` is bạn
/// and `ban.` ends a sentence; `la` before a full stop must be typed `la\.`. A backslash makes the next character
/// literal (`\\` is one backslash, `d\d` two d), except before v, m and l, where it switches the state of the text:
/// Vietnamese (the initial state), English and literal. English text has no diacritics. In literal text the backslash
/// is literal too, unless it switches the state.
enum VIQR {
  /// The state of the text.
  private enum State {
    case vietnamese, english, literal
  }

  /// Decodes a text. VIQR is 7-bit; scalars beyond ASCII remain unchanged.
  static func decode(_ text: String) -> String {
    var decoder = Decoder()
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\\", index < scalars.count {
        if decoder.takeEscape(of: scalars[index]) { index += 1 }
      } else {
        decoder.take(scalar)
      }
    }
    return decoder.text
  }

  /// The text decoded so far, and its state.
  private struct Decoder {
    private var scalars: [Unicode.Scalar] = []
    private var state = State.vietnamese
    /// Whether a diacritic can be added to the last scalar: not if it is escaped or precedes a switch of state.
    private var isOpen = false

    var text: String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }

    /// Appends a scalar or composes it with the one before.
    mutating func take(_ scalar: Unicode.Scalar) {
      guard state == .vietnamese else {
        scalars.append(scalar)
        return
      }
      if isOpen, let last = scalars.last, let letter = VIQR.letter(last, scalar) {
        scalars[scalars.count - 1] = letter
        return
      }
      scalars.append(scalar)
      isOpen = true
    }

    /// Reads a backslash before `scalar`.
    ///
    /// - Returns: whether `scalar` belongs to the escape; false if the backslash is literal.
    mutating func takeEscape(of scalar: Unicode.Scalar) -> Bool {
      switch scalar {
      case "v", "V": state = .vietnamese
      case "m", "M": state = .english
      case "l", "L": state = .literal
      default:
        guard state != .literal else {
          scalars.append("\\")
          return false
        }
        scalars.append(scalar)
      }
      isOpen = false
      return true
    }
  }

  /// Returns the letter that `last` forms with the character after it; nil if they form none.
  private static func letter(_ last: Unicode.Scalar, _ next: Unicode.Scalar) -> Unicode.Scalar? {
    switch (last, next) {
    case ("d", "d"): return "đ"
    // The RFC has DD; capitalised words are often written with Dd.
    case ("D", "D"), ("D", "d"): return "Đ"
    default: return combiningMark(next).flatMap { VietnameseLetters.composed(last, $0) }
    }
  }

  /// Returns the combining mark that a character stands for.
  private static func combiningMark(_ character: Unicode.Scalar) -> Unicode.Scalar? {
    switch character {
    case "(": "\u{306}"
    case "^": "\u{302}"
    case "+": "\u{31B}"
    case "'": "\u{301}"
    case "`": "\u{300}"
    case "?": "\u{309}"
    case "~": "\u{303}"
    case ".": "\u{323}"
    default: nil
    }
  }
}
