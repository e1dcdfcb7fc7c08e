import TestSupport
import Testing

@testable import TextSearch

/// `fts build --attribute`: types of attributes from the command line.
@Suite struct AttributeOptionTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    try folder.write("---\nyear: 2024\ntags: [paix, port]\n---\nTitre\nmot", to: "in/a.md")
    try folder.write("---\nyear: hier\ndate: été\n---\nTitre\nmot", to: "in/b.md")
    try folder.write(#"{"id":"c","body":"mot","year":900,"tags":["paix"]}"#, to: "in/c.jsonl")
  }

  private func keys(_ filter: AttributeFilter) throws -> [String] {
    try SearchIndex(folder.path + "/fts-index").search("mot", SearchOptions(filter: filter)).hits.map(\.key).sorted()
  }

  @Test func `Types are stored with the index and used by filters`() throws {
    let result = try folder.fts("build", "in", "--attribute", "year:integer")
    #expect(result.status == 0)
    #expect(result.error.contains("fts: in/b.md: attribute year: 'hier' is no integer\n"))
    #expect(!result.error.contains("été"), "date was not declared")
    #expect(try keys(.range("year", from: .integer(1000), through: nil)) == ["a.md"])
    #expect(try keys(.equals("year", .keyword("hier"))) == ["b.md"])
    #expect(try keys(.equals("tags", .keyword("paix"))) == ["a.md", "c"])
    let plain = try folder.fts("build", "in")
    #expect(plain.status == 0 && !plain.error.contains("attribute"))
    #expect(try keys(.range("year", from: .integer(1000), through: nil)) == ["a.md", "b.md", "c"], "by bytes")
  }

  @Test func `With --strict a value of another type is a reason to stop`() throws {
    let result = try folder.fts("build", "in", "--strict", "--attribute=year:integer", "--attribute=tags:keyword")
    #expect(result.status == 2)
    #expect(result.error.contains("attribute year: 'hier' is no integer"))
    #expect(!folder.exists("fts-index/manifest"))
    #expect(try folder.fts("build", "in", "--strict").status == 0)
  }
}
