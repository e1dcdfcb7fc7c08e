/// An 8-bit encoding whose lower half is ASCII, except for some control characters.
struct ByteTable: Sendable {
  /// The scalar of each byte.
  private let scalars: [Unicode.Scalar]

  /// Stands for bytes without a character.
  private static let undefined: Unicode.Scalar = "\u{FFFD}"

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - upper: the characters of the bytes 0x80 to 0xFF; U+FFFD for bytes without a character.
  ///   - lower: the characters of the bytes below 0x80 that differ from ASCII.
  private init(upper: String, lower: [UInt8: Unicode.Scalar] = [:]) {
    var scalars = (0..<0x80).map { Unicode.Scalar($0 as UInt8) } + Array(upper.unicodeScalars)
    for (byte, scalar) in lower { scalars[Int(byte)] = scalar }
    precondition(scalars.count == 256, "a table of 256 characters")
    self.scalars = scalars
  }

  /// Decodes bytes and adds the number of bytes without a character to `repaired`.
  ///
  /// A combining mark after a Vietnamese letter is composed with it; after other characters it remains.
  func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    var text = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for byte in bytes {
      let scalar = scalars[Int(byte)]
      if scalar == ByteTable.undefined { repaired += 1 }
      if let before = last, let composed = VietnameseLetters.composed(before, scalar) {
        last = composed
        continue
      }
      if let last { text.append(last) }
      last = scalar
    }
    if let last { text.append(last) }
    return String(text)
  }
}

extension ByteTable {
  /// RFC 1456, table 1.
  static let viscii = ByteTable(
    upper: """
      ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ\
      ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ\
      Õắằặấầẩậẽẹếềểễệố\
      ồổỗỠƠộờởịỰỨỪỬơớƯ\
      ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ\
      ĐứÒÓÔạỷừửÙÚỹỵÝỡư\
      àáâãảăữẫèéêẻìíĩỉ\
      đựòóôõỏọụùúũủýợỮ
      """,
    lower: [
      0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
    ])

  /// Unicode Consortium, VENDORS/MICSFT/WINDOWS/CP1258.TXT.
  static let windows1258 = ByteTable(
    upper: """
      €\u{FFFD}‚ƒ„…†‡ˆ‰\u{FFFD}‹Œ\u{FFFD}\u{FFFD}\u{FFFD}\
      \u{FFFD}‘’“”•–—˜™\u{FFFD}›œ\u{FFFD}\u{FFFD}Ÿ\
      \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯\
      °±²³´µ¶·¸¹º»¼½¾¿\
      ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏ\
      ĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß\
      àáâăäåæçèéêë\u{301}íîï\
      đñ\u{323}óôơö÷øùúûüư₫ÿ
      """)

  /// TCVN 5712-1:1993 (VN1), as in the GNU C library. Twelve capital letters have codes of control characters.
  static let tcvn = ByteTable(
    upper: """
      ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ\
      ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\
      \u{A0}ĂÂÊÔƠƯĐăâêôơưđẰ\
      \u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴ\
      ẮẦẨẪẤỀặầẩẫấậèỂẻẽ\
      éẹềểễếệìỉỄẾỒĩíịò\
      Ổỏõóọồổỗốộờởỡớợù\
      ỖủũúụừửữứựỳỷỹýỵỐ
      """,
    lower: [
      0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ",
      0x11: "Ứ", 0x12: "Ự", 0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ",
    ])

  /// Unicode Consortium, VENDORS/MICSFT/WINDOWS/CP1252.TXT.
  static let windows1252 = ByteTable(
    upper: """
      €\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\
      \u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ\
      \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯\
      °±²³´µ¶·¸¹º»¼½¾¿\
      ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
      ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
      àáâãäåæçèéêëìíîï\
      ðñòóôõö÷øùúûüýþÿ
      """)

  /// ISO/IEC 8859-15:1998; 0x80 to 0x9F are control characters, as in Unicode.
  static let iso885915 = ByteTable(
    upper: """
      \u{80}\u{81}\u{82}\u{83}\u{84}\u{85}\u{86}\u{87}\u{88}\u{89}\u{8A}\u{8B}\u{8C}\u{8D}\u{8E}\u{8F}\
      \u{90}\u{91}\u{92}\u{93}\u{94}\u{95}\u{96}\u{97}\u{98}\u{99}\u{9A}\u{9B}\u{9C}\u{9D}\u{9E}\u{9F}\
      \u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯\
      °±²³Žµ¶·ž¹º»ŒœŸ¿\
      ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
      ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
      àáâãäåæçèéêëìíîï\
      ðñòóôõö÷øùúûüýþÿ
      """)
}
