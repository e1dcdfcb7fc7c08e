import TestSupport
import Testing

/// Input that once took minutes, trapped, or passed without a word.
@Suite struct HostileInputTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  @Test func `A compound repeated without end is found and highlighted`() throws {
    try folder.write("Titre\n\n" + String(repeating: "week-end ", count: 100_000), to: "a.txt")
    #expect(try folder.fts("build", "a.txt").status == 0)
    let result = try folder.fts("query", "weekend")
    #expect(result.status == 0)
    #expect(result.output.contains("**week**-**end**"))
  }

  @Test func `A run of capitalised syllables without end is no name`() throws {
    try folder.write("Titre\n\nLe chat. " + String(repeating: "Le La ", count: 100_000), to: "a.txt")
    #expect(try folder.fts("build", "a.txt").status == 0)
    #expect(try folder.fts("query", "chat").status == 0)
  }

  @Test func `A query line of megabytes is read once`() throws {
    try folder.write("Titre\n\nun mot", to: "a.txt")
    #expect(try folder.fts("build", "a.txt").status == 0)
    let result = try folder.fts("query", "--json", input: String(repeating: " ", count: 8_000_000) + "mot\n")
    #expect(result.status == 0)
    #expect(result.outputLines.count == 2)
  }

  @Test(arguments: ["18446744073709551614", "18446744073709551615", "281474976710655", "99999999999999999999999"])
  func `A file with a huge segment number does no harm`(number: String) throws {
    try folder.write("Titre\n\nun mot", to: "in/a.txt")
    #expect(try folder.fts("build", "in").status == 0)
    try folder.write("", to: "fts-index/segment-\(number).fts")
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try folder.fts("query", "mot").status == 0)
  }

  @Test func `JSON without title and body is a problem`() throws {
    try folder.write(#"{"id":"1","text":"un mot"}"# + "\n" + #"{"id":"2","body":""}"# + "\n", to: "a.jsonl")
    let result = try folder.fts("build", "a.jsonl")
    #expect(result.status == 0)
    #expect(result.error.contains("a.jsonl:1: neither title nor body"))
    #expect(!result.error.contains("a.jsonl:2"))
    #expect(try folder.fts("build", "--strict", "--index", "other", "a.jsonl").status == 2)
  }

  @Test func `Problems are counted beyond those that are shown`() throws {
    try folder.write(String(repeating: "x\n", count: 3000) + #"{"id":"1","body":"mot"}"#, to: "a.jsonl")
    let result = try folder.fts("build", "a.jsonl")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: and 2,980 more problems\n"))
  }

  @Test func `Front matter that does not end is text`() throws {
    try folder.write("---\ntitle: Un titre\n\nun mot", to: "a.md")
    #expect(try folder.fts("build", "a.md").status == 0)
    let result = try folder.fts("query", "mot")
    #expect(result.output.contains("title: Un titre"))
    #expect(!result.output.contains("---"))
  }

  @Test func `Folders that all link to each other are read once`() throws {
    try folder.write("Titre\n\nun mot", to: "in/a/x.txt")
    for name in ["b", "c", "d", "e", "f"] { try folder.makeFolder("in/" + name) }
    for from in ["a", "b", "c", "d", "e", "f"] {
      for to in ["a", "b", "c", "d", "e", "f"] { try folder.link("in/\(from)/\(to)", to: folder.path + "/in/" + to) }
    }
    #expect(try folder.fts("build", "in").error.contains("1 document,"))
  }

  @Test func `A build that fails in a new folder says that nothing was written`() throws {
    try folder.makeFolder("empty")
    let result = try folder.fts("build", "empty")
    #expect(result.status == 2)
    #expect(result.error == "fts: no documents in empty; nothing was written\n")
    #expect(try folder.names(".") == ["empty"])
  }
}
