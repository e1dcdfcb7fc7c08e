import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The life of an index on disk: building, replacing, locking, leftovers.
@Suite struct IndexWriterTests {
  private let documents = [
    Document(key: "a", title: "Paix", body: "La diplomatie populaire"), Document(key: "b", body: "đối ngoại nhân dân"),
  ]

  @Test func buildsAndOpensAgain() throws {
    let index = try TestIndex()
    let summary = try index.build(documents)
    #expect(summary.documents == 2 && summary.segments == 1 && summary.tokens == 8)
    let opened = try index.open()
    #expect(opened.summary == summary && opened.generation == 1)
    #expect(try index.keys("diplomatie") == ["a"])
    #expect(try index.names() == ["lock", "manifest", "segment-00000001.fts"])
    try opened.verifyChecksums()
  }

  @Test func aBudgetMustSufficeToBuild() throws {
    let index = try TestIndex()
    let minimum = IndexOptions.minimumMemoryBudget
    let error = SearchError.memoryBudget(bytes: minimum - 1, minimum: minimum)
    #expect(throws: error) { _ = try IndexWriter(index.path, options: IndexOptions(memoryBudget: minimum - 1)) }
    #expect(try SystemCalls.kind(of: index.path) == nil)
    try index.build(documents, IndexOptions(memoryBudget: minimum))
    #expect(throws: error) { _ = try IndexWriter(appendingTo: index.path, memoryBudget: minimum - 1) }
    #expect(try index.keys("diplomatie") == ["a"])
  }

  @Test func aSmallBudgetHasFewThreads() {
    let minimum = IndexOptions.minimumMemoryBudget
    for (budget, threads) in [(minimum, 1), (72 << 20, 2), (2 * minimum, 9), (32 << 30, 64)] {
      let options = IndexOptions(memoryBudget: budget, threads: 64)
      #expect(options.affordableThreads == threads)
    }
    #expect(IndexOptions(threads: 16).affordableThreads == 16)
  }

  @Test func anIndexWithoutDocuments() throws {
    let index = try TestIndex()
    let summary = try index.build([])
    #expect(summary.documents == 0 && summary.segments == 0)
    #expect(try index.open().search("diplomatie").total == 0)
    try index.build([Document(key: "e", body: ""), Document(key: "f", fields: [])])
    #expect(try index.open().summary.documents == 2)
    #expect(try index.open().search("x").total == 0)
  }

  @Test func textsThatAreNotStoredAreFoundButNotShown() throws {
    let index = try TestIndex()
    try index.build(
      documents.map { Document(key: $0.key, fields: $0.fields, attributes: ["path": "p"]) },
      IndexOptions(storedFields: []))
    let hits = try index.open().search("diplomatie").hits
    #expect(hits.map(\.key) == ["a"])
    #expect(hits[0].document.fields.allSatisfy { $0.text.isEmpty } && hits[0].snippet.pieces.isEmpty)
    #expect(hits[0].document.attributes == ["path": ["p"]])
    try index.build(documents, IndexOptions(storedFields: []))
    let keyOnly = try index.open().search("diplomatie").hits
    #expect(keyOnly.map(\.key) == ["a"] && keyOnly[0].document.attributes.isEmpty)
  }

  @Test func fieldsTheIndexDoesNotHaveAreErrors() throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(fields: ["title", "notes"]))
    #expect(throws: SearchError.unknownField(name: "body", known: ["title", "notes"])) {
      try writer.add(Document(key: "k", body: "texte"))
    }
    try writer.add(Document(key: "k", fields: [Document.Field("notes", "diplomatie")]))
    try writer.commit()
    #expect(writer.addedDocuments == 1)
    #expect(
      try index.open().search("diplomatie").hits.map(\.document.fields)
        == [[Document.Field("title", ""), Document.Field("notes", "diplomatie")]])
  }

  @Test func foreignFoldersAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("notes", to: "photos/notes.txt")
    #expect(throws: SearchError.notAnIndex(path: folder.path + "/photos", found: "it holds notes.txt")) {
      try IndexWriter(folder.path + "/photos")
    }
    try folder.write("no manifest of ours", to: "other/manifest")
    #expect(throws: SearchError.notAnIndex(path: folder.path + "/other", found: "it holds manifest")) {
      try IndexWriter(folder.path + "/other")
    }
    try folder.write("file", to: "plain")
    guard case .notAnIndex? = #expect(throws: SearchError.self, performing: { try IndexWriter(folder.path + "/plain") })
    else {
      Issue.record("a file is no index")
      return
    }
    #expect(throws: SearchError.self) { try IndexWriter(folder.path + "/no/such/parent") }
    #expect(try SystemCalls.names(in: folder.path + "/photos") == ["notes.txt"])
    #expect(try SystemCalls.names(in: folder.path + "/other") == ["manifest"])
  }

  @Test func aSecondWriterIsLockedOut() throws {
    let index = try TestIndex()
    var first: IndexWriter? = try IndexWriter(index.path)
    #expect(throws: SearchError.locked(path: index.path)) { try IndexWriter(index.path) }
    try first?.add(documents[0])
    #expect(throws: SearchError.locked(path: index.path)) { try IndexWriter(index.path) }
    first = nil
    try index.build(documents)
    #expect(try index.open().summary.documents == 2)
  }

  @Test func aWriterThatDoesNotCommitChangesNothing() throws {
    let index = try TestIndex()
    try index.build(documents)
    let before = try index.names().map { try index.bytes(of: $0) }
    var writer: IndexWriter? = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 0))
    for number in 0..<5 { try writer?.add(Document(key: "n\(number)", body: "guerre")) }
    try writer?.flush()
    #expect(try index.segmentNames().count == 6)
    #expect(try index.keys("guerre") == [])
    writer = nil
    #expect(try index.names().map { try index.bytes(of: $0) } == before)
    #expect(try index.keys("diplomatie") == ["a"])
  }

  @Test func leftoversAreRemovedByTheNextWriter() throws {
    let index = try TestIndex()
    try index.build(documents)
    try index.write([1, 2, 3], to: Manifest.segmentName(77))
    try index.write([1, 2, 3], to: Manifest.fileName + AtomicFile.temporarySuffix)
    #expect(try index.keys("diplomatie") == ["a"])
    let writer = try IndexWriter(index.path)
    #expect(try index.segmentNames() == [Manifest.segmentName(1)])
    try writer.add(documents[1])
    try writer.commit()
    // Numbers are never used again, not even those of leftovers.
    #expect(try index.names() == ["lock", "manifest", Manifest.segmentName(78)])
  }

  @Test func aFolderOfLeftoversAloneMayBeBuiltIn() throws {
    let index = try TestIndex()
    try index.write([1], to: Manifest.segmentName(3))
    try index.write([], to: Manifest.lockName)
    #expect(throws: SearchError.noIndex(path: index.path)) { try index.open() }
    try index.build(documents)
    #expect(try index.segmentNames() == [Manifest.segmentName(4)])
  }

  @Test func anOpenIndexOutlivesItsReplacement() throws {
    let index = try TestIndex()
    try index.build(documents)
    let old = try index.open()
    for round in 2...4 {
      try index.build([Document(key: "z", body: "guerre")])
      #expect(try old.search("diplomatie").hits.map(\.key) == ["a"])
      #expect(try old.search("guerre").total == 0)
      try old.verifyChecksums()
      #expect(try index.open().generation == UInt64(round))
      #expect(try index.keys("guerre") == ["z"])
      #expect(try index.segmentNames() == [Manifest.segmentName(UInt64(round))])
    }
  }

  @Test func aDamagedIndexMayBeBuiltAnew() throws {
    let index = try TestIndex()
    try index.build(documents)
    var bytes = try index.bytes(of: Manifest.fileName)
    bytes[20] ^= 1
    try SystemCalls.remove(index.path + "/" + Manifest.fileName)
    try index.write(bytes, to: Manifest.fileName)
    #expect(throws: SearchError.self) { try index.open() }
    try index.build(documents)
    #expect(try index.keys("diplomatie") == ["a"])
    #expect(try index.segmentNames() == [Manifest.segmentName(2)])
  }

  @Test func twoCommitsOfOneWriterAddUp() throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path)
    try writer.add(documents[0])
    try writer.commit()
    #expect(try index.keys("diplomatie") == ["a"])
    try writer.add(documents[1])
    #expect(try writer.commit().documents == 2)
    #expect(try index.open().generation == 2)
    #expect(try index.keys("đối ngoại") == ["b"])
  }
}
