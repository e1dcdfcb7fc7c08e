import TestSupport
import Testing

@testable import TextSearch

/// Many segments, replaced keys and the order of documents.
@Suite struct ManySegmentsTests {
  private static let queries = [
    "diplomatie", "diplomatie populaire", "doi ngoai", "đối ngoại nhân dân", "le la les", "hòa", "Bui Thanh Son",
    "Bùi Thanh Sơn",
    "3,14 ONU", "l'eau été", "van hoa", "中文 Россия", "coração", "absent", "diplomatie absent",
  ]

  @Test(arguments: [UInt64(501), 502])
  func manySegmentsReturnTheResultsOfOne(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = RandomDocuments.make(400, &random).shuffled(using: &random)
    let one = try TestIndex()
    #expect(try one.build(documents).segments == 1)
    let many = try TestIndex()
    let count = try many.build(documents, IndexOptions(segmentBudget: 60_000)).segments
    #expect(count > 3 && count < 400)
    let each = try TestIndex()
    #expect(try each.build(documents.prefix(60).map { $0 }, IndexOptions(segmentBudget: 0)).segments == 60)
    let (left, right) = (try one.open(), try many.open())
    #expect(left.statistics == right.statistics)
    for query in Self.queries {
      for options in [SearchOptions(limit: 10), SearchOptions(limit: 500, requiresAllWords: true)] {
        let (a, b) = (try left.search(query, options), try right.search(query, options))
        #expect(a.total == b.total && a.hits.map(\.key) == b.hits.map(\.key), "seed \(seed), \(query)")
        #expect(a.hits.map(\.score.bitPattern) == b.hits.map(\.score.bitPattern), "seed \(seed), \(query)")
        #expect(a.hits.map(\.snippet) == b.hits.map(\.snippet), "seed \(seed), \(query)")
      }
    }
  }

  @Test(arguments: [0, 100_000, 384 << 20])
  func theLastDocumentWithAKeyStays(budget: Int) throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: budget))
    let texts = ["guerre", "paix", "diplomatie", "traité"]
    for text in texts { for key in ["a", "b"] { try writer.add(Document(key: key, body: text + key)) } }
    try writer.add(Document(key: "c", body: "seul"))
    try writer.flush()
    #expect(writer.replacedKeys.sorted() == ["a", "a", "a", "b", "b", "b"])
    let summary = try writer.commit()
    #expect(summary.documents == 3 && writer.addedDocuments == 9)
    for text in texts.dropLast() { #expect(try index.keys(text + "a") == []) }
    #expect(try index.keys("traitéa") == ["a"])
    #expect(try index.keys("traitéb") == ["b"])
    #expect(try index.keys("seul") == ["c"])
  }

  @Test(arguments: [UInt64(511), 512])
  func replacedDocumentsAreNeverFound(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 100_000))
    var last: [String: String] = [:]
    for number in 0..<300 {
      let key = "k\(random.integer(0...40))"
      last[key] = "v\(number)"
      try writer.add(Document(key: key, body: "diplomatie v\(number)"))
    }
    #expect(try writer.commit().documents == last.count)
    #expect(writer.replacedKeys.count == 300 - last.count)
    let opened = try index.open()
    let all = try opened.search("diplomatie", SearchOptions(limit: 1000))
    #expect(all.total == last.count && Set(all.hits.map(\.key)) == Set(last.keys), "seed \(seed)")
    for hit in all.hits { #expect(hit.document.text("body") == "diplomatie \(last[hit.key] ?? "")", "seed \(seed)") }
  }

  @Test(arguments: [UInt64(521), 522])
  func theOrderOfDocumentsDoesNotMatter(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = RandomDocuments.make(200, &random)
    let (first, second) = (try TestIndex(), try TestIndex())
    try first.build(documents)
    try second.build(documents.shuffled(using: &random))
    let name = Manifest.segmentName(1)
    #expect(try first.bytes(of: name) == second.bytes(of: name), "seed \(seed)")
    #expect(try first.bytes(of: Manifest.fileName) == second.bytes(of: Manifest.fileName), "seed \(seed)")
  }

  @Test func theOrderOfDocumentsWithDifferentAttributesDoesNotMatter() throws {
    let documents = [
      Document(key: "a", body: "un", attributes: ["date": "2025", "path": "x"]),
      Document(key: "b", body: "deux", attributes: ["author": "y"]),
      Document(key: "c", body: "trois"), Document(key: "d", body: "quatre", attributes: ["path": "z", "author": "w"]),
    ]
    let (first, second) = (try TestIndex(), try TestIndex())
    try first.build(documents)
    try second.build(documents.reversed())
    let name = Manifest.segmentName(1)
    let (left, right) = (try first.bytes(of: name), try second.bytes(of: name))
    #expect(left == right, "attribute names must not be numbered in the order in which they are first seen")
    for document in documents {
      for index in [first, second] {
        let hit = try index.open().search(document.fields[1].text).hits.first
        #expect(hit?.document.attributes == document.attributes)
      }
    }
  }

  @Test func equalScoresComeInTheOrderOfKeys() throws {
    var random = SeededRandom(seed: 531)
    let keys = (0..<60).map { "k\($0)" }.shuffled(using: &random)
    for budget in [384 << 20, 0] {
      let index = try TestIndex()
      try index.build(keys.map { Document(key: $0, body: "diplomatie") }, IndexOptions(segmentBudget: budget))
      let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      #expect(try index.keys("diplomatie") == sorted)
      #expect(try index.keys("diplomatie", SearchOptions(limit: 7)) == Array(sorted.prefix(7)), "seed 531")
    }
  }
}
