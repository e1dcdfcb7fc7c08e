import TestSupport
import Testing

@testable import TextSearch

/// Random lives of an index, against a dictionary of what it should hold.
@Suite struct LifeCycleTests {
  /// A word that every document has, so that a query returns them all.
  private static let everywhere = "toujours"

  /// An index and what it is to hold.
  private final class Life {
    let index: TestIndex
    let seed: UInt64
    var random: SeededRandom
    var writer: IndexWriter?
    var options = IndexOptions()
    /// As the writer sees it, and as it was committed.
    var live: [String: Document] = [:]
    var committed: [String: Document] = [:]
    var reader: SearchIndex?
    var readerHolds: [String: Document] = [:]
    var serial = 0

    init(_ seed: UInt64) throws {
      self.seed = seed
      index = try TestIndex()
      random = SeededRandom(seed: seed)
    }

    func document() -> Document {
      serial += 1
      return Document(
        key: "k\(random.integer(0...60))", title: "v\(serial)",
        body: LifeCycleTests.everywhere + " " + RandomDocuments.text(&random, maximum: 12),
        attributes: ["part": "p\(random.integer(0...5))"])
    }

    func openWriter() throws -> IndexWriter {
      if let writer { return writer }
      options.segmentBudget = random.pick([0, 3_000, 40_000, 1 << 26])
      options.threads = random.integer(1...2)
      let isOld = try Manifest.isPresent(in: index.path)
      let new =
        isOld && random.integer(0...1) == 0
        ? try IndexWriter(appendingTo: index.path, segmentBudget: options.segmentBudget ?? 0)
        : try IndexWriter(index.path, options: options, mode: .append)
      writer = new
      return new
    }

    /// One random step.
    func step() throws {
      let writer = try openWriter()
      switch random.integer(0...99) {
      case 0..<55: try add(writer)
      case 55..<70: try deleteKey(writer)
      case 70..<73: try deleteMatching(writer)
      case 73..<84: try commit(writer)
      case 84..<88:
        writer.rollback()
        live = committed
      case 88..<92:
        // Gone without a commit.
        self.writer = nil
        live = committed
      case 92..<95: try writer.compact(reorder: random.integer(0...1) == 0)
      case 95..<97: try writer.flush()
      default: try refresh()
      }
    }

    private func add(_ writer: IndexWriter) throws {
      let document = document()
      try writer.add(document)
      live[document.key] = document
    }

    private func deleteKey(_ writer: IndexWriter) throws {
      let key = "k\(random.integer(0...60))"
      try writer.delete(key: key)
      live[key] = nil
    }

    private func deleteMatching(_ writer: IndexWriter) throws {
      let part = "p\(random.integer(0...5))"
      let filter = AttributeFilter.equals("part", .keyword(part))
      if random.integer(0...1) == 0 || live.isEmpty {
        try writer.delete(where: filter)
      } else {
        try writer.delete(matching: LifeCycleTests.everywhere, filter: filter)
      }
      live = live.filter { $0.value.attributes["part"] != [part] }
    }

    private func commit(_ writer: IndexWriter) throws {
      let summary = try writer.commit()
      committed = live
      #expect(summary.documents == live.count, "seed \(seed)")
      #expect(summary.segments <= 8 * 4, "seed \(seed)")
      try expect(try index.open(), committed, "committed")
    }

    /// A reader keeps what it has until it is refreshed.
    private func refresh() throws {
      if let reader { try expect(reader, readerHolds, "kept") }
      guard try Manifest.isPresent(in: index.path) else { return }
      reader = try reader?.refreshed() ?? index.open()
      readerHolds = committed
      try expect(try #require(reader), committed, "refreshed")
    }

    func expect(_ opened: SearchIndex, _ documents: [String: Document], _ what: String) throws {
      let hits = try opened.search(LifeCycleTests.everywhere, SearchOptions(limit: 1000)).hits
      let found = Dictionary(uniqueKeysWithValues: hits.map { ($0.key, $0.title ?? "") })
      let isRight = found == documents.mapValues { $0.fields[0].text }
      #expect(isRight, "seed \(seed), \(what) at \(serial): \(found.count) of \(documents.count)")
    }

    /// In the end a compacted index is one that was built of what is left.
    func finish() throws {
      let writer = try openWriter()
      try writer.compact()
      try writer.commit()
      // Only segments in the order of keys are the same; another order stays.
      try writer.add(document("last", "toujours"))
      try writer.compact()
      try writer.commit()
      live["last"] = document("last", "toujours")
      let fresh = try TestIndex()
      try fresh.build(Array(live.values))
      let (own, other) = (try index.segmentNames(), try fresh.segmentNames())
      let isSame = try own.count == 1 && index.bytes(of: own[0]) == fresh.bytes(of: other[0])
      #expect(isSame, "seed \(seed): the bytes of a fresh segment")
      #expect(try index.names() == ["lock", "manifest", own[0]], "seed \(seed)")
    }

    private func document(_ key: String, _ body: String) -> Document { Document(key: key, body: body) }
  }

  @Test(arguments: [UInt64(2301), 2302, 2303, 2304, 2305, 2306])
  func aRandomLife(seed: UInt64) throws {
    let life = try Life(seed)
    for _ in 0..<250 { try life.step() }
    try life.finish()
  }

  @Test func otherOptionsAreAnError() throws {
    let index = try TestIndex(["a": "diplomatie"], IndexOptions(attributes: ["year": .integer]))
    func error(_ options: IndexOptions) -> SearchError? {
      do {
        _ = try IndexWriter(index.path, options: options, mode: .append)
        return nil
      } catch { return error }
    }
    let same = IndexOptions(attributes: ["year": .integer])
    #expect(error(same) == nil)
    var (analyzer, fields, stored, compression, forms) = (same, same, same, same, same)
    analyzer.analyzer = AnalyzerOptions(preset: .folding)
    fields.fields = ["title", "body", "notes"]
    stored.storedFields = ["title"]
    compression.storedCompression = .dense
    forms.keepsForms = false
    let wrong = [
      (analyzer, "analyzer"), (fields, "list of fields"), (stored, "choice of stored fields"),
      (compression, "compression"), (forms, "keeping of forms"), (IndexOptions(), "schema of attributes"),
    ]
    for (options, name) in wrong { #expect(error(options) == .otherOptions(path: index.path, option: name)) }
    #expect(try index.keys("diplomatie") == ["a"])
    let writer = try IndexWriter(appendingTo: index.path)
    #expect(writer.options.attributes == ["year": .integer])
    #expect(throws: SearchError.noIndex(path: index.path + "x")) { try IndexWriter(appendingTo: index.path + "x") }
  }

  @Test func countsOfAWriter() throws {
    let index = try TestIndex(["a": "un", "b": "deux", "c": "trois"])
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.add(Document(key: "b", body: "deux bis"))
    try writer.add(Document(key: "d", body: "quatre"))
    try writer.add(Document(key: "d", body: "quatre bis"))
    try writer.delete(key: "a")
    try writer.delete(key: "x")
    let summary = try writer.commit()
    #expect(summary.documents == 3 && writer.addedDocuments == 3)
    #expect(writer.replacedDocuments == 1 && writer.replacedKeys == ["d"] && writer.deletedDocuments == 1)
    #expect(try writer.commit() == summary, "nothing to commit")
    #expect(try index.open().generation == 2)
    #expect(try index.keys("bis") == ["d", "b"] || index.keys("bis") == ["b", "d"])
  }

  @Test func attachmentsAreOfOneState() throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, mode: .append)
    #expect(try writer.attachment() == nil)
    try writer.add(Document(key: "a", body: "un"))
    try writer.commit(attachment: Array("one".utf8))
    #expect(try IndexFiles.isData(index.names()[0]) && writer.attachment() == Array("one".utf8))
    try writer.add(Document(key: "b", body: "deux"))
    try writer.add(Document(key: "c", body: "trois"))
    try writer.commit(attachment: [])
    #expect(try writer.attachment() == [])
    // Another form of the same documents keeps it.
    try writer.compact()
    try writer.commit()
    #expect(try writer.attachment() == [] && index.names().count == 4)
    try writer.delete(key: "b")
    try writer.commit()
    #expect(try writer.attachment() == nil)
    #expect(try !index.names().contains { $0.hasPrefix("attachment") })
  }

  @Test func aSecondWriterWaitsForTheLock() async throws {
    let index = try TestIndex(["a": "un"])
    let path = index.path
    let first = try IndexWriter(appendingTo: path)
    #expect(throws: SearchError.locked(path: path)) { try IndexWriter(appendingTo: path, wait: .milliseconds(60)) }
    let second = Task.detached {
      let writer = try IndexWriter(appendingTo: path, wait: .seconds(900))
      try writer.add(Document(key: "c", body: "trois"))
      return try writer.commit().documents
    }
    try first.add(Document(key: "b", body: "deux"))
    try first.commit()
    try await Task.sleep(for: .milliseconds(50))
    LifeCycleTests.release(consume first)
    #expect(try await second.value == 3)
  }

  private static func release(_ writer: consuming IndexWriter) {}

  @Test func aRefreshedIndexSharesItsSegments() throws {
    let index = try TestIndex(["a": "un", "b": "deux"])
    let old = try index.open()
    #expect(try old.refreshed() === old)
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.add(Document(key: "c", body: "un"))
    try writer.commit()
    let new = try old.refreshed()
    #expect(new !== old && new.generation == 2 && new.summary.documents == 3)
    #expect(try old.search("un").total == 1 && new.search("un").total == 2)
    try writer.delete(key: "a")
    try writer.commit()
    let newest = try new.refreshed()
    #expect(try newest.search("un").hits.map(\.key) == ["c"] && new.search("un").total == 2)
  }

  /// Every state that readers see is one that was committed: all documents of a generation carry its word.
  @Test func manyReadersSeeCompleteStates() async throws {
    let index = try TestIndex()
    let path = index.path
    func documents(_ round: Int) -> [Document] {
      (0..<20).map { Document(key: "k\($0)", title: "r\(round)", body: LifeCycleTests.everywhere) }
    }
    try index.build(documents(0))
    let readers = (0..<3).map { number in
      Task.detached {
        var index = try SearchIndex(path)
        var seen: Set<UInt64> = []
        while index.generation < 41 {
          let old = index
          index = number == 0 ? try SearchIndex(path) : try index.refreshed()
          for opened in [old, index] {
            let hits = try opened.search(LifeCycleTests.everywhere, SearchOptions(limit: 50)).hits
            let titles = Set(hits.map { $0.title ?? "" })
            guard hits.count == 20, titles == ["r\(opened.generation - 1)"] else { return seen.union([.max]) }
            seen.insert(opened.generation)
          }
          await Task.yield()
        }
        return seen
      }
    }
    let writer = try IndexWriter(appendingTo: path, segmentBudget: 2000)
    for round in 1...40 {
      for document in documents(round) { try writer.add(document) }
      if round % 7 == 0 { try writer.compact(reorder: true) }
      try writer.commit()
      try await Task.sleep(for: .milliseconds(2))
    }
    for reader in readers {
      let seen = try await reader.value
      #expect(seen.contains(41) && !seen.contains(.max), "a reader saw a state that was never committed")
    }
  }

  @Test func anIndexMadeAnewUnderTheSameNameIsSeen() throws {
    let index = try TestIndex(["a": "un"])
    let old = try index.open()
    for name in try index.names() { try SystemCalls.remove(index.path + "/" + name) }
    #expect(throws: SearchError.noIndex(path: index.path)) { try old.refreshed() }
    try index.build([Document(key: "b", body: "deux")])
    let new = try old.refreshed()
    #expect(new.generation == old.generation)
    #expect(try new.search("deux").total == 1 && new.search("un").total == 0 && old.search("un").total == 1)
  }

  @Test func replacedDocumentsAreFoundEitherWay() throws {
    var random = SeededRandom(seed: 2311)
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 0))
    for number in 0..<120 { try writer.add(Document(key: "k\(random.integer(0...70))", body: "mot \(number)")) }
    try writer.flush()
    let segments = try index.segmentNames().map { try Segment(index.path + "/" + $0) }
    let sources = segments.map { SegmentMerger.Source(segment: $0) }
    func pairs(_ found: [ReplacedDocuments.Found]) -> Set<[Int]> { Set(found.map { [$0.segment, Int($0.document)] }) }
    let (a, b) = (try ReplacedDocuments.lookUp(sources, 0), try ReplacedDocuments.compare(sources))
    #expect(pairs(a) == pairs(b) && segments.count == 120)
    #expect(pairs(b).count == writer.replacedKeys.count && !b.isEmpty)
  }
}
