import TestSupport
import Testing

@testable import FTSInput

@Suite struct InputEncodingTests {
  private static func decode(_ bytes: [UInt8], _ encoding: InputEncoding) -> (text: String, repairs: Int) {
    var repairs = 0
    let text = encoding.decode(bytes, repaired: &repairs)
    return (text, repairs)
  }

  @Test(arguments: InputEncoding.allCases)
  func `ASCII text is itself`(encoding: InputEncoding) {
    let text = "{\"id\": 1}\r\n\tplain text - 100 %; # a, b\n"
    let (decoded, repairs) = InputEncodingTests.decode(Array(text.utf8), encoding)
    #expect(decoded == text)
    #expect(repairs == 0)
  }

  @Test func `names and other names`() {
    for encoding in InputEncoding.allCases { #expect(InputEncoding(name: encoding.rawValue) == encoding) }
    #expect(InputEncoding(name: "UTF8") == .utf8)
    #expect(InputEncoding(name: "TCVN") == .tcvn)
    #expect(InputEncoding(name: "TCVN5712-1") == .tcvn)
    #expect(InputEncoding(name: "CP1258") == .windows1258)
    #expect(InputEncoding(name: "Windows_1252") == .windows1252)
    #expect(InputEncoding(name: "ISO8859-15") == .iso885915)
    #expect(InputEncoding(name: "latin-1") == nil)
    #expect(InputEncoding(name: "") == nil)
  }

  @Test(arguments: [
    (InputEncoding.viscii, [0xF0, 0xAF, 0x69] as [UInt8], "đối"),
    (.tcvn, [0xAE, 0xE8, 0x69], "đối"), (.tcvn, [0xAE, 0xAB, 0xB3, 0x69], "đối"),
    (.windows1258, [0xF0, 0xF4, 0xEC, 0x69], "đối"), (.viqr, Array("ddo^'i".utf8), "đối"),
    (.windows1252, [0xE9, 0x74, 0xE9], "été"), (.windows1252, [0x9C, 0x75, 0x66], "œuf"),
    (.iso885915, [0xBD, 0x75, 0x66], "œuf"), (.iso885915, [0xA4], "€"),
  ])
  func `one word`(encoding: InputEncoding, bytes: [UInt8], expected: String) {
    let (text, repairs) = InputEncodingTests.decode(bytes, encoding)
    #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(repairs == 0)
  }

  @Test func `undefined bytes are replaced and counted`() {
    #expect(InputEncodingTests.decode([0x61, 0x81, 0x62, 0x9D], .windows1252) == ("a\u{FFFD}b\u{FFFD}", 2))
    #expect(InputEncodingTests.decode([0x8A, 0x8E], .windows1258) == ("\u{FFFD}\u{FFFD}", 2))
    #expect(InputEncodingTests.decode([0xC3], .utf8) == ("\u{FFFD}", 1))
    #expect(InputEncodingTests.decode([0x61, 0xFF, 0x27], .viqr) == ("a\u{FFFD}'", 1))
  }

  #if canImport(Glibc)
    private static let tables: [(encoding: InputEncoding, name: String)] = [
      (.viscii, "VISCII"), (.windows1258, "CP1258"), (.tcvn, "TCVN5712-1"), (.windows1252, "CP1252"),
      (.iso885915, "ISO-8859-15"),
    ]

    @Test(arguments: tables)
    func `every byte is what the C library says`(encoding: InputEncoding, name: String) throws {
      let converter = try #require(CharacterConverter(from: name))
      for byte in UInt8.min...UInt8.max {
        let expected = converter.decode([byte])
        let (text, repairs) = InputEncodingTests.decode([byte], encoding)
        #expect(Array(text.unicodeScalars) == Array((expected ?? "\u{FFFD}").unicodeScalars), "byte \(byte)")
        #expect(repairs == (expected == nil ? 1 : 0), "byte \(byte)")
      }
    }

    /// The C library composes letter and mark where Unicode has a letter for both, also outside the alphabet; here they
    /// stay apart, which is the same text (canonical equivalence, the meaning of == for strings).
    ///
    /// One thing it gets wrong: a letter with acute or diaeresis and then a tilde becomes the letter with the tilde
    /// *below* the other mark (U+1E4C, 1E4E, 1E78 and their small letters). The order of marks of one class must not
    /// change (Unicode Standard, section 3.11), so those pairs are no text of ours.
    @Test(arguments: [tables[1], tables[2]])
    func `every pair of bytes is the text that the C library says`(encoding: InputEncoding, name: String) throws {
      let converter = try #require(CharacterConverter(from: name))
      let wrong = Set("ÓóÖöÚú".unicodeScalars.map { String($0) + "\u{303}" })
      let singles = (UInt8.min...UInt8.max).map { converter.decode([$0]) }
      var differences: Set<String> = []
      for first in UInt8.min...UInt8.max {
        for second in UInt8.min...UInt8.max {
          let text = InputEncodingTests.decode([first, second], encoding).text
          var expected = (singles[Int(first)] ?? "\u{FFFD}") + (singles[Int(second)] ?? "\u{FFFD}")
          if wrong.contains(expected) {
            differences.insert(expected)
          } else if singles[Int(first)] != nil, singles[Int(second)] != nil {
            expected = try #require(converter.decode([first, second]))
          }
          if text != expected { Issue.record("\(first) \(second): \(text), not \(expected)") }
        }
      }
      #expect(differences.count == (encoding == .tcvn ? 4 : 6))
    }

    /// Every Vietnamese letter comes out as one scalar, as NFC has it.
    @Test(arguments: [tables[1], tables[2]])
    func `tones are composed`(encoding: InputEncoding, name: String) throws {
      let converter = try #require(CharacterConverter(from: name))
      let letters = Set("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".unicodeScalars)
      let tones = Set("\u{300}\u{301}\u{303}\u{309}\u{323}".unicodeScalars)
      func bytes(_ wanted: Set<Unicode.Scalar>) -> [UInt8] {
        (UInt8.min...UInt8.max).filter { byte in
          converter.decode([byte]).map { wanted.contains($0.unicodeScalars.first!) } ?? false
        }
      }
      var count = 0
      for letter in bytes(letters) {
        for tone in bytes(tones) {
          let text = InputEncodingTests.decode([letter, tone], encoding).text
          #expect(Array(text.unicodeScalars) == Array(converter.decode([letter, tone])!.unicodeScalars))
          #expect(text.unicodeScalars.count == 1)
          count += 1
        }
      }
      #expect(count == 24 * 5)
    }
  #endif
}
