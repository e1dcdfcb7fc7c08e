import Foundation
import Testing

@testable import TextSearch

/// Underscores separate words: file names, segmented Vietnamese, emphasis.
@Suite struct UnderscoreTests {
  private let analyzer = TestAnalyzer()

  @Test(arguments: [
    ("rapport_annuel_2024.pdf", ["rapport", "annuel", "2024", "pdf"]), ("học_sinh", ["học", "sinh"]),
    ("Hồ_Chí_Minh", ["hồ", "chí", "minh"]), ("_italique_", ["italique"]), ("__gras__", ["gras"]),
    ("_l'été_ et __d'œuvre__", ["été", "et", "œuvre"]), ("HỌC_SINH", ["học", "sinh"]), ("a‿b＿c", ["a", "b", "c"]),
    ("snake_case_42_x", ["snake", "case", "42", "x"]), ("1_000 12_500", ["1", "000", "12", "500"]), ("___ _", []),
    ("XIXe_siècle", ["19e", "siècle"]), ("đổi_\u{301}mới", ["đổi", "mới"]),
  ])
  func thePartsAreWords(text: String, expected: [String]) {
    for text in [text, text.decomposedStringWithCanonicalMapping] {
      let tokens = analyzer.tokens(text)
      #expect(tokens.map(\.form) == expected, "\(text)")
      #expect(!tokens.contains { $0.form.contains("_") || $0.source.contains(0x5F) })
    }
  }

  @Test func namesMayBeSegmented() {
    let tokens = analyzer.tokens("Le ministre Bùi_Thanh_Sơn parle de la ville")
    #expect(tokens[2...4].allSatisfy { $0.kind == .vietnamese })
  }

  private static let bodies = [
    "file": "Le fichier rapport_annuel_2024.pdf et le mot _capital_ et __important__",
    "vi": "Tệp học_sinh.txt của thành_phố, _Đổi mới_",
  ]

  @Test(arguments: [
    ("annuel", "file"), ("capital", "file"), ("IMPORTANT", "file"), ("rapport_annuel_2024", "file"),
    ("\"rapport annuel 2024\"", "file"), ("\"rapport_annuel_2024\"", "file"), ("+rapport_annuel", "file"),
    ("le mot +_capital_", "file"), ("rapport_annu*", "file"), ("_capit*", "file"), ("học_sinh", "vi"),
    ("hoc_sinh", "vi"),
    ("\"học sinh\"", "vi"), ("\"Đổi mới\"", "vi"), ("học_si*", "vi"), ("\"thành_phố đổi mới\"", "vi"),
  ])
  func thePartsAreFound(query: String, key: String) throws {
    let index = try TestIndex(Self.bodies)
    #expect(try index.keys(parsing: query) == [key], "\(query)")
  }

  @Test func aSignStandsBeforeEmphasis() throws {
    #expect(try TestIndex(Self.bodies).keys(parsing: "rapport -_capital_").isEmpty)
  }
}
