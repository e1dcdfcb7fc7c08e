import TestSupport
import Testing

/// `fts query --sort` and `--facet` on names and titles.
@Suite struct SortOptionTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    let rows = [
      ("z", "Zola", "Zola", "Évry"), ("e", "L’Émile", "Émile", "ÉVRY"), ("a", "Un abbé", "abbé", "évry"),
      ("d", "Đà Nẵng", "Đà Nẵng", "Évry"), ("h", "Huế", "Huế", "Evry"), ("n", "", "ăn", "Evry"),
      ("m", "Ma", "am", "Évry"),
    ]
    let lines = rows.map { key, title, name, town in
      #"{"id":"\#(key)","title":"\#(title)","body":"mot","nom":"\#(name)","ville":"\#(town)","dc:nom":"\#(name)"}"#
    }
    try folder.write(lines.joined(separator: "\n"), to: "in/a.jsonl")
    #expect(try folder.fts("build", "in").status == 0)
  }

  private func keys(_ arguments: String...) throws -> String {
    let result = try folder.run(["query", "--json"] + arguments + ["mot"])
    return result.outputLines.compactMap { $0.firstMatch(of: /"rank":\d+.*?"key":"([^"]*)"/).map { String($0.1) } }
      .joined()
  }

  @Test(arguments: [
    ("nom", "amndehz"), ("nom:asc", "amndehz"), ("nom:desc", "zhednma"), ("nom:vi", "amndehz"),
    ("nom:vi:desc", "zhednma"),
    ("title", "dhemazn"), ("title:articles", "adehmzn"), ("title:articles:desc", "zmhedan"),
    ("title:desc:vi:articles", "zmhedan"),
    ("dc:nom:asc", "amndehz"),
  ]) func `Names and titles are in order`(order: String, expected: String) throws {
    #expect(try keys("--sort", order) == expected)
    #expect(try keys("--sort", order, "-n", "3", "--offset", "2") == String(expected.dropFirst(2).prefix(3)))
  }

  @Test func `Sort keys are in the order of the hits`() throws {
    let output = try folder.fts("query", "--json", "--sort", "title:desc", "mot").outputLines
    let sortKeys = output.compactMap { $0.firstMatch(of: /"sortKey":"([0-9a-f]+)"/).map { String($0.1) } }
    #expect(sortKeys.count == 7 && sortKeys == sortKeys.sorted() && sortKeys.last == "02")
    #expect(try !folder.fts("query", "--json", "mot").output.contains("sortKey"))
  }

  @Test func `Facets show the commonest spelling, and its link finds all`() throws {
    let result = try folder.fts("query", "--facet", "ville", "mot")
    #expect(result.outputLines.contains("ville: Évry 5, Evry 2"), "\(result.output)")
    let json = try folder.fts("query", "--json", "-n", "0", "--facet", "ville", "mot").output
    #expect(
      json.contains(
        #""value":"Évry","documents":5,"spellings":[{"value":"ÉVRY","documents":1},{"value":"Évry","documents":3},"#))
    #expect(json.contains(#""value":"Evry","documents":2}"#))
    for (value, total) in [("Évry", 5), ("évry", 5), ("Evry", 2), ("evry", 2), ("Évr", 0)] {
      #expect(try folder.fts("query", "--json", "ville:=\(value)").output.contains(#""total":\#(total),"#), "\(value)")
    }
  }

  @Test func `What is not stored cannot be sorted by`() throws {
    #expect(try folder.fts("build", "in", "--fresh", "--store", "none").status == 0)
    let result = try folder.fts("query", "--sort", "title", "mot")
    #expect(result.status == 2 && result.error.contains("the texts of title are not stored"), "\(result.error)")
    #expect(try keys("--sort", "nom") == "amndehz")
  }
}
