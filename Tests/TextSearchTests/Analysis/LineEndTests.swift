import Foundation
import Testing

@testable import TextSearch

/// Words that are cut at the end of a line: the word, the phrase, the compound and the snippet.
@Suite struct LineEndTests {
  private let analyzer = TestAnalyzer()
  private static let lineEnds = ["\n", "\r\n", " \n", "\n  ", "\t\n\t", " \u{A0}\r\n "]

  @Test(arguments: [
    ("commis", "sion"), ("finan", "ces"), ("Viet", "nam"), ("ré", "publique"), ("cou", "leur"), ("ce", "lui"),
    ("l’hô", "pital"), ("gouverne", "ment"), ("cœ", "liaque"), ("É", "glise"), ("mai", "son"),
  ])
  func aHyphenJoins(first: String, second: String) {
    for hyphen in ["-", "\u{2010}", "\u{AC}", "\u{AD}"] {
      for lineEnd in Self.lineEnds {
        let text = "la " + first + hyphen + lineEnd + second + " du"
        let joined = analyzer.tokens("la " + first + second + " du")
        for text in [text, text.decomposedStringWithCanonicalMapping] {
          let tokens = analyzer.tokens(text)
          #expect(tokens.map(\.address) == joined.map(\.address), "\(text)")
          // The range covers both parts.
          #expect(String(decoding: tokens[1].source, as: UTF8.self).unicodeScalars.contains("\n"))
          #expect(tokens[2].source == Array("du".utf8))
        }
      }
    }
  }

  @Test(arguments: [
    ("dit-\nil", ["dit", "il"]), ("va-t-\nelle", ["va", "elle"]), ("prends-\nle", ["prends", "le"]),
    ("porte-\nparole", ["porte", "parole"]), ("Sous-\npréfet", ["sous", "préfet"]),
    ("après-\nmidi", ["après", "midi"]),
    ("rends-\nlui", ["rends", "lui"]), ("bien-\naimée", ["bien", "aimée"]), ("arc-\nen-ciel", ["arc", "en", "ciel"]),
    ("Abd-\nel-Melik", ["abd", "el", "melik"]), ("arc-en-\nciel", ["arc", "en", "ciel"]),
    ("c'est-à-\ndire", ["est", "à", "dire"]),
    ("thành-\nphố", ["thành", "phố"]),
    ("nhà-\nnước", ["nhà", "nước"]), ("Saint-\nDenis", ["saint", "denis"]), ("pages 12-\n13", ["pages", "12", "13"]),
    ("A4-\nfeuille", ["a4", "feuille"]), ("mot -\nautre", ["mot", "autre"]), ("mot-\n\nautre", ["mot", "autre"]),
    ("- un\n- deux", ["un", "deux"]), ("mot-\n- autre", ["mot", "autre"]), ("mot—\nautre", ["mot", "autre"]),
    ("a-\nt-il", ["a", "t", "il"]), ("mot-\nнет", ["mot", "нет"]), ("mot\nautre", ["mot", "autre"]),
    ("mot-\n", ["mot"]),
    ("mot\u{AD}\nAutre", ["mot", "autre"]), ("fin.-\nautre", ["fin", "autre"]), ("¬\nmot", ["mot"]),
  ])
  func anyOtherHyphenSeparates(text: String, expected: [String]) {
    for text in [text, text.decomposedStringWithCanonicalMapping] {
      #expect(analyzer.forms(text) == expected, "\(text)")
    }
  }

  @Test(arguments: [
    ("gou-\nver-\nne-\nment", ["gouvernement"]), ("jus-\nqu'à", ["à"]), ("por\u{AD}\nte-parole", ["porte", "parole"]),
    ("vice-prési-\ndent", ["vice", "président"]), ("thanh\u{AC}\nphố", ["thanhphố"]),
  ])
  func cutsMeetOtherRules(text: String, expected: [String]) { #expect(analyzer.forms(text) == expected) }

  @Test func theFoldingPresetJoinsNothing() {
    #expect(TestAnalyzer(.folding).forms("commis-\nsion") == ["commis", "sion"])
  }

  private static let text =
    "Titre\nLa commis-\nsion des finan-\nces du Viet-\nnam; la respon\u{AD}\nsabilité d'un porte-\nparole du gouver¬\nnement\n"

  @Test(arguments: [
    "commission", "COMMISSION", "finances", "vietnam", "Vietnam", "responsabilité", "responsabilite", "porte-parole",
    "porteparole", "parole", "commiss*", "gouvernement", "\"la commission des finances du Vietnam\"",
    "\"commission des finances\"", "\"la responsabilité d'un porte-parole du gouvernement\"",
    "+commission +porte-parole",
  ])
  func wordsAndPhrasesAreFound(query: String) throws {
    for text in [
      Self.text, Self.text.decomposedStringWithCanonicalMapping, Self.text.replacingOccurrences(of: "\n", with: "\r\n"),
    ] {
      #expect(try TestIndex(["d": text]).keys(parsing: query) == ["d"], "\(query)")
    }
  }

  @Test func snippetsMarkTheWholeWord() throws {
    let index = try TestIndex(["d": Self.text])
    let hit = try #require(try index.open().search("commission").hits.first)
    #expect(hit.snippet.marked(open: "[", close: "]").contains("La [commis- sion] des"))
    let compound = try #require(try index.open().search("porteparole").hits.first)
    #expect(compound.snippet.marked(open: "[", close: "]").contains("un [porte]- [parole] du"))
  }
}
