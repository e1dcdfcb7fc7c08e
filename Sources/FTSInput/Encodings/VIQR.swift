/// VIQR, the Vietnamese Quoted-Readable encoding (RFC 1456): marks as ASCII characters behind the letters.
///
/// | breve | circumflex | horn | acute | grave | hook | tilde | dot below | đ |
/// |---|---|---|---|---|---|---|---|---|
/// | ( | ^ | + | ' | ` | ? | ~ | . | dd |
///
/// A character is a mark if and only if it makes a letter of the alphabet with the letter before it, so `ba.n` is bạn and
/// `ban.` ends a sentence; `la` with a full stop behind it has to be written `la\.`. The backslash takes the next
/// character for itself (`\\` is one backslash, `d\d` two d), except that it switches the state of the text before v, m
/// and l: Vietnamese (as it begins), English and literal. English text has no marks; in literal text the backslash too
/// is itself unless it switches back.
enum VIQR {
  private enum State {
    case vietnamese, english, literal
  }

  /// VIQR is 7-bit; letters beyond ASCII, where somebody has mixed them in, stay what they are.
  static func decode(_ text: String) -> String {
    var decoder = Decoder()
    let scalars = Array(text.unicodeScalars)
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      if scalar == "\\", place < scalars.count {
        if decoder.takeEscape(of: scalars[place]) { place += 1 }
      } else {
        decoder.take(scalar)
      }
    }
    return decoder.text
  }

  private struct Decoder {
    private var scalars: [Unicode.Scalar] = []
    private var state = State.vietnamese
    /// Whether the last scalar may take a mark: an escaped one, or one from before a switch, may not.
    private var isOpen = false

    var text: String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }

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

    /// What a backslash before `scalar` does; false if it stands for itself and `scalar` is still to be read.
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

  /// The letter that `last` and a character behind it make together.
  private static func letter(_ last: Unicode.Scalar, _ next: Unicode.Scalar) -> Unicode.Scalar? {
    switch (last, next) {
    case ("d", "d"): return "đ"
    // The RFC has DD; capitalised words are often written with Dd.
    case ("D", "D"), ("D", "d"): return "Đ"
    default: return mark(next).flatMap { VietnameseLetters.composed(last, $0) }
    }
  }

  private static func mark(_ character: Unicode.Scalar) -> Unicode.Scalar? {
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
