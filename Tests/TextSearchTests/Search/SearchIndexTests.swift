import TestSupport
import Testing

@testable import TextSearch

/// Searching an index: totals, limits, all or any words.
@Suite struct SearchIndexTests {
  private let texts = [
    "a": "la paix et la guerre", "b": "la paix dans la ville", "c": "la guerre dans la région",
    "d": "la ville et la région",
  ]

  @Test func anyOrAllWords() throws {
    let index = try TestIndex(texts)
    #expect(Set(try index.keys("paix guerre")) == ["a", "b", "c"])
    #expect(try index.keys("paix guerre").first == "a")
    #expect(try index.keys("paix guerre", SearchOptions(requiresAllWords: true)) == ["a"])
    #expect(try index.keys("paix absent", SearchOptions(requiresAllWords: true)) == [])
    #expect(try index.keys("paix paix", SearchOptions(requiresAllWords: true)).count == 2)
  }

  @Test func theTotalDoesNotDependOnTheLimit() throws {
    let index = try TestIndex(texts).open
    for limit in [-1, 0, 1, 2, 3, 100] {
      let results = try index().search("paix guerre", SearchOptions(limit: limit))
      #expect(results.total == 3 && results.hits.count == min(3, max(0, limit)))
    }
  }

  @Test func sectionSizesAreThoseOfTheFiles() throws {
    let index = try TestIndex(texts).open()
    let sizes = index.sectionSizes
    #expect(Set(sizes.map(\.name)).count == SegmentLayout.Section.allCases.count)
    #expect(sizes.contains { $0.name == "postings" && $0.bytes > 0 })
    // The remainder is headers, tables and padding.
    let sum = sizes.reduce(0) { $0 + $1.bytes }
    #expect(sum > 0 && sum < index.summary.bytes)
  }

  @Test func fewerHitsAreTheFirstOfMore() throws {
    var random = SeededRandom(seed: 611)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(200, &random))
    let opened = try index.open()
    for query in ["diplomatie", "doi ngoai", "le la de", "đối hòa"] {
      let all = try opened.search(query, SearchOptions(limit: 1000)).hits
      for limit in [1, 3, 10, 50] {
        #expect(
          try opened.search(query, SearchOptions(limit: limit)).hits == Array(all.prefix(limit)), "seed 611, \(query)")
      }
      for (a, b) in zip(all, all.dropFirst()) { #expect(a.score >= b.score, "seed 611, \(query)") }
    }
  }

  @Test func scoresAreTheFormula() throws {
    let index = try TestIndex(["a": "paix paix ville", "b": "paix", "c": "guerre ville"])
    let hits = try index.open().search("paix").hits
    let idf = Float(ResolvedWord.idf(documents: 3, frequency: 2))
    let lengthNorms = LengthNorms.values(BM25(), averageLength: 2)
    func score(_ frequency: Float, _ length: Int) -> Float {
      let x = frequency * lengthNorms[length]
      return idf * (x / (1 + x))
    }
    #expect(hits.first { $0.key == "a" }?.score == score(2, 3))
    #expect(hits.first { $0.key == "b" }?.score == score(1, 1))
  }

  @Test func errorsSayWhatToDo() {
    let errors: [SearchError] = [
      .system(operation: "open", path: "p", code: 2), .noIndex(path: "p"), .notAnIndex(path: "p", found: "x"),
      .corrupt(file: "f", section: "keys", offset: 3, reason: "r"),
      .unsupportedVersion(file: "f", found: 2, supported: 1),
      .unsupportedAnalyzer(file: "f", fingerprint: 1), .locked(path: "p"), .emptyQuery,
      .unknownField(name: "x", known: ["y"]),
      .limit(what: "documents", value: 2, maximum: 1),
    ]
    for error in errors { #expect(error.description.count > 10) }
    #expect(
      SearchError.corrupt(file: "", section: "s", offset: 1, reason: "r").inFile("f")
        == .corrupt(file: "f", section: "s", offset: 1, reason: "r"))
    #expect(
      SearchError.corrupt(file: "g", section: "s", offset: 1, reason: "r").inFile("f")
        == .corrupt(file: "g", section: "s", offset: 1, reason: "r"))
    #expect(SearchError.emptyQuery.inFile("f") == .emptyQuery)
  }

  @Test func manyTasksSearchOneIndex() async throws {
    var random = SeededRandom(seed: 612)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(100, &random))
    let opened = try index.open()
    let expected = try opened.search("diplomatie doi")
    let results = await withTaskGroup(of: SearchResults?.self) { group in
      for _ in 0..<16 { group.addTask { try? opened.search("diplomatie doi") } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 16 && results.allSatisfy { $0 == expected }, "seed 612")
  }
}
