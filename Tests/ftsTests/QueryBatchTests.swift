import TestSupport
import Testing

/// Queries on standard input, one a line.
@Suite struct QueryBatchTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    try folder.build([("a", "pivoine rouge"), ("b", "tulipe"), ("c", "pivoine")])
  }

  private func answers(_ input: String, status: Int32) throws -> JSONAnswers {
    let result = try folder.fts("query", "--json", input: input)
    #expect(result.status == status)
    return try JSONAnswers(result)
  }

  @Test func `Each line is a query with its number`() throws {
    let answers = try answers("pivoine\ntulipe\nrhododendron\n", status: 0)
    #expect(answers.order == "hhshss")
    #expect(answers.hits.map(\.query) == [1, 1, 2])
    #expect(answers.hits.map(\.rank) == [1, 2, 1])
    #expect(answers.summaries.map(\.query) == [1, 2, 3])
    #expect(answers.summaries.map(\.text) == ["pivoine", "tulipe", "rhododendron"])
    #expect(answers.summaries.map(\.total) == [2, 1, 0])
  }

  @Test func `A blank line is numbered but prints nothing`() throws {
    let answers = try answers("\n  \t\n\r\npivoine\n\ntulipe", status: 0)
    #expect(answers.summaries.map(\.query) == [4, 6])
    #expect(answers.failures.isEmpty)
  }

  @Test func `Lines may end in CR LF, the last in nothing`() throws {
    let answers = try answers("pivoine\r\ntulipe", status: 0)
    #expect(answers.summaries.map(\.text) == ["pivoine", "tulipe"])
  }

  @Test func `A bad query is an object, the batch goes on and ends with 2`() throws {
    let answers = try answers("pivoine\n?!\ntulipe\n", status: 2)
    #expect(answers.order == "hhsfhs")
    #expect(answers.failures.map(\.query) == [2])
    #expect(answers.failures.map(\.text) == ["?!"])
  }

  @Test func `No hit in any query is status 1, no query is 1 too`() throws {
    #expect(try answers("rhododendron\nazalee\n", status: 1).summaries.count == 2)
    #expect(try answers("", status: 1).order.isEmpty)
    #expect(try answers("\n\n", status: 1).order.isEmpty)
  }

  @Test func `Without --json a line names each query and errors go to standard error`() throws {
    let result = try folder.fts("query", input: "pivoine\n?!\ntulipe\n")
    #expect(result.status == 2)
    #expect(result.outputLines.filter { $0.hasPrefix("# ") } == ["# pivoine", "# tulipe"])
    #expect(result.outputLines.filter { $0.contains("**") }.count == 3)
    #expect(result.error == "fts: query 2: the query holds no word; type at least one letter or digit\n")
  }

  @Test func `The line that names a query shows no control characters`() throws {
    let result = try folder.fts("query", input: "pivoine\u{1B}[2J\u{7}\n")
    #expect(result.status == 0)
    #expect(result.outputLines.first == "# pivoine [2J ")
  }

  @Test func `Options hold for every query of the batch`() throws {
    let result = try folder.fts("query", "--json", "--all", "-n", "1", input: "pivoine rouge\npivoine\n")
    let answers = try JSONAnswers(result)
    #expect(answers.hits.map(\.key) == ["a", "c"])
    #expect(answers.summaries.map(\.total) == [1, 2])
  }

  @Test func `Invalid UTF-8 in a line is replaced`() throws {
    let bytes = Array("pivoine ".utf8) + [0xFF, 0x0A] + Array("tulipe\n".utf8)
    let answers = try JSONAnswers(try folder.run(["query", "--json"], input: bytes))
    #expect(answers.summaries.map(\.text) == ["pivoine \u{FFFD}", "tulipe"])
  }

  @Test func `Thousands of queries, some longer than a read`() throws {
    let long = String(repeating: "mot ", count: 40_000) + "tulipe"
    let queries = (0..<3000).map { $0 == 1500 ? long : $0 % 3 == 0 ? "pivoine" : "azalee" }
    let answers = try answers(queries.joined(separator: "\n"), status: 0)
    #expect(answers.summaries.map(\.query) == Array(1...3000))
    #expect(answers.summaries.map(\.text) == queries)
    #expect(answers.summaries.map(\.total) == queries.map { $0 == "pivoine" ? 2 : $0 == "azalee" ? 0 : 1 })
  }

  @Test func `Queries sent line by line are answered line by line`() throws {
    let process = try folder.start("query", "--json")
    for (number, query) in ["pivoine", "tulipe", "rouge"].enumerated() {
      try process.write(query + "\n")
      let isAnswered = try process.waitUntil { process.outputSoFar().contains("{\"query\":\(number + 1),\"text\":") }
      #expect(isAnswered, "query \(number + 1)")
    }
    #expect(try process.wait().status == 0)
  }

  @Test func `An index that is missing is an error before any query`() throws {
    let result = try folder.fts("query", "--json", "--index", "elsewhere", input: "pivoine\n")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("fts: no index at elsewhere; make one with: fts build "))
  }
}
