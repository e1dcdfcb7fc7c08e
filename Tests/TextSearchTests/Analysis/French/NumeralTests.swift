import Testing

@testable import TextSearch

/// Numbers, ordinals and centuries: one key for all spellings, and no key for what only looks like one.
@Suite struct NumeralTests {
  private func keys(_ text: String) -> [String] {
    TextAnalyzer(AnalyzerOptions(frenchStemmer: .none)).tokens(of: text).map(\.key)
  }

  @Test(arguments: [
    ("XIXe siècle", "19e siècle"), ("XIXème", "19ème"), ("XIXᵉ", "19e"), ("xixe siècle", "19 ème siècle"),
    ("IIe", "2ème"), ("XIXè", "19e"), ("XIXe\u{300}", "19e"), ("20\u{A0}ème", "20e"), ("20\u{202F}e\u{300}me", "20e"),
    ("1er", "1re"), ("XIIIe Congrès", "13e Congrès"), ("Ier", "1er"), ("1ère", "1er"),
    ("Ire", "1re"), ("Ière", "1re"), ("XIXième", "19e"), ("2nde", "2nd"), ("Ve siècle", "5e siècle"),
    ("1 234 567,89", "1234567,89"), ("1\u{A0}234\u{A0}567", "1234567"), ("12\u{202F}500", "12500"),
    ("1.234.567", "1234567"),
    ("1.234,5", "1234,5"), ("12 500 km", "12500 km"), ("３，１４", "3,14"),
  ])
  func oneKey(first: String, second: String) { #expect(keys(first) == keys(second)) }

  @Test(arguments: [
    ("Vie", ["vie"]), ("vie", ["vie"]), ("De", ["de"]), ("Le", ["le"]), ("Me", ["me"]), ("Ce", ["ce"]),
    ("Mie", ["mie"]), ("Ve", ["ve"]), ("20 émeraudes", ["20", "emeraudes"]), ("20\u{A0}eme\u{301}", ["20e"]),
    ("Về", ["ve"]), ("Vệ", ["ve"]), ("Ve\u{302}\u{323}", ["ve"]), ("Vè", ["ve"]), ("LIÉ", ["lie"]),
    ("IIIIe", ["iiiie"]), ("ÍIe", ["iie"]), ("mixe", ["mixe"]),
    ("12.04.2025", ["12.04.2025"]), ("2024 500", ["2024", "500"]), ("1 2345", ["1", "2345"]),
    ("12 345km", ["12", "345km"]),
    ("12  500", ["12", "500"]), ("5 000 000 000", ["5000000000"]), ("3.14", ["3.14"]),
    ("n° 57-NQ/TW", ["n", "57", "nq", "tw"]),
    ("13 mois", ["13", "mois"]), ("12345 678", ["12345", "678"]),
  ])
  func keptAsTheyAre(text: String, expected: [String]) { #expect(keys(text) == expected) }

  @Test func romanNumeralsHaveOneSpelling() {
    for (letters, value) in [
      ("i", 1), ("iv", 4), ("ix", 9), ("xix", 19), ("xl", 40), ("mcmxcix", 1999), ("mmmcmxcix", 3999),
    ] {
      #expect(Numerals.roman(Array(letters.utf8)[...]) == value)
    }
    for letters in ["", "iiii", "vv", "ic", "iix", "xm", "a", "mmmm"] {
      #expect(Numerals.roman(Array(letters.utf8)[...]) == nil)
    }
  }

  @Test func rangesCoverTheWholeNumber() {
    let tokens = TextAnalyzer().tokens(of: "de 1 234 567,89 euros, au 13 ème mois")
    #expect(tokens.map(\.range) == [0..<2, 3..<15, 16..<21, 23..<25, 26..<33, 34..<38])
  }

  @Test(arguments: ["a-t-il", "viendra-t-elle", "parle-t-on", "A-T-ON"])
  func theEuphonicTGoes(text: String) { #expect(!keys(text).contains("t")) }

  @Test(arguments: ["t", "le t-shirt", "a-t-ilot", "T-elle"])
  func anyOtherTStays(text: String) { #expect(keys(text).contains("t")) }

  @Test func theFoldingPresetLeavesNumbersAlone() {
    let analyzer = TextAnalyzer(AnalyzerOptions(preset: .folding))
    #expect(analyzer.tokens(of: "XIXe 12 500 a-t-il").map(\.key) == ["xixe", "12", "500", "a", "t", "il"])
  }
}
