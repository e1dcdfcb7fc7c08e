import Foundation
import Testing

@testable import TextSearch

/// Roman ordinals: alone in capitals with a small ending, else only beside a word that confirms them.
@Suite struct RomanOrdinalTests {
  private let analyzer = TextAnalyzer(AnalyzerOptions(frenchStemmer: .none))

  private func keys(_ text: String) -> [String] { analyzer.tokens(of: text).map(\.key) }

  /// Whether the key is that of a number.
  private func isOrdinal(_ key: String?) -> Bool { key?.first?.isNumber == true }

  @Test(arguments: [
    ("XIXe", "19e"), ("IIe", "2e"), ("VIe", "6e"), ("XIe", "11e"), ("CIe", "101e"), ("XIXème", "19e"), ("XIXè", "19e"),
    ("Vème", "5e"), ("VIIIième", "8e"), ("Ier", "1e"), ("Ire", "1e"), ("XIXᵉ", "19e"), ("ＸＩＸe", "19e"),
  ])
  func capitalsWithASmallEndingAreOrdinalsAlone(text: String, key: String) {
    #expect(keys(text) == [key])
    #expect(keys(text.decomposedStringWithCanonicalMapping) == [key])
    #expect(keys("Chiếc \(text) màu đỏ chạy qua thành phố")[1] == key)
  }

  @Test(arguments: [
    "Xe", "XE", "xe", "Ve", "ve", "Ie", "VIE", "Vie", "vie", "CIE", "Cie", "MME", "Mme", "LIVE", "Live", "Xie", "xie",
    "XIXE", "xixe", "XIXÈME", "xixème", "IVE", "IER", "ier", "IRE", "ire", "DIXE", "Le", "CE", "Me",
  ])
  func anyOtherSpellingIsAWordAlone(text: String) {
    for sentence in [text, "\(text) và nhà", "la \(text) de la ville", "\(text). Siècle", "\(text)\n\nsiècle"] {
      #expect(!keys(sentence).contains { isOrdinal($0) }, "\(sentence)")
      #expect(!keys(sentence.decomposedStringWithCanonicalMapping).contains { isOrdinal($0) }, "\(sentence)")
    }
  }

  @Test(arguments: [
    ("Xe", "10e"), ("XE", "10e"), ("xe", "10e"), ("Ve", "5e"), ("Ie", "1e"), ("XIXE", "19e"), ("xixe", "19e"),
    ("Xixe", "19e"), ("VIE", "6e"), ("xixème", "19e"), ("XIXÈME", "19e"), ("IRE", "1e"), ("xixieme", "19e"),
  ])
  func nounsConfirm(text: String, key: String) {
    for noun in ["siècle", "SIÈCLE", "siecles", "arrondissement", "République", "re\u{301}publique"] {
      for space in [" ", "\u{A0}", "\n", "  "] {
        #expect(keys("au \(text)\(space)\(noun)")[1] == key, "\(text)\(space)\(noun)")
      }
    }
  }

  @Test(arguments: ["Le", "CE", "De", "MME", "CIE", "LIVE", "mie", "lie", "Về", "VỆ"])
  func nounsConfirmNoOtherWord(text: String) { #expect(!isOrdinal(keys("au \(text) siècle")[1])) }

  @Test(arguments: [
    ("aux Xe et XIe siècles", ["aux", "10e", "et", "11e", "siecles"]),
    ("du Ve au Xe siècle", ["du", "5e", "au", "10e", "siecle"]),
    ("les Ve, VIe et Xe arrondissements", ["les", "5e", "6e", "et", "10e", "arrondissements"]),
    ("Ve-Xe siècles", ["5e", "10e", "siecles"]),
    ("XE et le siècle", ["xe", "et", "le", "siecle"]),
    ("Xe và siècle", ["xe", "va", "siecle"]),
  ])
  func ordinalsShareANoun(text: String, expected: [String]) { #expect(keys(text) == expected) }

  @Test(arguments: [
    ("Henri Ve", "5e"), ("CHARLES XE", "10e"), ("Louis XIVE", "14e"), ("louis xive", "14e"), ("François IER", "1e"),
    ("franc\u{327}ois ier", "1e"), ("Charles\u{A0}Xe", "10e"), ("Napoléon IIIe", "3e"),
  ])
  func namesOfKingsConfirm(text: String, key: String) {
    #expect(keys(text).last == key)
    #expect(keys(text.decomposedStringWithCanonicalMapping).last == key)
  }

  @Test(arguments: ["louis xe", "LOUIS VIE", "Louis vie", "Marie XE", "Louis, XE", "Saint-Louis-XE"])
  func namesOfKingsConfirmNoWord(text: String) { #expect(!isOrdinal(keys(text).last)) }

  @Test func documentsAndQueriesAgree() throws {
    let index = try TestIndex([
      "ordinal": "La ville au Xe siècle, du temps de Charles Ve", "word": "Xe màu đỏ, XE và nhà ở Hà Nội",
      "vie": "LA VIE EN ROSE", "century": "Au XIXe siècle",
    ])
    #expect(try index.keys("10e") == ["ordinal"])
    #expect(try index.keys(parsing: "\"Xe siècle\"") == ["ordinal"])
    #expect(try index.keys(parsing: "\"10e siecle\"") == ["ordinal"])
    #expect(try index.keys(parsing: "\"charles 5e\"") == ["ordinal"])
    #expect(try index.keys("xe") == ["word"])
    #expect(try index.keys("vie") == ["vie"])
    #expect(try index.keys("6e").isEmpty)
    #expect(try index.keys(parsing: "\"xixe siecle\"") == ["century"])
  }
}
