import TestSupport
import Testing

@testable import TextSearch

/// Any number of threads builds the same index, byte for byte.
@Suite struct ThreadedBuildTests {
  /// The files of an index built with some threads, and the keys that were replaced.
  private func build(
    _ documents: [Document], _ options: IndexOptions, threads: Int
  ) throws -> (files: [String: [UInt8]], replaced: [String]) {
    let index = try TestIndex()
    var options = options
    options.threads = threads
    let writer = try IndexWriter(index.path, options: options)
    for document in documents { try writer.add(document) }
    try writer.commit()
    var files: [String: [UInt8]] = [:]
    for name in try index.names() where name != Manifest.lockName { files[name] = try index.bytes(of: name) }
    return (files, writer.replacedKeys)
  }

  private func compare(_ documents: [Document], _ options: IndexOptions, segments: ClosedRange<Int>) throws {
    let one = try build(documents, options, threads: 1)
    #expect(segments.contains(one.files.count - 1), "\(one.files.count - 1) segments")
    for threads in 2...4 {
      let many = try build(documents, options, threads: threads)
      #expect(many.files.keys.sorted() == one.files.keys.sorted(), "\(threads) threads")
      for (name, bytes) in one.files { #expect(many.files[name] == bytes, "\(threads) threads, \(name)") }
      #expect(many.replaced == one.replaced, "\(threads) threads")
    }
  }

  @Test(arguments: [UInt64(541), 542], [1 << 18, 1 << 21, 1 << 28])
  func randomDocumentsWithReplacedKeys(seed: UInt64, budget: Int) throws {
    var random = SeededRandom(seed: seed)
    var documents = RandomDocuments.make(500, &random, maximum: 80).shuffled(using: &random)
    for number in documents.indices where number % 3 == 0 { documents[number].key = "k\(random.integer(0...60))" }
    for number in documents.indices where number % 7 == 0 {
      documents[number].fields[1].text += " week-end arc-en-ciel"
    }
    try compare(documents, IndexOptions(segmentBudget: budget), segments: budget == 1 << 28 ? 1...1 : 1...400)
  }

  @Test func everyDocumentASegment() throws {
    var random = SeededRandom(seed: 543)
    let documents = RandomDocuments.make(40, &random)
    try compare(documents, IndexOptions(segmentBudget: 0), segments: 40...40)
    try compare(documents, IndexOptions(segmentBudget: 1 << 13), segments: 2...39)
  }

  @Test func foldingWithoutStoredTexts() throws {
    var random = SeededRandom(seed: 544)
    let options = IndexOptions(
      analyzer: AnalyzerOptions(preset: .folding), storedFields: [], segmentBudget: 1 << 19)
    try compare(RandomDocuments.make(600, &random, maximum: 100), options, segments: 2...100)
  }

  @Test func moreThreadsThanDocuments() throws {
    try compare([Document(key: "a", body: "un")], IndexOptions(), segments: 1...1)
    try compare([], IndexOptions(), segments: 0...0)
    try compare([Document(key: "a", body: ""), Document(key: "", body: "")], IndexOptions(), segments: 1...1)
  }

  @Test(arguments: 1...3)
  func aSegmentThatCannotBeWrittenLeavesTheOldIndex(threads: Int) throws {
    let index = try TestIndex()
    try index.build([Document(key: "old", body: "diplomatie")])
    do {
      let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 0, threads: threads))
      // A folder stands where the third new segment is to be.
      try SystemCalls.makeFolder(index.path + "/" + Manifest.segmentName(4))
      try writer.add(Document(key: "1", body: "un"))
      try writer.add(Document(key: "2", body: "deux"))
      #expect(throws: SearchError.self) { try writer.add(Document(key: "3", body: "trois")) }
      #expect(throws: SearchError.self, "the third document is lost") { try writer.commit() }
      #expect(throws: SearchError.self) { try writer.flush() }
    }
    try SystemCalls.removeFolder(index.path + "/" + Manifest.segmentName(4))
    #expect(try index.keys("diplomatie") == ["old"])
    #expect(try index.segmentNames() == [Manifest.segmentName(1)])
  }

  @Test(arguments: 1...4)
  func aFieldThatIsUnknownIsAnErrorOfItsDocumentAlone(threads: Int) throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 1 << 16, threads: threads))
    for number in 0..<100 {
      try writer.add(Document(key: "\(number)", body: "texte"))
      #expect(throws: SearchError.unknownField(name: "notes", known: ["title", "body"])) {
        try writer.add(Document(key: "bad", fields: [Document.Field("notes", "x")]))
      }
    }
    #expect(try writer.commit().documents == 100)
    #expect(writer.times.analyze > 0)
  }

  @Test(arguments: 1...4)
  func aWriterThatIsDroppedEndsItsThreads(threads: Int) throws {
    var random = SeededRandom(seed: 545)
    let documents = RandomDocuments.make(300, &random)
    let index = try TestIndex()
    var writer: IndexWriter? = try IndexWriter(
      index.path, options: IndexOptions(segmentBudget: 1 << 18, threads: threads))
    for document in documents { try writer?.add(document) }
    writer = nil
    #expect(try SystemCalls.kind(of: index.path) == nil, "a folder that the writer made goes with it")
  }
}
