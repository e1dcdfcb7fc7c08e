import TestSupport
import Testing

@testable import TextSearch

/// One segment file, as built and as read.
@Suite struct SegmentTests {
  private func segment(_ index: TestIndex) throws -> Segment { try Segment(index.path + "/" + index.segmentNames()[0]) }

  @Test func keysStandInByteOrder() throws {
    var random = SeededRandom(seed: 421)
    let index = try TestIndex()
    let keys = ["é", "z", "a", "B", "10", "9", "", "đ", "a/b", "a b", "中"].shuffled(using: &random)
    try index.build(keys.map { Document(key: $0, body: "texte de \($0)") })
    let segment = try segment(index)
    let stored = try (0..<UInt32(segment.documentCount)).map { try segment.key($0) }
    #expect(stored == keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    for (number, key) in stored.enumerated() { #expect(try segment.document(withKey: key) == UInt32(number)) }
    for absent in ["b", "a/", "zz", "\u{0}"] { #expect(try segment.document(withKey: Array(absent.utf8)) == nil) }
  }

  @Test func storedDocumentsMakeTheRoundTrip() throws {
    var random = SeededRandom(seed: 422)
    let documents = RandomDocuments.make(200, &random)
    let index = try TestIndex()
    try index.build(documents.shuffled(using: &random))
    let segment = try segment(index)
    for document in documents {
      let number = try #require(try segment.document(withKey: Array(document.key.utf8)))
      let stored = try segment.stored(number)
      #expect(stored.key == document.key && stored.fields == document.fields, "seed 422")
      #expect(stored.attributes == document.attributes, "seed 422")
      #expect(stored.text("body") == document.fields[1].text && stored.text("other") == nil)
    }
  }

  @Test func lengthsAreThoseOfTheAnalyzer() throws {
    var random = SeededRandom(seed: 423)
    let documents = RandomDocuments.make(100, &random, maximum: 300)
    let index = try TestIndex()
    try index.build(documents)
    let segment = try segment(index)
    let analyzer = TestAnalyzer()
    var total: UInt64 = 0
    for document in documents {
      let number = try #require(try segment.document(withKey: Array(document.key.utf8)))
      let lengths = document.fields.map { analyzer.tokens($0.text).count }
      #expect(try segment.fieldLength(0, number) == lengths[0])
      // The last field's length follows from the code of the whole.
      let whole = lengths.reduce(0, +)
      let last = max(0, LengthCode.decode(LengthCode.encode(whole)) - lengths[0])
      #expect(try segment.fieldLength(1, number) == last && lengths[1] - last <= whole / 11)
      #expect(try segment.lengthCode(number) == LengthCode.encode(lengths.reduce(0, +)))
      total += UInt64(lengths.reduce(0, +))
    }
    #expect(segment.statistics.length == total)
    #expect(segment.fields == ["title", "body"] && segment.attributes == ["date", "path"])
  }

  @Test func postingsAreThoseOfTheAnalyzer() throws {
    var random = SeededRandom(seed: 424)
    let documents = RandomDocuments.make(300, &random)
    let index = try TestIndex()
    try index.build(documents)
    let segment = try segment(index)
    let analyzer = TestAnalyzer()
    var expected: [[UInt8]: [UInt32: [UInt32]]] = [:]
    for document in documents {
      let number = try #require(try segment.document(withKey: Array(document.key.utf8)))
      var position: UInt32 = 0
      for field in analyzer.tokens(fields: document.fields.map(\.text)) {
        for token in field {
          expected[token.address.bytes, default: [:]][number, default: []].append(position)
          position += 1
        }
        position += DocumentBatch.fieldGap
      }
    }
    for (address, postings) in expected {
      let entry = try #require(try segment.dictionary.list(at: address))
      var cursor = try segment.cursor(entry)
      for (document, positions) in postings.sorted(by: { $0.key < $1.key }) {
        let (found, own) = (try cursor.advance(), try cursor.positions())
        #expect(found == document && own == positions, "seed 424, \(address)")
      }
      #expect(try cursor.advance() == PostingCursor.end)
    }
  }

  @Test func theEntryOfAKeyCountsTheDocumentsOfAllSpellings() throws {
    let index = try TestIndex([
      "a": "đối ngoại của nhân dân", "b": "đội bóng của nhân dân", "c": "đối và đội của nhân dân",
      "d": "quốc gia của nhân dân",
    ])
    let segment = try segment(index)
    let key = [Language.vietnamese.rawValue] + Array("doi".utf8)
    #expect(try segment.dictionary.list(at: key)?.list.documents == 3)
    #expect(
      try segment.dictionary.list(
        at: TermAddress(.vietnamese, key: Array("doi".utf8), spelling: Array("đối".utf8)).bytes)?.list.documents == 2)
    // A lone spelling speaks for its key.
    #expect(try segment.dictionary.list(at: [Language.vietnamese.rawValue] + Array("quoc".utf8)) == nil)
  }

  @Test func checksumsSeeEveryChangedByteOfASection() throws {
    let index = try TestIndex(["a": "đối ngoại", "b": "diplomatie populaire"])
    try index.open().verifyChecksums()
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    let sections = try segment(index).sectionSizes.reduce(0) { $0 + $1.count }
    var seen = 0
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 0x10
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(damaged, to: name)
      do { try index.open().verifyChecksums() } catch { seen += 1 }
    }
    #expect(seen >= sections + SegmentLayout.headerSize + SegmentLayout.footerSize)
    // What is left are the zero bytes between the sections.
    #expect(bytes.count - seen <= 128 * SegmentLayout.Section.allCases.count)
  }
}
