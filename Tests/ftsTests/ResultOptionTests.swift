import TestSupport
import Testing

/// `fts query --offset`, `--filter`, `--facet`, `--sort`, `--like`, `--whole`, `--quick` on the samples.
@Suite struct ResultOptionTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    #expect(try folder.fts("build", WorkingFolder.seeds).status == 0)
  }

  private func hits(_ arguments: String...) throws -> [String] {
    let result = try folder.run(["query", "--json"] + arguments)
    return result.outputLines.compactMap { $0.firstMatch(of: /"rank":\d+.*?"key":"([^"]*)"/).map { String($0.1) } }
  }

  @Test func `Pages follow each other`() throws {
    let all = try hits("-n", "6", "diplomatie")
    #expect(try hits("-n", "3", "diplomatie") + hits("-n", "3", "--offset", "3", "diplomatie") == all)
    let text = try folder.fts("query", "-n", "1", "--offset", "2", "diplomatie")
    #expect(text.output.hasPrefix("3. "), "\(text.output)")
  }

  @Test func `Filters, facets and sorting work on attributes`() throws {
    let vietnamese = try hits("--filter", "language:vi", "ngoại giao")
    #expect(!vietnamese.isEmpty && vietnamese.allSatisfy { $0.hasPrefix("vi/") })
    let years = try hits("--filter", "date:[2025 TO *]", "--filter", "language:fr", "ministère")
    #expect(!years.isEmpty && years.allSatisfy { $0.hasPrefix("fr/") })
    let result = try folder.fts("query", "-n", "1", "--facet", "language", "--facet", "date:year", "diplomatie")
    #expect(result.outputLines.contains { $0.hasPrefix("language: fr ") }, "\(result.output)")
    #expect(result.outputLines.contains { $0.wholeMatch(of: /date: (\d{4} \d+(, )?)+/) != nil }, "\(result.output)")
    let json = try folder.fts("query", "--json", "-n", "0", "--facet", "language", "diplomatie").output
    #expect(json.contains(#""facet":"language","value":"fr","documents":"#), "\(json)")
    let dates = try folder.fts("query", "--json", "-n", "50", "--sort", "date:desc", "diplomatie").outputLines
      .compactMap { $0.firstMatch(of: /"date":"([^"]*)"/).map { String($0.1) } }
    #expect(dates.count > 5 && zip(dates, dates.dropFirst()).allSatisfy(>=), "\(dates)")
  }

  @Test func `Documents like one, and whole texts`() throws {
    let key = try hits("-n", "1", "diplomatie populaire")[0]
    let like = try hits("--like", key)
    #expect(!like.isEmpty && !like.contains(key))
    let whole = try folder.fts("query", "-n", "1", "--whole", "diplomatie populaire").output
    let snippet = try folder.fts("query", "-n", "1", "diplomatie populaire").output
    #expect(whole.count > 2 * snippet.count && whole.contains("**populaire**"))
  }

  @Test func `Fields have weights`() throws {
    let text = try folder.fts("query", "-n", "3", "--explain", "--weight", "title=4", "diplomatie populaire")
    #expect(text.status == 0 && text.output.contains(" times by field) * 1/K"), "\(text.output)")
    #expect(try hits("--weight", "title=1", "--weight", "body=1", "diplomatie") == hits("diplomatie"))
    let titles = try hits("-n", "100", "--weight", "body=0", "diplomatie")
    #expect(try !titles.isEmpty && titles == hits("-n", "100", "title:diplomatie"))
    let json = try folder.fts("query", "--json", "--explain", "--weight", "title=4", "diplomatie populaire").output
    #expect(json.contains(#""weighedFrequency":"#), "\(json)")
  }

  @Test func `What takes too long is shown in part`() throws {
    let text = try folder.fts("query", "--timeout", "0", "diplomatie")
    #expect(text.status == 1 && text.error.contains("0 documents or more: the time was over after "), "\(text.error)")
    let json = try folder.fts("query", "--json", "--timeout", "0ms", "--facet", "language", "diplomatie")
    #expect(json.output.contains(#""total":0,"totalIsExact":false,"microseconds":"#))
    #expect(json.output.contains(#","partial":true}"#))
    for time in ["3600s", "3600000ms", "3600000"] {
      #expect(try hits("--timeout", time, "--threads", "4", "diplomatie") == hits("diplomatie"))
    }
    #expect(try !folder.fts("query", "--json", "--timeout", "3600s", "diplomatie").output.contains("partial"))
  }

  /// The hits are the same; the total is what the limit allows.
  @Test(arguments: ["diplomatie", "diplomatie populaire", "+ngoại +giao", "\"diplomatie populaire\"", "diplo*"])
  func `Matches are counted up to a limit, or not at all`(query: String) throws {
    let exact = try summary("-n", "2", "--count", "exact", query)
    let total = try #require(exact.total)
    #expect(exact.isExact && total > 2)
    #expect(try summary("-n", "2", query) == exact)
    #expect(try summary("-n", "2", "--count", "2", query) == Summary(total: 2, isExact: false))
    #expect(try summary("-n", "3", "--count", "1", query) == Summary(total: min(3, total), isExact: total <= 3))
    #expect(try summary("-n", "2", "--quick", query) == Summary(total: nil, isExact: false))
    #expect(try hits("-n", "2", "--quick", query) == hits("-n", "2", query))
    #expect(try hits("-n", "2", "--count", "2", query) == hits("-n", "2", query))
    let quick = try folder.fts("query", "-n", "2", "--quick", query)
    #expect(quick.status == 0 && quick.error.hasPrefix("matches not counted in "), "\(quick.error)")
    let nothing = try folder.fts("query", "--quick", "pivoine")
    #expect(nothing.status == 1 && nothing.error.hasPrefix("no documents in "), "\(nothing.error)")
    let limited = try folder.fts("query", "-n", "2", "--count", "2", query)
    #expect(limited.status == 0 && limited.error.hasPrefix("more than 2 documents in "), "\(limited.error)")
    // What needs all matches counts them.
    #expect(try summary("-n", "2", "--quick", "--facet", "language", query) == exact)
  }

  /// In the order of their keys.
  @Test func `Matches of a prefix score alike`() throws {
    let found = try hits("--constant", "-n", "100", "diplo*")
    let others = try hits("-n", "100", "diplo*")
    #expect(found.count > 2 && found == others.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(found != others)
    #expect(try summary("--constant", "diplo*") == summary("diplo*"))
    #expect(try hits("--constant", "diplomatie populaire") == hits("diplomatie populaire"))
  }

  private struct Summary: Equatable {
    var total: Int?
    var isExact: Bool
  }

  private func summary(_ arguments: String...) throws -> Summary {
    let result = try folder.run(["query", "--json"] + arguments)
    let line = try #require(result.outputLines.last)
    let total = try #require(line.firstMatch(of: /"total":(\d+|null)/)?.1)
    return Summary(total: Int(total), isExact: !line.contains("\"totalIsExact\":false"))
  }

  @Test(arguments: [
    (["--timeout", "soon", "mot"], "50ms or 2s"), (["--timeout", "-1", "mot"], "50ms or 2s"),
    (["--threads", "0", "mot"], "whole number from 1"), (["--weight", "title", "mot"], "title=2"),
    (["--weight", "nom=2", "mot"], "no field is called nom; this index has title, body"),
    (["--weight", "title=-1", "mot"], "cannot be -1.0; give a number from 0"),
    (["--offset", "-1", "mot"], "offset"), (["--sort", "date:up", "mot"], "asc or desc"),
    (["--sort", "date:asc:desc", "mot"], "asc or desc"), (["--sort", "date:vi:vi", "mot"], "asc or desc"),
    (["--sort", ":vi", "mot"], "takes an attribute or title"), (["--sort", "", "mot"], "takes an attribute or title"),
    (["--sort", "titre:vi", "mot"], "no attribute is called titre; this index has "),
    (["--facet", "date:week", "mot"], "year, month or day"), (["--filter", "mot", "mot"], "conditions"),
    (["--facet", "datum", "mot"], "no attribute is called datum"), (["--like", "nothing"], "no document has the key"),
    (["--like", "a", "mot"], "--like replaces the query"), (["--count", "many", "mot"], "a whole number or exact"),
    (["--count", "-1", "mot"], "a whole number or exact"), (["--quick", "--count", "5", "mot"], "leave out --count"),
    (["--quick", "-n", "0", "mot"], "leave out --quick"),
  ])
  func `Wrong options are named`(options: [String], message: String) throws {
    let result = try folder.run(["query"] + options)
    #expect(result.status == 2 && result.error.contains(message), "\(result.error)")
  }
}
