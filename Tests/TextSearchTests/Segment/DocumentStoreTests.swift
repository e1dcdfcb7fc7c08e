import TestSupport
import Testing

@testable import TextSearch

/// The section `documents`: records in blocks, and the fields that are stored.
@Suite struct DocumentStoreTests {
  private static func section(
    _ records: [[UInt8]], _ way: StoredCompression, fields: [Int] = [0, 1]
  ) -> [UInt8] {
    var store = DocumentStoreWriter(way, fields: fields)
    for record in records { store.add(record.span) }
    var section = ByteWriter()
    store.finish(head: &section)
    section.write(store.blocks)
    return MappedBytes.array(section)
  }

  private static func store(_ section: [UInt8], documents: Int) throws(SearchError) -> DocumentStore {
    try DocumentStore(OwnedBytes.region(section.span, section: "documents"), documents: documents, fields: 2)
  }

  private static func records(_ store: DocumentStore, _ documents: some Sequence<Int>) throws -> [[UInt8]] {
    var reader = DocumentStore.Reader(store)
    return try documents.map { document in
      let record = try reader.record(document)
      return try record.array(at: 0, count: record.count)
    }
  }

  /// Sizes around the borders of blocks, empty records at them, and records over several blocks.
  private static let sizes: [[Int]] = [
    [], [0], [0, 0, 0], [1], [0, 1], [1, 0, 0], [16_383, 1, 0, 5], [16_384, 0, 0], [32_768], [32_768, 0],
    [32_767, 1, 1],
    [5, 32_763, 0, 7],
    [5, 32_764, 3], [100_000, 1, 98_304, 0, 98_304], [16_000, 70_000, 16_383, 16_384, 16_385], [0, 0, 40_000, 0],
  ]

  @Test(arguments: StoredCompression.allCases)
  func `records of every size come back, in any order`(way: StoredCompression) throws {
    var random = SeededRandom(seed: 461)
    var lists = DocumentStoreTests.sizes
    for _ in 0..<6 {
      lists.append((0..<random.integer(1...60)).map { _ in random.integer(0...random.pick([20, 900, 20_000])) })
    }
    let source = Array((0..<3000).map { _ in RandomDocuments.text(&random, maximum: 20) }.joined().utf8.prefix(110_000))
    for sizes in lists {
      let records = sizes.map { size in
        let start = random.integer(0...source.count - size)
        return Array(source[start..<start + size])
      }
      let store = try DocumentStoreTests.store(
        DocumentStoreTests.section(records, way), documents: records.count)
      #expect(store.compression == way && store.fields == [0, 1])
      #expect(try DocumentStoreTests.records(store, records.indices) == records, "seed 461, \(sizes)")
      let order = records.indices.shuffled(using: &random)
      // Without texts there are no blocks if all records are empty.
      let section = DocumentStoreTests.section(records, way, fields: [])
      let bare = try DocumentStoreTests.store(section, documents: records.count)
      #expect(try DocumentStoreTests.records(bare, order) == order.map { records[$0] }, "seed 461, \(sizes)")
      if sizes.allSatisfy({ $0 == 0 }) { #expect(section.count < 12) }
      #expect(try DocumentStoreTests.records(store, order) == order.map { records[$0] }, "seed 461, \(sizes)")
    }
  }

  @Test func `damaged sections throw or decode to other bytes`() throws {
    var random = SeededRandom(seed: 462)
    let records = [50, 0, 40_000, 3, 16_390, 9].map { size in
      (0..<size).map { _ in random.pick(Array("abcde fgh ".utf8)) }
    }
    let section = DocumentStoreTests.section(records, .fast)
    // Everything before the blocks, and some of their bytes.
    let offsets = Array(0..<60) + (0..<200).map { _ in random.integer(60...section.count - 1) }
    var errors = 0
    for offset in offsets {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = section
        damaged[offset] ^= change
        do {
          let store = try DocumentStoreTests.store(damaged, documents: records.count)
          _ = try DocumentStoreTests.records(store, records.indices)
        } catch is SearchError { errors += 1 }
      }
    }
    #expect(errors > 50)
    for count in 0..<40 {
      #expect(throws: SearchError.self) {
        let store = try DocumentStoreTests.store(Array(section.prefix(count)), documents: records.count)
        _ = try DocumentStoreTests.records(store, records.indices)
      }
    }
  }

  @Test func `only the chosen fields are kept`() throws {
    let document = Document(key: "a", title: "Titre", body: "Le corps du texte", attributes: ["date": "2025"])
    let untitled = Document(key: "b", title: "Autre", body: "corps")
    for (fields, kept) in [
      (["title"], ["title"]), (["body"], ["body"]), (["title", "body"], ["title", "body"]), ([], []),
    ] {
      let index = try TestIndex()
      try index.build([document, untitled], IndexOptions(storedFields: Set(fields)))
      let segment = try Segment(index.path + "/" + index.segmentNames()[0])
      #expect(segment.storedFields == kept)
      let stored = try segment.stored(0)
      #expect(stored.fields == document.fields.filter { kept.contains($0.name) })
      #expect(stored.attributes == ["date": ["2025"]] && stored.key == "a")
      #expect(try segment.stored(1).fields == untitled.fields.filter { kept.contains($0.name) })
      #expect(try index.keys("corps") == ["b", "a"])
    }
    let index = try TestIndex()
    #expect(throws: SearchError.unknownField(name: "author", known: ["title", "body"])) {
      try index.build([document], IndexOptions(storedFields: ["title", "author"]))
    }
    #expect(try SystemCalls.kind(of: index.path) == nil)
  }

  @Test(arguments: StoredCompression.allCases)
  func `a huge document, an empty one, and all records in order`(way: StoredCompression) throws {
    var random = SeededRandom(seed: 463)
    var huge = ""
    while huge.utf8.count < 1_000_000 { huge += RandomDocuments.text(&random, maximum: 60) }
    let documents = [
      Document(key: "a", body: "court"), Document(key: "b", body: huge), Document(key: "c", body: ""),
      Document(key: "d", title: "fin", body: "dernier"),
    ]
    let index = try TestIndex()
    try index.build(documents, IndexOptions(storedCompression: way))
    let segment = try Segment(index.path + "/" + index.segmentNames()[0])
    #expect(segment.storedCompression == way)
    for (number, document) in documents.enumerated() {
      #expect(try segment.stored(UInt32(number)).fields == document.fields)
    }
    var seen: [UInt32] = []
    var bytes = 0
    try segment.forEachRecord { (document, record) throws(SearchError) in
      seen.append(document)
      bytes += record.count
    }
    #expect(seen == [0, 1, 2, 3])
    let texts = documents.reduce(0) { $0 + $1.fields.reduce(0) { $0 + $1.text.utf8.count } }
    // Counts of bytes before the texts, and the count of attributes.
    #expect(bytes == texts + 4 * 3 + 2)
  }

  // MARK: Records of attributes alone

  /// Values that columns give back as they were added, and others: not composed, too long, in other words, in no order, twice.
  private static let values: [String: (kept: [[String]], changed: [[String]])] = [
    "tags": (
      [["paix"], ["a", "b"], ["Đà Nẵng", "đông"], []],
      [["b", "a"], ["a", "a"], ["e\u{301}"], [String(repeating: "a", count: 1025)]]
    ),
    "date": (
      [["2024"], ["2024-05-06"], ["2024-05", "hier"]],
      [["2024-05-06T00:00:00+02:00"], ["hier", "2024"], ["06/05/2024"]]
    ),
    "year": ([["7"], ["-3", "12"], ["x"]], [["007"], ["12", "-3"], ["1.5e3"], ["+7"]]),
  ]

  @Test(arguments: [UInt64(463), 464, 465])
  func `attributes that columns hold have no records, and come back as they were added`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    let options = IndexOptions(storedFields: [], attributes: ["year": .integer, "date": .date])
    // Of each kind in turn: no document has changed values, some do.
    let hasChanged = seed != 463
    var expected: [String: [String: [String]]] = [:]
    let writer = try IndexWriter(index.path, options: options)
    for batch in 0..<3 {
      for number in 0..<random.integer(1...60) {
        var attributes: [String: [String]] = [:]
        for (name, lists) in DocumentStoreTests.values.sorted(by: { $0.key < $1.key }) where random.integer(0...2) > 0 {
          attributes[name] = random.pick(hasChanged && random.integer(0...3) == 0 ? lists.changed : lists.kept)
        }
        let key = "d\(number)-\(batch)"
        try writer.add(Document(key: key, body: "eau", attributes: attributes))
        expected[key] = attributes.filter { !$0.value.isEmpty }
      }
      try writer.commit()
    }
    for key in expected.keys.sorted() where random.integer(0...4) == 0 {
      try writer.delete(key: key)
      expected[key] = nil
    }
    try writer.commit()
    for isMerged in [false, true] {
      if isMerged { _ = try writer.compact() }
      let opened = try index.open()
      var found: [String: [String: [String]]] = [:]
      try opened.forEachDocument { document in
        found[document.stored.key] = document.stored.attributes
        return true
      }
      #expect(found == expected, "seed \(seed), merged: \(isMerged)")
      let hits = try opened.search("eau", SearchOptions(limit: 1000, makesSnippets: false)).hits
      #expect(hits.count == expected.count)
      for hit in hits { #expect(hit.document.attributes == expected[hit.document.key], "seed \(seed)") }
      #expect(try SearchIndex.verify(index.path).problems.isEmpty)
      let bytes = try opened.segments.reduce(0) { $0 + (try $1.storedBytes()) }
      #expect((bytes > 0) == hasChanged, "seed \(seed)")
    }
  }
}
