import TestSupport
import Testing

@testable import TextSearch

/// Compares the fast search with the reference search, which scores every document.
enum ReferenceComparison {
  /// Expects bit-identical hits, also with several threads; without counting no greater total; sorted, all hits in their
  /// order. Returns the number of hits.
  ///
  /// - Parameter mayBeEmpty: the query may hold no word, which is an error to both.
  @discardableResult
  static func expectEqual(
    _ index: SearchIndex, _ query: Query, _ options: SearchOptions, context: String, mayBeEmpty: Bool = false
  ) throws -> Int {
    var all = options
    all.usesReference = true
    let expected: SearchResults
    do {
      expected = try index.search(query, all)
    } catch {
      #expect(mayBeEmpty && error == .emptyQuery, "\(context): \(query)")
      #expect(throws: SearchError.emptyQuery) { try index.search(query, options) }
      return 0
    }
    let found = try index.search(query, options)
    #expect(found.total == expected.total, "\(context): \(query)")
    #expect(found.hits.map(\.key) == expected.hits.map(\.key), "\(context): \(query) \(options.limit)")
    #expect(
      found.hits.map(\.score.bitPattern) == expected.hits.map(\.score.bitPattern),
      "\(context): \(query) \(options.limit)")
    var quick = options
    quick.countsAll = false
    let quickly = try index.search(query, quick)
    #expect(quickly.hits == found.hits && quickly.total <= found.total, "\(context), uncounted: \(query)")
    if index.segments.count > 1 {
      quick.threads = 3
      #expect(try index.search(query, quick).hits == found.hits, "\(context), uncounted in parallel: \(query)")
      quick.countsAll = true
      #expect(try index.search(query, quick) == found, "\(context), in parallel: \(query)")
    }
    return found.hits.count
  }

  /// Expects the documents that the reference search finds, in the order of their years.
  static func expectSorted(_ index: SearchIndex, _ query: Query, _ options: SearchOptions, context: String) throws {
    var all = options
    (all.usesReference, all.limit, all.offset) = (true, 100_000, 0)
    guard let expected = try? index.search(query, all) else { return }
    var sorted = options
    sorted.order = AttributeOrder("year", descending: true)
    sorted.facets = [Facet("year")]
    func year(_ hit: SearchResults.Hit) -> Int { hit.document.attribute("year").flatMap { Int($0) } ?? .min }
    let keys = expected.hits.sorted { (year($1), $0.key) < (year($0), $1.key) }.map(\.key)
    for threads in index.segments.count > 1 ? [1, 3] : [1] {
      sorted.threads = threads
      let found = try index.search(query, sorted)
      let page = keys.dropFirst(options.offset).prefix(options.limit)
      #expect(found.hits.map(\.key) == Array(page), "\(context), sorted: \(query)")
      #expect(found.total == expected.total && found.isTotalExact, "\(context), sorted: \(query)")
      let counted = found.facets[0].ascending.reduce(found.facets[0].missing) { $0 + $1.documents }
      #expect(counted == expected.total, "\(context), counted: \(query)")
    }
  }
}

extension RandomDocuments {
  /// Documents of a title, a body that is long now and then, and a year.
  ///
  /// - Parameters:
  ///   - extra: words that few documents hold.
  ///   - rarity: about one document in `rarity` holds one of them.
  static func documents(
    _ count: Int, extra: [String], rarity: Int, _ random: inout SeededRandom
  ) -> [Document] {
    (0..<count).map { number in
      var text = text(&random, maximum: random.integer(0...9) == 0 ? 200 : 25)
      if random.integer(0...rarity) == 0 { text += " " + random.pick(extra) }
      return Document(
        key: "d\(String(number, radix: 36))", title: self.text(&random, maximum: 4), body: text,
        attributes: ["year": String(1990 + number % 40)])
    }
  }

  /// Builds an index of documents, a tenth of which later ones replace: those are deleted where several segments are made.
  static func buildReplaced(
    _ documents: [Document], in index: TestIndex, _ random: inout SeededRandom
  ) throws {
    var documents = documents
    for _ in 0..<documents.count / 10 {
      documents.append(Document(key: random.pick(documents).key, body: text(&random, maximum: 30)))
    }
    try index.build(
      documents,
      IndexOptions(
        storedFields: [], memoryBudget: random.pick([60_000, 1 << 18, 384 << 20]), attributes: ["year": .integer]))
  }
}
