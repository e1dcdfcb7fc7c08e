import Testing

@testable import TextSearch

@Suite struct TonelessSyllableTests {
  @Test(arguments: ["hô", "viêt", "têt", "huê", "diên", "biên", "nguyên", "lê", "quôc", "đô"])
  func syllablesOfFrenchTexts(form: String) { #expect(TonelessSyllable.accepts(Array(form.utf8)) == (form != "đô")) }

  @Test(arguments: [
    "ho", "chi", "huế", "hòa", "thé", "fête", "rôle", "être", "bôn bô", "êtê", "", "đương", "château", "pré",
  ])
  func otherWords(form: String) { #expect(!TonelessSyllable.accepts(Array(form.utf8))) }

  /// What the analyzer looks at first is true of all that it asks for.
  @Test func formsWithOneCircumflexAreSeenPacked() {
    var table = FormTable()
    var word = WordBuffer()
    for onset in VietnameseSyllable.onsetTexts {
      for rhyme in VietnameseSyllable.rhymes.split(separator: " ") {
        let form = Array((onset + rhyme).utf8)
        word.clear()
        word.append(form: form, key: Folding.key(of: form))
        word.finish()
        let circumflexes = (onset + rhyme).unicodeScalars.count { "âêô".unicodeScalars.contains($0) }
        let others = (onset + rhyme).unicodeScalars.contains { "ăơưđ".unicodeScalars.contains($0) }
        let isSeen = table.hasOneCircumflex(table.intern(word).id)
        #expect(isSeen == (circumflexes == 1 && !others && form.count <= 8), "\(onset + rhyme)")
        if TonelessSyllable.accepts(form) { #expect(isSeen, "\(onset + rhyme)") }
      }
    }
  }

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
