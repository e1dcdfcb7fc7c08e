import TestSupport
import Testing

@testable import TextSearch

/// Vietnamese names written as one word meet those written apart, as the collection shows.
@Suite struct JoinedNamesTests {
  private static let bodies = [
    "joint": "Un voyage à Hanoi, au Vietnam et à Saigon, puis Danang et Dienbienphu. La maison blanche.",
    "apart": "Một chuyến đi Hà Nội, Việt Nam và Sài Gòn, rồi Đà Nẵng, Điện Biên Phủ.",
    "bare": "mot chuyen di Ha Noi, Viet Nam va Sai Gon, roi Da Nang, Dien Bien Phu.",
    "none": "Hà ở nội thành, nam giới xem việc gì đó. Le travail.",
  ]

  /// Queries, the first document found, and all that are found.
  private static let queries: [(String, String, String)] = [
    ("Hanoi", "joint", "apart bare joint"), ("HANOI", "joint", "apart bare joint"),
    ("hanoi", "joint", "apart bare joint"),
    ("\"Hà Nội\"", "apart", "apart bare joint"),
    ("\"ha noi\"", "", "apart bare joint"), ("Vietnam", "joint", "apart bare joint"),
    ("\"Việt Nam\"", "apart", "apart bare joint"),
    ("Saigon", "joint", "apart bare joint"), ("\"Sài Gòn\"", "apart", "apart bare joint"),
    ("Danang", "joint", "apart bare joint"), ("Dienbienphu", "joint", "apart bare joint"),
    ("\"Điện Biên Phủ\"", "apart", "apart bare joint"), ("+Hanoi", "joint", "apart bare joint"),
    ("+Hanoi +voyage", "joint", "joint"), ("Hanoi AND Vietnam", "joint", "apart bare joint"),
    ("-Hanoi travail", "none", "none"), ("=Hanoi", "joint", "joint"), ("hano*", "joint", "joint"),
    ("hanoi~1", "joint", "joint"), ("maison", "joint", "joint"), ("\"Hanoi, au Vietnam\"", "joint", "joint"),
    ("title:Hanoi", "", ""), ("body:Hanoi", "joint", "apart bare joint"),
  ]

  @Test(arguments: queries) func namesMeet(query: String, first: String, found: String) throws {
    let opened = try TestIndex(Self.bodies).open()
    let tree = try opened.parse(query)
    var options = SearchOptions()
    options.reading.replacesUnknownWords = false
    let keys = try opened.search(tree, options).hits.map(\.key)
    #expect(keys.sorted().joined(separator: " ") == found, "\(query)")
    #expect(first.isEmpty || keys.first == first, "\(query)")
    try ReferenceComparison.expectEqual(opened, tree, options, context: "names")
  }

  @Test func wordsOfABagMeet() throws {
    let index = try TestIndex(Self.bodies)
    for query in ["Hà Nội", "ha noi", "Ha-Noi", "Việt Nam", "Sài Gòn", "Điện Biên Phủ"] {
      #expect(try Set(index.keys(query)).isSuperset(of: ["joint", "apart", "bare"]), "\(query)")
      var all = SearchOptions(requiresAllWords: true)
      all.limit = 10
      // Both words of one name may stand apart.
      #expect(try index.keys(query, all).filter { $0 != "none" }.sorted() == ["apart", "bare", "joint"], "\(query)")
    }
  }

  @Test func weightOfZeroAndExactWordsReadNoNames() throws {
    let index = try TestIndex(Self.bodies)
    var options = SearchOptions()
    options.reading.weights.joinedName = 0
    #expect(try index.keys("Hanoi", options) == ["joint"])
    options.reading.weights.joinedName = 0.8
    options.reading.strictness = .exact
    #expect(try index.keys("Hanoi", options) == ["joint"])
  }

  /// Of two cuts the one that is commoner in the collection; none where both are equal, or where the joined word is a common one.
  @Test func theCollectionDecides() throws {
    func names(_ bodies: [String: String]) throws -> (SearchIndex, JoinedNames) {
      let opened = try TestIndex(bodies).open()
      return (opened, JoinedNames(statistics: opened.ownStatistics, options: opened.options))
    }
    func cut(_ bodies: [String: String], _ word: String) throws -> String? {
      let (_, names) = try names(bodies)
      return try names.syllables(ofJoined: Array(word.utf8)).map { cut in
        cut.syllables.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
      }
    }
    func isJoined(_ bodies: [String: String], _ text: String) throws -> Bool {
      let (_, names) = try names(bodies)
      return try names.isJoined(text.split(separator: " ").map { Array($0.utf8) })
    }
    let apart = ["a": "Hà Nội", "b": "hàn ôi", "c": "Hà Nội ơi"]
    #expect(try cut(apart, "hanoi") == "ha noi")
    #expect(try cut(["a": "Hà Nội", "b": "hàn ôi"], "hanoi") == nil)
    #expect(try !isJoined(apart, "ha noi"))
    #expect(try isJoined(apart.merging(["d": "Hanoi"]) { $1 }, "ha noi"))
    #expect(try !isJoined(apart.merging(["d": "Hanoi"]) { $1 }, "han oi"))
    #expect(try cut(["a": "Sài Gòn"], "hanoi") == nil)
    var houses = ["vi": "xã Mai Sơn"]
    for number in 0..<8 { houses["fr\(number)"] = "La maison est grande et belle." }
    #expect(try cut(houses, "maison") == "mai son")
    houses["fr8"] = "Une maison."
    #expect(try cut(houses, "maison") == nil)
  }

  /// French words with other forms, with diacritics and long words of short syllables are no names, however often their syllables
  /// stand side by side.
  @Test(arguments: ["maison", "bande", "malade", "vase", "delà", "démon", "seaman"])
  func otherWordsAreNoNames(word: String) throws {
    var bodies = [
      "fr": "La maison et les maisons, une bande et des bandes, un malade et des malades, le vase et les vases.",
      "fr2": "Au delà du démon de la mer, seaman.",
    ]
    for number in 0..<20 {
      bodies["vi\(number)"] = "xã Mai Sơn, bán đế, mã là đề, và sẽ, đê là, đế mòn, đề lạ, sẻ àm an"
    }
    let opened = try TestIndex(bodies).open()
    var options = SearchOptions(limit: 50)
    options.reading.replacesUnknownWords = false
    let found = try opened.search(word, options).hits.map(\.key)
    options.reading.weights.joinedName = 0
    #expect(try opened.search(word, options).hits.map(\.key) == found, "\(word)")
    #expect(found.allSatisfy { $0.hasPrefix("fr") })
  }

  /// Names do not count as phrases that were typed.
  @Test func manyNamesAreNoError() throws {
    let index = try TestIndex(Self.bodies)
    #expect(try index.keys(Array(repeating: "Hanoi", count: 600).joined(separator: " ")).count == 3)
  }

  @Test func deletionMeansTheWordAlone() throws {
    let index = try TestIndex(Self.bodies)
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.delete(matching: "Hanoi")
    _ = try writer.commit()
    #expect(try index.keys("voyage").isEmpty && index.keys("chuyến").count == 2)
  }

  @Test func shardsAgreeWithTheWhole() throws {
    let whole = try TestIndex(Self.bodies).open()
    let shards = try Self.bodies.sorted { $0.key < $1.key }.map { try TestIndex([$0.key: $0.value]).open() }
    for (query, _, _) in Self.queries + [("Hà Nội", "", ""), ("Haf Nooij", "", ""), ("ha noi viet nam", "", "")] {
      try ShardComparison.expectEqual(whole, parts: shards, whole.parse(query))
    }
  }

  /// Random bags, phrases and groups of few words, so that names and their parts stand beside each other.
  @Test(arguments: [UInt64(301), 302]) func everyPathAgrees(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let words = [
      "Hà", "Nội", "Hanoi", "hàn", "Việt", "Nam", "Vietnam", "Sài", "Gòn", "Saigon", "la", "ville", "đi", "ha", "noi",
    ]
    func text(_ most: Int) -> String {
      (0..<random.integer(1...most)).map { _ in random.pick(words) }.joined(separator: " ")
    }
    let index = try TestIndex()
    try index.build(
      (0..<400).map { Document(key: "d\($0)", title: text(3), body: text(20)) },
      IndexOptions(segmentBudget: random.pick([20_000, 384 << 20])))
    let opened = try index.open()
    for round in 0..<40 {
      let query: Query = random.pick([
        .words(text(4)), .words(text(3), requiresAll: true), .phrase(text(2)),
        .best([.should(.words(text(2))), .should(.phrase(text(2)))]),
        .best([.must(.words(text(2))), .mustNot(.words(text(1))), .should(.words(text(2)))]),
        .group([.should(.words(text(3))), .should(.phrase(text(2)))], minimum: 2),
        .field("title", .words(text(2))), .boost(.words(text(2)), 2),
      ])
      let options = SearchOptions(limit: random.pick([1, 5, 50]))
      try ReferenceComparison.expectEqual(
        opened, query, options, context: "seed \(seed), round \(round)", mayBeEmpty: true)
    }
  }
}
