import Foundation
import TestSupport
import Testing

/// `fts query --json`: every line is an object of JSON, whatever the documents hold.
@Suite struct QueryJSONTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  @Test func `One object a hit, then one a query`() throws {
    let line = #"{"id":"a","title":"Les fleurs","path":"p/q","date":"2024-05-01","body":"une pivoine"}"#
    #expect(try folder.fts("build", "-", input: line + "\n" + #"{"id":"b","body":"pivoine, pivoine"}"#).status == 0)
    let result = try folder.fts("query", "--json", "pivoine")
    let answers = try JSONAnswers(result)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(answers.order == "hhs")
    #expect(answers.hits.map(\.key) == ["b", "a"])
    #expect(answers.hits.map(\.rank) == [1, 2])
    #expect(answers.hits.map(\.query) == [1, 1])
    #expect(answers.hits[0].score > answers.hits[1].score)
    #expect(answers.hits[1].score > 0)
    #expect(answers.hits.map(\.title) == [nil, "Les fleurs"])
    #expect(answers.hits.map(\.path) == [nil, "p/q"])
    #expect(answers.hits.map(\.date) == [nil, "2024-05-01"])
    #expect(answers.hits.map(\.snippet) == ["<b>pivoine</b>, <b>pivoine</b>", "une <b>pivoine</b>"])
    let summary = try #require(answers.summaries.first)
    #expect(summary.query == 1)
    #expect(summary.text == "pivoine")
    #expect(summary.total == 2)
    #expect(summary.microseconds >= 0)
  }

  @Test func `Nothing found is a query object with total 0 and status 1`() throws {
    try folder.build([("a", "pivoine")])
    let result = try folder.fts("query", "--json", "rhododendron")
    #expect(result.status == 1)
    let answers = try JSONAnswers(result)
    #expect(answers.order == "s")
    #expect(answers.summaries.map(\.total) == [0])
  }

  @Test func `A query that cannot be run is an object with the error and status 2`() throws {
    try folder.build([("a", "pivoine")])
    let result = try folder.fts("query", "--json", "!?")
    #expect(result.status == 2)
    let answers = try JSONAnswers(result)
    #expect(answers.order == "f")
    #expect(answers.failures.map(\.text) == ["!?"])
    #expect(answers.failures.map(\.query) == [1])
    #expect(answers.failures.first?.error.contains("no word") == true)
  }

  @Test func `The snippet escapes all but its own tags`() throws {
    try folder.build([("a", #"si a < b & c > d alors <b>pivoine</b> "fin" 'ok'"#)])
    let answers = try JSONAnswers(try folder.fts("query", "--json", "pivoine"))
    let expected =
      "si a &lt; b &amp; c &gt; d alors &lt;b&gt;<b>pivoine</b>&lt;/b&gt; &quot;fin&quot; 'ok'"
    #expect(answers.hits.map(\.snippet) == [expected])
  }

  static let hostile = [
    "\"quoted\" \\ back / slash", "tab\tand\u{1}\u{8}\u{B}\u{C}\u{1F}\u{7F}\u{85}", "🙂 👨‍👩‍👧 🇻🇳", "a\u{2028}b\u{2029}c",
    "a\u{FEFF}mark\u{FFFE}\u{FFFF}", "\u{10FFFF}\u{E000}", "e\u{301}\u{323} đ\u{31B}", "\u{0}nul\u{0}", "{\"query\":1}",
    "\r\n",
  ]

  @Test(arguments: hostile) func `Hostile texts survive the way through the index`(text: String) throws {
    let line = WorkingFolder.jsonLine([
      "id": text, "title": text, "body": text + " pivoine " + text, "date": text, "path": text,
    ])
    #expect(try folder.fts("build", "-", input: line).status == 0)
    let answers = try JSONAnswers(try folder.fts("query", "--json", "pivoine"))
    try #require(answers.hits.count == 1)
    let hit = answers.hits[0]
    for found in [hit.key, hit.title, hit.date, hit.path] {
      #expect(found.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
    #expect(hit.snippet?.contains("<b>pivoine</b>") == true)
  }

  @Test(arguments: hostile) func `Hostile texts as queries come back as they were typed`(text: String) throws {
    try folder.build([("a", "pivoine")])
    let query = "pivoine " + text.filter { $0 != "\u{0}" && $0 != "\r\n" }
    let answers = try JSONAnswers(try folder.fts("query", "--json", "--", query))
    #expect(answers.summaries.first.map { Array($0.text.unicodeScalars) } == Array(query.unicodeScalars))
  }

  @Test func `Random texts make lines that parse, and titles as they were`() throws {
    let seed: UInt64 = 20_260_101
    var random = SeededRandom(seed: seed)
    var titles: [String: String] = [:]
    var lines = ""
    for number in 0..<400 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<random.integer(1...40) {
        let value = random.pick([0x7F, 0x2FF, 0x1EFF, 0x2FFF, 0x1F9FF, 0x10FFFF])
        if let scalar = Unicode.Scalar(UInt32(random.integer(1...value))) { scalars.append(scalar) }
      }
      titles["k\(number)"] = String(scalars)
      lines += WorkingFolder.jsonLine([
        "id": "k\(number)", "title": String(scalars), "body": "pivoine " + String(scalars),
      ])
    }
    #expect(try folder.fts("build", "-", input: lines).status == 0)
    let answers = try JSONAnswers(try folder.fts("query", "--json", "-n", "1000", "pivoine"))
    #expect(answers.hits.count == titles.count, "seed \(seed)")
    for hit in answers.hits {
      #expect(hit.title.map { Array($0.utf8) } == titles[hit.key].map { Array($0.utf8) }, "seed \(seed), \(hit.key)")
      #expect(hit.snippet?.contains("<b>") == true, "seed \(seed), \(hit.key)")
    }
  }
}
