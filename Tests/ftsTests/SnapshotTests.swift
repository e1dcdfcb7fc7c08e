import TestSupport
import Testing

/// Processes that read beside others that write.
@Suite struct SnapshotTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    try folder.build((0..<30).map { ("k\($0)", "pivoine mot\($0)") })
  }

  /// Sends a query to a running `fts query --json -n 100`; returns the keys that it finds.
  private func search(_ process: RunningProcess, _ number: Int) throws -> [String] {
    try process.write("pivoine\n")
    let isAnswered = try process.waitUntil { process.outputSoFar().contains("{\"query\":\(number),\"text\":") }
    try #require(isAnswered, "question \(number)")
    let lines = process.outputSoFar().split(separator: "\n").filter { $0.hasPrefix("{\"query\":\(number),\"rank\"") }
    return try lines.map { line in String(try #require(line.firstMatch(of: /"key":"(\w+)"/)).1) }
  }

  @Test func `A process keeps its snapshot while others write and merge`() throws {
    let reader = try folder.start("query", "--json", "-n", "100")
    let first = try search(reader, 1)
    #expect(first.count == 30)
    let edits: [[String]] = [
      ["delete", "k3", "k4"], ["add", "-"], ["delete", "--query", "mot7"], ["compact"], ["add", "-"],
      ["compact", "--reorder"],
    ]
    var expected = 30
    for (number, words) in edits.enumerated() {
      let key = "n\(number)"
      let input = words[0] == "add" ? WorkingFolder.jsonLine(["id": key, "body": "pivoine nouvelle"]) : ""
      let result = try folder.run(words, input: Array(input.utf8))
      try #require(result.status == 0, "\(result.error)")
      expected += [-2, 1, -1, 0, 1, 0][number]
      #expect(try search(reader, number + 2) == first, "after \(words)")
      let others = try folder.keys("pivoine", "-n", "100")
      #expect(others.count == expected && !others.contains("k3"), "after \(words)")
    }
    #expect(try reader.wait().status == 0)
  }

  /// Each new process finds all documents of one state while states follow each other.
  @Test func `New processes see whole states`() throws {
    try #require(try folder.shell("rm -r fts-index").status == 0)
    func lines(_ round: Int) -> String {
      (0..<20).map { WorkingFolder.jsonLine(["id": "k\($0)", "title": "r\(round)", "body": "pivoine"]) }.joined()
    }
    for round in 0..<15 { try folder.write(lines(round), to: "\(round).jsonl") }
    try #require(try folder.fts("build", "0.jsonl").status == 0)
    let script = "for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do $FTS add $n.jsonl && $FTS compact || exit 9; done"
    let writer = try RunningProcess(
      "/bin/sh", ["-c", script], environment: ["FTS": folder.program, "PATH": "/usr/bin:/bin"], in: folder.path)
    var states: Set<String> = []
    for _ in 0..<3000 where states != ["r14"] {
      let hits = try JSONAnswers(folder.fts("query", "--json", "-n", "50", "pivoine")).hits
      states = Set(hits.map { $0.title ?? "" })
      try #require(hits.count == 20 && states.count == 1, "\(states) in \(hits.count) documents")
    }
    #expect(try writer.wait().status == 0 && states == ["r14"])
    #expect(try folder.fts("verify").status == 0)
  }
}
