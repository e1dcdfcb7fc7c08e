import TestSupport
import Testing

/// `fts add`, `fts delete` and `fts compact`.
@Suite struct EditTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    try folder.build([("a", "pivoine rouge"), ("b", "pivoine blanche"), ("c", "tulipe rouge")])
  }

  private func expect(_ words: [String], _ status: Int32, _ message: String, input: String = "") throws {
    let result = try folder.run(words, input: Array(input.utf8))
    #expect(result.status == status && result.output.isEmpty, "\(words)")
    #expect(result.error == message + "\n", "\(words)")
  }

  @Test func `Documents are added and replaced`() throws {
    let input =
      WorkingFolder.jsonLine(["id": "b", "body": "lilas"]) + WorkingFolder.jsonLine(["id": "d", "body": "lilas"])
    let result = try folder.fts("add", "-", input: input)
    #expect(result.status == 0)
    #expect(
      result.error.wholeMatch(of: /fts-index: 4 documents, .*; 1 added, 1 replaced, 0 removed, 2 unchanged\n/) != nil)
    #expect(try folder.keys("lilas") == ["b", "d"])
    #expect(try folder.keys("pivoine") == ["a"])
  }

  @Test func `Adding needs an index and something to add`() throws {
    try expect(
      ["add", "x.txt", "--index", "none"], 2, "fts: no index at none; make one with: fts build FOLDER --index none")
    try expect(["add"], 2, "fts: nothing to add; name files or folders: fts add FILE")
    #expect(try folder.names(".") == ["fts-index"])
  }

  @Test func `--strict adds nothing if something is wrong`() throws {
    let result = try folder.fts("add", "--strict", "-", input: "{\"id\":\"z\",\"body\":\"lilas\"}\n{\n")
    #expect(result.status == 2 && result.error.contains("fts-index is as it was"))
    #expect(try folder.keys("lilas").isEmpty)
  }

  @Test func `Documents are deleted by key`() throws {
    try expect(["delete", "a", "x", "c"], 0, "fts-index: 2 documents deleted, 1 document left")
    #expect(try folder.keys("pivoine rouge") == ["b"])
    try expect(["delete", "a"], 1, "fts-index: nothing to delete")
  }

  @Test func `Documents are deleted by a query`() throws {
    try expect(["delete", "--query", "pivoine rouge"], 0, "fts-index: 1 document deleted, 2 documents left")
    try expect(["delete", "--query", "absent"], 1, "fts-index: nothing to delete")
    try expect(["delete", "--query", "!"], 2, "fts: the query holds no word; type at least one letter or digit")
    #expect(try folder.keys("pivoine rouge") == ["c", "b"] || folder.keys("pivoine rouge") == ["b", "c"])
  }

  @Test func `Deleting needs keys or a query`() throws {
    try expect(["delete"], 2, "fts: nothing to delete; name keys: fts delete KEY..., or --query WORDS")
    try expect(["delete", "a", "--query", "b"], 2, "fts: delete takes keys or --query, not both")
  }

  @Test func `Compacting leaves one segment`() throws {
    try expect(["compact"], 0, "fts-index: nothing to do: one segment without deleted documents")
    _ = try folder.fts("delete", "c")
    _ = try folder.fts("add", "-", input: WorkingFolder.jsonLine(["id": "d", "body": "lilas"]))
    let result = try folder.fts("compact")
    #expect(result.status == 0)
    let form = /fts-index: 2 segments of .* made one of .*, 3 documents, \d+\.\d\d s\n/
    #expect(result.error.wholeMatch(of: form) != nil, "\(result.error)")
    #expect(try folder.names("fts-index").filter { $0.hasPrefix("segment-") || $0.hasPrefix("deletions-") }.count == 1)
    let reordered = try folder.fts("compact", "--reorder")
    #expect(reordered.error.hasPrefix("fts-index: 1 segment of ") && reordered.status == 0)
    try expect(["compact", "--reorder"], 0, "fts-index: nothing to do: one segment without deleted documents")
    #expect(try folder.keys("lilas") == ["d"])
    #expect(try folder.keys("pivoine").sorted() == ["a", "b"])
    #expect(try folder.fts("compact", "x").status == 2)
    #expect(try folder.fts("compact", "--index", "none").status == 2)
  }

  @Test func `A second writer is refused at once, or waits`() throws {
    let build = try folder.start("add", "-")
    for number in 0..<40 {
      try build.write(WorkingFolder.jsonLine(["id": "n\(number)", "body": String(repeating: "lilas ", count: 1000)]))
    }
    let message = "fts: another process is writing to fts-index; try again when it is done"
    try expect(["delete", "a"], 2, message)
    try expect(["delete", "a", "--wait", "1"], 2, message)
    try expect(["compact", "--wait", "x"], 2, "fts: --wait takes a whole number from 0 to 86400, not 'x'")
    let waiting = try folder.start("delete", "a", "--wait", "60")
    #expect(try build.wait().status == 0)
    #expect(try waiting.wait().status == 0)
    #expect(try folder.keys("pivoine") == ["b"])
    #expect(try folder.keys("lilas", "-n", "100").count == 40)
  }
}
