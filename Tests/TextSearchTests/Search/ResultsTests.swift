import TestSupport
import Testing

@testable import TextSearch

/// Paging, sorting, facets, similar documents and highlighted texts, against plain definitions over all hits.
@Suite struct ResultsTests {
  private let words = ["paix", "port", "đối", "ngoại", "la", "ville", "doi"]
  private let queries: [Query] = [
    .words("paix ville"), .words("paix ville", requiresAll: true), .phrase("paix ville"), .prefix("p"),
    .group([.must(.words("la")), .mustNot(.words("port"))]), .everything,
    .group([.should(.words("paix")), .should(.fuzzy("pord", distance: 1))]),
  ]

  /// Documents in several segments, some deleted, with random attributes.
  private func index(_ seed: UInt64) throws -> (index: TestIndex, model: AttributeModel) {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: 300, &random)
    let index = try TestIndex()
    for part in 0..<3 {
      let writer =
        part == 0
        ? try IndexWriter(index.path, options: IndexOptions(attributes: model.schema.declared))
        : try IndexWriter(appendingTo: index.path)
      for document in (0..<300) where document % 3 == part {
        let body = (0..<random.integer(1...8)).map { _ in random.pick(words) }.joined(separator: " ")
        try writer.add(
          Document(key: AttributeModel.key(document), body: body, attributes: model.documents[document]))
      }
      if part == 2 {
        for document in stride(from: 0, to: 300, by: 7) { try writer.delete(key: AttributeModel.key(document)) }
      }
      try writer.commit()
    }
    return (index, model)
  }

  @Test(arguments: [1, 2])
  func pagesPutTogetherAreAllHits(seed: UInt64) throws {
    let search = try index(seed).index.open()
    for query in queries {
      let all = try search.search(query, SearchOptions(limit: 1000, makesSnippets: false))
      let total = try #require(all.total)
      #expect(all.hits.count == total && all.isTotalExact)
      for size in [1, 7, 100] {
        var paged: [SearchResults.Hit] = []
        while paged.count < total {
          var options = SearchOptions(limit: size, makesSnippets: false)
          options.offset = paged.count
          let page = try search.search(query, options)
          #expect(page.total == total)
          try #require(!page.hits.isEmpty)
          paged += page.hits
        }
        #expect(paged == all.hits, "\(query) by \(size)")
      }
      var options = SearchOptions(limit: .max, makesSnippets: false)
      options.offset = total
      #expect(try search.search(query, options).hits.isEmpty)
      options.offset = .max
      #expect(try search.search(query, options).hits.isEmpty)
    }
  }

  @Test(arguments: [3, 4])
  func sortedHitsAreAllHitsInOrder(seed: UInt64) throws {
    let (index, model) = try index(seed)
    let search = try index.open()
    for query in queries {
      let all = try search.search(query, SearchOptions(limit: 1000, makesSnippets: false)).hits.map(\.key)
      for name in ["date", "year", "tags"] {
        for isDescending in [false, true] {
          var options = SearchOptions(limit: 1000, makesSnippets: false)
          options.order = AttributeOrder(name, descending: isDescending)
          let sorted = try search.search(query, options)
          #expect(sorted.total == all.count && sorted.isTotalExact)
          let expected = all.sorted { isBefore($0, $1, by: options.order!, model) }
          #expect(sorted.hits.map(\.key) == expected, "\(query) by \(name)")
          options.limit = 5
          options.offset = 3
          #expect(try search.search(query, options).hits.map(\.key) == Array(expected.dropFirst(3).prefix(5)))
        }
      }
    }
  }

  private func isBefore(_ a: String, _ b: String, by order: AttributeOrder, _ model: AttributeModel) -> Bool {
    func sortKey(_ key: String) -> SortKey { model.sortKey(order, of: Int(key.dropFirst())! - 100_000) }
    let (x, y) = (sortKey(a), sortKey(b))
    if x != y { return x < y }
    return a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  @Test(arguments: [5, 6])
  func facetsCountAllMatches(seed: UInt64) throws {
    let (index, model) = try index(seed)
    let search = try index.open()
    for query in queries {
      var options = SearchOptions(limit: 3, makesSnippets: false)
      options.facets = [Facet("tags"), Facet("year"), Facet("date", by: .year)]
      let found = try search.search(query, options)
      let all = try search.search(query, SearchOptions(limit: 1000, makesSnippets: false))
      #expect(found.total == all.total)
      #expect(found.hits == Array(all.hits.prefix(3)), "facets change no hits")
      let documents = all.hits.map { Int($0.key.dropFirst())! - 100_000 }
      for (name, counts) in zip(["tags", "year"], found.facets) {
        let expected = model.counts(name, of: documents).values.sorted { $0.value < $1.value }
        #expect(counts.ascending == expected, "\(query) \(name)")
        #expect(counts.missing == documents.count { model.values(name, of: $0).isEmpty })
      }
      let years = found.facets[2].ascending.reduce(0) { $0 + $1.documents }
      #expect(years + found.facets[2].missing >= found.total ?? .max)
    }
  }

  @Test func unknownAttributesAreRefused() throws {
    let search = try index(7).index.open()
    var options = SearchOptions()
    options.facets = [Facet("datum")]
    #expect(throws: SearchError.self) { try search.search("paix", options) }
    options.facets = []
    options.order = AttributeOrder("datum")
    #expect(throws: SearchError.self) { try search.search("paix", options) }
  }

  @Test func filtersAreReadAsInTheQueryLanguage() throws {
    let search = try index(8).index.open()
    #expect(try search.parseFilter("tags:paix") == .matches("tags", "paix"))
    for text in ["tags:paix year:[1 TO 5]", "tags:paix OR tags:port", "-tags:paix", "tags:paix AND NOT year:7"] {
      let filter = try search.parseFilter(text)
      let query = try search.parse(text, requiresAll: true)
      let options = SearchOptions(limit: 1000, makesSnippets: false, filter: filter)
      let filtered = try search.search(.everything, options).hits.map(\.key)
      let queried = try search.search(query, SearchOptions(limit: 1000, makesSnippets: false)).hits.map(\.key)
      #expect(filtered == queried, "\(text)")
    }
    #expect(throws: SearchError.self) { try search.parseFilter("paix") }
    #expect(throws: SearchError.self) { try search.parseFilter("tags:paix ville") }
  }

  @Test func similarDocumentsShareTheirDistinctiveWords() throws {
    let index = try TestIndex([
      "a": "La diplomatie populaire et les unions d'amitié.", "b": "Les unions d'amitié de la ville.",
      "c": "La diplomatie économique et les unions.", "d": "La recette du riz.", "e": "Le riz de la ville.",
    ])
    let search = try index.open()
    let like = try search.documents(like: "a")
    #expect(Set(like.hits.prefix(2).map(\.key)) == ["b", "c"])
    #expect(!like.hits.map(\.key).contains("a"))
    #expect(like.total == like.hits.count)
    var options = SearchOptions(limit: 1)
    #expect(try search.documents(like: "d", options).hits.map(\.key) == ["e"])
    // The document itself does not pass the filter: it must not be taken off the total.
    options = SearchOptions(filter: .not(.exists("date")))
    let dated = try TestIndex()
    try dated.build([
      Document(key: "a", body: "riz paix", attributes: ["date": "2025"]), Document(key: "b", body: "riz paix"),
      Document(key: "c", body: "riz paix"),
    ])
    for facets in [[], [Facet("date")]] {
      options.facets = facets
      #expect(try dated.open().documents(like: "a", options).total == 2)
      #expect(try dated.open().documents(like: "b", options).hits.map(\.key) == ["c"])
      #expect(try dated.open().documents(like: "b", options).total == 1)
    }
    #expect(throws: SearchError.unknownKey(key: "z")) { try search.documents(like: "z") }
    let keyOnly = try TestIndex(["a": "mot", "b": "mot"], IndexOptions(storedFields: []))
    #expect(throws: SearchError.emptyQuery) { try keyOnly.open().documents(like: "a") }
  }

  @Test func wholeTextsAreHighlighted() throws {
    let index = try TestIndex(["a": "La diplomatie.\nLes diplomates, la diplomatie populaire."])
    let search = try index.open()
    let marked = try search.marked(.phrase("diplomatie populaire"), key: "a")
    #expect(
      marked?.first { $0.field == "body" }?.text.html
        == "La diplomatie. Les diplomates, la <b>diplomatie</b> <b>populaire</b>.")
    #expect(try search.marked(.words("diplomatie"), key: "z") == nil)
  }
}
