/// The VNI-Windows encoding of Vietnamese: a vowel and, behind it, a byte for its diacritic and tone together.
///
/// The single letters đ, ơ, ư and the toned i and ị, ỵ have bytes of their own; every other byte from 0xC0 on is a mark
/// when it stands behind a vowel, else the letter of windows-1252. The layout is that of the VNI fonts for Windows.
enum VNI {
  /// Decodes bytes. Bytes without a character are replaced and added to `repaired`.
  static func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    var text = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    let scalars = ByteTable.windows1252.decode(bytes, repaired: &repaired).unicodeScalars
    for scalar in scalars {
      if let vowel = last, let marks = marks[lowered(scalar)], let composed = composed(vowel, marks) {
        text.append(composed)
        last = nil
        continue
      }
      if let last { text.append(last) }
      last = letters[scalar] ?? scalar
    }
    if let last { text.append(last) }
    return String(text)
  }

  /// Letters of one byte, by their character in windows-1252.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
    "ñ": "đ", "Ñ": "Đ", "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "æ": "ỉ", "Æ": "Ỉ", "ó": "ĩ", "Ó": "Ĩ", "ò": "ị",
    "Ò": "Ị", "î": "ỵ", "Î": "Ỵ",
  ]

  /// The diacritic and tone of each mark behind a vowel, by its character in windows-1252, in lower case.
  private static let marks: [Unicode.Scalar: [Unicode.Scalar]] = [
    "ù": [acute], "ø": [grave], "û": [hook], "õ": [tilde], "ï": [dot],
    "ê": [breve], "é": [breve, acute], "è": [breve, grave], "ú": [breve, hook], "ü": [breve, tilde],
    "ë": [breve, dot],
    "â": [circumflex], "á": [circumflex, acute], "à": [circumflex, grave], "å": [circumflex, hook],
    "ã": [circumflex, tilde], "ä": [circumflex, dot],
  ]

  private static let acute: Unicode.Scalar = "\u{301}"
  private static let grave: Unicode.Scalar = "\u{300}"
  private static let hook: Unicode.Scalar = "\u{309}"
  private static let tilde: Unicode.Scalar = "\u{303}"
  private static let dot: Unicode.Scalar = "\u{323}"
  private static let breve: Unicode.Scalar = "\u{306}"
  private static let circumflex: Unicode.Scalar = "\u{302}"

  /// Returns a vowel with marks; nil if the alphabet has no such letter.
  private static func composed(_ vowel: Unicode.Scalar, _ marks: [Unicode.Scalar]) -> Unicode.Scalar? {
    var letter = vowel
    for mark in marks {
      guard let next = VietnameseLetters.composed(letter, mark) else { return nil }
      letter = next
    }
    return letter
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // The capitals of windows-1252 from À to Þ, without ×.
    scalar.value &- 0xC0 < 0x1F && scalar.value != 0xD7 ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar
  }
}
