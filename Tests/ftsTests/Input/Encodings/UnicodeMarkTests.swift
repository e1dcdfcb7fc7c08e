import Testing

@testable import FTSInput

/// UTF-16 and UTF-32 by mark, VNI-Windows, and files that are no text.
@Suite struct UnicodeMarkTests {
  private static func bytes(_ text: String, width: Int, isLittle: Bool) -> [UInt8] {
    let units: [UInt32] = width == 2 ? text.utf16.map(UInt32.init) : text.unicodeScalars.map(\.value)
    return ([0xFEFF] + units).flatMap { unit in
      let big = (0..<width).map { UInt8(truncatingIfNeeded: unit >> UInt32(8 * (width - 1 - $0))) }
      return isLittle ? Array(big.reversed()) : big
    }
  }

  @Test(arguments: [(2, true), (2, false), (4, true), (4, false)]) func `Marks tell width and order`(
    width: Int, isLittle: Bool
  ) throws {
    for text in ["Đối ngoại nhân dân", "l’été 🎉 Huế", "", "\u{FEFF}x"] {
      let bytes = Self.bytes(text, width: width, isLittle: isLittle)
      var repairs = 0
      let mark = try #require(UnicodeMark(bytes))
      #expect(mark.decode(bytes, repaired: &repairs).unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(repairs == 0 && !BinaryContents.isBinary(bytes))
      repairs = 0
      #expect(mark.decode(bytes + [0x41], repaired: &repairs).hasSuffix("\u{FFFD}") && repairs == 1)
    }
  }

  @Test func `Halves of surrogate pairs are replaced`() throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x3C, 0xD8, 0x61, 0x00, 0x00, 0xDC]
    var repairs = 0
    #expect(try #require(UnicodeMark(bytes)).decode(bytes, repaired: &repairs) == "\u{FFFD}a\u{FFFD}")
    #expect(repairs == 2 && UnicodeMark(Array("a".utf8)) == nil && UnicodeMark([0xFF]) == nil)
  }

  static let vni: [(latin: String, text: String)] = [
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("ÑOÁI NGOAÏI NHAÂN DAÂN", "ĐỐI NGOẠI NHÂN DÂN"),
    ("naêm, nöôùc, ngöôøi, trôøi, thöông", "năm, nước, người, trời, thương"),
    ("ñaëc bieät, aêên, Ñaø Naüng, Haèng, khaûo", "đặc biệt, ăên, Đà Nẵng, Hằng, khảo"),
    ("kyõ, kyø, ñòa lyù, tæ, mó, nghæ, tònh, î", "kỹ, kỳ, địa lý, tỉ, mĩ, nghỉ, tịnh, ỵ"),
    ("plain ASCII, 123", "plain ASCII, 123"),
  ]

  @Test(arguments: vni) func `VNI puts marks behind vowels`(latin: String, text: String) {
    var repairs = 0
    let bytes = latin.unicodeScalars.map { UInt8($0.value) }
    #expect(InputEncoding.vni.decode(bytes, repaired: &repairs) == text)
    #expect(repairs == 0)
  }

  static let contents: [(bytes: [UInt8], isBinary: Bool)] = [
    (Array("%PDF-1.7 texte".utf8), true), ([0x50, 0x4B, 3, 4, 0x61], true), ([0x89, 0x50, 0x4E, 0x47], true),
    (Array("un\0deux".utf8), true), (Array(repeating: 1, count: 40), true),
    (Array("Titre\r\n\tCorps\u{C}\u{1B}[1m".utf8), false),
    ([0x63, 0x61, 0x66, 0xE9], false), (Array("PK est un sigle".utf8), false), ([], false),
  ]

  @Test(arguments: contents) func `Files that are no text are recognised`(bytes: [UInt8], isBinary: Bool) {
    #expect(BinaryContents.isBinary(bytes) == isBinary)
  }
}
