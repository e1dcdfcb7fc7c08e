import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Classes, forms and keys of single letters.
@Suite struct CharacterTableTests {
  private static let letters = "analysis/vietnamese/letters_telex_vni_viqr.tsv"
  private let analyzer = TestAnalyzer(.folding)

  private func key(_ text: String) -> String { analyzer.tokens(text).map(\.key).joined(separator: "|") }

  @Test(.enabled(if: TestData.isPresent(letters)))
  func vietnameseLettersFoldToTheirBase() throws {
    let rows = try TestData.lines(Self.letters).dropFirst().map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.count >= 146)
    for row in rows {
      let nfd = String(
        String.UnicodeScalarView(
          row[1].split(separator: " ").compactMap { Unicode.Scalar(UInt32($0.dropFirst(2), radix: 16)!) }))
      #expect(key(row[0]) == row[2].lowercased(), "\(row[0])")
      #expect(key(nfd) == row[2].lowercased(), "\(row[0]) decomposed")
      #expect(key(row[0].uppercased()) == row[2].lowercased(), "\(row[0]) in upper case")
    }
  }

  @Test(arguments: [
    ("đ", "d"), ("Đ", "d"), ("Ð", "d"), ("Ɖ", "d"), ("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss"),
    ("ẞ", "ss"),
    ("ø", "o"), ("Ø", "o"), ("ł", "l"), ("Ł", "l"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("Ａ", "a"), ("ｚ", "z"),
    ("é", "e"),
    ("Ç", "c"), ("ÿ", "y"), ("ı", "i"), ("İ", "i"), ("ſ", "s"), ("ñ", "n"), ("９", "9"), ("Å", "a"), ("K", "k"),
  ])
  func lettersFold(letter: String, folded: String) {
    // Between two letters, so that the class of a lone sign does not matter.
    #expect(key("x" + letter + "x") == "x" + folded + "x")
  }

  @Test func vietnameseLookAlikesHaveOneForm() {
    for letter in ["Đ", "đ", "Ð", "Ɖ"] { #expect(analyzer.forms(letter + "à") == ["đà"]) }
  }

  @Test(arguments: [
    ("Ελλάς", "ελλάσ", "ελλασ"), ("ΟΔΌΣ", "οδόσ", "οδοσ"), ("Россия", "россия", "россия"), ("ЁЖ", "ёж", "еж"),
  ])
  func greekAndCyrillicCaseFold(word: String, form: String, key: String) throws {
    let token = try #require(analyzer.tokens(word).first)
    #expect(token.form == form)
    #expect(token.key == key)
  }

  @Test func formAgreesWithTheStandardLibraryForLatinLetters() {
    var checked = 0
    for value in UInt32(0x41)...0x24F {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic, value != 0x149, value != 0x130 else {
        continue
      }
      // Look-alikes of đ are one letter, and long s and the ligatures are compatibility forms.
      guard ![0xD0, 0x189, 0xF0].contains(value) else { continue }
      let lower = String(scalar).lowercased().precomposedStringWithCompatibilityMapping
      let form = analyzer.forms(String(scalar)).joined()
      #expect(form == lower, "U+\(String(value, radix: 16))")
      checked += 1
    }
    #expect(checked > 400)
  }

  /// The slow way to a key: lower case, compatibility decomposition, marks dropped.
  private func slowKey(_ scalar: Unicode.Scalar) -> String {
    let parts = String(scalar).lowercased().decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
    let plain = String(String.UnicodeScalarView(parts.filter { !(0x300...0x36F).contains($0.value) }))
    // Final sigma is a sigma.
    return plain.replacingOccurrences(of: "ς", with: "σ")
  }

  @Test func keyAgreesWithASlowWayForLettersThatDecompose() {
    let table = CharacterTable.shared
    var checked = 0
    for range in [
      UInt32(0xC0)...0x17F, 0x1A0...0x1B0, 0x1CD...0x1F5, 0x386...0x3CE, 0x400...0x45F, 0x1E00...0x1EF9,
      0xFF21...0xFF5A,
    ] {
      for value in range {
        guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
        let slow = slowKey(scalar)
        guard slow.unicodeScalars.allSatisfy({ $0.value < 0x80 || $0.value > 0x370 }) else { continue }
        var bytes: [UInt8] = []
        Scalars.append(value, to: &bytes)
        let key = String(decoding: Folding.key(of: bytes), as: UTF8.self)
        #expect(key == slow, "U+\(String(value, radix: 16)) class \(table[value].characterClass)")
        checked += 1
      }
    }
    #expect(checked > 600)
  }

  @Test func keysAreStable() {
    // Folding a key changes nothing, whatever the scalar.
    var wrong: [UInt32] = []
    for value in UInt32(0x20)..<0x2_0000 where Unicode.Scalar(value) != nil {
      var bytes: [UInt8] = []
      Scalars.append(value, to: &bytes)
      let key = Folding.key(of: bytes)
      if Folding.key(of: key) != key { wrong.append(value) }
    }
    // A modifier letter (phonetic d with tail) that keeps the African d, which is read as đ when it stands alone.
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
  }

  @Test func entriesOfAllScalarsHoldWhatTheyPromise() {
    let table = CharacterTable.shared
    var lettersWithoutKey = 0
    var broken: [UInt32] = []
    for value in UInt32(0)..<0x11_0000 {
      let entry = table[value]
      if CharacterClass(rawValue: entry.classValue) == nil { broken.append(value) }
      guard !entry.isIdentity else { continue }
      let (form, key) = entry.isLong ? table.longTexts(of: entry) : ([], [])
      let isEmpty = entry.isLong ? key.isEmpty || form.isEmpty : entry.keyCount == 0 || entry.formCount == 0
      if isEmpty, entry.characterClass == .letter { lettersWithoutKey += 1 }
    }
    #expect(broken.isEmpty)
    #expect(lettersWithoutKey == 0)
  }

  @Test func classesOfSeparatorsAndMarks() {
    let table = CharacterTable.shared
    for apostrophe in AnalyzerTests.apostrophes {
      #expect(table[apostrophe.unicodeScalars.first!.value].characterClass == .apostrophe)
    }
    for vanishing in [UInt32(0xAD), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF] {
      #expect(table[vanishing].characterClass == .vanishing)
    }
    #expect(table[0x20].characterClass == .space)
    #expect(table[0xA0].characterClass == .space)
    #expect(table[0x0A].characterClass == .newline)
    #expect(table[0x2010].characterClass == .hyphen)
    #expect(table[0x5F].characterClass == .hyphen)
    #expect(table[0x4E2D].characterClass == .ideograph)
    #expect(table[0x301].characterClass == .extend)
    #expect(table[0xFFFD].characterClass == .other)
  }
}
