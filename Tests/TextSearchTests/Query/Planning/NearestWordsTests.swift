import TestSupport
import Testing

@testable import TextSearch

/// Words that no document holds are searched as the words near them.
@Suite struct NearestWordsTests {
  private let index: TestIndex
  private let opened: SearchIndex

  init() throws {
    index = try TestIndex()
    try index.build([
      Document(key: "fr", title: "Le ministère", body: "La république et ses ministres, un événement à Huế."),
      Document(key: "fr2", body: "Les ministres de la république."),
      Document(key: "vi", title: "Chính phủ", body: "Tổng thống Hàn Quốc, công nghệ thông tin, đường phố."),
      Document(key: "vi2", body: "Thông tin đối ngoại về đường sắt."),
    ])
    opened = try index.open()
  }

  static let typed: [(query: String, meant: [String], first: String)] = [
    ("minstres", ["ministres"], "fr2"), ("minristres", ["ministres"], "fr2"), ("mimistres", ["ministres"], "fr2"),
    ("minitsres", ["ministres"], "fr2"), ("inistres", ["ministres"], "fr2"), ("rministres", ["ministres"], "fr2"),
    ("pinistres", ["ministres"], "fr2"), ("imnistres", ["ministres"], "fr2"), ("MINSTRES", ["ministres"], "fr2"),
    ("évènemment", ["événement"], "fr"), ("evenemment", ["evenement"], "fr"), ("republqiue", ["republique"], "fr2"),
    ("la républqiue", ["république"], "fr2"), ("minsitres republiqe", ["ministres", "republique"], "fr2"),
    ("cong nghe thogn tin", ["thong"], "vi"), ("công nghệ thôgn tin", ["thông"], "vi"), ("dduwowngf", [], "vi2"),
    ("đừờng", ["đường"], "vi2"), ("Tong thojg Han Quoc", ["thong"], "vi"),
    ("republqiue minsitres 2025", ["republique", "ministres"], "fr2"),
  ]

  @Test(arguments: typed) func mistypedWordsFindWhatWasMeant(query: String, meant: [String], first: String) throws {
    let results = try opened.search(query)
    #expect(results.replaced.map(\.meant) == meant, "\(query)")
    #expect(results.hits.first?.key == first, "\(query): \(results.hits.map(\.key))")
    #expect(results.replaced.allSatisfy { query.contains($0.typed) })
    // The reference search, explanations and snippets have the same plan.
    var reference = SearchOptions()
    reference.usesReference = true
    #expect(try opened.search(query, reference) == results)
    let hit = try #require(results.hits.first)
    #expect(try opened.explain(.words(query), key: hit.key)?.score == hit.score)
    #expect(hit.snippet.pieces.contains(where: \.isMatch) || hit.title?.isEmpty == false)
  }

  /// Known words, short words, words with digits or signs; words that are required, excluded, exact, in phrases or patterns.
  @Test(arguments: [
    "ministres", "minis", "mots", "sat", "2O25x", "a1b2c", "zzzzqq", "\"minstres\"", "=minstres",
    "+minstres république", "minstre*",
    "ministres -republqiue", "NOT minstres", "minstres AND huế", "title:\"minstres\"",
  ])
  func otherWordsStayAsTheyAre(query: String) throws {
    #expect(try opened.search(opened.parse(query)).replaced.isEmpty, "\(query)")
  }

  @Test func optionsTurnItOff() throws {
    var options = SearchOptions()
    options.reading.replacesUnknownWords = false
    #expect(try opened.search("minstres", options).total == 0)
    options = SearchOptions(requiresAllWords: true)
    #expect(try opened.search("minstres", options).total == 0)
    let writer = try IndexWriter(index.path, mode: .append)
    #expect(try writer.keys(matching: "minstres").isEmpty)
  }

  @Test func fieldsAndGroupsHaveThemToo() throws {
    #expect(try opened.search(opened.parse("title:minitère")).hits.map(\.key) == ["fr"])
    #expect(try opened.search(opened.parse("(minstres OR republqiue) AND huế")).replaced.isEmpty)
    #expect(try opened.search(opened.parse("minstres OR thogn")).replaced.map(\.meant) == ["ministres", "thong"])
  }

  /// A part of a collection cannot tell which words the other parts hold.
  @Test func partsDecideTogether() throws {
    let parts = try [["ministre", "maison"], ["ministère", "raison"], ["minstre"]].map { words in
      let part = try TestIndex()
      try part.build(words.map { Document(key: $0, body: $0) })
      return (part, try part.open())
    }
    func search(_ text: String, _ parts: ArraySlice<(TestIndex, SearchIndex)>) throws -> SearchResults {
      var shared = SearchOptions()
      let exported = try parts.map { try $0.1.statistics(for: text) }
      shared.statistics = try exported.dropFirst().reduce(exported[0]) { try $0 + $1 }
      return SearchResults(merging: try parts.map { try $0.1.search(text, shared) }, limit: 10)
    }
    #expect(try search("minstre", parts[..<2]).hits.map(\.key) == ["ministre"])
    #expect(try search("minstre", parts[...]).hits.map(\.key) == ["minstre"])
    let found = try search("paison", parts[...])
    #expect(Set(found.hits.map(\.key)) == ["maison", "raison"], "\(found)")
    // Which reading of a word counts depends on the others, and on what their typing means.
    let viet = try ["tiếng Việt ở trường học", "trường đại học và tiếng Pháp truyng"].map { body in
      let part = try TestIndex()
      try part.build([Document(key: body, body: body)])
      return (part, try part.open())
    }
    for text in ["tieengs truong", "truong OR tiếng", "(truong hoc) OR tiếng", "truong \"tiếng Việt\"", "tiếng truong"]
    {
      let query = try viet[0].1.parse(text)
      var options = SearchOptions()
      options.statistics = try viet[0].1.statistics(for: query) + viet[1].1.statistics(for: query)
      let results = SearchResults(merging: try viet.map { try $0.1.search(query, options) }, limit: 10)
      #expect(results.hits.count == 2, "\(text)")
      #expect(results.replaced.allSatisfy { $0.typed != $0.meant })
    }
    // Statistics without the neighbours of a word are those of another query.
    var shared = SearchOptions()
    shared.statistics = try parts[0].1.statistics(for: "autre")
    #expect(throws: SearchError.self) { try parts[0].1.search("minstre", shared) }
  }
}
