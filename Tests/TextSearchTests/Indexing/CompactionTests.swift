import TestSupport
import Testing

@testable import TextSearch

/// Compacting an index, with and without a new order of documents.
@Suite struct CompactionTests {
  private static let queries = [
    "diplomatie", "diplomatie populaire", "doi ngoai", "đối ngoại nhân dân", "le la les", "hòa", "Bui Thanh Son",
    "3,14 ONU", "l'eau été", "van hoa", "coração", "absent",
  ]

  /// An index of several segments, some documents of which were replaced; and one of what is left.
  private func pair(_ random: inout SeededRandom) throws -> (TestIndex, TestIndex) {
    // Texts come twice, so that scores are equal.
    var documents = RandomDocuments.make(random.integer(40...200), &random, maximum: 12)
    documents += documents.map { Document(key: "z" + $0.key, fields: $0.fields, attributes: $0.attributes) }
    documents.shuffle(using: &random)
    let (many, one) = (try TestIndex(), try TestIndex())
    let old = documents.prefix(30).map { Document(key: $0.key, body: "vieux oubli cũ kỹ", attributes: ["vieil": "x"]) }
    try many.build(Array(old) + documents, IndexOptions(segmentBudget: random.pick([20_000, 60_000])))
    try one.build(documents)
    return (many, one)
  }

  private func expectSameAnswers(_ a: TestIndex, _ b: TestIndex, _ what: String) throws {
    let (left, right) = (try a.open(), try b.open())
    for query in Self.queries {
      for limit in [3, 10, 1000] {
        let (x, y) = try (
          left.search(query, SearchOptions(limit: limit)), right.search(query, SearchOptions(limit: limit))
        )
        #expect(x.total == y.total && x.hits == y.hits, "\(what), \(query), \(limit)")
        #expect(x.hits.map(\.score.bitPattern) == y.hits.map(\.score.bitPattern), "\(what), \(query), \(limit)")
      }
    }
  }

  @Test(arguments: [UInt64(2101), 2102, 2103])
  func aCompactedIndexIsAFreshOne(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let (many, one) = try pair(&random)
    #expect(try many.segmentNames().count > 1)
    let writer = try IndexWriter(appendingTo: many.path)
    #expect(try writer.compact())
    let summary = try writer.commit()
    #expect(try !writer.compact(), "nothing is left to do")
    #expect(try many.names().count == 3 && summary == many.open().summary)
    let isSame = try many.bytes(of: many.segmentNames()[0]) == one.bytes(of: one.segmentNames()[0])
    #expect(isSame, "seed \(seed): the bytes of a segment of the live documents")
    try expectSameAnswers(many, one, "seed \(seed)")
  }

  @Test(arguments: [UInt64(2111), 2112, 2113])
  func anotherOrderChangesNoAnswer(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let (many, one) = try pair(&random)
    var writer: IndexWriter? = try IndexWriter(appendingTo: many.path)
    #expect(try writer?.compact(reorder: true) == true)
    try writer?.commit()
    writer = nil
    let segment = try Segment(many.path + "/" + many.segmentNames()[0])
    #expect(segment.keyRanks.isReordered)
    try expectSameAnswers(many, one, "seed \(seed)")
    let again = try IndexWriter(appendingTo: many.path)
    #expect(try !again.compact(reorder: true) && !again.compact(), "one segment without deletions")
    // What is added later comes into the order of keys again.
    try again.add(Document(key: "neu", body: "diplomatie"))
    #expect(try again.compact())
    try again.commit()
    let all = try TestIndex()
    let remaining = try segments(one).flatMap { segment in
      try (0..<UInt32(segment.documentCount)).map { try segment.stored($0) }
    }
    let documents = remaining.map { Document(key: $0.key, fields: $0.fields, attributes: $0.attributes) }
    try all.build(documents + [Document(key: "neu", body: "diplomatie")])
    let isSame = try many.bytes(of: many.segmentNames()[0]) == all.bytes(of: all.segmentNames()[0])
    #expect(isSame, "seed \(seed)")
  }

  private func segments(_ index: TestIndex) throws -> [Segment] {
    try index.segmentNames().map { try Segment(index.path + "/" + $0) }
  }

  @Test func anIndexWithoutDocumentsIsCompact() throws {
    let index = try TestIndex()
    try index.build([])
    let writer = try IndexWriter(appendingTo: index.path)
    #expect(try !writer.compact() && !writer.compact(reorder: true))
    try writer.add(Document(key: "a", body: "diplomatie"))
    try writer.commit()
    try writer.delete(key: "a")
    #expect(try writer.compact())
    #expect(try writer.commit().segments == 0)
    #expect(try index.names() == ["lock", "manifest"])
  }

  @Test func nothingIsLeftOfDeletedDocuments() throws {
    var random = SeededRandom(seed: 2121)
    let index = try TestIndex()
    let secret = Document(
      key: "clefsecrète", title: "Titresecret", body: "motsecret bímậtlắm compte-secrétissime",
      attributes: ["champsecret": "valeursecrète", "date": "1789-07-14"])
    for reorder in [false, true] {
      let documents = RandomDocuments.make(60, &random)
      try index.build(documents + [secret], IndexOptions(storedCompression: .none))
      let writer = try IndexWriter(appendingTo: index.path)
      try writer.delete(key: secret.key)
      try writer.commit()
      #expect(try index.keys("motsecret") == [])
      #expect(try index.names().contains { $0.hasPrefix("deletions-") })
      try writer.compact(reorder: reorder)
      try writer.commit()
      let all = try index.names().flatMap { try index.bytes(of: $0) }
      let texts = String(decoding: all, as: UTF8.self).lowercased()
      func isThere(_ word: String) -> Bool { texts.contains(word) }
      #expect(isThere("diplomati"))
      for word in ["secr", "bímật", "bimat", "1789"] { #expect(!isThere(word), "\(word), \(reorder)") }
    }
  }
}
