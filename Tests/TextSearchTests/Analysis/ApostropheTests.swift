import Foundation
import Testing

@testable import TextSearch

/// Apostrophes of every kind, with a space or an invisible character after them: the word and the phrase are found.
@Suite struct ApostropheTests {
  private let analyzer = TestAnalyzer()
  /// What may stand between an apostrophe and its word.
  private static let gaps = [
    "", " ", "\u{A0}", "\u{202F}", "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{200E}",
    "\u{200B} ", " \u{FEFF}", "\u{FEFF}\u{200B}",
  ]

  @Test(arguments: AnalyzerTests.apostrophes)
  func theArticleTakesNoPosition(apostrophe: String) {
    for gap in Self.gaps {
      let text =
        "à l\(apostrophe)\(gap)hôpital d\(apostrophe)\(gap)Évry, aujourd\(apostrophe)\(gap)hui, jusqu\(apostrophe)\(gap)ici"
      for text in [text, text.decomposedStringWithCanonicalMapping] {
        let tokens = analyzer.tokens(text)
        #expect(tokens.map(\.form) == ["à", "hôpital", "évry", "aujourdhui", "ici"], "\(text)")
        #expect(tokens[1].source.first == 0x68)
      }
      let capitals = "L\(apostrophe)\(gap)HÔPITAL, QU\(apostrophe)\(gap)IL"
      #expect(analyzer.forms(capitals) == ["hôpital", "il"], "\(capitals)")
    }
  }

  @Test(arguments: AnalyzerTests.apostrophes)
  func wordsAndPhrasesAreFound(apostrophe: String) throws {
    for gap in ["", " ", "\u{200B}", "\u{FEFF}"] {
      let text = "Il va à l\(apostrophe)\(gap)hôpital de Huế aujourd\(apostrophe)\(gap)hui"
      let index = try TestIndex(["d": text])
      for query in [
        "hôpital", "hopital", "l'hôpital", "hôpi*", "aujourd'hui", "\"à l'hôpital de Huế\"", "\"va à l’hôpital\"",
      ] {
        #expect(try index.keys(parsing: query) == ["d"], "\(text): \(query)")
      }
      let own = try TestIndex(["d": "Il va à l'hôpital de Huế"])
      #expect(try own.keys(parsing: "\"à l\(apostrophe)\(gap)hôpital\"") == ["d"])
      #expect(try own.keys(parsing: "l\(apostrophe)\(gap)hôpital") == ["d"])
      #expect(try own.keys(parsing: "l\(apostrophe)hôpi*") == ["d"])
    }
  }

  @Test(arguments: [
    ("les lettres 'd' et 'l' ici", ["les", "lettres", "d", "et", "l", "ici"]), ("‘c’ est", ["c", "est"]),
    ("l'  eau", ["l", "eau"]), ("l' table", ["l", "table"]), ("l'\nhôpital", ["l", "hôpital"]),
    ("rock 'n' all", ["rock", "n", "all"]), ("5\u{2032} environ", ["5", "environ"]), ("d'", ["d"]), ("qu' ", ["qu"]),
    ("dogs' own", ["dogs", "own"]), ("l'\u{200B}", ["l"]), ("Hawai\u{2BB}i", ["hawai", "i"]),
  ])
  func anythingElseStays(text: String, expected: [String]) { #expect(analyzer.forms(text) == expected) }
}
