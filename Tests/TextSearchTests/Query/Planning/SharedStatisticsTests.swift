import TestSupport
import Testing

@testable import TextSearch

/// Parts of a collection that are searched with the statistics of the whole find what one index of all documents finds.
@Suite struct SharedStatisticsTests {
  enum Collection: String, CaseIterable, Sendable {
    case french, vietnamese, mixed

    private var words: [String] {
      switch self {
      case .french:
        RandomDocuments.words.filter { $0.utf8.allSatisfy { $0 < 0x80 } } + [
          "été", "nationale", "week-end", "week", "end", "XIXe", "Été", "thé", "l'été",
        ]
      case .vietnamese:
        [
          "đối", "ngoại", "đội", "doi", "ngoai", "hòa", "bình", "hoa", "binh", "nhân", "dân", "của", "và", "kỹ", "kĩ",
          "thuật",
          "Bùi", "Thanh", "Sơn", "Bui", "2025", "bánh", "tết",
        ]
      case .mixed: RandomDocuments.words + ["week-end", "weekend", "đối", "ngoại", "nhân", "dân"]
      }
    }

    func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
      (0..<count).map { number in
        var text = ""
        for _ in 0..<random.integer(0...25) {
          text += random.pick(words) + random.pick([" ", " ", " ", ", ", ". ", "\n"])
        }
        // An attribute that few documents have: some parts lack it.
        let attributes = number % 7 == 0 ? ["part": ["p\(number % 3)"]] : [:]
        return Document(key: "d\(number * 7919 % 1009)", title: random.pick(words), body: text, attributes: attributes)
      }
    }

    /// Words, typing that some part may hold, compounds, words that no part holds.
    func query(_ random: inout SeededRandom) -> String {
      let typed = ["ddoois", "ngoaij", "hoaf", "d9o61i", "kyx", "week-end", "weekend", "absent", "zzz", "bình", "tés"]
      return (0..<random.integer(1...4)).map { _ in
        random.integer(0...3) == 0 ? random.pick(typed) : random.pick(words)
      }.joined(separator: " ")
    }
  }

  private static func options(_ random: inout SeededRandom) throws -> SearchOptions {
    var options = SearchOptions(
      limit: random.pick([1, 3, 10, 1000]), requiresAllWords: random.integer(0...3) == 0,
      makesSnippets: random.integer(0...4) == 0)
    options.strictness = random.pick([.smart, .smart, .exact, .folded])
    options.stopWords = random.pick([.weigh, .weigh, .keep, .drop])
    options.usesReference = random.integer(0...3) == 0
    options.countLimit = random.pick([0, 1, 7, 30, 10_000, .max])
    if random.integer(0...3) == 0 { options.adjacency = .off }
    if random.integer(0...3) == 0 { options.ranking = BM25(k1: 0.9, b: 0.4) }
    if random.integer(0...3) == 0 { options.filter = .equals("part", .keyword("p1")) }
    if random.integer(0...3) == 0 {
      options.synonyms = try Synonyms("été, saison, hòa\nnational => diplomatie, đối", options: AnalyzerOptions())
    }
    if random.integer(0...5) == 0 { options.weights.withoutDiacritics = 0 }
    return options
  }

  /// The collection as a whole, in several segments, and in parts.
  private struct Shards {
    let undivided: TestIndex
    let parts: [TestIndex]

    init(_ documents: [Document], _ count: Int, _ random: inout SeededRandom) throws {
      undivided = try TestIndex()
      try undivided.build(documents, IndexOptions(segmentBudget: random.pick([30_000, 1 << 26])))
      var shares = [[Document]](repeating: [], count: count)
      for document in documents { shares[random.integer(0...count - 1)].append(document) }
      parts = try shares.map { share in
        let part = try TestIndex()
        try part.build(share)
        return part
      }
    }

    /// Searches all parts with the sum of their statistics, sent as bytes.
    func search(_ text: String, _ options: SearchOptions) throws -> SearchResults {
      try search(.words(text), options)
    }

    func search(_ query: Query, _ options: SearchOptions) throws -> SearchResults {
      let opened = try parts.map { try $0.open() }
      let exported = try opened.map { try SharedStatistics($0.statistics(for: query, options).bytes) }
      var shared = options
      shared.statistics = try exported.dropFirst().reduce(exported[0]) { try $0 + $1 }
      return SearchResults(merging: try opened.map { try $0.search(query, shared) }, limit: options.limit)
    }
  }

  @Test(arguments: Collection.allCases, 1...7) func shardsFindWhatTheCollectionFinds(collection: Collection, count: Int)
    throws
  {
    try Self.expectEqual(collection, parts: count, seed: 2500 + UInt64(count)) { _, random in
      .words(collection.query(&random))
    }
  }

  /// A line of the query language: every kind of leaf and group.
  private static func line(_ collection: Collection, _ random: inout SeededRandom) -> String {
    func word() -> String {
      let words = collection.query(&random).split(separator: " ").map(String.init)
      return words.isEmpty ? "zzz" : random.pick(words)
    }
    func leaf() -> String {
      switch random.integer(0...9) {
      case 0: return "\"\(word()) \(word())\""
      case 1: return "\"\(word()) \(word())\"~3"
      case 2: return word().prefix(random.integer(1...3)) + "*"
      case 3: return "*" + word().suffix(2)
      case 4: return word() + "~\(random.integer(1...2))"
      case 5: return "=" + word()
      case 6: return "title:" + word()
      case 7: return word() + "^2"
      default: return word()
      }
    }
    return (0..<random.integer(1...4)).map { _ in random.pick(["", "", "+", "-"]) + leaf() }.joined(separator: " ")
  }

  @Test(arguments: Collection.allCases, 1...7) func treesFindInShardsWhatTheyFindInTheCollection(
    collection: Collection, count: Int
  ) throws {
    try Self.expectEqual(collection, parts: count, seed: 2600 + UInt64(count), mayBeEmpty: true) { undivided, random in
      try? undivided.parse(Self.line(collection, &random))
    }
  }

  /// Searches for random queries in the parts and in the whole; a query that nothing can be made of is passed over.
  ///
  /// - Parameter mayBeEmpty: queries may hold no word.
  private static func expectEqual(
    _ collection: Collection, parts count: Int, seed: UInt64, mayBeEmpty: Bool = false,
    _ query: (SearchIndex, inout SeededRandom) throws -> Query?
  ) throws {
    var random = SeededRandom(seed: seed)
    let shards = try Shards(collection.documents(random.integer(20...150), &random), count, &random)
    let undivided = try shards.undivided.open()
    var found = 0
    for round in 0..<LongTests.choose(300, else: 30) {
      guard let query = try query(undivided, &random) else { continue }
      let options = try Self.options(&random)
      let expected: SearchResults
      do {
        expected = try undivided.search(query, options)
      } catch {
        #expect(mayBeEmpty && error == .emptyQuery, "seed \(seed), round \(round): \(query)")
        continue
      }
      let merged = try shards.search(query, options)
      #expect(merged == expected, "seed \(seed), round \(round): \(query), \(options)")
      let bits = expected.hits.map(\.score.bitPattern)
      #expect(merged.hits.map(\.score.bitPattern) == bits, "seed \(seed), round \(round): \(query)")
      found += expected.hits.count
    }
    #expect(found > 60)
  }

  /// Without shared statistics scores differ: the test above is able to fail.
  @Test func ownStatisticsMakeOtherScores() throws {
    var random = SeededRandom(seed: 2511)
    let shards = try Shards(Collection.mixed.documents(120, &random), 4, &random)
    let undivided = try shards.undivided.open()
    var differences = 0
    for _ in 0..<30 {
      let query = Collection.mixed.query(&random)
      let parts = try shards.parts.map { try $0.open().search(query) }
      if SearchResults(merging: parts, limit: 10) != (try undivided.search(query)) { differences += 1 }
    }
    #expect(differences > 10)
  }

  /// One part has never seen the decoded word, another one has seen the raw one.
  @Test func typingIsDecidedByTheCollection() throws {
    let bodies = ["Công tác đối ngoại nhân dân", "La diplomatie populaire", "Mã số ddoois của thiết bị"]
    for known in [2, 3] {
      let documents = bodies.prefix(known).enumerated().map { Document(key: "d\($0)", body: $1) }
      let undivided = try TestIndex()
      try undivided.build(documents)
      let parts = try documents.map { document in
        let part = try TestIndex()
        try part.build([document])
        return try part.open()
      }
      var options = SearchOptions()
      let expected = try undivided.open().search("ddoois ngoaij", options)
      options.statistics = try SharedStatisticsTests.sum(parts.map { try $0.statistics(for: "ddoois ngoaij") })
      let merged = SearchResults(merging: try parts.map { try $0.search("ddoois ngoaij", options) }, limit: 10)
      #expect(merged == expected && expected.hits.contains { $0.key == (known == 2 ? "d0" : "d2") })
    }
  }

  private static func sum(_ parts: [SharedStatistics]) throws -> SharedStatistics {
    try parts.dropFirst().reduce(parts[0]) { try $0 + $1 }
  }

  @Test func attributesOfOtherPartsMayBeNamed() throws {
    let (a, b) = (try TestIndex(), try TestIndex())
    try a.build([Document(key: "a", body: "eau", attributes: ["part": "p"])])
    try b.build([Document(key: "b", body: "eau")])
    var options = SearchOptions(filter: .equals("part", .keyword("p")))
    #expect(throws: SearchError.unknownAttribute(name: "part", known: [])) { try b.open().search("eau", options) }
    options.statistics = try a.open().statistics(for: "eau") + b.open().statistics(for: "eau")
    #expect(try b.open().search("eau", options).total == 0 && a.open().search("eau", options).total == 1)
    options.filter = .exists("absent")
    #expect(throws: SearchError.unknownAttribute(name: "absent", known: ["part"])) {
      try b.open().search("eau", options)
    }
  }

  // MARK: Sums and bytes

  private func statistics(_ query: String = "đối ngoại week-end ddoois", _ seed: UInt64 = 2512) throws
    -> SharedStatistics
  {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try index.build(Collection.mixed.documents(40, &random))
    return try index.open().statistics(for: query)
  }

  @Test func theOrderOfPartsDoesNotMatter() throws {
    let (a, b, c) = (try statistics(), try statistics("đối ngoại week-end ddoois", 7), try statistics())
    #expect(try (a + b) + c == c + (b + a))
    #expect(try (a + b).bytes == (b + a).bytes)
    #expect(try (a + c).collection.documents == 2 * a.collection.documents)
    var sum = a
    try sum += b
    #expect(try sum == a + b && SharedStatistics(sum.bytes) == sum)
    #expect(sum.bytes.count < 2000)
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    let (a, b) = (try statistics(), try statistics("đối ngoại"))
    #expect(throws: SearchError.otherStatistics(reason: "they are of another query")) { try a + b }
    let index = try TestIndex(["a": "la paix"])
    let opened = try index.open()
    #expect(throws: SearchError.otherStatistics(reason: "they hold nothing of 'paix'")) {
      try opened.search("paix", Self.with(b))
    }
    #expect(throws: SearchError.emptyQuery) { try opened.statistics(for: "!") }
    let folding = try TestIndex(["a": "đối ngoại"], IndexOptions(analyzer: AnalyzerOptions(preset: .folding))).open()
    let reason = "they are of another analyzer"
    #expect(throws: SearchError.otherStatistics(reason: reason)) { try folding.search("đối ngoại", Self.with(b)) }
    #expect(throws: SearchError.otherStatistics(reason: reason)) { try b + folding.statistics(for: "đối ngoại") }
    var many = b
    #expect(throws: SearchError.self) { for _ in 0..<64 { try many += many } }
  }

  private static func with(_ statistics: SharedStatistics) -> SearchOptions {
    var options = SearchOptions()
    options.statistics = statistics
    return options
  }

  @Test func damagedBytesAreErrors() throws {
    let bytes = try statistics().bytes
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= [0x01, 0x80, 0xFF, 0x10][offset % 4]
      #expect(throws: SearchError.self, "byte \(offset)") { try SharedStatistics(damaged) }
      #expect(throws: SearchError.self, "\(offset) bytes") { try SharedStatistics(Array(bytes.prefix(offset))) }
    }
    #expect(throws: SearchError.self) { try SharedStatistics(bytes + [0]) }
  }

  @Test(arguments: [UInt64(2521), 2522]) func damageUnderARightChecksumNeverTraps(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let bytes = Array(try statistics().bytes.dropLast(8))
    let index = try TestIndex(["a": "đối ngoại week-end"]).open()
    var taken = 0
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0..<random.integer(1...3) {
        damaged[random.integer(12...bytes.count - 1)] = UInt8(random.integer(0...255))
      }
      let sum = Checksum.of(damaged.span)
      for byte in 0..<8 { damaged.append(UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte))) }
      guard let statistics = try? SharedStatistics(damaged) else { continue }
      taken += 1
      #expect(try SharedStatistics(statistics.bytes) == statistics)
      _ = try? index.search("đối ngoại week-end ddoois", Self.with(statistics))
    }
    #expect(taken > 20)
  }
}
