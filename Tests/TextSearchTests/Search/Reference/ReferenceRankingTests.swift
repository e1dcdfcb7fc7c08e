import TestSupport
import Testing

@testable import TextSearch

/// The engine ranks as `ReferenceRanking` says, on random collections.
///
/// Fields hold at most 20 words: lengths up to 40 are stored exactly.
@Suite struct ReferenceRankingTests {
  private typealias Collection = [ReferenceRanking.Document]

  /// A collection whose words are taken from the head of the vocabulary far oftener than from its tail.
  private func collection(
    _ vocabulary: [String], documents: Int, duplicates: Int, _ random: inout SeededRandom
  ) -> Collection {
    var made: Collection = []
    var taken: Set<String> = []
    while made.count < documents {
      let key = random.pick(["", "z", "é", "K/", "k-"]) + String(random.integer(0...99_999))
      guard taken.insert(key).inserted else { continue }
      made.append(document(key, vocabulary, &random))
    }
    for _ in 0..<duplicates { made.append(document(random.pick(made).key, vocabulary, &random)) }
    return made
  }

  private func document(
    _ key: String, _ vocabulary: [String], _ random: inout SeededRandom
  ) -> ReferenceRanking.Document {
    if random.integer(0...19) == 0 { return ReferenceRanking.Document(key: key, title: "", body: " , ") }
    return ReferenceRanking.Document(key: key, title: text(vocabulary, &random), body: text(vocabulary, &random))
  }

  private func text(_ vocabulary: [String], _ random: inout SeededRandom) -> String {
    (0..<random.integer(0...20)).map { _ in word(vocabulary, &random) + random.pick([" ", " ", ", ", ". ", "\n"]) }
      .joined()
  }

  private func word(_ vocabulary: [String], _ random: inout SeededRandom) -> String {
    let share = Double.random(in: 0..<1, using: &random)
    return vocabulary[Int(Double(vocabulary.count) * share * share * share)]
  }

  private func query(_ vocabulary: [String], _ random: inout SeededRandom) -> String {
    var words: [String] = []
    for _ in 0..<random.integer(1...4) {
      switch random.integer(0...9) {
      case 0: words.append("inconnuqqq")
      case 1: words.append(words.last ?? vocabulary[0])
      case 2...4: words.append(random.pick(vocabulary))
      default: words.append(word(vocabulary, &random))
      }
    }
    return words.joined(separator: " ")
  }

  private func build(_ documents: Collection, _ options: IndexOptions, in folder: TemporaryFolder) throws -> SearchIndex
  {
    let path = folder.path + "/index"
    let writer = try IndexWriter(path, options: options)
    for document in documents {
      try writer.add(Document(key: document.key, title: document.title, body: document.body))
    }
    try writer.commit()
    return try SearchIndex(path)
  }

  /// Totals, keys in their order and scores are those of the reference.
  private func compare(
    _ index: SearchIndex, _ reference: ReferenceRanking, _ query: String, limit: Int, all: Bool, context: String
  ) throws {
    var options = SearchOptions(
      limit: limit, requiresAllWords: all, makesSnippets: false, reading: ReadingOptions(stopWords: .keep),
      adjacency: .off)
    options.ranksTitlesFirst = false
    let results = try index.search(query, options)
    let expected = reference.search(query, all: all)
    let context = "\(context), query \(query), limit \(limit), all \(all)"
    #expect(results.total == expected.count, "\(context)")
    guard results.hits.count == min(limit, expected.count) else {
      Issue.record("\(results.hits.count) hits of \(expected.count): \(context)")
      return
    }
    let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.key, $0.score) })
    for (rank, hit) in results.hits.enumerated() {
      #expect(abs(Double(hit.score) - expected[rank].score) <= 1e-5, "\(context): rank \(rank)")
      guard hit.key != expected[rank].key else { continue }
      // Single precision may turn two documents round that are closer than its resolution, but not two equal ones.
      let score = scores[hit.key] ?? -1
      let isClose = score != expected[rank].score && abs(score - expected[rank].score) < 1e-6
      #expect(isClose, "\(context): rank \(rank) is \(hit.key), not \(expected[rank].key)")
    }
  }

  private static let vocabulary: [String] = {
    var random = SeededRandom(seed: 99)
    var words: [String] = []
    while words.count < 250 {
      let letters = (0..<random.integer(2...9)).map { _ in random.pick(Array("abcdefghijklmnopqrstuvwxyz")) }
      if !words.contains(String(letters)) { words.append(String(letters)) }
    }
    return words
  }()

  @Test(arguments: [11, 12, 13, 14] as [UInt64]) func `One segment, keys that come twice`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let vocabulary = ReferenceRankingTests.vocabulary
    let documents = collection(vocabulary, documents: 600, duplicates: 40, &random)
    let reference = ReferenceRanking(documents)
    // Lists of more than one and more than two blocks.
    try #require(reference.documentFrequency(vocabulary[0]) > 256, "seed \(seed)")
    try #require(vocabulary.contains { (129...256).contains(reference.documentFrequency($0)) }, "seed \(seed)")
    let folder = try TemporaryFolder()
    let index = try build(documents, IndexOptions(analyzer: AnalyzerOptions(preset: .folding)), in: folder)
    #expect(index.summary.segments == 1)
    #expect(index.summary.documents == 600)
    try compareMany(index, reference, vocabulary: vocabulary, seed: seed, &random)
  }

  @Test(arguments: [21, 22, 23] as [UInt64]) func `Many segments have the scores of one`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let vocabulary = ReferenceRankingTests.vocabulary
    let documents = collection(vocabulary, documents: 600, duplicates: 0, &random)
    let folder = try TemporaryFolder()
    let options = IndexOptions(analyzer: AnalyzerOptions(preset: .folding), segmentBudget: 40_000)
    let index = try build(documents, options, in: folder)
    #expect(index.summary.segments >= 3, "seed \(seed): \(index.summary.segments) segments")
    try compareMany(index, ReferenceRanking(documents), vocabulary: vocabulary, seed: seed, &random)
  }

  private func compareMany(
    _ index: SearchIndex, _ reference: ReferenceRanking, vocabulary: [String], seed: UInt64,
    _ random: inout SeededRandom
  ) throws {
    let fixed = [vocabulary[0], vocabulary[0] + " " + vocabulary[0], "inconnuqqq", vocabulary[0] + " inconnuqqq"]
    let queries = fixed + (0..<30).map { _ in query(vocabulary, &random) }
    for query in queries {
      for all in [false, true] {
        let limit = random.pick([1, 2, 10, 100, 1000])
        try compare(index, reference, query, limit: limit, all: all, context: "seed \(seed)")
      }
    }
    try compare(index, reference, vocabulary[1], limit: 0, all: false, context: "seed \(seed)")
  }

  @Test func `Equal documents stand in the order of their keys' bytes`() throws {
    let keys = ["b", "a", "é", "Z", "aa", "z", "đ", "0", ""]
    let documents = keys.map { ReferenceRanking.Document(key: $0, title: "", body: "jardin port") }
    for budget in [1 << 20, 1] {
      let folder = try TemporaryFolder()
      let options = IndexOptions(analyzer: AnalyzerOptions(preset: .folding), segmentBudget: budget)
      let index = try build(documents, options, in: folder)
      #expect(try index.search("jardin").hits.map(\.key) == ["", "0", "Z", "a", "aa", "b", "z", "é", "đ"])
      try compare(index, ReferenceRanking(documents), "port jardin", limit: 4, all: true, context: "budget \(budget)")
    }
  }

  @Test func `A single document, and documents without words`() throws {
    for empty in [0, 3] {
      var documents = [ReferenceRanking.Document(key: "a", title: "jardin", body: "jardin port")]
      for number in 0..<empty { documents.append(ReferenceRanking.Document(key: "e\(number)", title: "", body: "")) }
      let folder = try TemporaryFolder()
      let index = try build(documents, IndexOptions(analyzer: AnalyzerOptions(preset: .folding)), in: folder)
      for query in ["jardin", "port jardin", "mer", "mer port"] {
        for all in [false, true] {
          try compare(
            index, ReferenceRanking(documents), query, limit: 10, all: all, context: "\(empty) empty documents")
        }
      }
    }
  }

  // MARK: The French and Vietnamese preset

  private static let french = """
    dans pour avec sous jardin chemin matin raison maison saison poison talon canton bouton carton mouton wagon forum \
    port sport transport accord record ressort renard regard billard retard canard tribunal canal journal cheval \
    animal hopital capital signal metal moulin raisin cousin voisin dessin bassin satin destin marin bulletin \
    parfum album pardon cordon ballon salon balcon plafond second profond blond grand marchand instant printemps
    """

  @Test(arguments: [31, 32] as [UInt64]) func `French words that are their own stems`(seed: UInt64) throws {
    let words = ReferenceRanking.words(ReferenceRankingTests.french)
    let vocabulary = words.filter { AnalyzerOptions.FrenchStemmer.light.stem($0) == $0 }
    try #require(vocabulary.count >= 40, "\(vocabulary.count)")
    var random = SeededRandom(seed: seed)
    let documents = collection(vocabulary, documents: 400, duplicates: 10, &random)
    let folder = try TemporaryFolder()
    let index = try build(documents, IndexOptions(), in: folder)
    // All of it is French, so the statistics of French are those of the collection.
    try #require(index.statistics[.vietnamese].documents == 0, "seed \(seed)")
    try #require(index.statistics[.none].documents == 0, "seed \(seed)")
    try compareMany(index, ReferenceRanking(documents, countsEmpty: false), vocabulary: vocabulary, seed: seed, &random)
  }
}
