import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The file of deletions: the round trip, and every kind of damage.
@Suite struct DeletedDocumentsTests {
  private let folder: TemporaryFolder
  private let documents = 70_000

  init() throws { folder = try TemporaryFolder() }

  private func write(_ deleted: [UInt32]) throws -> Manifest.SegmentEntry {
    try DeletedDocuments(deleted, limit: documents).write(segment: 12, generation: 7, in: folder.path)
    return Manifest.SegmentEntry(number: 12, deletions: 7, deleted: UInt32(deleted.count))
  }

  @Test(arguments: [[0], [69_999], [0, 1, 2, 127, 128, 129, 500, 69_998], Array(0..<70_000)] as [[UInt32]])
  func makesTheRoundTrip(deleted: [UInt32]) throws {
    let entry = try write(deleted)
    #expect(Array(try DeletedDocuments.read(entry, documents: documents, in: folder.path)) == deleted)
    #expect(try SystemCalls.names(in: folder.path) == ["deletions-00000012-00000007.fts"])
  }

  @Test func theExampleOfTheArticleIsWhatIsWritten() throws {
    let path = TestData.repository + "/Sources/TextSearch/TextSearch.docc/IndexFormat.md"
    let article = try String(contentsOfFile: path, encoding: .utf8)
    let tail = try #require(article.components(separatedBy: "```deletions\n").dropFirst().first)
    let block = try #require(tail.components(separatedBy: "```").first)
    let example = block.split(whereSeparator: { $0.isWhitespace }).compactMap { UInt8($0, radix: 16) }
    try DeletedDocuments([1, 3], limit: 4).write(segment: 2, generation: 5, in: folder.path)
    let region = try MappedFile(folder.path + "/" + IndexFiles.deletions(2, 5)).bytes
    #expect(try region.array(at: 0, count: region.count - 8) == example)
  }

  @Test func withoutAFileNothingIsDeleted() throws {
    #expect(try DeletedDocuments.read(Manifest.SegmentEntry(number: 12), documents: 5, in: folder.path).isEmpty)
  }

  @Test func everyChangeOfAByteAndEveryCutIsAnError() throws {
    let entry = try write([0, 3, 500])
    let name = IndexFiles.deletions(12, 7)
    let region = try MappedFile(folder.path + "/" + name).bytes
    let bytes = try region.array(at: 0, count: region.count)
    func isDamage(_ damaged: [UInt8]) throws -> Bool {
      try SystemCalls.remove(folder.path + "/" + name)
      try folder.write(damaged, to: name)
      return (try? DeletedDocuments.read(entry, documents: documents, in: folder.path)) == nil
    }
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1
      #expect(try isDamage(damaged), "byte \(index)")
    }
    for count in bytes.indices { #expect(try isDamage(Array(bytes.prefix(count))), "length \(count)") }
    #expect(try isDamage(bytes + [0]))
  }

  @Test func deletionsOfAnotherSegmentAreDamage() throws {
    var entry = try write([0, 3, 500])
    #expect(throws: SearchError.self, "of fewer documents") {
      try DeletedDocuments.read(entry, documents: 400, in: folder.path)
    }
    entry.deleted = 2
    guard
      case .corrupt(let file, "deletions", _, _)? = #expect(
        throws: SearchError.self,
        performing: { try DeletedDocuments.read(entry, documents: documents, in: folder.path) })
    else { return }
    #expect(file == folder.path + "/deletions-00000012-00000007.fts")
  }

  @Test(arguments: [1, 64, 65, 1000])
  func isTheSetOfWhatWasInserted(limit: Int) {
    var random = SeededRandom(seed: UInt64(limit))
    var (deleted, model) = (DeletedDocuments(limit: limit), Set<UInt32>())
    #expect(deleted.isEmpty && !deleted.contains(0) && Array(deleted) == [])
    for _ in 0..<limit {
      let document = UInt32(random.integer(0...limit - 1))
      #expect(deleted.insert(document) == model.insert(document).inserted)
    }
    #expect(deleted.count == model.count && Array(deleted) == model.sorted() && !deleted.isEmpty)
    for document in 0..<UInt32(limit) { #expect(deleted.contains(document) == model.contains(document)) }
    var live = DocumentSet(all: limit)
    deleted.remove(from: &live)
    #expect(live.count == limit - model.count && live.allSatisfy { !model.contains(UInt32($0)) })
    #expect(deleted == DeletedDocuments(model, limit: limit))
  }
}
