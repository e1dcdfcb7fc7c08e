import TestSupport
import Testing

@testable import TextSearch

/// All words wanted: lists of every density against every other, over many windows, are searched as by the reference search.
@Suite struct ConjunctionSearchTests {
  /// Words by how many documents hold one of them; the last ones are in few lists of less than a block, or one.
  private static let words = [
    ("partout", 1), ("moitie", 2), ("tiers", 3), ("dixieme", 10), ("centieme", 100), ("millieme", 1000),
    ("reste", 5000), ("dân", 4), ("dan", 6), ("đối", 3), ("đôi", 5), ("đổi", 40), ("diplomate", 6), ("diplomates", 9),
  ]
  private static let count = 20_000

  /// - Parameter edges: documents that hold a word of their own, beside those of a range that hold another.
  private func documents(_ random: inout SeededRandom, edges: Set<Int>) -> [Document] {
    (0..<Self.count).map { number in
      var body = String(repeating: "et ", count: random.integer(0...12))
      for (word, share) in Self.words where random.integer(1...share) == 1 {
        body += String(repeating: word + " ", count: random.integer(0...9) == 0 ? random.integer(2...6) : 1)
      }
      if edges.contains(number) { body += "bord " }
      if (9000..<9600).contains(number) { body += "amas" }
      let key = "d" + String(100_000 + number)
      return Document(key: key, body: body, attributes: ["year": String(1990 + number % 40)])
    }
  }

  private func query(_ random: inout SeededRandom) -> String {
    let words = Self.words.map(\.0) + ["bord", "amas", "doi", "absent"]
    return (0..<random.pick([2, 2, 3, 3, 4])).map { _ in random.pick(words) }.joined(separator: " ")
  }

  private func options(_ random: inout SeededRandom) -> SearchOptions {
    var options = SearchOptions(
      limit: random.pick([0, 1, 10, 10, 10, 100, 30_000]), requiresAllWords: true, makesSnippets: false)
    options.strictness = random.pick(ReadingOptions.Strictness.allCases)
    if random.integer(0...1) == 0 { options.adjacency = .off }
    if random.integer(0...3) == 0 {
      options.filter = .range("year", from: .integer(Int64(random.integer(1995...2020))), through: nil)
    }
    return options
  }

  /// Segments of several sizes, a tenth of the documents written again.
  @Test(arguments: [AnalyzerOptions.Preset.folding, .frenchVietnamese], [1 << 20, 384 << 20])
  func hitsAndScoresAreThoseOfTheReference(preset: AnalyzerOptions.Preset, budget: Int) throws {
    var random = SeededRandom(seed: 641)
    var documents = documents(&random, edges: [0, 1023, 1024, 3071, 3072, 8191, 8192, 15_359, 15_360, 19_999])
    for _ in 0..<Self.count / 10 {
      let number = random.integer(0...Self.count - 1)
      let body = documents[random.integer(0...Self.count - 1)].fields[1].text
      documents.append(Document(key: documents[number].key, body: body))
    }
    let index = try TestIndex()
    try index.build(
      documents,
      IndexOptions(
        analyzer: AnalyzerOptions(preset: preset), storedFields: [], segmentBudget: budget,
        attributes: ["year": .integer]))
    let opened = try index.open()
    for _ in 0..<LongTests.choose(400, else: 24) {
      let (query, options) = (query(&random), options(&random))
      try ReferenceComparison.expectEqual(
        opened, .words(query), options, context: "seed 641, \(preset), budget \(budget)")
    }
  }
}
