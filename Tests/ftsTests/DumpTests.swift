import Foundation
import TestSupport
import Testing

/// `fts dump`: terms, postings and documents, and how it ends.
@Suite struct DumpTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    let lines = [
      ["id": "b", "title": "Les ports", "body": "Le port\tde Hà Nội\n\\fin"],
      ["id": "a", "body": "Đối ngoại. Đổi mới."],
      ["id": "c", "body": "Les ports, un week-end"],
    ]
    let input = lines.map { WorkingFolder.jsonLine($0) }.joined()
    try #require(try folder.fts("build", "-", input: input).status == 0)
  }

  private func lines(_ arguments: String...) throws -> [String] {
    let result = try folder.run(["dump"] + arguments)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    return result.outputLines
  }

  private func objects(_ arguments: String...) throws -> [[String: Any]] {
    try folder.run(["dump", "--json"] + arguments).outputLines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func `Terms with their forms`() throws {
    #expect(try lines("terms", "--prefix", "port") == ["fr\tport\t-\t2\t3\tport:1 ports:2"])
    #expect(try lines("terms", "--term", "Ports") == ["fr\tport\t-\t2\t3\tport:1 ports:2"])
    #expect(try lines("terms", "--prefix", "doi") == ["vi\tdoi\tđối\t1\t1\t-", "vi\tdoi\tđổi\t1\t1\t-"])
    #expect(try lines("terms", "--term", "đối") == ["vi\tdoi\tđối\t1\t1\t-"])
    #expect(try lines("terms", "--term", "doi", "--language", "vi").count == 2)
    #expect(try lines("terms", "--term", "doi", "--language", "fr").isEmpty)
    #expect(try lines("terms", "--prefix", "wekend") == ["fr\twekend\t+\t1\t1\t-"])
    #expect(try lines("terms", "-n", "1").count == 1 && lines("terms", "--limit", "0").isEmpty)
    let all = try objects("terms")
    #expect(
      all.allSatisfy {
        $0.keys.sorted() == ["compound", "documents", "forms", "key", "language", "occurrences", "spelling"]
      })
    #expect(try all.count == lines("terms").count && all.count > 8)
  }

  @Test func `Postings with positions and forms`() throws {
    #expect(
      try lines("postings", "--term", "port") == [
        "fr\tport\t-\tb\t2\t1,103\tport ports", "fr\tport\t-\tc\t1\t101\tports",
      ])
    #expect(try lines("postings", "--language", "vi", "--prefix", "doi", "-n", "1").count == 1)
    let posting = try #require(try objects("postings", "--term", "port").first)
    #expect(posting["positions"] as? [Int] == [1, 103] && posting["frequency"] as? Int == 2)
    #expect(posting["forms"] as? [String] == ["port", "ports"] && posting["document"] as? String == "b")
  }

  @Test func `Documents with lengths, attributes and texts`() throws {
    #expect(
      try lines("documents", "--prefix", "b") == ["b\ttitle=2 body=6\t-\tLes ports\tLe port\\tde Hà Nội\\n\\\\fin"])
    let all = try objects("documents")
    #expect(all.map { $0["key"] as? String } == ["a", "b", "c"])
    let fields = try #require(all[1]["fields"] as? [[String: String]])
    #expect(fields.map { $0["text"] } == ["Les ports", "Le port\tde Hà Nội\n\\fin"])
    let lengths = try #require(all[1]["lengths"] as? [[String: Any]])
    #expect(lengths.map { $0["field"] as? String } == ["title", "body"])
    #expect(lengths.map { $0["tokens"] as? Int } == [2, 6])
  }

  /// A collection whose dump no pipe holds.
  private func buildMuch() throws {
    let words = (0..<40_000).map { "mot\($0)" }.joined(separator: " ")
    try folder.build([(key: "a", body: words), (key: "b", body: words)], index: "much")
  }

  @Test func `A reader that goes away ends it with status 0`() throws {
    try buildMuch()
    for what in ["terms", "postings"] {
      let line = "{ \"$FTS\" dump \(what) --index much; echo $? >status; } | head -n 1"
      let result = try folder.shell(line)
      #expect(result.outputLines.count == 1 && result.error.isEmpty)
      #expect(try String(decoding: folder.bytes("status"), as: UTF8.self) == "0\n")
    }
  }

  /// A shell shows the end by this signal as 130.
  @Test func `Ctrl-C ends it at once`() throws {
    try buildMuch()
    // Nobody empties the pipe but for the first bytes, so that the dump waits when the signal comes.
    let line = "mkfifo pipe; exec 3<>pipe; exec \"$FTS\" dump postings --index much >&3"
    let settings = ["FTS": folder.program, "PATH": "/usr/bin:/bin"]
    let dump = try RunningProcess("/bin/sh", ["-c", line], environment: settings, in: folder.path)
    #expect(try dump.waitUntil { folder.exists("pipe") })
    let pipe = try #require(FileHandle(forReadingAtPath: folder.path + "/pipe"))
    defer { try? pipe.close() }
    #expect(try pipe.read(upToCount: 4) == Data("none".utf8))
    dump.send(signal: SIGINT)
    let result = try dump.wait()
    #expect(result.ending == .signal(SIGINT) && result.error.isEmpty)
  }
}
