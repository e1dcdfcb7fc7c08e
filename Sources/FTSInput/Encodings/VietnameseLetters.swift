/// Putting marks on the letters of the Vietnamese alphabet.
enum VietnameseLetters {
  /// The letter that `letter` becomes with a combining mark on it, if the alphabet has it.
  ///
  /// Marks of a letter (circumflex, breve, horn) and tones come in any order: a with acute takes a circumflex.
  static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    // All marks in question lie here; nearly all text ends its look-up with this line.
    guard mark.value &- 0x300 < 0x70 else { return nil }
    return table[UInt64(letter.value) << 32 | UInt64(mark.value)]
  }

  private static let tones: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]

  /// Plain letter, mark, letter with its mark; then the five tones of both in the order above.
  private static let rows: [(plain: String, mark: Unicode.Scalar, marked: String)] = [
    ("aàáãảạ", "\u{306}", "ăằắẵẳặ"), ("aàáãảạ", "\u{302}", "âầấẫẩậ"), ("eèéẽẻẹ", "\u{302}", "êềếễểệ"),
    ("oòóõỏọ", "\u{302}", "ôồốỗổộ"), ("oòóõỏọ", "\u{31B}", "ơờớỡởợ"), ("uùúũủụ", "\u{31B}", "ưừứữửự"),
    ("AÀÁÃẢẠ", "\u{306}", "ĂẰẮẴẲẶ"), ("AÀÁÃẢẠ", "\u{302}", "ÂẦẤẪẨẬ"), ("EÈÉẼẺẸ", "\u{302}", "ÊỀẾỄỂỆ"),
    ("OÒÓÕỎỌ", "\u{302}", "ÔỒỐỖỔỘ"), ("OÒÓÕỎỌ", "\u{31B}", "ƠỜỚỠỞỢ"), ("UÙÚŨỦỤ", "\u{31B}", "ƯỪỨỮỬỰ"),
  ]
  private static let tonedOnly = ["iìíĩỉị", "yỳýỹỷỵ", "IÌÍĨỈỊ", "YỲÝỸỶỴ"]

  private static let table: [UInt64: Unicode.Scalar] = {
    var table: [UInt64: Unicode.Scalar] = [:]
    func add(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar, _ composed: Unicode.Scalar) {
      table[UInt64(letter.value) << 32 | UInt64(mark.value)] = composed
    }
    for row in rows.flatMap({ [$0.plain, $0.marked] }) + tonedOnly {
      let letters = Array(row.unicodeScalars)
      for (place, tone) in tones.enumerated() { add(letters[0], tone, letters[place + 1]) }
    }
    for row in rows {
      for (plain, marked) in zip(row.plain.unicodeScalars, row.marked.unicodeScalars) { add(plain, row.mark, marked) }
    }
    return table
  }()
}
