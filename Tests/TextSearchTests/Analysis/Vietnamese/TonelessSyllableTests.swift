import Testing

@testable import TextSearch

@Suite struct TonelessSyllableTests {
  @Test(arguments: ["hô", "viêt", "têt", "huê", "diên", "biên", "nguyên", "lê", "quôc", "đô"])
  func syllablesOfFrenchTexts(form: String) { #expect(TonelessSyllable.accepts(Array(form.utf8)) == (form != "đô")) }

  @Test(arguments: [
    "ho", "chi", "huế", "hòa", "thé", "fête", "rôle", "être", "bôn bô", "êtê", "", "đương", "château", "pré",
  ])
  func otherWords(form: String) { #expect(!TonelessSyllable.accepts(Array(form.utf8))) }

  @Test(arguments: [
    ("huê", "huề huế huễ huể huệ"), ("têt", "tết tệt"),
    ("diên", "điên diền điền diến điến diễn điễn diển điển diện điện"),
    ("viêt", "viết việt"),
  ])
  func spellings(form: String, spellings: String) {
    let found = TonelessSyllable.tonedSpellings(of: Array(form.utf8)).map { String(decoding: $0, as: UTF8.self) }
    #expect(found.joined(separator: " ") == spellings)
  }
}
