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
    Float(ResolvedWord.idf(documents: Double(documents), frequency: Double(frequency)))
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

  // MARK: Languages that hardly are those of the collection

  private static let vietnamese = "nhân dân đã thông qua nghị quyết về kinh tế và xã hội"

  @Test func strayRunsMakeNoCollection() throws {
    // Five documents of a hundred hold a line of French: its words are as rare as they are among all.
    var texts: [String: String] = [:]
    for number in 0..<100 {
      texts["v\(number)"] = Self.vietnamese + (number < 5 ? "\nles archives de la bibliothèque nationale" : "")
      if number < 3 { texts["v\(number)"]? += "\n2019" }
    }
    let index = try TestIndex(texts)
    let collection = try statistics(index).collection
    #expect(collection[.french].documents == 5 && collection.share(of: .french) == 0)
    #expect(try resolve("bibliothèque", index)[0].idf == idf(100, 5))
    #expect(try resolve("2019", index)[0].idf == idf(100, 3))
    #expect(try resolve("nghị", index)[0].idf == idf(100, 100))
  }

  @Test func theShareOfALanguageHasNoStep() throws {
    var statistics = CollectionStatistics()
    var shares: [Double] = []
    for _ in 0..<1000 { statistics.add([0, 0, 9]) }
    for _ in 0..<200 {
      statistics.add([0, 9, 0])
      shares.append(statistics.share(of: .french))
      let population = statistics.population(of: .french)
      #expect(population <= Double(statistics.documents) && population >= Double(statistics[.french].documents))
    }
    #expect(shares[50] == 0 && shares[199] == 1 && shares == shares.sorted())
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $1 - $0 < 0.03 })
    #expect(CollectionStatistics().share(of: .french) == 0 && CollectionStatistics().population(of: .french) == 0)
  }

  @Test func wordsOnPagesOfAnotherLanguageStayAsRareAsTheyAre() throws {
    // Of French documents one in twenty holds the name, of Vietnamese ones nearly all, as text of no language.
    var (french, both): ([String: String], [String: String]) = ([:], [:])
    for number in 0..<60 {
      let name = number < 3 ? " et windows dans une fenêtre" : " et autre chose dans une fenêtre"
      french["f\(number)"] = "la diplomatie de la ville est populaire" + name
      both["v\(number)"] = Self.vietnamese + (number < 50 ? " windows" : "")
    }
    both.merge(french) { $1 }
    let alone = try resolve("windows", try TestIndex(french))[0]
    let mixed = try resolve("windows", try TestIndex(both))[0]
    #expect(mixed.frequencies[.none] == 50 && mixed.frequencies[.french] == 3 && alone.frequencies[.none] == 0)
    #expect(alone.idf - mixed.idf <= 1 && mixed.idf > idf(120, 50))
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
      try index.build(documents, IndexOptions(segmentBudget: budget))
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
