import TestSupport
import Testing

@testable import TextSearch

/// Frequencies and weights of a query's words.
@Suite struct QueryPlanTests {
  private func plan(_ query: String, _ index: TestIndex) throws -> QueryPlan {
    let segments = try index.segmentNames().map { try Segment(index.path + "/" + $0) }
    return try QueryPlan(
      try TestAnalyzer().query(query, ReadingOptions(stopWords: .keep)), QueryStatistics(segments),
      AgreementWeights())
  }

  private func idf(_ documents: UInt64, _ frequency: UInt64) -> Float {
    Float(CollectionStatistics.idf(documents: documents, frequency: frequency))
  }

  @Test func frequenciesAreCountedByLanguage() throws {
    let index = try TestIndex([
      "a": "la diplomatie de la ville", "b": "les diplomates de la ville", "c": "đối ngoại của nhân dân",
      "d": "đội bóng của nhân dân", "e": "quốc gia của nhân dân",
    ])
    let clauses = try plan("diplomatie doi của absent", index).clauses
    #expect(clauses[0].counts == [0, 2, 0])
    #expect(clauses[0].weight == idf(2, 2))
    #expect(clauses[2].counts == [0, 0, 3])
    #expect(clauses[3].counts == [0, 0, 0] && clauses[3].weight == 0)
    #expect(try plan("doi", index).clauses[0].counts == [0, 0, 2])
    #expect(try plan("doi", index).clauses[0].weight == idf(3, 2))
    #expect(try plan("đối", index).clauses[0].counts == [0, 0, 1])
  }

  @Test func theLeastWeightOfTheLanguagesCounts() throws {
    // "la" is common in French and rare in Vietnamese.
    var texts: [String: String] = [:]
    for number in 0..<20 { texts["f\(number)"] = "la ville et la région de la mer" }
    for number in 0..<20 { texts["v\(number)"] = "nhân dân đã thông qua nghị quyết" + (number == 0 ? " lá cờ" : "") }
    let clauses = try plan("la", try TestIndex(texts)).clauses
    #expect(clauses[0].counts == [0, 20, 1])
    #expect(clauses[0].weight == idf(20, 20))
  }

  @Test func frequenciesNeverPassTheDocumentsOfTheirLanguage() throws {
    for texts in [
      ["a": "Le thé"], ["a": "La diplomatie\nHội nghị đối ngoại nhân dân"], ["a": "đối", "b": "doi", "c": "le"],
    ] {
      let plan = try plan("doi thé đối la diplomatie 2025", try TestIndex(texts))
      for clause in plan.clauses {
        for language in Language.allCases {
          #expect(clause.frequencies[language] <= plan.statistics[language].documents)
        }
        #expect(clause.weight >= 0 && clause.weight.isFinite)
      }
    }
  }

  @Test func allSpellingsAreCountedOncePerDocument() throws {
    let index = try TestIndex()
    let texts = ["đối đội đôi của nhân dân", "đối của nhân dân", "đội của nhân dân", "nghị quyết của nhân dân"]
    let documents = texts.enumerated().map { Document(key: "\($0.offset)", body: $0.element) }
    for budget in [384 << 20, 0] {
      try index.build(documents, IndexOptions(memoryBudget: budget))
      #expect(try plan("doi", index).clauses[0].counts == [0, 0, 3])
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
      #expect(Segment.folds(form.span, to: key) == agrees, "\(String(decoding: form, as: UTF8.self))")
      agreements += agrees ? 1 : 0
    }
    #expect(agreements > 5000 && agreements < 19_000)
  }
}

extension QueryPlan.Clause {
  /// Documents of no language, French and Vietnamese ones.
  fileprivate var counts: [UInt64] { Language.allCases.map { frequencies[$0] } }
}
