/// The composition of the letters of the Vietnamese alphabet with combining marks.
enum VietnameseLetters {
  /// Returns the composition of a letter and a combining mark; nil if it is not a letter of the alphabet.
  ///
  /// Diacritics (circumflex, breve, horn) and tones are accepted in any order: á can be composed with a circumflex.
  static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    // The common case: the scalar is not a combining mark.
    guard mark.value &- 0x300 < 0x70 else { return nil }
    return table[UInt64(letter.value) << 32 | UInt64(mark.value)]
  }

  private static let tones: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]

  /// Letters without diacritic, the diacritic, and the letters with it; each toneless and with the tones of `tones`.
  private static let rows: [(plain: String, diacritic: Unicode.Scalar, composed: String)] = [
    ("aàáãảạ", "\u{306}", "ăằắẵẳặ"), ("aàáãảạ", "\u{302}", "âầấẫẩậ"), ("eèéẽẻẹ", "\u{302}", "êềếễểệ"),
    ("oòóõỏọ", "\u{302}", "ôồốỗổộ"), ("oòóõỏọ", "\u{31B}", "ơờớỡởợ"), ("uùúũủụ", "\u{31B}", "ưừứữửự"),
    ("AÀÁÃẢẠ", "\u{306}", "ĂẰẮẴẲẶ"), ("AÀÁÃẢẠ", "\u{302}", "ÂẦẤẪẨẬ"), ("EÈÉẼẺẸ", "\u{302}", "ÊỀẾỄỂỆ"),
    ("OÒÓÕỎỌ", "\u{302}", "ÔỒỐỖỔỘ"), ("OÒÓÕỎỌ", "\u{31B}", "ƠỜỚỠỞỢ"), ("UÙÚŨỦỤ", "\u{31B}", "ƯỪỨỮỬỰ"),
  ]
  /// Letters that have only tones.
  private static let tonedOnly = ["iìíĩỉị", "yỳýỹỷỵ", "IÌÍĨỈỊ", "YỲÝỸỶỴ"]

  /// The compositions; the key is the letter (bits 32 to 63) and the combining mark.
  private static let table: [UInt64: Unicode.Scalar] = {
    var table: [UInt64: Unicode.Scalar] = [:]
    func add(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar, _ composed: Unicode.Scalar) {
      table[UInt64(letter.value) << 32 | UInt64(mark.value)] = composed
    }
    for row in rows.flatMap({ [$0.plain, $0.composed] }) + tonedOnly {
      let letters = Array(row.unicodeScalars)
      for (index, tone) in tones.enumerated() { add(letters[0], tone, letters[index + 1]) }
    }
    for row in rows {
      for (plain, composed) in zip(row.plain.unicodeScalars, row.composed.unicodeScalars) {
        add(plain, row.diacritic, composed)
      }
    }
    return table
  }()
}
