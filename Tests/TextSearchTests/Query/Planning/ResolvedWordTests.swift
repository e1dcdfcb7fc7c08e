import TestSupport
import Testing

@testable import TextSearch

/// Frequencies and weights of a query's words.
@Suite struct ResolvedWordTests {
  private func statistics(_ index: TestIndex) throws -> QueryStatistics {
    QueryStatistics(try index.segmentNames().map { try Segment(index.path + "/" + $0) })
  }

  private func resolve(_ query: String, _ index: TestIndex) throws -> [ResolvedWord] {
    try ResolvedWord.resolve(
      try TestAnalyzer().query(query, ReadingOptions(stopWords: .keep)), statistics(index), AgreementWeights())
  }

  private func idf(_ documents: UInt64, _ frequency: UInt64) -> Float {
    Float(ResolvedWord.idf(documents: documents, frequency: frequency))
  }

  @Test func frequenciesAreCountedByLanguage() throws {
    let index = try TestIndex([
      "a": "la diplomatie de la ville", "b": "les diplomates de la ville", "c": "đối ngoại của nhân dân",
      "d": "đội bóng của nhân dân", "e": "quốc gia của nhân dân",
    ])
    let words = try resolve("diplomatie doi của absent", index)
    #expect(words[0].counts == [0, 2, 0])
    #expect(words[0].idf == idf(2, 2))
    #expect(words[2].counts == [0, 0, 3])
    #expect(words[3].counts == [0, 0, 0] && words[3].idf == 0)
    #expect(try resolve("doi", index)[0].counts == [0, 0, 2])
    #expect(try resolve("doi", index)[0].idf == idf(3, 2))
    #expect(try resolve("đối", index)[0].counts == [0, 0, 1])
  }

  @Test func theMinimumIdfOfTheLanguagesIsTaken() throws {
    // "la" is common in French and rare in Vietnamese.
    var texts: [String: String] = [:]
    for number in 0..<20 { texts["f\(number)"] = "la ville et la région de la mer" }
    for number in 0..<20 { texts["v\(number)"] = "nhân dân đã thông qua nghị quyết" + (number == 0 ? " lá cờ" : "") }
    let words = try resolve("la", try TestIndex(texts))
    #expect(words[0].counts == [0, 20, 1])
    #expect(words[0].idf == idf(20, 20))
  }

  @Test func frequenciesNeverPassTheDocumentsOfTheirLanguage() throws {
    for texts in [
      ["a": "Le thé"], ["a": "La diplomatie\nHội nghị đối ngoại nhân dân"], ["a": "đối", "b": "doi", "c": "le"],
    ] {
      let index = try TestIndex(texts)
      let collection = try statistics(index).collection
      for word in try resolve("doi thé đối la diplomatie 2025", index) {
        for language in Language.allCases {
          #expect(word.frequencies[language] <= collection[language].documents)
        }
        #expect(word.idf >= 0 && word.idf.isFinite)
      }
    }
  }

  @Test func allSpellingsAreCountedOncePerDocument() throws {
    let index = try TestIndex()
    let texts = ["đối đội đôi của nhân dân", "đối của nhân dân", "đội của nhân dân", "nghị quyết của nhân dân"]
    let documents = texts.enumerated().map { Document(key: "\($0.offset)", body: $0.element) }
    for budget in [384 << 20, 0] {
      try index.build(documents, IndexOptions(memoryBudget: budget))
      #expect(try resolve("doi", index)[0].counts == [0, 0, 3])
    }
  }

  /// A form is compared with a key without folding all of it.
  @Test func formsFoldToKeys() {
    var random = SeededRandom(seed: 236)
    let letters = ["a", "b", "e", "é", "ê", "œ", "o", "ç", "c", "ß", "s"]
    var agreements = 0
    for _ in 0..<20_000 {
      let form = Array((0..<random.integer(0...5)).map { _ in random.pick(letters) }.joined().utf8)
      var key = Folding.key(of: form)
      switch random.integer(0...3) {
      case 0 where !key.isEmpty: key[random.integer(0...key.count - 1)] = UInt8(ascii: "e")
      case 1 where !key.isEmpty: key.remove(at: random.integer(0...key.count - 1))
      case 2: key.insert(UInt8(ascii: "s"), at: random.integer(0...key.count))
      default: break
      }
      let agrees = Folding.key(of: form) == key
      #expect(SelectedList.folds(form.span, to: key) == agrees, "\(String(decoding: form, as: UTF8.self))")
      agreements += agrees ? 1 : 0
    }
    #expect(agreements > 5000 && agreements < 19_000)
  }
}

extension ResolvedWord {
  /// Documents of no language, French and Vietnamese ones.
  fileprivate var counts: [UInt64] { Language.allCases.map { frequencies[$0] } }
}
