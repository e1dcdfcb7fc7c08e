import TestSupport

/// Random texts that mix what real ones mix.
enum RandomText {
  private static let pieces: [[String]] = [
    [
      "diplomatie", "Été", "l'eau", "d’abord", "aujourd'hui", "œuvre", "naïve", "qu'il", "O.N.U.", "É.N.A.", "ﬁn", "ÇA",
    ],
    ["đối", "ngoại", "hòa", "Nguyễn", "người", "Bùi", "Thanh", "Sơn", "tiếng", "Việt", "ở", "ý"],
    ["a", "e", "o", "u", "s", "n", "L", "D", "qu", "prud", "hom", "hui", "aujourd", "b", "x"],
    [" ", " ", "  ", "\n", "-\n", "\u{AD}\n", "\u{AC}\r\n", "\t", "\u{A0}", "\u{202F}", "-", ". ", ", ", "! ", "…"],
    [
      "'", "\u{2019}", "\u{2018}", "\u{2BC}", "\u{FF07}", "`", "\u{B4}", "\u{2032}", "\u{92}", "\u{2B9}", "\u{A78C}",
      ".", ",", "_", ":", "\"", "/",
    ],
    ["\u{301}", "\u{300}", "\u{323}", "\u{302}", "\u{306}", "\u{31B}", "\u{309}", "\u{303}", "\u{5B0}", "\u{64B}"],
    ["\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{FE0F}", "\u{200E}"],
    [
      "1", "2", "01 23 45 67 89", "123 456 789 00012", "3,14", "1.000", "57-NQ/TW", "XIXe", "19e", "²", "³", "₂", "km²",
      "½", "Ⅷ", "٣",
    ],
    ["中文", "日", "ひらがな", "カタカナ", "ｶﾞ", "한글", "각하", "ก้", "क्षि", "ᄀ"],
    ["العربية", "שָׁלוֹם", "Ελλάς", "ΐ", "Россия", "й", "ǅ", "ß", "İ", "ſ"],
    ["😀", "👩‍👩‍👧", "🇫🇷", "❤️", "Ａ", "ｚ", "①", "㍿", "ﷺ", "℡", "🅰"],
  ]

  /// A text of up to `maximum` random pieces.
  static func text(_ random: inout SeededRandom, maximum: Int) -> String {
    var text = ""
    for _ in 0..<random.integer(0...maximum) { text += random.pick(random.pick(pieces)) }
    return text
  }

  /// The bytes of a text, with some lost, doubled or put in at random offsets.
  static func damagedBytes(_ random: inout SeededRandom, maximum: Int) -> [UInt8] {
    var bytes = Array(text(&random, maximum: maximum).utf8)
    for _ in 0..<random.integer(0...4) {
      let offset = random.integer(0...bytes.count)
      switch random.integer(0...2) {
      case 0: bytes.insert(UInt8(random.integer(0x80...0xFF)), at: offset)
      case 1: if offset < bytes.count { bytes.remove(at: offset) }
      default: bytes.insert(contentsOf: bytes[0..<offset].suffix(3), at: offset)
      }
    }
    return bytes
  }
}
