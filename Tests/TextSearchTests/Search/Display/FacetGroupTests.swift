import TestSupport
import Testing

@testable import TextSearch

/// Facets count the spellings of a value together, and their values find what they count.
@Suite struct FacetGroupTests {
  private static let values: [(key: String, values: [String])] = [
    ("a", ["Huế"]), ("b", ["HUẾ"]), ("c", ["huế"]), ("d", ["Hue\u{302}\u{301}"]), ("e", ["Hue"]),
    ("f", ["hoà", "HÒA"]),
    ("g", ["hòa"]), ("h", ["Hoa"]), ("i", ["Évry", "Paris"]), ("j", ["ÉVRY"]), ("k", ["évry"]), ("l", ["Evry"]),
    ("m", []),
    ("n", ["m²"]), ("o", ["m2"]), ("p", ["œuvre"]), ("q", ["Œuvre"]), ("r", ["oeuvre"]),
  ]

  private func results(_ keys: String, threads: Int = 1, budget: Int = 384 << 20) throws -> SearchResults {
    let index = try TestIndex()
    try index.build(
      Self.values.filter { keys.contains($0.key) }.map {
        Document(key: $0.key, body: "mot", attributes: ["lieu": $0.values])
      },
      IndexOptions(segmentBudget: budget))
    var options = SearchOptions(limit: 100, makesSnippets: false)
    options.facets = [Facet("lieu")]
    options.threads = threads
    return try index.open().search("mot", options)
  }

  @Test func valuesAreGroupedByCaseCompositionAndTonePlacement() throws {
    let counts = try results("abcdefghijklmnopqr").facets[0]
    let found = counts.top(100).map { "\($0.value.text) \($0.documents)" }
    #expect(
      found == [
        "Huế 4", "ÉVRY 3", "HÒA 2", "Œuvre 2", "Evry 1", "Hoa 1", "Hue 1", "Paris 1", "m2 1", "m² 1", "oeuvre 1",
      ])
    #expect(counts.missing == 1 && counts[.keyword("HUẾ")] == 4 && counts[.keyword("Hòa")] == 2)
    let spellings = try #require(counts.ascending.first { $0.value == .keyword("HÒA") }).spellings
    #expect(spellings.map(\.value.text) == ["HÒA", "hoà", "hòa"] && spellings.allSatisfy { $0.documents == 1 })
  }

  /// The commonest spelling is that of the collection: no part may choose it.
  @Test func partsAddUp() throws {
    let whole = try results("abcdefghijklmnopqr")
    #expect(try results("abcdefghijklmnopqr", threads: 3, budget: 0) == whole)
    for parts in [
      ["abcdefghi", "jklmnopqr"], ["aceg", "bdfhij", "klmnopqr"],
      ["ab", "c", "defm"] + "ghijklnopqr".map { String($0) },
    ] {
      let merged = SearchResults(merging: try parts.map { try results($0) }, limit: 100)
      #expect(merged.facets == whole.facets, "\(parts)")
      #expect(merged.facets[0].top(100) == whole.facets[0].top(100))
    }
  }

  @Test func theLinkOfAValueFindsItsDocuments() throws {
    let index = try TestIndex()
    try index.build(Self.values.map { Document(key: $0.key, body: "mot", attributes: ["lieu": $0.values]) })
    let opened = try index.open()
    let found = try results("abcdefghijklmnopqr").facets[0]
    for entry in found.ascending {
      let query = try opened.parse("lieu:=\"\(entry.value.text)\"")
      #expect(try opened.search(query).total == entry.documents, "\(entry.value.text)")
      for spelling in entry.spellings {
        #expect(try opened.search(.filter(.equals("lieu", spelling.value))).total == entry.documents)
        #expect(try opened.search(.filter(.oneOf("lieu", [spelling.value]))).total == entry.documents)
      }
    }
  }
}
