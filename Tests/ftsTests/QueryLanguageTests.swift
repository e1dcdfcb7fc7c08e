import Foundation
import TestSupport
import Testing

/// The query language at a prompt.
@Suite struct QueryLanguageTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  @Test func `The session in the article is what the command prints`() throws {
    let name = "/Sources/TextSearch/TextSearch.docc/QueryLanguage.md"
    let page = try String(contentsOfFile: TestData.repository + name, encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let mark = try #require(lines.firstIndex { $0.hasPrefix("<!-- session") })
    let end = try #require(lines[(mark + 2)...].firstIndex(of: "```"))
    try folder.link("seeds", to: WorkingFolder.seeds)
    #expect(try folder.fts("build", "seeds").status == 0)
    var session = ""
    for line in lines[(mark + 2)..<end] where line.hasPrefix("$ ") {
      session += line + "\n" + (try folder.shell("$FTS " + line.dropFirst("$ fts ".count))).output
    }
    #expect(session == lines[(mark + 2)..<end].joined(separator: "\n") + "\n", "put the left side into the article")
  }

  @Test(arguments: [
    ("\"diplomatie populaire\"", "fr/fr-diplomatie-populaire.md"),
    ("title:chronologie OR title:repères", "fr/fr-chronologie.md"),
    ("+\"đối ngoại nhân dân\" +tre", "vi/vi-ngoai-giao-cay-tre.md"), ("tuyen* date:[2025 TO *] +title:quang", ""),
    ("=Bùi =Thanh =Sơn", ""), ("nghi?lo*", ""), ("*plomat?que", ""), ("diplomacie~1", ""),
    ("diplomatie^2 -populaire", ""),
    ("language:vi kinh tế", ""), ("(ngoại giao kinh tế)~4", ""), ("* date:2024", ""),
  ]) func `Each kind of query runs on the samples`(query: String, first: String) throws {
    try folder.link("seeds", to: WorkingFolder.seeds)
    #expect(try folder.fts("build", "seeds").status == 0)
    let keys = try folder.keys(query)
    #expect(query == "nghi?lo*" || !keys.isEmpty, "\(query)")
    if !first.isEmpty { #expect(keys.first == first, "\(query)") }
  }

  @Test func `Signs combine words`() throws {
    try folder.build([("a", "pivoine tulipe"), ("b", "pivoine rose"), ("c", "tulipe")])
    #expect(try folder.keys("+pivoine -tulipe") == ["b"])
    #expect(try folder.keys("pivoine tulipe", "--all") == ["a"])
    #expect(try folder.keys("pivoine OR rose tulipe", "--all") == ["a"])
    #expect(try folder.keys("body:tulipe -pivoine") == ["c"])
    #expect(try folder.fts("delete", "--query", "pivoine -rose").status == 0)
    #expect(try folder.keys("*") == ["b", "c"])
  }

  @Test func `A wrong query is reported with the column and what to write`() throws {
    try folder.build([("a", "pivoine")])
    let result = try folder.fts("query", "pivoine~4")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.error == "fts: the query, at letter 8: a word may differ by 1 or 2 letters: pivoine~1 or pivoine~2\n")
    let batch = try folder.fts("query", "--json", input: "m*t~1\npivoine\n")
    #expect(batch.status == 2 && batch.outputLines[0].contains("not both") && batch.outputLines.count == 3)
  }

  @Test func `--explain shows numbers that add up`() throws {
    try folder.build([("a", "đối ngoại nhân dân"), ("b", "diplomatie")])
    let result = try folder.fts("query", "--explain", "đối ngoại")
    #expect(result.status == 0)
    let numbers = result.outputLines.compactMap { line in
      line.firstMatch(of: #/^ {3,5}([0-9.]+)\s/#).flatMap { Float($0.1) }
    }
    try #require(numbers.count == 4, "\(result.output)")
    #expect(numbers[0] == numbers[1] + numbers[2] + numbers[3])
    let json = try folder.fts("query", "--explain", "--json", "đối ngoại")
    #expect(json.output.contains("\"explanation\":{\"score\":"))
  }
}
