import TestSupport
import Testing

/// Input that is wrong gets a clear error and takes nothing else with it.
@Suite struct BadInputTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func `A path that is missing is an error before anything is written`() throws {
    try place.write("Titre\npivoine", to: "a.txt")
    let result = try place.fts("build", "a.txt", "no such file.txt")
    #expect(result.status == 2)
    #expect(result.error == "fts: cannot find no such file.txt: No such file or directory\n")
    #expect(!place.exists("fts-index"))
  }

  @Test func `A path that is missing leaves the old index`() throws {
    try place.build([("old", "pivoine")])
    #expect(try place.fts("build", "missing").status == 2)
    #expect(try place.keys("pivoine") == ["old"])
  }

  @Test func `A path below a file is missing`() throws {
    try place.write("x", to: "a.txt")
    #expect(try place.fts("build", "a.txt/b").status == 2)
  }

  @Test func `A loop of links as an input is an error`() throws {
    try place.link("loop", to: "loop")
    let result = try place.fts("build", "loop")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("fts: cannot examine loop: "))
  }

  @Test func `What cannot be examined in a folder is reported and hides nothing`() throws {
    try place.write("Titre\npivoine", to: "in/a.txt")
    try place.write("Titre\npivoine", to: "in/z.txt")
    try place.link("in/b.txt", to: "nowhere")
    try place.link("in/c", to: "c")
    let result = try place.fts("build", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/b.txt: cannot find in/b.txt: No such file or directory\n"))
    #expect(result.error.contains("fts: in/c: cannot examine in/c: "))
    #expect(try place.keys("pivoine").sorted() == ["a.txt", "z.txt"])
    #expect(try place.fts("build", "--strict", "in").status == 2)
  }

  #if os(Linux)
    @Test func `A file that opens but cannot be read is reported`() throws {
      try place.write("Titre\npivoine", to: "in/a.txt")
      for name in ["b.txt", "c.md", "d.jsonl"] { try place.link("in/" + name, to: "/proc/self/mem") }
      let result = try place.fts("build", "in")
      #expect(result.status == 0)
      for name in ["b.txt", "c.md", "d.jsonl"] {
        #expect(result.error.contains("fts: in/\(name): cannot read in/\(name): "), "\(result.error)")
      }
      #expect(try place.keys("pivoine") == ["a.txt"])
      #expect(try place.fts("build", "--strict", "in").status == 2)
    }
  #endif

  @Test func `A folder that links back to itself is read once`() throws {
    try place.write("Titre\npivoine", to: "in/sub/a.txt")
    try place.link("in/sub/up", to: "..")
    try place.link("in/self", to: ".")
    let result = try place.fts("build", "in")
    #expect(result.status == 0)
    #expect(try place.keys("pivoine") == ["sub/a.txt"])
  }

  @Test func `Invalid UTF-8 is replaced, counted and reported`() throws {
    try place.folder.write(
      Array("Titre\npivoine ".utf8) + [0xFF, 0x20, 0xC3, 0x28] + Array(" rouge".utf8), to: "in/a.txt")
    try place.folder.write(
      Array(#"{"id":"b","body":"pivoine "#.utf8) + [0xE9] + Array(" rouge\"}".utf8), to: "in/b.jsonl")
    let result = try place.fts("build", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/a.txt: invalid UTF-8, 2 sequences replaced\n"))
    #expect(result.error.contains("fts: in/b.jsonl:1: invalid UTF-8, 1 sequence replaced\n"))
    #expect(try place.keys("pivoine").sorted() == ["a.txt", "b"])
    let hits = try JSONAnswers(try place.fts("query", "--json", "pivoine")).hits
    #expect(hits.allSatisfy { $0.snippet?.contains("\u{FFFD}") == true })
    #expect(try place.fts("build", "--strict", "in").status == 2)
  }

  @Test func `U+FFFD in valid text is no problem`() throws {
    try place.write("Titre\npivoine \u{FFFD}", to: "in/a.txt")
    let result = try place.fts("build", "--strict", "in")
    #expect(result.status == 0)
    #expect(result.errorLines.count == 1)
  }

  @Test func `Broken JSON lines are named by file and line, skipped and counted`() throws {
    let lines = [
      #"{"id":"a","body":"pivoine"}"#, #"{"id":"b","body":"pivoine""#, #"["pivoine"]"#, "pivoine", "",
      #"{"id":"c","body":"pivoine"} x"#, #"{"id":"d","body":"pivoine"}"#,
    ]
    try place.write(lines.joined(separator: "\n"), to: "in.jsonl")
    let result = try place.fts("build", "in.jsonl")
    #expect(result.status == 0)
    for line in [2, 3, 4, 6] { #expect(result.error.contains("fts: in.jsonl:\(line): column "), "\(line)") }
    #expect(result.errorLines.count == 5)
    #expect(try place.keys("pivoine").sorted() == ["a", "d"])
    let strict = try place.fts("build", "--strict", "in.jsonl")
    #expect(strict.status == 2)
    #expect(strict.errorLines.last == "fts: 4 problems in the input; fts-index is as it was")
    #expect(try place.keys("pivoine").sorted() == ["a", "d"])
  }

  @Test func `Many problems are counted instead of listed`() throws {
    try place.write(
      "{\"id\":\"a\",\"body\":\"pivoine\"}\n" + String(repeating: "broken\n", count: 1234), to: "in.jsonl")
    let result = try place.fts("build", "in.jsonl")
    #expect(result.status == 0)
    #expect(result.errorLines.count == 22)
    #expect(result.errorLines[20] == "fts: and 1,214 more problems")
  }

  @Test func `Broken lines of standard input are named too`() throws {
    let result = try place.fts("build", "-", input: "{\"id\":\"a\",\"body\":\"x\"}\n{oops\n")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: -:2: column 2: "))
  }

  @Test(arguments: [["empty"], ["-"], ["other"], ["blank.jsonl"]])
  func `An empty collection is an error and leaves the old index`(inputs: [String]) throws {
    try place.build([("old", "pivoine")])
    try place.makeFolder("empty")
    try place.write("x", to: "other/picture.png")
    try place.write("\n \n", to: "blank.jsonl")
    let result = try place.run(["build"] + inputs)
    #expect(result.status == 2)
    #expect(result.errorLines == ["fts: no documents in \(inputs[0]); fts-index is as it was"])
    #expect(try place.keys("pivoine") == ["old"])
  }

  @Test func `An empty collection makes no index`() throws {
    try place.makeFolder("empty")
    #expect(try place.fts("build", "empty").status == 2)
    let result = try place.fts("query", "pivoine")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("fts: no index at fts-index; make one with: "))
    // What is left there does not stop a later build.
    try place.build([("new", "pivoine")])
    #expect(try place.keys("pivoine") == ["new"])
  }

  // MARK: Places that are no index

  @Test func `A folder with other contents is never overwritten`() throws {
    try place.write("precious", to: "home/letter.txt")
    try place.write("Titre\npivoine", to: "a.txt")
    let result = try place.fts("build", "a.txt", "--index", "home")
    #expect(result.status == 2)
    #expect(result.error == "fts: home is not an index (it holds letter.txt); name another folder\n")
    #expect(try place.names("home") == ["letter.txt"])
  }

  @Test func `Files that only look like an index are not overwritten`() throws {
    try place.write("precious", to: "home/manifest")
    try place.write("Titre\npivoine", to: "a.txt")
    #expect(try place.fts("build", "a.txt", "--index", "home").status == 2)
    #expect(try place.bytes("home/manifest") == Array("precious".utf8))
    #expect(try place.names("home") == ["manifest"])
  }

  @Test func `Other files beside an index survive a build`() throws {
    try place.build([("a", "pivoine")])
    try place.write("precious", to: "fts-index/letter.txt")
    try place.build([("b", "pivoine")])
    #expect(try place.bytes("fts-index/letter.txt") == Array("precious".utf8))
  }

  @Test func `An empty folder becomes an index`() throws {
    try place.makeFolder("fts-index")
    try place.build([("a", "pivoine")])
    #expect(try place.keys("pivoine") == ["a"])
  }

  @Test func `A file, or a folder in a missing folder, is no place for an index`() throws {
    try place.write("Titre\npivoine", to: "a.txt")
    let file = try place.fts("build", "a.txt", "--index", "a.txt")
    #expect(file.status == 2)
    #expect(file.error.contains("a.txt is not an index"))
    #expect(try place.bytes("a.txt") == Array("Titre\npivoine".utf8))
    let missing = try place.fts("build", "a.txt", "--index", "no/where")
    #expect(missing.status == 2)
    #expect(missing.error == "fts: cannot make folder no/where: No such file or directory\n")
  }
}
