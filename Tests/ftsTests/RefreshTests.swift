import Foundation
import TestSupport
import Testing

/// `fts build` over an index of the same inputs: what has not changed is not read.
@Suite struct RefreshTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    for name in ["a", "b", "c"] { try folder.write("Titre \(name)\npivoine mot\(name)", to: "in/\(name).txt") }
    try writeLines(["x": "pivoine lignex", "y": "pivoine ligney"])
    try age()
  }

  private func writeLines(_ documents: [String: String]) throws {
    let lines = documents.sorted { $0.key < $1.key }.map { WorkingFolder.jsonLine(["id": $0.key, "body": $0.value]) }
    try folder.write(lines.joined(), to: "in/lines.jsonl")
  }

  /// Files that were changed just now are compared by their contents; these are to be compared by their times. The time
  /// of the last change of anything cannot be set: the tests that need it wait.
  private func age() throws {
    for name in try folder.names("in") {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: folder.path + "/in/" + name)
    }
  }

  private func build(_ options: String...) throws -> String {
    let result = try folder.run(["build", "in"] + options)
    try #require(result.status == 0, "\(result.error)")
    return result.errorLines.last ?? ""
  }

  private func expectFresh(_ what: Comment) throws {
    try #require(try folder.fts("compact").status == 0)
    try #require(try folder.fts("build", "in", "--fresh", "--index", "fresh").status == 0)
    func segment(_ index: String) throws -> [UInt8] {
      let names = try folder.names(index).filter { $0.hasPrefix("segment-") }
      try #require(names.count == 1)
      return try folder.bytes(index + "/" + names[0])
    }
    let isSame = try segment("fts-index") == segment("fresh")
    #expect(isSame, what)
  }

  @Test func `Nothing has changed`() throws {
    #expect(try build().hasSuffix("MB/s; 5 added, 0 replaced, 0 removed, 0 unchanged"))
    let before = try folder.names("fts-index").filter { $0.hasPrefix("segment-") }
    #expect(try build().hasSuffix("; 0 added, 0 replaced, 0 removed, 5 unchanged"))
    #expect(try folder.names("fts-index").filter { $0.hasPrefix("segment-") } == before)
    #expect(try build("--fresh").hasSuffix("; 5 added, 0 replaced, 0 removed, 0 unchanged"))
    #expect(try folder.names("fts-index").filter { $0.hasPrefix("segment-") } != before)
  }

  @Test func `Changed, new and removed files`() throws {
    _ = try build()
    try folder.write("Titre b\ntulipe motb", to: "in/b.txt")
    try folder.write("Titre d\npivoine motd", to: "in/sub/d.txt")
    try FileManager.default.removeItem(atPath: folder.path + "/in/c.txt")
    #expect(try build().hasSuffix("; 1 added, 1 replaced, 1 removed, 3 unchanged"))
    #expect(try folder.keys("pivoine").sorted() == ["a.txt", "sub/d.txt", "x", "y"])
    #expect(try folder.keys("tulipe") == ["b.txt"])
    #expect(try folder.keys("motc").isEmpty)
    try expectFresh("after changes")
  }

  @Test func `A file of several documents is read as a whole`() throws {
    _ = try build()
    try writeLines(["y": "tulipe ligney", "z": "tulipe lignez"])
    #expect(try build().hasSuffix("; 1 added, 1 replaced, 1 removed, 3 unchanged"))
    #expect(try folder.keys("tulipe").sorted() == ["y", "z"])
    try expectFresh("after changes of lines")
  }

  @Test func `A change of the same size and an old time is seen`() throws {
    _ = try build()
    try folder.write("Titre a\ntulipes mota", to: "in/a.txt")
    try age()
    #expect(try build().hasSuffix("; 0 added, 1 replaced, 0 removed, 4 unchanged"))
    #expect(try folder.keys("tulipes") == ["a.txt"])
  }

  @Test func `A file that is only touched is not read as a document`() throws {
    _ = try build()
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_600_000_000)], ofItemAtPath: folder.path + "/in/a.txt")
    #expect(try build().hasSuffix("; 0 added, 0 replaced, 0 removed, 5 unchanged"))
  }

  @Test func `Other options make the index anew`() throws {
    _ = try build()
    #expect(try build("--analyzer", "folding").hasSuffix("; 5 added, 0 replaced, 0 removed, 0 unchanged"))
    #expect(try build("--analyzer", "folding").hasSuffix("; 0 added, 0 replaced, 0 removed, 5 unchanged"))
    #expect(try build("--encoding", "windows-1252").contains("; 5 added, "))
  }

  @Test func `Keys that come twice are settled as by a fresh build`() throws {
    try folder.write(WorkingFolder.jsonLine(["id": "x", "body": "tulipe double"]), to: "in/more.jsonl")
    let first = try folder.fts("build", "in")
    #expect(first.error.contains("x: the key comes more than once; the last document stays"))
    let second = try folder.fts("build", "in")
    #expect(second.error.contains("x: the key comes more than once"), "the same is said again")
    try writeLines(["x": "pivoine changé"])
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try folder.keys("double") == ["x"])
    #expect(try folder.keys("changé").isEmpty)
    try FileManager.default.removeItem(atPath: folder.path + "/in/more.jsonl")
    #expect(try build().hasSuffix("; 0 added, 1 replaced, 0 removed, 3 unchanged"))
    #expect(try folder.keys("changé") == ["x"])
    // A key that an unchanged file has as well.
    try folder.write(WorkingFolder.jsonLine(["id": "a.txt", "body": "tulipe usurpée"]), to: "in/0.jsonl")
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try folder.keys("usurpée").isEmpty)
    #expect(try folder.keys("mota") == ["a.txt"])
    try expectFresh("after keys came twice")
  }

  @Test func `What was added or deleted by hand is undone`() throws {
    _ = try build()
    try folder.write(WorkingFolder.jsonLine(["id": "x", "body": "tulipe"]), to: "extra.jsonl")
    try folder.write("Extra\ntulipe", to: "extra.txt")
    #expect(try folder.fts("add", "extra.jsonl").error.hasSuffix("; 0 added, 1 replaced, 0 removed, 4 unchanged\n"))
    #expect(try folder.fts("add", "extra.txt").error.hasSuffix("; 1 added, 0 replaced, 0 removed, 5 unchanged\n"))
    #expect(try folder.keys("tulipe").sorted() == ["extra.txt", "x"])
    #expect(try folder.fts("delete", "b.txt").error == "fts-index: 1 document deleted, 5 documents left\n")
    #expect(try build().hasSuffix("; 1 added, 2 replaced, 1 removed, 2 unchanged"))
    #expect(try folder.keys("pivoine").sorted() == ["a.txt", "b.txt", "c.txt", "x", "y"])
    #expect(try folder.keys("tulipe").isEmpty)
    try expectFresh("after adding and deleting")
  }

  @Test func `An index without sources is built anew`() throws {
    try folder.build([("k", "tulipe")])
    #expect(try build().contains("; 5 added, "))
    #expect(try folder.keys("tulipe").isEmpty)
  }

  @Test func `--strict leaves the index as it was`() throws {
    _ = try build()
    try folder.write("{\"id\": 1,}\n", to: "in/bad.jsonl")
    let result = try folder.fts("build", "in", "--strict")
    #expect(result.status == 2 && result.error.contains("fts-index is as it was"))
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try folder.fts("build", "in", "--strict").status == 2, "what was wrong is still wrong")
  }

  @Test func `Random changes make what a fresh build makes`() throws {
    let seed: UInt64 = 2401
    var random = SeededRandom(seed: seed)
    for round in 0..<8 {
      for _ in 0..<random.integer(1...5) {
        let name = "in/f\(random.integer(0...6))"
        switch random.integer(0...3) {
        case 0: try? FileManager.default.removeItem(atPath: folder.path + "/" + name + ".txt")
        case 1: try folder.write("T\npivoine \(random.integer(0...99))", to: name + ".txt")
        default:
          let lines = (0..<random.integer(0...3)).map { _ in
            WorkingFolder.jsonLine(["id": "i\(random.integer(0...9))", "body": "mot \(random.integer(0...99))"])
          }
          try folder.write(lines.joined(), to: name + ".jsonl")
        }
      }
      #expect(try folder.fts("build", "in").status == 0)
      if round % 3 == 2 { try expectFresh("seed \(seed), round \(round)") }
    }
  }
}
