import TestSupport
import Testing

@testable import TextSearch

/// Sums and averages of a collection.
@Suite struct CollectionStatisticsTests {
  private func random(_ count: Int, _ random: inout SeededRandom) -> [[Int]] {
    (0..<count).map { _ in (0..<3).map { _ in random.integer(0...3) == 0 ? 0 : random.integer(0...50) } }
  }

  private func statistics(_ documents: [[Int]]) -> CollectionStatistics {
    var statistics = CollectionStatistics()
    for tokens in documents { statistics.add(tokens) }
    return statistics
  }

  @Test func countsDocumentsAndTokensByLanguage() {
    // Tokens of none, French, Vietnamese.
    let found = statistics([[0, 10, 0], [2, 3, 8], [5, 0, 0], [0, 0, 0]])
    #expect(found.documents == 4 && found.length == 28)
    #expect(found[.french].documents == 2 && found[.french].mainDocuments == 1 && found[.french].mainLength == 10)
    #expect(found[.vietnamese].documents == 1 && found[.vietnamese].mainDocuments == 1)
    #expect(found[.vietnamese].mainLength == 13)
    #expect(found[.none].documents == 2 && found[.none].mainDocuments == 1 && found[.none].mainLength == 5)
  }

  @Test(arguments: [
    ([4, 4, 4], Language.french), ([4, 4, 0], .french), ([4, 0, 4], .vietnamese), ([0, 4, 4], .french),
    ([5, 4, 4], .none),
    ([4, 4, 5], .vietnamese), ([1, 0, 0], .none),
  ])
  func tiesGoToFrenchThenVietnameseThenNone(tokens: [Int], main: Language) {
    let found = statistics([tokens])
    for language in Language.allCases { #expect(found[language].mainDocuments == (language == main ? 1 : 0)) }
  }

  @Test func statisticsOfPartsAddUp() {
    var generator = SeededRandom(seed: 411)
    for _ in 0..<100 {
      let (a, b) = (random(generator.integer(0...20), &generator), random(generator.integer(0...20), &generator))
      var sum = statistics(a)
      sum += statistics(b)
      #expect(sum == statistics(a + b), "seed 411")
      #expect(sum == statistics(b + a), "seed 411")
    }
  }

  @Test func averagesFallBackToTheCollection() {
    let found = statistics([[0, 10, 0], [0, 20, 0]])
    #expect(found.averageLength(.french) == 15)
    #expect(found.averageLength(.vietnamese) == 15)
    #expect(CollectionStatistics().averageLength(.french) == 1)
    #expect(statistics([[0, 0, 0]]).averageLength(.none) == 1)
  }

  @Test func makesTheRoundTrip() throws {
    var generator = SeededRandom(seed: 412)
    let original = statistics(random(50, &generator))
    var writer = ByteWriter()
    original.write(to: &writer)
    var reader = ByteReader(try MappedBytes.region(writer))
    #expect(try CollectionStatistics(&reader) == original)
    #expect(reader.isAtEnd)
  }

  @Test func contradictionsAreErrors() throws {
    var generator = SeededRandom(seed: 413)
    let original = statistics(random(50, &generator))
    let changes: [(inout CollectionStatistics) -> Void] = [
      { $0.documents = UInt64(UInt32.max) + 1 }, { $0.length = .max }, { $0[.french].documents = 51 },
      { $0[.vietnamese].mainDocuments = 51 }, { $0[.none].mainLength = $0.length + 1 },
      // As many segments as an index may have must not overflow a sum.
      { $0.length = .max / UInt64(1 << 20) + 1 },
    ]
    for (number, change) in changes.enumerated() {
      var damaged = original
      change(&damaged)
      var writer = ByteWriter()
      damaged.write(to: &writer)
      let region = try MappedBytes.region(writer)
      #expect(throws: SearchError.self, "change \(number)") {
        var reader = ByteReader(region)
        _ = try CollectionStatistics(&reader)
      }
    }
  }
}
