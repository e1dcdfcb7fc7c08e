import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Words and their terms: boundaries, elision, normalisation.
@Suite struct AnalyzerTests {
  private let analyzer = TestAnalyzer()
  static let apostrophes = [
    "'", "\u{2019}", "\u{2018}", "\u{2BC}", "\u{FF07}", "`", "\u{B4}", "\u{2032}", "\u{2035}", "\u{91}", "\u{92}",
    "\u{201B}", "\u{2B9}", "\u{2BB}", "\u{2BD}", "\u{374}", "\u{A78B}", "\u{A78C}", "\u{FF40}", "\u{1FEF}", "\u{1FFD}",
  ]

  @Test(arguments: [
    "Nguyễn đã được ở Hà Nội", "Été à l'évêché d'Orléans, où naître est aïeul", "Tiếng Việt mến yêu",
    "É.N.A. et U.É. et O.É.A.",
    "aujourd'hui l'œuvre n'était", "đối ngoại nhân dân", "ểẫởữỗặ", "Ὀδυσσεύς Ёж й", "한글 각",
  ])
  func composedAndDecomposedTextHaveOneSetOfAddresses(text: String) {
    let composed = analyzer.tokens(text.precomposedStringWithCanonicalMapping)
    let decomposed = analyzer.tokens(text.decomposedStringWithCanonicalMapping)
    #expect(composed.map(\.address) == decomposed.map(\.address))
    #expect(composed.map(\.form) == decomposed.map(\.form))
    #expect(!composed.isEmpty)
  }

  @Test func diacriticsInAnyOrderMakeOneAddress() {
    var random = SeededRandom(seed: 31)
    // Marks of different combining classes: their order carries no meaning.
    let above: [UInt32] = [0x302, 0x306, 0x300, 0x301, 0x303, 0x309]
    for _ in 0..<500 {
      let word = ["d", "o", "i", "n", "a"].map { letter in
        let mark = random.pick(above)
        let marks = [mark, 0x323, 0x31B].prefix(random.integer(1...3)).shuffled(using: &random)
        return letter + String(String.UnicodeScalarView(marks.compactMap { Unicode.Scalar($0) }))
      }
      let text = "đường " + word.joined() + " việt"
      let composed = text.precomposedStringWithCanonicalMapping
      #expect(
        analyzer.tokens(text).map(\.address) == analyzer.tokens(composed).map(\.address),
        "seed 31, \(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }

  @Test(arguments: apostrophes)
  func everyApostropheElides(apostrophe: String) {
    let pairs = [
      ("l'", "eau"), ("d'", "abord"), ("qu'", "elle"), ("jusqu'", "ici"), ("presqu'", "île"), ("quelqu'", "un"),
      ("entr'", "acte"),
      ("lorsqu'", "on"), ("puisqu'", "il"), ("quoiqu'", "elle"), ("C'", "est"), ("j'", "ai"), ("m'", "a"), ("n'", "y"),
      ("S'", "il"),
      ("t'", "en"), ("L'", "Oréal"), ("l'", "homme"), ("d'", "œuvre"), ("QU'", "UN"),
    ]
    for (article, word) in pairs {
      let text = article.replacingOccurrences(of: "'", with: apostrophe) + word
      #expect(analyzer.forms(text) == [word.lowercased()], "\(text)")
    }
  }

  @Test(arguments: apostrophes)
  func wordsWithAnApostropheInThemStayWhole(apostrophe: String) {
    for word in ["aujourd'hui", "prud'homme", "prud'hommes", "Aujourd'hui", "prud'homal"] {
      let text = word.replacingOccurrences(of: "'", with: apostrophe)
      #expect(analyzer.forms(text) == [word.replacingOccurrences(of: "'", with: "").lowercased()], "\(text)")
    }
    #expect(analyzer.forms("d" + apostrophe + "aujourd" + apostrophe + "hui") == ["aujourdhui"])
  }

  @Test func otherApostrophesSeparate() {
    #expect(analyzer.forms("rock'n'roll") == ["rock", "n", "roll"])
    #expect(analyzer.forms("l'12") == ["l", "12"])
    #expect(analyzer.forms("'citation'") == ["citation"])
    #expect(analyzer.forms("don't") == ["don", "t"])
    // l' before a consonant is no elision.
    #expect(analyzer.forms("l'table") == ["l", "table"])
  }

  @Test(arguments: [
    ("O.N.U.", "ONU"), ("S.N.C.F.", "SNCF"), ("U.N.E.S.C.O.", "UNESCO"), ("É.N.A.", "ÉNA"), ("O.É.A.", "OÉA"),
  ])
  func acronymsAreOneTermWithAndWithoutStops(dotted: String, plain: String) {
    #expect(analyzer.tokens(dotted).map(\.address) == analyzer.tokens(plain).map(\.address))
    #expect(
      analyzer.tokens(dotted.decomposedStringWithCanonicalMapping).map(\.address)
        == analyzer.tokens(plain).map(\.address))
  }

  @Test func fullStopsBetweenWordsSeparate() {
    #expect(analyzer.forms("fin.Debut") == ["fin", "debut"])
    #expect(analyzer.forms("M. Dupont") == ["m", "dupont"])
    #expect(analyzer.forms("exemple.org") == ["exemple", "org"])
  }

  @Test(arguments: ["\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}"])
  func softHyphensAndZeroWidthCharactersVanish(invisible: String) throws {
    let text = "diplo\(invisible)ma\(invisible)tie"
    let tokens = analyzer.tokens(text)
    #expect(tokens.map(\.address) == analyzer.tokens("diplomatie").map(\.address))
    #expect(tokens.first?.range == 0..<text.utf8.count)
    #expect(analyzer.forms("\(invisible)mot\(invisible) \(invisible)") == ["mot"])
    #expect(analyzer.tokens("mot\(invisible)").first?.range == 0..<3)
  }

  @Test func numbers() {
    #expect(analyzer.forms("3,14 et 1.000.000") == ["3,14", "et", "1000000"])
    #expect(analyzer.forms("57-NQ/TW") == ["57", "nq", "tw"])
    #expect(analyzer.forms("1, 2") == ["1", "2"])
    #expect(analyzer.forms("19e XIXe") == ["19e", "19e"])
    for token in analyzer.tokens("en 2025, 3,14 pour 1er") where token.key.contains(where: \.isNumber) {
      #expect(token.kind == .none)
    }
  }

  @Test func scriptsWithoutSpacesAreReadLetterByLetter() {
    #expect(analyzer.forms("中文") == ["中", "文"])
    #expect(analyzer.forms("a中b") == ["a", "中", "b"])
    #expect(analyzer.tokens("中文 العربية Россия").allSatisfy { $0.kind == .none })
  }

  @Test func hyphensMakeParts() {
    #expect(analyzer.forms("vice-ministre") == ["vice", "ministre"])
    #expect(analyzer.forms("porte\u{2010}parole") == ["porte", "parole"])
    #expect(analyzer.forms("c'est-à-dire") == ["est", "à", "dire"])
  }

  @Test func textsWithoutWordsHaveNoTokens() {
    for text in ["", " ", "\n\n", "...", "'’`", "→ — •", "___", "+ # ++", "\u{301}\u{301}", "\u{AD}\u{200B}"] {
      #expect(analyzer.tokens(text).isEmpty, "\(text)")
    }
    #expect(analyzer.tokens([0xFF, 0xC3, 0xE2, 0x82]).isEmpty)
  }

  @Test(arguments: ["x", "é", "中", "đ"])
  func aVeryLongWordIsCutAndFound(letter: String) throws {
    let word = String(repeating: letter, count: 10_000 / letter.utf8.count)
    let index = try TestIndex(["long": "avant \(word) après", "other": "avant après"])
    let keys = try index.keys(word)
    #expect(keys.contains("long"))
    #expect(analyzer.tokens(word).allSatisfy { $0.form.utf8.count <= WordBuffer.limit + 8 })
  }

  @Test func theFoldingPresetPostsEverythingAsNone() {
    let folding = TestAnalyzer(.folding)
    let tokens = folding.tokens("L'été à Hà Nội, Bùi Thanh Sơn parle de đối ngoại aujourd'hui.")
    #expect(tokens.allSatisfy { $0.kind == .none })
    #expect(
      tokens.map(\.key)
        == ["l", "ete", "a", "ha", "noi", "bui", "thanh", "son", "parle", "de", "doi", "ngoai", "aujourd", "hui"])
    #expect(tokens.allSatisfy { $0.address == TermAddress(.none, key: Array($0.key.utf8)) })
  }

  @Test func fingerprintsNameTheirOptions() {
    for preset in AnalyzerOptions.Preset.allCases {
      let options = AnalyzerOptions(preset: preset)
      #expect(AnalyzerOptions(fingerprint: options.fingerprint) == options)
      #expect(AnalyzerOptions(fingerprint: options.fingerprint &+ 1 << 32) == nil)
    }
    #expect(AnalyzerOptions(fingerprint: 0) == nil)
  }
}
