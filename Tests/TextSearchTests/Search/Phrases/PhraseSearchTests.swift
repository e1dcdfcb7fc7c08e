import TestSupport
import Testing

@testable import TextSearch

/// The search for one phrase is bit-identical with the reference search.
@Suite struct PhraseSearchTests {
  private static let extra = ["rare", "eau", "eaux", "port", "ports", "week-end", "weekend", "công hòa"]
  private static let words = RandomDocuments.words + extra

  private func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    RandomDocuments.documents(count, extra: Self.extra, rarity: 20, &random)
  }

  /// Two to four words; now and then one stands twice.
  private func phrase(_ random: inout SeededRandom) -> String {
    var words = (0..<random.integer(2...4)).map { _ in random.pick(Self.words) }
    if random.integer(0...3) == 0 { words[words.count - 1] = words[0] }
    return words.joined(separator: " ")
  }

  private func options(_ random: inout SeededRandom) -> SearchOptions {
    var options = SearchOptions(limit: random.pick([0, 1, 10, 10, 1000]), makesSnippets: false)
    options.strictness = random.pick(ReadingOptions.Strictness.allCases)
    if random.integer(0...4) == 0 { options.weights.inflection = random.pick([0, 1]) }
    if random.integer(0...4) == 0 { options.ranking = BM25(k1: random.pick([0, 0.5, 2]), b: random.pick([0, 1])) }
    if random.integer(0...4) == 0 { options.filter = .range("year", from: nil, through: .integer(2010)) }
    return options
  }

  private func queries(_ random: inout SeededRandom) -> Query {
    random.integer(0...5) == 0 ? .exact(phrase(&random)) : .phrase(phrase(&random))
  }

  /// Compares `count` random phrases with the reference search; returns how many of them find anything.
  private func found(
    _ count: Int, in index: SearchIndex, _ random: inout SeededRandom, _ comment: String
  ) throws -> Int {
    var found = 0
    for _ in 0..<count {
      let query = queries(&random)
      if try ReferenceComparison.expectEqual(index, query, options(&random), context: comment, mayBeEmpty: true) > 0 {
        found += 1
      }
    }
    return found
  }

  @Test(arguments: [UInt64(761), 762, 763, 764])
  func hitsAndScoresAreThoseOfTheReference(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try RandomDocuments.buildReplaced(documents(random.pick([100, 700, 2500]), &random), in: index, &random)
    #expect(try found(150, in: index.open(), &random, "seed \(seed)") > 10)
  }

  @Test(arguments: [UInt64(765), 766])
  func foldingIndexesToo(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try index.build(
      documents(1500, &random),
      IndexOptions(
        analyzer: AnalyzerOptions(preset: .folding), segmentBudget: random.pick([1 << 18, 384 << 20]),
        attributes: ["year": .integer]))
    #expect(try found(200, in: index.open(), &random, "seed \(seed)") > 60)
  }

  /// Documents longer than what is looked at at once, and lists of many blocks.
  @Test func longDocuments() throws {
    var random = SeededRandom(seed: 767)
    let index = try TestIndex()
    let writer = try IndexWriter(
      index.path, options: IndexOptions(analyzer: AnalyzerOptions(preset: .folding), storedFields: []))
    for number in 0..<600 {
      var body = ""
      for _ in 0..<(number % 50 == 0 ? 12_000 : random.integer(1...60)) {
        body += random.pick(["un", "deux", "trois", "un", "un", "mot\(random.integer(0...900))"]) + " "
      }
      try writer.add(Document(key: String(number), body: body))
    }
    try writer.commit()
    let opened = try index.open()
    for query in ["un deux", "deux un", "un un", "un deux un", "trois mot5", "mot7 un un", "un un un un", "mot3 mot4"] {
      for limit in [0, 1, 10, 1000] {
        try ReferenceComparison.expectEqual(
          opened, .phrase(query), SearchOptions(limit: limit, makesSnippets: false), context: "seed 767")
      }
    }
  }
}
