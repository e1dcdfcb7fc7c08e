import TestSupport
import Testing

@testable import TextSearch

/// The fast search of query trees is bit-identical with the reference search.
@Suite struct TreeSearchTests {
  private static let extra = [
    "rare", "eau", "eaux", "port", "ports", "porte", "dân chủ", "công hòa", "week-end", "weekend", "diplomate",
    "populaires",
  ]
  private static let words = RandomDocuments.words + extra

  private func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    RandomDocuments.documents(count, extra: Self.extra, rarity: 30, &random)
  }

  private func text(_ random: inout SeededRandom, maximum: Int) -> String {
    (0..<random.integer(1...maximum)).map { _ in random.pick(Self.words) }.joined(separator: " ")
  }

  /// A prefix of a word.
  private func prefix(_ random: inout SeededRandom) -> String {
    let word = random.pick(Self.words)
    return String(word.prefix(random.integer(1...max(1, word.count))))
  }

  private func leaf(_ random: inout SeededRandom) -> Query {
    switch random.integer(0...9) {
    case 0, 1: return .words(text(&random, maximum: 1))
    case 2, 3: return .words(text(&random, maximum: 4), requiresAll: random.integer(0...3) == 0)
    case 4: return .phrase(text(&random, maximum: 3), slop: random.pick([0, 0, 1, 2, 5, 99]))
    case 5: return .exact(text(&random, maximum: random.pick([1, 1, 2])))
    case 6: return .prefix(prefix(&random))
    case 7:
      return .wildcard(prefix(&random) + random.pick(["*", "?", "?*", "*n*"]) + random.pick(["", "e", "s", "i"]))
    case 8: return .fuzzy(random.pick(Self.words), distance: random.integer(1...2))
    default:
      return random.integer(0...3) == 0
        ? .everything : .filter(.range("year", from: .integer(Int64(random.integer(1985...2020))), through: nil))
    }
  }

  private func tree(_ random: inout SeededRandom, depth: Int) -> Query {
    switch random.integer(0...(depth == 0 ? 3 : 9)) {
    case 0...3: return leaf(&random)
    case 4: return .boost(tree(&random, depth: depth - 1), random.pick([0, 0.5, 2, 10]))
    case 5: return .field(random.pick(["title", "body"]), tree(&random, depth: depth - 1))
    default:
      let parts = (0..<random.integer(1...4)).map { _ in
        Query.Part(random.pick([.must, .should, .should, .should, .mustNot]), tree(&random, depth: depth - 1))
      }
      return .group(parts, minimum: random.integer(0...4) == 0 ? random.integer(0...3) : nil)
    }
  }

  private func options(_ random: inout SeededRandom) -> SearchOptions {
    var options = SearchOptions(
      limit: random.pick([0, 1, 3, 10, 10, 10, 100, 10_000]), requiresAllWords: random.integer(0...4) == 0,
      makesSnippets: false)
    options.strictness = random.pick(ReadingOptions.Strictness.allCases)
    options.stopWords = random.pick(ReadingOptions.StopWordUse.allCases)
    if random.integer(0...3) == 0 { options.adjacency = .off }
    if random.integer(0...2) == 0 { options.expansionScore = .constant }
    if random.integer(0...5) == 0 { options.weights.inflection = random.pick([0, 1]) }
    if random.integer(0...9) == 0 { options.weights.frenchStopWord = 0 }
    if random.integer(0...4) == 0 { options.ranking = BM25(k1: random.pick([0, 0.5, 2]), b: random.pick([0, 1])) }
    if random.integer(0...5) == 0 { options.filter = .range("year", from: nil, through: .integer(2010)) }
    if random.integer(0...4) == 0 { options.offset = random.pick([1, 5, 50]) }
    if random.integer(0...2) == 0 {
      options.ranking.fieldWeights = ["title": random.pick([0, 0.5, 2, 10]), "body": random.pick([0.3, 1, 1, 3])]
    }
    return options
  }

  /// A tree, or words alone.
  private func query(_ random: inout SeededRandom) -> Query {
    random.integer(0...7) == 0
      ? .words(text(&random, maximum: 6), requiresAll: random.integer(0...2) == 0) : tree(&random, depth: 3)
  }

  /// 2,000 cases, or 20,000.
  @Test(arguments: UInt64(711)..<731)
  func hitsAndScoresAreThoseOfTheReference(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    // Few have many documents: cases count more than sizes, and windows are of 256 at least.
    let documents = documents(random.pick([3, 40, 40, 120, 120, 300]), &random)
    try RandomDocuments.buildReplaced(documents, in: index, &random)
    let opened = try index.open()
    var withHits = 0
    let cases = LongTests.choose(1000, else: 100)
    for number in 0..<cases {
      let (query, options) = (query(&random), options(&random))
      let what = "seed \(seed), case \(number)"
      if try ReferenceComparison.expectEqual(opened, query, options, context: what, mayBeEmpty: true) > 0 {
        withHits += 1
      }
      if number % 8 == 0 { try ReferenceComparison.expectSorted(opened, query, options, context: what) }
    }
    #expect(withHits > cases / 5)
  }

  @Test func foldingIndexesToo() throws {
    var random = SeededRandom(seed: 721)
    let index = try TestIndex()
    try index.build(
      documents(600, &random),
      IndexOptions(analyzer: AnalyzerOptions(preset: .folding), attributes: ["year": .integer]))
    let opened = try index.open()
    for _ in 0..<150 {
      try ReferenceComparison.expectEqual(
        opened, tree(&random, depth: 3), options(&random), context: "seed 721", mayBeEmpty: true)
    }
  }

  @Test func wordsInATreeScoreAsWordsAlone() throws {
    var random = SeededRandom(seed: 731)
    let index = try TestIndex()
    try index.build(documents(500, &random))
    let opened = try index.open()
    for _ in 0..<100 {
      let text = text(&random, maximum: 5)
      var options = SearchOptions(limit: 1000, makesSnippets: false)
      options.strictness = random.pick(ReadingOptions.Strictness.allCases)
      options.stopWords = random.pick(ReadingOptions.StopWordUse.allCases)
      let alone = try opened.topHits(text, options)
      let tree = try opened.topHits(.group([.should(.words(text))]), options)
      #expect(tree == alone, "\(text)")
      let all = try opened.topHits(.words(text, requiresAll: true), options)
      options.requiresAllWords = true
      #expect(try opened.topHits(text, options) == all, "\(text)")
    }
  }

  @Test func phrasesReadFewPositions() throws {
    var random = SeededRandom(seed: 741)
    let index = try TestIndex()
    let writer = try IndexWriter(
      index.path, options: IndexOptions(analyzer: AnalyzerOptions(preset: .folding), storedFields: []))
    for number in 0..<20_000 {
      var body = ""
      for _ in 0..<random.integer(1...30) { body += random.pick(["un", "deux", "trois", "quatre"]) + " " }
      if number % 1000 == 0 { body += "rare mot" }
      try writer.add(Document(key: String(number), body: body))
    }
    try writer.commit()
    let opened = try index.open()
    for query in [
      Query.phrase("un deux"), .phrase("rare mot"), .all([.words("un"), .words("rare")]),
      .best([.must(.phrase("un deux trois", slop: 3)), .should(.words("rare")), .mustNot(.phrase("quatre quatre"))]),
    ] {
      try ReferenceComparison.expectEqual(opened, query, SearchOptions(makesSnippets: false), context: "seed 741")
    }
  }
}
