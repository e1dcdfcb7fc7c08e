import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Documents and collections of unusual sizes. With `FTS_LONG_TESTS` set, of the full ones.
@Suite struct GrowthTests {
  static let isLong = ProcessInfo.processInfo.environment["FTS_LONG_TESTS"] != nil

  @Test func anEmptyDocumentIsADocument() throws {
    let index = try TestIndex()
    let summary = try index.build([
      Document(key: "", body: ""), Document(key: "a", body: "paix"), Document(key: "b", fields: []),
    ])
    #expect(summary.documents == 3 && summary.tokens == 1)
    #expect(try index.keys("paix") == ["a"])
    var documents: [String] = []
    try index.open().forEachDocument { (document) throws(SearchError) in
      documents.append("\(document.key):\(document.lengths)")
      return true
    }
    #expect(documents == [":[0, 0]", "a:[0, 1]", "b:[0, 0]"])
    #expect(try TestIndex(["only": ""]).open().countPostings().all == PostingCounts.Lists())
  }

  /// A word longer than `WordBuffer.limit` bytes is cut there, in documents and queries alike.
  @Test(arguments: ["x", "é", "ệ", "中"]) func aTermOfTenThousandBytesIsCut(letter: String) throws {
    let word = String(repeating: letter, count: 10_000 / letter.utf8.count)
    let index = try TestIndex(["a": "avant \(word) après", "b": "avant \(letter)\(letter) après"])
    #expect(try index.keys(word).contains("a"))
    var longest = 0
    try index.open().forEachTerm { (term) throws(SearchError) in
      longest = max(longest, term.name.key.utf8.count, term.name.spelling?.utf8.count ?? 0)
      return true
    }
    #expect(longest <= WordBuffer.limit + 8)
    #expect(try index.open().search("avant", SearchOptions()).total == 2)
  }

  /// 400 kB, or 100 MB.
  @Test func aLargeDocument() throws {
    var random = SeededRandom(seed: 921)
    let part = (0..<2000).map { _ in random.pick(RandomDocuments.words) }.joined(separator: " ")
    let repeats = (Self.isLong ? 100_000_000 : 400_000) / part.utf8.count + 1
    let text = String(repeating: part + ". ", count: repeats)
    let index = try TestIndex()
    let start = ContinuousClock.now
    let summary = try index.build([Document(key: "grand", body: text), Document(key: "petit", body: part)])
    if Self.isLong { print("\(text.utf8.count) bytes: \(ContinuousClock.now - start)") }
    let opened = try index.open()
    #expect(summary.tokens % UInt64(repeats + 1) == 0 && summary.tokens > UInt64(repeats * 1500))
    #expect(try opened.countPostings().all.positions >= summary.tokens)
    #expect(try Set(opened.search("diplomatie populaire").hits.map(\.key)) == ["grand", "petit"])
    var frequencies: [String: Int] = [:]
    try opened.forEachPosting(TermSelection(language: .vietnamese, term: "đối")) { (posting) throws(SearchError) in
      frequencies[posting.document] = posting.frequency
      #expect(zip(posting.positions, posting.positions.dropFirst()).allSatisfy { $0 < $1 })
      return true
    }
    let once = try #require(frequencies["petit"])
    #expect(frequencies["grand"] == once * repeats && once > 0)
    var isSame = false
    try opened.forEachDocument(keyPrefix: "grand") { (document) throws(SearchError) in
      isSame = document.stored.text("body") == text
      return true
    }
    #expect(isSame)
  }

  @Test func moreTextThanADocumentCanHaveIsAnError() throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path)
    // One text, named often: it takes its memory once.
    let field = Document.Field("body", String(repeating: "abcdefg ", count: 1 << 20))
    let maximum = IndexWriter.maximumTextBytes
    let error = SearchError.limit(what: "bytes of a document", value: 1 << 28 + 1, maximum: maximum)
    #expect(throws: error) {
      try writer.add(Document(key: "k", fields: [Document.Field](repeating: field, count: 32)))
    }
    #expect(writer.addedDocuments == 0)
  }

  /// However large the budget, a segment keeps its occurrences below 2^32, whatever its last document brings.
  @Test(arguments: [1 << 17, 1 << 19]) func aSegmentEndsBeforeItsCountsDo(tokensABatch: Int) {
    var budget = SegmentBudget(.max)
    var tokens = 0
    while !budget.isFull {
      let batch = DocumentBatch()
      batch.textBytes = 1 << 19
      tokens += tokensABatch
      guard budget.add(batch) != nil else { continue }
      var cost = BatchCost()
      cost.tokens = tokensABatch
      budget.addCost(cost)
    }
    #expect(tokens + IndexWriter.maximumTextBytes < 1 << 32 && tokens > 1 << 30)
  }

  /// What `SkipEntry` and `SegmentBudget` count on.
  @Test func textsHaveFewerTokensThanHalfTheirBytes() {
    var random = SeededRandom(seed: 922)
    let analyzer = TestAnalyzer()
    for _ in 0..<2000 {
      let text = RandomText.text(&random, maximum: 12)
      #expect(analyzer.tokens(text).count <= (text.utf8.count + 1) / 2, "seed 922: \(text)")
    }
  }

  @Test func batchesOfEmptyDocumentsEnd() {
    let batch = DocumentBatch()
    for _ in 0..<10 { batch.add(Document(key: "", body: ""), textBytes: 0) }
    #expect(batch.textBytes >= 10)
  }

  /// A vocabulary of ten million terms (or 6,000): built in segments, merged into one.
  @Test func aLargeVocabulary() throws {
    let (count, words) = Self.isLong ? (10_000_000, 1000) : (6_000, 100)
    let index = try TestIndex()
    let options = IndexOptions(
      analyzer: AnalyzerOptions(preset: .folding), storedFields: [], segmentBudget: Self.isLong ? 384 << 20 : 100_000)
    let start = ContinuousClock.now
    let writer = try IndexWriter(index.path, options: options)
    for document in 0..<count / words {
      let text = (0..<words).map { Self.word($0 * (count / words) + document) }
      try writer.add(Document(key: String(document), body: text.joined(separator: " ")))
    }
    try writer.commit()
    let built = ContinuousClock.now
    let opened = try index.open()
    #expect(opened.segments.count > 1)
    #expect(try opened.countPostings().all.terms == count)
    var merger = try SegmentMerger(opened.segments.map { SegmentMerger.Source(segment: $0) })
    let counted = ContinuousClock.now
    _ = try merger.write(options.settings, to: index.path + "/merged.fts")
    let merged = try Segment(index.path + "/merged.fts")
    if Self.isLong {
      print("\(count) terms: built in \(built - start), merged in \(ContinuousClock.now - counted), ", terminator: "")
      print("\(opened.segments.count) segments, peak \(SystemCalls.peakMemory() >> 20) MiB")
    }
    #expect(merged.dictionary.count == count)
    for number in stride(from: 0, to: count, by: count / 997) {
      let entry = try merged.dictionary.list(at: TermAddress(.none, key: Self.word(number).utf8).bytes)
      #expect(entry?.list.documents == 1, "\(Self.word(number))")
    }
    #expect(try merged.dictionary.list(at: TermAddress(.none, key: "zzzzzz".utf8).bytes) == nil)
  }

  /// A word of six letters.
  private static func word(_ number: Int) -> String {
    var remainder = number
    var letters: [UInt8] = []
    for _ in 0..<6 {
      letters.append(0x61 + UInt8(remainder % 25))
      remainder /= 25
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}
