import TestSupport
import Testing

/// `fts build`: what becomes a document, under which key, and where the index goes.
@Suite struct BuildTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  private func hits(_ query: String) throws -> [JSONAnswers.Hit] {
    try JSONAnswers(try folder.fts("query", "--json", query)).hits
  }

  @Test func `The sample collection builds, and the last line says what exists now`() throws {
    let result = try folder.fts("build", WorkingFolder.seeds)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    let last = try #require(result.errorLines.last)
    let form = /fts-index: 25 documents, [\d,]+ tokens, [\d,]+ (bytes|kB), \d+\.\d\d s, \d+\.\d MB\/s; 25 added, .*/
    #expect(last.wholeMatch(of: form) != nil, "\(last)")
  }

  @Test func `One document is no plural`() throws {
    try folder.write("Hanoi\ndeux mots", to: "a.txt")
    let result = try folder.fts("build", "a.txt")
    #expect(try #require(result.errorLines.last).hasPrefix("fts-index: 1 document, 3 tokens, "))
  }

  @Test func `Markdown, plain text and JSON lines of a folder are read`() throws {
    try folder.write("---\ntitle: \"Un titre\"\ndate: 2025-08-06\n---\n# Tête\ncorps pivoine", to: "in/a.md")
    try folder.write("\n\n  Titre nu  \n\ncorps pivoine", to: "in/deep/er/b.txt")
    try folder.write(#"{"id":"c","title":"Titre c","body":"pivoine","date":"2024-01-03"}"# + "\n", to: "in/c.jsonl")
    try folder.write("pivoine", to: "in/d.docx")
    let built = try folder.fts("build", "in")
    #expect(built.status == 0)
    #expect(built.error.contains(" 3 documents, "))
    let hits = try hits("pivoine").sorted { $0.key < $1.key }
    #expect(hits.map(\.key) == ["a.md", "c", "deep/er/b.txt"])
    #expect(hits.map(\.title) == ["Un titre", "Titre c", "Titre nu"])
    #expect(hits.map(\.path) == ["in/a.md", "in/c.jsonl", "in/deep/er/b.txt"])
    #expect(hits.map(\.date) == ["2025-08-06", "2024-01-03", nil])
  }

  @Test(arguments: ["in", "in/", "in///", "./in"]) func `Keys are paths below the folder`(input: String) throws {
    try folder.write("Titre\npivoine", to: "in/sub/a.txt")
    #expect(try folder.fts("build", input).status == 0)
    #expect(try hits("pivoine").map(\.key) == ["sub/a.txt"])
  }

  @Test func `With several inputs keys begin with the input as given`() throws {
    try folder.write("Titre\npivoine", to: "one/a.txt")
    try folder.write("Titre\npivoine", to: "two/a.txt")
    try folder.write("Titre\npivoine", to: "notes/c.txt")
    try folder.write(#"{"id":"x","body":"pivoine"}"# + "\n" + #"{"body":"pivoine"}"#, to: "lines.jsonl")
    let result = try folder.fts("build", "one", "./two/", "notes/c.txt", "lines.jsonl")
    #expect(result.status == 0)
    let keys = try hits("pivoine").map(\.key).sorted()
    #expect(keys == ["./two/a.txt", "lines.jsonl/x", "lines.jsonl:2", "notes/c.txt", "one/a.txt"])
  }

  @Test func `JSON without an id has file and line as its key`() throws {
    let lines = [
      #"{"body":"pivoine un"}"#, "", #"{"id":null,"body":"pivoine deux"}"#, #"{"id":"","body":"pivoine trois"}"#,
      #"{"id":12,"body":"pivoine quatre"}"#,
    ]
    try folder.write(lines.joined(separator: "\n"), to: "in/sub/l.jsonl")
    #expect(try folder.fts("build", "in").status == 0)
    #expect(
      try hits("pivoine").map(\.key).sorted() == ["12", "sub/l.jsonl:1", "sub/l.jsonl:3", "sub/l.jsonl:4"])
  }

  @Test func `A key that comes twice is reported and the last document stays`() throws {
    try folder.write(#"{"id":"k","body":"pivoine ancienne"}"#, to: "in/a.jsonl")
    try folder.write(#"{"id":"k","body":"pivoine nouvelle"}"#, to: "in/b.jsonl")
    let result = try folder.fts("build", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: k: the key comes more than once; the last document stays"))
    #expect(result.error.contains(" 1 document, "))
    #expect(try folder.keys("ancienne").isEmpty)
    #expect(try folder.keys("nouvelle") == ["k"])
  }

  @Test func `A key that comes twice is an error under --strict, and the old index stays`() throws {
    try folder.build([("old", "pivoine")])
    try folder.write("{\"id\":\"k\",\"body\":\"a\"}\n{\"id\":\"k\",\"body\":\"b\"}\n", to: "in.jsonl")
    let result = try folder.fts("build", "--strict", "in.jsonl")
    #expect(result.status == 2)
    #expect(result.error.contains("1 problem in the input"))
    #expect(try folder.keys("pivoine") == ["old"])
  }

  @Test func `An input given twice comes twice`() throws {
    try folder.write("Titre\npivoine", to: "in/a.txt")
    let result = try folder.fts("build", "in", "in")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/a.txt: the key comes more than once"))
    #expect(try folder.fts("build", "--strict", "in", "in").status == 2)
  }

  @Test func `A folder and one of its own folders are both read in full`() throws {
    try folder.write("Titre\npivoine", to: "in/sub/a.txt")
    try folder.write("Titre\npivoine", to: "in/b.txt")
    #expect(try folder.fts("build", "in/sub", "in").status == 0)
    #expect(try hits("pivoine").map(\.key).sorted() == ["in/b.txt", "in/sub/a.txt"])
  }

  @Test func `Standard input is JSON lines if it begins with a brace`() throws {
    let result = try folder.fts("build", "-", input: "{\"id\":\"a\",\"body\":\"pivoine\"}\n{\"body\":\"pivoine\"}\n")
    #expect(result.status == 0)
    let hits = try hits("pivoine")
    #expect(hits.map(\.key).sorted() == ["-:2", "a"])
    #expect(hits.allSatisfy { $0.path == nil })
  }

  @Test func `Standard input is one document otherwise`() throws {
    #expect(try folder.fts("build", "-", input: "\nMon titre\nune pivoine {rouge}\n").status == 0)
    let hits = try hits("pivoine")
    #expect(hits.map(\.key) == ["-"])
    #expect(hits.map(\.title) == ["Mon titre"])
    #expect(hits.map(\.path) == [nil])
  }

  @Test func `Standard input beside a folder`() throws {
    try folder.write("Titre\npivoine", to: "in/a.txt")
    #expect(try folder.fts("build", "in", "-", input: #"{"id":"z","body":"pivoine"}"#).status == 0)
    #expect(try hits("pivoine").map(\.key).sorted() == ["-/z", "in/a.txt"])
  }

  @Test func `README and hidden files are not indexed unless named`() throws {
    for name in ["README.md", ".hidden.md", ".git/a.md", "sub/README.md", "sub/.b.txt"] {
      try folder.write("Titre\npivoine", to: "in/" + name)
    }
    try folder.write("Titre\npivoine", to: "in/a.md")
    #expect(try folder.fts("build", "in").status == 0)
    #expect(try hits("pivoine").map(\.key) == ["a.md"])
    #expect(try folder.fts("build", "in/README.md", "in/.hidden.md", "in/.git").status == 0)
    #expect(try hits("pivoine").map(\.key).sorted() == ["in/.git/a.md", "in/.hidden.md", "in/README.md"])
  }

  @Test func `A named file is read whatever it is called`() throws {
    try folder.write("Titre\npivoine", to: "in/notes.log")
    #expect(try folder.fts("build", "in/notes.log").status == 0)
    #expect(try hits("pivoine").map(\.key) == ["notes.log"])
  }

  @Test func `A named pipe is read`() throws {
    let result = try folder.shell("mkfifo p && { printf 'Titre\\npivoine\\n' > p & } && $FTS build p && wait")
    #expect(result.status == 0, "\(result.error)")
    #expect(try hits("pivoine").map(\.key) == ["p"])
  }

  @Test func `Names with spaces, accents, quotes and line breaks`() throws {
    for name in ["dossier à moi/đối ngoại.txt", "it's \"so\".txt", "two\nlines.txt"] {
      try folder.write("Titre\npivoine", to: "in/" + name)
    }
    #expect(try folder.fts("build", "in").status == 0)
    #expect(
      try hits("pivoine").map(\.key).sorted() == ["dossier à moi/đối ngoại.txt", "it's \"so\".txt", "two\nlines.txt"])
  }

  // MARK: Where the index goes

  @Test func `--index, then FTS_INDEX, then fts-index`() throws {
    try folder.write("Titre\npivoine", to: "a.txt")
    let environment = ["FTS_INDEX": "from-environment"]
    #expect(try folder.fts("build", "a.txt", "--index", "given", environment: environment).status == 0)
    #expect(try folder.names(".") == ["a.txt", "given"])
    #expect(try folder.fts("build", "a.txt", environment: environment).status == 0)
    #expect(try folder.names(".") == ["a.txt", "from-environment", "given"])
    #expect(try folder.fts("build", "a.txt", environment: ["FTS_INDEX": ""]).status == 0)
    #expect(try folder.names(".") == ["a.txt", "from-environment", "fts-index", "given"])
    for (options, environment) in [(["-i", "given"], [:]), (["--index=given"], [:]), ([], environment)] {
      #expect(try folder.run(["query", "pivoine"] + options, environment: environment).status == 0)
    }
    #expect(try folder.fts("query", "pivoine", environment: ["FTS_INDEX": ""]).status == 0)
    #expect(try folder.fts("query", "pivoine", environment: ["FTS_INDEX": "elsewhere"]).status == 2)
  }

  @Test func `Building over an index replaces it`() throws {
    try folder.build([("a", "pivoine"), ("b", "pivoine")])
    try folder.build([("c", "tulipe")])
    #expect(try folder.keys("pivoine").isEmpty)
    #expect(try folder.keys("tulipe") == ["c"])
    #expect(try folder.names("fts-index").filter { $0.hasPrefix("segment-") }.count == 1)
  }

  @Test func `A repeated build writes the same segment`() throws {
    for index in ["one", "two"] { #expect(try folder.fts("build", WorkingFolder.seeds, "-i", index).status == 0) }
    let segment = try #require(try folder.names("one").first { $0.hasPrefix("segment-") })
    #expect(try folder.bytes("one/" + segment) == folder.bytes("two/" + segment))
  }

  @Test func `An index inside the folder that it is made of does not index itself`() throws {
    try folder.write("Titre\npivoine", to: "a.txt")
    for _ in 0..<2 { #expect(try folder.fts("build", ".").status == 0) }
    #expect(try hits("pivoine").map(\.key) == ["a.txt"])
  }
}
