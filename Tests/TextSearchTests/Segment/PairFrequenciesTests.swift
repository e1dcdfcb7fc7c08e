import TestSupport
import Testing

@testable import TextSearch

@Suite struct PairFrequenciesTests {
  private static let words = [
    "port", "ports", "arc-en-ciel", "rendez-vous", "le", "la", "été", "đối", "ngoại", "doi", "ngoai", "nhân", "dân",
    "O.N.U.", "2025", "l'eau", "de", "est", "cette", "của", "và", "Singapore",
  ]

  private static func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    (0..<count).map { number in
      func text(_ maximum: Int) -> String {
        (0..<random.integer(0...maximum)).map { _ in random.pick(words) }.joined(
          separator: random.pick([" ", ", ", "\n"]))
      }
      return Document(key: "d\(number)", title: text(3), body: text(40))
    }
  }

  /// The number of documents of each slot, by the positions of all lists.
  private static func counted(_ segment: Segment) throws -> [UInt32: UInt32] {
    struct Occurrence: Hashable {
      let document: UInt32
      let position: UInt32
    }
    var words: [Occurrence: [PairWord]] = [:]
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let address = TermAddress(bytes: cursor.text)
      guard address.isListAddress else { continue }
      var list = try segment.cursor(cursor.value)
      while case let document = try list.advance(), document != PostingCursor.end {
        for position in try list.positions() {
          words[Occurrence(document: document, position: position), default: []].append(address.pairWord)
        }
      }
    }
    var slots: [UInt32: Set<UInt32>] = [:]
    for (occurrence, firsts) in words {
      let next = words[Occurrence(document: occurrence.document, position: occurrence.position + 1)] ?? []
      for slot in PairFrequencies[Set(firsts), Set(next)] { slots[slot, default: []].insert(occurrence.document) }
    }
    return slots.mapValues { UInt32($0.count) }
  }

  private static func all(_ table: PairFrequencies) throws -> [UInt32: UInt32] {
    var all: [UInt32: UInt32] = [:]
    var cursor = table.start
    var last = -1
    while let (slot, frequency) = try cursor.advance() {
      #expect(Int(slot) > last && frequency > 0)
      last = Int(slot)
      all[slot] = frequency
    }
    return all
  }

  @Test(arguments: [1, 2]) func `each slot has the number of its documents`(threads: Int) throws {
    var random = SeededRandom(seed: 171)
    let index = try TestIndex()
    try index.build(Self.documents(150, &random), IndexOptions(segmentBudget: 60_000, threads: threads))
    for segment in try index.open().segments {
      let expected = try Self.counted(segment)
      #expect(expected.count > 200)
      #expect(try Self.all(segment.pairFrequencies) == expected)
      #expect(segment.pairFrequencies.total == expected.values.reduce(0) { $0 + UInt64($1) })
      for slot in Array(expected.keys.prefix(50)) + (0..<50).map({ _ in UInt32(random.integer(0...1 << 24 - 1)) }) {
        #expect(try segment.pairFrequencies[slot] == expected[slot] ?? 0)
      }
    }
    #expect(try SearchIndex.verify(index.path).isIntact)
  }

  /// Tables of few and of many pairs, sorted and counted, of one part and of several.
  @Test(arguments: [0, 1, 100, 10_000, 200_000]) func `tables are what was added`(count: Int) throws {
    var random = SeededRandom(seed: UInt64(172 + count))
    let words = (0..<400).map { PairWord(key: Array("w\($0)".utf8).span, .french) }
    let parts = (0..<3).map { _ in PairSlots() }
    var expected: [UInt32: UInt32] = [:]
    for number in 0..<count {
      let part = parts[number % 3]
      let (first, second) = (random.pick(words), random.pick(words))
      // Twice in one document counts once.
      part.add(first, second)
      part.add(first, second)
      part.endDocument()
      expected[PairFrequencies.slot(first, second), default: 0] += 1
    }
    let folder = try TemporaryFolder()
    let path = folder.path + "/table"
    var writer = try SegmentWriter(creating: path, documents: 1, fingerprint: 0, schema: 0)
    try PairSlots.write(parts, to: &writer)
    _ = try writer.finish()
    let file = try MappedFile(path)
    let offset = SegmentLayout.headerSize
    // One section: the table begins behind the header, its entry says how long it is.
    let entry = file.count - SegmentLayout.footerSize - SegmentLayout.tableEntrySize
    let bytes: UInt64 = try file.bytes.load(at: entry + 16)
    let table = try PairFrequencies(try file.bytes.slice(at: offset, count: Int(bytes)))
    #expect(try Self.all(table) == expected)
    #expect(table.total == UInt64(count))
  }

  /// Documents of few pairs and of so many that their slots are marked instead of hashed, one after the other.
  @Test func `a document has each slot once`() throws {
    var random = SeededRandom(seed: 175)
    let words = (0..<2000).map { PairWord(key: Array("w\($0)".utf8).span, .french) }
    let slots = PairSlots()
    var expected: [UInt32: Int] = [:]
    for count in [0, 1, 2, 3, 1000, 300_000, 5, 1000, 300_000] {
      var document: Set<UInt32> = []
      var text = GrowableBuffer<PairWord>(capacity: count)
      for _ in 0..<count { text.append(random.pick(words)) }
      slots.addAll(text.span)
      for index in 0..<max(0, count - 1) { document.insert(PairFrequencies.slot(text[index], text[index + 1])) }
      slots.endDocument()
      for slot in document { expected[slot, default: 0] += 1 }
    }
    #expect(slots.count == expected.values.reduce(0, +))
    var found: [UInt32: Int] = [:]
    slots.takeAll { found[$0, default: 0] += 1 }
    #expect(found == expected)
    #expect(slots.count == 0)
  }

  @Test func `two frequent words are no pair`() throws {
    let frequent = PairWord(key: Array("le".utf8).span, .french)
    let other = PairWord(key: Array("port".utf8).span, .french)
    let slots = PairSlots()
    var text = GrowableBuffer<PairWord>()
    for word in [frequent, frequent, other, frequent, frequent, other, other, frequent] { text.append(word) }
    slots.addAll(text.span)
    slots.add(frequent, frequent)
    slots.endDocument()
    var found: Set<UInt32> = []
    slots.takeAll { found.insert($0) }
    #expect(
      found == [
        PairFrequencies.slot(frequent, other), PairFrequencies.slot(other, frequent),
        PairFrequencies.slot(other, other),
      ])
  }

  @Test func `damaged tables are errors and never trap`() throws {
    var random = SeededRandom(seed: 173)
    let index = try TestIndex()
    try index.build(Self.documents(100, &random))
    let segment = try index.open().segments[0]
    let bytes = try segment.bytes(of: .pairFrequencies)
    func table(_ bytes: [UInt8]) throws(SearchError) -> PairFrequencies {
      try PairFrequencies(OwnedBytes.region(bytes.span, section: "pair frequencies"))
    }
    #expect(try Self.all(table(bytes)) == Self.all(segment.pairFrequencies))
    for count in [1, 15, 16, 17, bytes.count - 1] {
      #expect(throws: SearchError.self) { try table(Array(bytes.prefix(count))) }
    }
    var errors = 0
    for _ in 0..<2000 {
      var damaged = bytes
      damaged[random.integer(0...bytes.count - 1)] ^= UInt8(random.integer(1...255))
      do {
        let table = try table(damaged)
        var cursor = table.start
        while try cursor.advance() != nil {}
        for _ in 0..<5 { _ = try table[UInt32(random.integer(0...1 << 24 - 1))] }
      } catch { errors += 1 }
    }
    #expect(errors > 200)
    #expect(try table([]).isEmpty)
  }

  // MARK: Divisions

  private struct Ranking: Equatable {
    let keys: [String]
    let scores: [UInt32]
  }

  private static func rankings(_ index: SearchIndex, _ queries: [String]) throws -> [Ranking] {
    try queries.map { query in
      var options = SearchOptions(limit: 1000)
      options.countLimit = .max
      let hits = try index.search(query, options).hits
      return Ranking(keys: hits.map(\.key), scores: hits.map { $0.score.bitPattern })
    }
  }

  private static func queries(_ random: inout SeededRandom) -> [String] {
    (0..<60).map { _ in (0..<random.integer(2...5)).map { _ in random.pick(words) }.joined(separator: " ") }
  }

  /// Makes an index of `parts` segments that are not merged.
  private static func divide(_ documents: [Document], _ parts: Int, deleted: Set<String> = []) throws -> TestIndex {
    let index = try TestIndex()
    var manifest: Manifest?
    for part in 0..<parts {
      let own = try TestIndex()
      try own.build(documents.enumerated().filter { $0.offset % parts == part }.map(\.element))
      if manifest == nil {
        manifest = try Manifest.read(in: own.path)
        manifest?.segments = []
        try SystemCalls.makeFolder(index.path)
      }
      let number = UInt64(part + 1)
      try index.write(own.bytes(of: own.segmentNames()[0]), to: IndexFiles.segment(number))
      let segment = try Segment(index.path + "/" + IndexFiles.segment(number))
      let numbers = try deleted.compactMap { try segment.document(withKey: Array($0.utf8)) }
      var entry = Manifest.SegmentEntry(number: number)
      if !numbers.isEmpty {
        (entry.deletions, entry.deleted) = (1, UInt32(numbers.count))
        try DeletedDocuments(numbers, limit: segment.documentCount).write(
          segment: number, generation: 1, in: index.path)
      }
      manifest?.segments.append(entry)
    }
    manifest?.generation = 1
    manifest?.nextSegment = UInt64(parts + 1)
    try manifest?.write(in: index.path)
    return index
  }

  private static func compact(_ index: TestIndex) throws {
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.compact()
    try writer.commit()
    #expect(try index.open().segments.count == 1)
  }

  @Test func `scores do not depend on how documents are divided`() throws {
    var random = SeededRandom(seed: 174)
    let documents = Self.documents(180, &random)
    let queries = Self.queries(&random)
    let whole = try Self.divide(documents, 1)
    let expected = try Self.rankings(whole.open(), queries)
    #expect(expected.contains { $0.keys.count > 10 })
    for parts in [2, 7, 18] {
      let index = try Self.divide(documents, parts)
      #expect(try index.open().segments.count == parts)
      #expect(try Self.rankings(index.open(), queries) == expected, "\(parts) segments")
      try Self.compact(index)
      #expect(try Self.rankings(index.open(), queries) == expected, "\(parts) segments, compacted")
      #expect(try index.bytes(of: index.segmentNames()[0]) == whole.bytes(of: whole.segmentNames()[0]))
    }
  }

  @Test func `deleted documents count until they are merged`() throws {
    var random = SeededRandom(seed: 175)
    let documents = Self.documents(180, &random)
    let queries = Self.queries(&random)
    let deleted = Set(documents.map(\.key).filter { _ in random.integer(0...3) == 0 })
    var found: [[Ranking]] = []
    var compacted: [[Ranking]] = []
    for parts in [1, 2, 7, 18] {
      let index = try Self.divide(documents, parts, deleted: deleted)
      #expect(try index.open().segments.count == parts)
      found.append(try Self.rankings(index.open(), queries))
      try Self.compact(index)
      compacted.append(try Self.rankings(index.open(), queries))
      #expect(try SearchIndex.verify(index.path).isIntact)
    }
    #expect(found.allSatisfy { $0 == found[0] })
    let fresh = try TestIndex()
    try fresh.build(documents.filter { !deleted.contains($0.key) })
    let live = try Self.rankings(fresh.open(), queries)
    #expect(compacted.allSatisfy { $0 == live })
    #expect(found[0] != live)
  }

  /// Writes a byte of a section, under checksums that no longer hold: merging does not read them.
  private static func damage(
    _ index: TestIndex, _ section: SegmentLayout.Section, at offset: Int, _ bytes: [UInt8]
  ) throws {
    let name = try index.segmentNames()[0]
    var own = try index.bytes(of: name)
    let range = try #require(SegmentBytes(bytes: own).entry(of: section)).range
    for (number, byte) in bytes.enumerated() { own[range.lowerBound + offset + number] = byte }
    try index.write(own, to: name)
  }

  @Test func `a damaged length or total ends a merge with an error, or none`() throws {
    var random = SeededRandom(seed: 177)
    let documents = Self.documents(60, &random)
    let deleted = Set(documents.prefix(20).map(\.key))
    let long = try Self.divide(documents, 2, deleted: deleted)
    try Self.damage(long, .lengths, at: 0, [UInt8](repeating: 255, count: 10))
    #expect(throws: SearchError.self) { try IndexWriter(appendingTo: long.path).compact() }
    let total = try Self.divide(documents, 2, deleted: deleted)
    let count = try total.open().segments[0].bytes(of: .pairFrequencies).count
    try Self.damage(total, .pairFrequencies, at: count - 16, [UInt8](repeating: 255, count: 8))
    #expect(throws: SearchError.self) { try IndexWriter(appendingTo: total.path).compact() }
    #expect(try !SearchIndex.verify(total.path).isIntact)
  }

  @Test func `without pairs neighbours do not count`() throws {
    var random = SeededRandom(seed: 176)
    let documents = Self.documents(150, &random)
    let (with, without) = (try TestIndex(), try TestIndex())
    let size = try with.build(documents).bytes
    #expect(try without.build(documents, IndexOptions(keepsPairs: false)).bytes < size)
    #expect(try SearchIndex.verify(without.path).isIntact)
    var off = SearchOptions(limit: 50)
    off.adjacency = .off
    let (a, b) = (try with.open(), try without.open())
    for query in Self.queries(&random) {
      #expect(try a.search(query, off) == b.search(query, SearchOptions(limit: 50)), "\(query)")
      #expect(try a.search("\"\(query)\"", off) == b.search("\"\(query)\"", off), "\(query)")
    }
  }

  @Test func `a pair in Vietnamese text is Vietnamese, also beside a foreign name`() throws {
    let text = "Lễ hội hòa Singapore tại thành phố Hồ Chí Minh được người dân đón nhận nồng nhiệt."
    let index = try TestIndex(["a": text, "b": "Người dân thành phố đón nhận.", "c": "rien du tout à la mer"])
    let opened = try index.open()
    let explanation = try #require(try opened.explain(.words("hòa Singapore"), key: "a"))
    #expect(explanation.pairs.map(\.vietnamese) == [1] && explanation.pairs.map(\.other) == [0])
    let syllables = try #require(try opened.explain(.words("thành phố"), key: "a"))
    #expect(syllables.pairs.map(\.vietnamese) == [1])
    let french = try #require(try opened.explain(.words("la mer"), key: "c"))
    #expect(french.pairs.map(\.vietnamese) == [0] && french.pairs.map(\.other) == [1])
    for query in ["hòa Singapore", "hoa singapore", "thành phố Hồ", "la mer"] {
      try ReferenceComparison.expectEqual(opened, .words(query), SearchOptions(), context: query)
    }
  }
}
