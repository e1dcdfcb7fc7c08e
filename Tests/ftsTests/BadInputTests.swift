import TestSupport
import Testing

/// Input that is wrong gets a clear error and takes nothing else with it.
@Suite struct BadInputTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  @Test func `A path that is missing is an error before anything is written`() throws {
    try folder.write("Titre\npivoine", to: "a.txt")
    let result = try folder.fts("build", "a.txt", "no such file.txt")
    #expect(result.status == 2)
    #expect(result.error == "fts: cannot find no such file.txt: No such file or directory\n")
    #expect(!folder.exists("fts-index"))
  }

  @Test func `A path that is missing leaves the old index`() throws {
    try folder.build([("old", "pivoine")])
    #expect(try folder.fts("build", "missing").status == 2)
    #expect(try folder.keys("pivoine") == ["old"])
  }

  @Test func `A path below a file is missing`() throws {
    try folder.write("x", to: "a.txt")
    #expect(try folder.fts("build", "a.txt/b").status == 2)
  }

  @Test func `A loop of links as an input is an error`() throws {
    try folder.link("loop", to: "loop")
    let result = try folder.fts("build", "loop")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("fts: cannot examine loop: "))
  }

  @Test func `What cannot be examined in a folder is reported and hides nothing`() throws {
    try folder.write("Titre\npivoine", to: "in/a.txt")
    try folder.write("Titre\npivoine", to: "in/z.txt")
    try folder.link("in/b.txt", to: "nowhere")
    try folder.link("in/c", to: "c")
    let result = try folder.fts("build", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/b.txt: cannot find in/b.txt: No such file or directory\n"))
    #expect(result.error.contains("fts: in/c: cannot examine in/c: "))
    #expect(try folder.keys("pivoine").sorted() == ["a.txt", "z.txt"])
    #expect(try folder.fts("build", "--strict", "in").status == 2)
  }

  #if os(Linux)
    @Test func `A file that opens but cannot be read is reported`() throws {
      try folder.write("Titre\npivoine", to: "in/a.txt")
      for name in ["b.txt", "c.md", "d.jsonl"] { try folder.link("in/" + name, to: "/proc/self/mem") }
      let result = try folder.fts("build", "in")
      #expect(result.status == 0)
      for name in ["b.txt", "c.md", "d.jsonl"] {
        #expect(result.error.contains("fts: in/\(name): cannot read in/\(name): "), "\(result.error)")
      }
      #expect(try folder.keys("pivoine") == ["a.txt"])
      #expect(try folder.fts("build", "--strict", "in").status == 2)
    }
  #endif

  @Test func `A folder that links back to itself is read once`() throws {
    try folder.write("Titre\npivoine", to: "in/sub/a.txt")
    try folder.link("in/sub/up", to: "..")
    try folder.link("in/self", to: ".")
    let result = try folder.fts("build", "in")
    #expect(result.status == 0)
    #expect(try folder.keys("pivoine") == ["sub/a.txt"])
  }

  @Test func `Invalid UTF-8 is replaced, counted and reported`() throws {
    try folder.write(
      Array("Titre\npivoine ".utf8) + [0xFF, 0x20, 0xC3, 0x28] + Array(" rouge".utf8), to: "in/a.txt")
    try folder.write(
      Array(#"{"id":"b","body":"pivoine "#.utf8) + [0xE9] + Array(" rouge\"}".utf8), to: "in/b.jsonl")
    let result = try folder.fts("build", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/a.txt:2: invalid UTF-8, 2 sequences replaced\n"))
    #expect(result.error.contains("fts: in/b.jsonl:1: invalid UTF-8, 1 sequence replaced\n"))
    #expect(try folder.keys("pivoine").sorted() == ["a.txt", "b"])
    let hits = try JSONAnswers(try folder.fts("query", "--json", "pivoine")).hits
    #expect(hits.allSatisfy { $0.snippet?.contains("\u{FFFD}") == true })
    #expect(try folder.fts("build", "--strict", "in").status == 2)
  }

  @Test func `U+FFFD in valid text is no problem`() throws {
    try folder.write("Titre\npivoine \u{FFFD}", to: "in/a.txt")
    let result = try folder.fts("build", "--strict", "in")
    #expect(result.status == 0)
    #expect(result.errorLines.count == 1)
  }

  @Test func `Broken JSON lines are named by file and line, skipped and counted`() throws {
    let lines = [
      #"{"id":"a","body":"pivoine"}"#, #"{"id":"b","body":"pivoine""#, #"["pivoine"]"#, "pivoine", "",
      #"{"id":"c","body":"pivoine"} x"#, #"{"id":"d","body":"pivoine"}"#,
    ]
    try folder.write(lines.joined(separator: "\n"), to: "in.jsonl")
    let result = try folder.fts("build", "in.jsonl")
    #expect(result.status == 0)
    for line in [2, 3, 4, 6] { #expect(result.error.contains("fts: in.jsonl:\(line): column "), "\(line)") }
    #expect(result.errorLines.count == 5)
    #expect(try folder.keys("pivoine").sorted() == ["a", "d"])
    let strict = try folder.fts("build", "--strict", "in.jsonl")
    #expect(strict.status == 2)
    #expect(strict.errorLines.last == "fts: 4 problems in the input; fts-index is as it was")
    #expect(try folder.keys("pivoine").sorted() == ["a", "d"])
  }

  @Test func `Many problems are counted instead of listed`() throws {
    try folder.write(
      "{\"id\":\"a\",\"body\":\"pivoine\"}\n" + String(repeating: "broken\n", count: 1234), to: "in.jsonl")
    let result = try folder.fts("build", "in.jsonl")
    #expect(result.status == 0)
    #expect(result.errorLines.count == 22)
    #expect(result.errorLines[20] == "fts: and 1,214 more problems")
  }

  @Test func `Broken lines of standard input are named too`() throws {
    let result = try folder.fts("build", "-", input: "{\"id\":\"a\",\"body\":\"x\"}\n{oops\n")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: -:2: column 2: "))
  }

  @Test(arguments: [["empty"], ["-"], ["other"], ["blank.jsonl"]])
  func `An empty collection is an error and leaves the old index`(inputs: [String]) throws {
    try folder.build([("old", "pivoine")])
    try folder.makeFolder("empty")
    try folder.write("x", to: "other/picture.png")
    try folder.write("\n \n", to: "blank.jsonl")
    let result = try folder.run(["build"] + inputs)
    #expect(result.status == 2)
    let passedOver = inputs == ["other"] ? ["fts: 1 .png passed over"] : []
    #expect(result.errorLines == passedOver + ["fts: no documents in \(inputs[0]); fts-index is as it was"])
    #expect(try folder.keys("pivoine") == ["old"])
  }

  @Test func `An empty collection makes no index`() throws {
    try folder.makeFolder("empty")
    #expect(try folder.fts("build", "empty").status == 2)
    let result = try folder.fts("query", "pivoine")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("fts: no index at fts-index; make one with: "))
    // What is left there does not stop a later build.
    try folder.build([("new", "pivoine")])
    #expect(try folder.keys("pivoine") == ["new"])
  }

  // MARK: Folders that are no index

  @Test func `A folder with other contents is never overwritten`() throws {
    try folder.write("precious", to: "home/letter.txt")
    try folder.write("Titre\npivoine", to: "a.txt")
    let result = try folder.fts("build", "a.txt", "--index", "home")
    #expect(result.status == 2)
    #expect(result.error == "fts: home is not an index (it holds letter.txt); name another folder\n")
    #expect(try folder.names("home") == ["letter.txt"])
  }

  @Test func `Files that only look like an index are not overwritten`() throws {
    try folder.write("precious", to: "home/manifest")
    try folder.write("Titre\npivoine", to: "a.txt")
    #expect(try folder.fts("build", "a.txt", "--index", "home").status == 2)
    #expect(try folder.bytes("home/manifest") == Array("precious".utf8))
    #expect(try folder.names("home") == ["manifest"])
  }

  @Test func `Other files beside an index survive a build`() throws {
    try folder.build([("a", "pivoine")])
    try folder.write("precious", to: "fts-index/letter.txt")
    try folder.build([("b", "pivoine")])
    #expect(try folder.bytes("fts-index/letter.txt") == Array("precious".utf8))
  }

  @Test func `An empty folder becomes an index`() throws {
    try folder.makeFolder("fts-index")
    try folder.build([("a", "pivoine")])
    #expect(try folder.keys("pivoine") == ["a"])
  }

  @Test func `A file, or a folder in a missing folder, holds no index`() throws {
    try folder.write("Titre\npivoine", to: "a.txt")
    let file = try folder.fts("build", "a.txt", "--index", "a.txt")
    #expect(file.status == 2)
    #expect(file.error.contains("a.txt is not an index"))
    #expect(try folder.bytes("a.txt") == Array("Titre\npivoine".utf8))
    let missing = try folder.fts("build", "a.txt", "--index", "no/where")
    #expect(missing.status == 2)
    #expect(missing.error == "fts: cannot make folder no/where: No such file or directory\n")
  }
}
