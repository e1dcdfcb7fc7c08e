import Foundation
import Testing

@testable import TextSearch

/// Words that are signs: emoji, currency signs, §, and C++ and C#.
@Suite struct SignTests {
  private let analyzer = TextAnalyzer()

  private func forms(_ text: String) -> [String] { analyzer.tokens(of: text).map(\.form) }

  @Test(arguments: [
    ("Joyeux 🎉 Noël", ["joyeux", "🎉", "noël"]), ("100 €", ["100", "€"]), ("100€", ["100", "€"]),
    ("€100", ["€", "100"]),
    ("§ 3", ["§", "3"]), ("❤️", ["❤"]), ("👍🏽", ["👍"]), ("👨‍👩‍👧", ["👨", "👩", "👧"]), ("🇫🇷🇻🇳", ["🇫🇷", "🇻🇳"]), ("🇫", ["🇫"]),
    ("🎉🎉", ["🎉", "🎉"]), ("50 000 ₫", ["50000", "₫"]), ("C++", ["c++"]), ("c++17", ["c++", "17"]), ("C#", ["c#"]),
    ("C＋＋", ["c++"]), ("F#, J#", ["f#", "j#"]), ("C#8.0", ["c#", "8.0"]), ("C++/C#", ["c++", "c#"]), ("C+", ["c"]),
    ("C#a", ["c", "a"]), ("a + b", ["a", "b"]), ("#C", ["c"]), ("Canal+", ["canal"]), ("Notepad++", ["notepad"]),
    ("C", ["c"]), (".NET", ["net"]), ("→ • ° × ™ ■", []), ("©2024", ["©", "2024"]), ("l'€uro", ["l", "€", "uro"]),
    ("+", []), ("#", []), ("++", []), ("C+\u{301}+", ["c"]),
  ])
  func tokens(text: String, expected: [String]) {
    #expect(forms(text) == expected)
    #expect(forms("\n" + text + "\n") == expected)
  }

  @Test func aSignHasThePositionOfItsWord() {
    let tokens = analyzer.tokens(of: "🎉 Joyeux Noël 🎊. ✨ Fin 5 €")
    #expect(tokens.map(\.position) == [0, 0, 1, 1, 2, 2, 3, 3])
    let bytes = Array("🎉 Joyeux Noël 🎊. ✨ Fin 5 €".utf8)
    #expect(
      tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == ["🎉", "Joyeux", "Noël", "🎊", "✨", "Fin", "5", "€"])
  }

  static let texts = [
    ("🎉", "Joyeux 🎉 Noël à tous"), ("🎉", "🎉"), ("🎉", "Chúc mừng năm mới 🎉🎉🎉"), ("❤️", "je t'❤ fort"), ("❤", "je t'❤️"),
    ("👍", "bravo 👍🏽"), ("👍🏽", "bravo 👍"), ("👩", "👨‍👩‍👧 en famille"), ("🇻🇳", "Việt Nam 🇻🇳"), ("€", "prix : 100€"),
    ("§", "article § 3 du code"), ("₫", "giá 50.000₫ một ngày"), ("$", "US$ 5"), ("C++", "le langage C++ est rapide"),
    ("c++", "ngôn ngữ C++."), ("C++", "c++17"), ("C#", "Langages : C#, F#"), ("c#", "viết bằng C#"), ("F#", "C#/F#"),
    ("©", "© 2024 TextSearch"),
  ]

  @Test(arguments: texts) func signsAreFound(sign: String, text: String) throws {
    let index = try TestIndex(["d": text, "other": "une page sans rien, C, không có gì"])
    for query in [sign, "+" + sign, "\"\(sign)\"", "body:" + sign, "(\(sign))", "\(sign)^2", "=\(sign)"] {
      #expect(try index.keys(parsing: query) == ["d"], "\(query)")
    }
    #expect(try index.keys(parsing: "* -" + sign) == ["other"])
    #expect(try index.keys(sign) == ["d"])
    let marked = try index.open().search(sign).hits.first?.snippet.pieces.filter(\.isMatch).map(\.text)
    #expect(marked?.isEmpty == false && marked?.allSatisfy { $0.count <= 3 } == true, "\(marked ?? [])")
  }

  @Test func namesWithSignsAreNotTheirLetters() throws {
    let index = try TestIndex(["plain": "Le langage C est ancien", "plus": "Le langage C++", "sharp": "Le langage C#"])
    for (query, found) in [("C", "plain"), ("C++", "plus"), ("C#", "sharp"), ("\"langage C\"", "plain")] {
      #expect(try index.keys(parsing: query) == [found], "\(query)")
    }
    #expect(try index.keys(parsing: "\"langage C++\"") == ["plus"])
    #expect(Set(try index.keys(parsing: "C++ C#")) == ["plus", "sharp"])
  }

  @Test(arguments: [
    ("le prix 5 € par mois", ["prix 5 €", "prix 5", "5 par mois", "5 € par mois", "prix 5€ par"]),
    ("l'article § 3 du code", ["article § 3", "article 3", "3 du code", "§ 3 du"]),
    ("Joyeux 🎉 Noël", ["joyeux Noël", "joyeux 🎉 noël", "🎉 noël"]),
    ("đổi mới 🎉 sáng tạo", ["mới sáng tạo", "mới 🎉 sáng"]),
    ("coûte 100 €", ["coûte 100€", "coûte 100 €", "coûte 100"]),
  ])
  func phrasesHold(text: String, phrases: [String]) throws {
    let index = try TestIndex(["d": text])
    for phrase in phrases { #expect(try index.keys(parsing: "\"\(phrase)\"") == ["d"], "\(phrase)") }
  }

  @Test func signsAreRequiredWithAllWordsButNotInPhrases() throws {
    let index = try TestIndex(["euro": "prix 5 €", "plain": "prix 5", "both": "€ § 5"])
    #expect(Set(try index.keys("5 €", SearchOptions(requiresAllWords: true))) == ["euro", "both"])
    #expect(Set(try index.keys(parsing: "\"prix 5 €\"")) == ["euro", "plain"])
    #expect(try index.keys(parsing: "\"€ §\"") == ["both"])
  }

  @Test func snippetsMarkSignsAndPhrasesAcrossThem() throws {
    let index = try TestIndex(["d": "Le prix 5 € par mois, je t'❤️ 👨‍👩‍👧, en C++17"]).open()
    for (query, marked) in [
      ("€", "5 [€] par"), ("\"5 par mois\"", "[5] € [par] [mois]"), ("❤️", "t'[❤]\u{FE0F}"),
      ("👩", "👨\u{200D}[👩]\u{200D}"),
      ("C++", "[C++]17"),
    ] {
      let snippet = try index.search(index.parse(query), SearchOptions()).hits.first?.snippet.marked(
        open: "[", close: "]")
      #expect(snippet?.contains(marked) == true, "\(query): \(snippet ?? "nothing")")
    }
  }

  @Test func signsAreOfNoLanguageAndDoNotCountAsWords() throws {
    let plain = try TestIndex(["d": "le prix 5 par mois"]).open().statistics.length
    let signed = try TestIndex(["d": "le € prix 5 € par mois §"]).open().statistics.length
    #expect(plain == signed)
    #expect(analyzer.tokens(of: "le prix 5 €").last?.language == Language.none)
  }

  @Test func thePresetThatFoldsHasNoSigns() throws {
    var options = IndexOptions()
    options.analyzer = AnalyzerOptions(preset: .folding)
    let index = try TestIndex(["d": "le langage C++ à 5 €"], options)
    #expect(try index.keys("C") == ["d"] && index.keys("C++") == ["d"])
    #expect(throws: SearchError.emptyQuery) { try index.keys("€") }
  }

  @Test func synonymsMayBeSigns() throws {
    let index = try TestIndex(["d": "prix 5 €", "other": "rien"])
    var options = SearchOptions()
    options.reading.synonyms = try Synonyms("euro, €", options: index.open().options)
    #expect(try index.keys("euro", options) == ["d"])
  }
}
