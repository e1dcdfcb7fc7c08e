import TestSupport
import Testing

/// `fts query` as a person uses it: words in, ranked lines out.
@Suite struct QueryTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  private func buildSmall() throws {
    try folder.write(
      """
      {"id":"a","title":"Les fleurs","date":"2024-05-01","body":"une pivoine rouge et une tulipe"}
      {"id":"b","title":"","body":"la pivoine"}
      {"id":"c","title":"Autre","body":"une tulipe"}
      """, to: "in.jsonl")
    #expect(try folder.fts("build", "in.jsonl").status == 0)
  }

  @Test func `Hits show rank, score, title, path, date and the highlighted snippet`() throws {
    try buildSmall()
    let result = try folder.fts("query", "pivoine")
    #expect(result.status == 0)
    let lines = result.outputLines
    try #require(lines.count == 6, "\(result.output)")
    #expect(lines[0].wholeMatch(of: /1\. \d+\.\d{3}  b/) != nil, "\(lines[0])")
    #expect(lines[1] == "   in.jsonl")
    #expect(lines[2] == "   la **pivoine**")
    #expect(lines[3].wholeMatch(of: /2\. \d+\.\d{3}  Les fleurs/) != nil, "\(lines[3])")
    #expect(lines[4] == "   in.jsonl  2024-05-01")
    #expect(lines[5] == "   une **pivoine** rouge et une tulipe")
    #expect(result.error.wholeMatch(of: /2 documents in \d+\.\d\d ms\n/) != nil, "\(result.error)")
  }

  @Test func `What nothing has is named`() throws {
    try folder.write("{\"id\":\"a\",\"body\":\"mot\",\"ville\":\"Évry\"}", to: "in.jsonl")
    #expect(try folder.fts("build", "in.jsonl").status == 0)
    #expect(try folder.fts("query", "ville:EVRY").status == 0)
    let result = try folder.fts("query", "mot ville:Lyon", "--filter", "ville:=evry")
    #expect(result.status == 1, "\(result.error)")
    #expect(result.error.contains("no document has ville:Lyon\nno document has ville:=evry\n"), "\(result.error)")
    #expect(!(try folder.fts("query", "zzz ville:evr*").error.contains("no document has")))
    #expect(try folder.fts("query", "zz xx?").error.contains("the ? behind xx is read as punctuation\n"))
  }

  @Test func `Nothing found is status 1, and says so`() throws {
    try buildSmall()
    let result = try folder.fts("query", "rhododendron")
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("0 documents in "))
  }

  @Test func `--build builds first and then searches`() throws {
    let result = try folder.fts("query", "--build", WorkingFolder.seeds, "diplomatie populaire")
    #expect(result.status == 0)
    #expect(result.error.contains("fts-index: 25 documents, "))
    #expect(
      result.output.contains("**diplomatie populaire**") || result.output.contains("**diplomatie** **populaire**"))
    #expect(try folder.fts("query", "diplomatie populaire").output == result.output)
  }

  @Test func `--build takes several inputs, and standard input`() throws {
    try folder.write("Titre\npivoine", to: "one/a.txt")
    try folder.write("Titre\npivoine", to: "two/a.txt")
    let result = try folder.fts("query", "--json", "--build", "one", "--build=two", "pivoine")
    #expect(try JSONAnswers(result).hits.map(\.key) == ["one/a.txt", "two/a.txt"])
    let piped = try folder.fts("query", "--json", "--build", "-", "pivoine", input: "Titre\nune pivoine")
    #expect(try JSONAnswers(piped).hits.map(\.key) == ["-"])
  }

  @Test func `--build that fails does not search the old index`() throws {
    try buildSmall()
    for input in ["missing", "fts-index"] {
      let result = try folder.fts("query", "--build", input, "pivoine")
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
    }
    #expect(try folder.keys("pivoine") == ["b", "a"])
  }

  @Test func `-n limits the hits, not the total`() throws {
    try buildSmall()
    for options in [["-n", "1"], ["-n1"], ["--limit", "1"], ["--limit=1"], ["-n", "5", "-n", "1"]] {
      let answers = try JSONAnswers(try folder.run(["query", "--json", "pivoine"] + options))
      #expect(answers.hits.map(\.key) == ["b"], "\(options)")
      #expect(answers.summaries.map(\.total) == [2], "\(options)")
    }
    let none = try folder.fts("query", "--json", "-n", "0", "pivoine")
    #expect(none.status == 0)
    #expect(try JSONAnswers(none).order == "s")
    #expect(try folder.keys("pivoine", "-n", "1000000").count == 2)
  }

  @Test func `Ten hits by default`() throws {
    try folder.build((0..<25).map { ("k\($0)", "pivoine") })
    #expect(try folder.keys("pivoine").count == 10)
  }

  @Test func `--all requires every word`() throws {
    try buildSmall()
    #expect(try folder.keys("pivoine tulipe").sorted() == ["a", "b", "c"])
    #expect(try folder.keys("pivoine tulipe", "--all") == ["a"])
    #expect(try folder.fts("query", "--all", "pivoine rhododendron").status == 1)
  }

  @Test func `Words may come as one argument or several`() throws {
    try buildSmall()
    let joined = try folder.fts("query", "pivoine rouge").output
    #expect(try folder.fts("query", "pivoine", "rouge").output == joined)
    #expect(try folder.fts("query", "pivoine", "-n", "9", "rouge").output == joined)
  }

  @Test func `After -- everything is query`() throws {
    try folder.build([("a", "option n"), ("b", "aide help")])
    #expect(try folder.keys("--help") == ["b"])
    // Not a word but an exclusion: all documents without it.
    #expect(try folder.keys("-n") == ["b"])
    let result = try folder.fts("query", "--", "--json", "aide")
    #expect(result.outputLines.first?.hasPrefix("1. ") == true)
  }

  @Test(arguments: ["", " ", "!?", "… — «»", "-", "\u{301}", "→ •"]) func `A query without a word is an error`(
    text: String
  ) throws {
    try buildSmall()
    let result = try folder.fts("query", "--", text)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error == "fts: the query holds no word; type at least one letter or digit\n")
  }

  @Test func `A query of invalid UTF-8 is read with replacements`() throws {
    try buildSmall()
    let result = try folder.shell("$FTS query --json \"$(printf 'pivoine \\377\\376')\"")
    #expect(result.status == 0)
    #expect(try JSONAnswers(result).hits.map(\.key) == ["b", "a"])
  }

  @Test func `A very long query is a query`() throws {
    try buildSmall()
    let words = (0..<2000).map { "mot\($0)" } + ["pivoine"]
    #expect(try folder.keys(words.joined(separator: " ")) == ["b", "a"])
    #expect(try folder.keys(String(repeating: "x", count: 100_000) + " pivoine") == ["b", "a"])
  }

  @Test func `Documents cannot steer the terminal`() throws {
    let line = WorkingFolder.jsonLine([
      "id": "k\u{1B}[2J", "title": "A\u{1B}[31mB\u{7}\u{9B}C", "body": "pivoine \u{1B}]0;x\u{7}fin",
    ])
    #expect(try folder.fts("build", "-", input: line).status == 0)
    let result = try folder.fts("query", "pivoine")
    #expect(result.status == 0)
    let controls = result.output.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
    }
    #expect(controls.isEmpty)
  }

  // MARK: Outputs that go wrong

  private func buildLarge() throws {
    try folder.build((0..<900).map { ("key-\($0)", "pivoine " + String(repeating: "rouge ", count: 40)) })
  }

  @Test(arguments: ["query -n 1000 pivoine", "query --json -n 1000 pivoine", "help", "help query", "version"])
  func `When the reader of the output goes the end is quiet`(command: String) throws {
    try buildLarge()
    let result = try folder.shell("{ $FTS \(command) 2>errors; echo $? >status; } | true; cat status; cat errors")
    let lines = result.outputLines.filter { !$0.hasPrefix("900 documents in ") }
    #expect(lines == ["0"], "\(result.output)")
  }

  @Test func `The first hits reach a reader that wants no more`() throws {
    try buildLarge()
    let result = try folder.shell(
      "{ $FTS query --json -n 1000 pivoine; echo $? >status; } | head -n 1; cat status")
    #expect(result.outputLines.count == 2)
    #expect(result.outputLines.last == "0")
    #expect(result.error.isEmpty)
  }

  #if os(Linux)
    @Test(arguments: ["query pivoine", "query --json pivoine", "help"]) func `A full disk under the output is an error`(
      command: String
    ) throws {
      try buildSmall()
      let result = try folder.shell("$FTS \(command) >/dev/full")
      #expect(result.status == 2)
      #expect(result.error.contains("fts: cannot write standard output: No space left on device"))
    }
  #endif

  @Test func `A closed output is an error and harms no index`() throws {
    try buildSmall()
    #expect(try folder.shell("$FTS query pivoine >&-").status == 2)
    try folder.write(String(repeating: "broken\n", count: 9) + #"{"id":"z","body":"pivoine"}"#, to: "in.jsonl")
    #expect(try folder.shell("$FTS build in.jsonl <&- >&- 2>&-").status == 0)
    #expect(try folder.keys("pivoine") == ["z"])
  }
}
