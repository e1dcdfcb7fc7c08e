import TestSupport
import Testing

@testable import TextSearch

/// Compares the fast search with the reference search, which scores every document.
enum ReferenceComparison {
  /// Expects bit-identical hits, also with several threads, without counting and counted to any limit, and the total that the
  /// limit allows. Returns the number of hits.
  ///
  /// - Parameter mayBeEmpty: the query may hold no word, which is an error to both.
  @discardableResult
  static func expectEqual(
    _ index: SearchIndex, _ query: Query, _ options: SearchOptions, context: String, mayBeEmpty: Bool = false
  ) throws -> Int {
    var all = options
    all.usesReference = true
    all.countLimit = .max
    let expected: SearchResults
    do {
      expected = try index.search(query, all)
    } catch {
      #expect(mayBeEmpty && error == .emptyQuery, "\(context): \(query)")
      #expect(throws: SearchError.emptyQuery) { try index.search(query, options) }
      return 0
    }
    var exact = options
    exact.countLimit = .max
    let found = try index.search(query, exact)
    #expect(found.total == expected.total && found.isTotalExact, "\(context): \(query)")
    #expect(found.hits.map(\.key) == expected.hits.map(\.key), "\(context): \(query) \(options.limit)")
    #expect(
      found.hits.map(\.score.bitPattern) == expected.hits.map(\.score.bitPattern),
      "\(context): \(query) \(options.limit)")
    let matches = found.total ?? -1
    for limit in [0, 1, matches / 2, matches - 1, matches, .max] where limit >= 0 {
      for threads in [1, 3] {
        var counted = options
        (counted.countLimit, counted.threads, counted.documentsPerThread) = (limit, threads, 64)
        let results = try index.search(query, counted)
        #expect(results.hits == found.hits, "\(context), counted to \(limit) by \(threads): \(query)")
        expectTotal(results, counted, all: matches, context: "\(context), counted to \(limit) by \(threads): \(query)")
      }
    }
    return found.hits.count
  }

  /// Expects the total of a search of which `all` documents match.
  private static func expectTotal(_ results: SearchResults, _ options: SearchOptions, all: Int, context: String) {
    guard options.countLimit > 0 || options.needsMatches else {
      #expect(results.total == nil && !results.isTotalExact && results.countLimit == 0, "\(context)")
      return
    }
    let limit = options.needsMatches ? .max : max(options.countLimit, options.offset + options.limit)
    #expect(results.countLimit == limit, "\(context)")
    #expect(results.total == min(all, limit) && results.isTotalExact == (all <= limit), "\(context)")
  }

  /// Expects the documents that the reference search finds, in the order of their years.
  static func expectSorted(_ index: SearchIndex, _ query: Query, _ options: SearchOptions, context: String) throws {
    var all = options
    (all.usesReference, all.limit, all.offset, all.countLimit) = (true, 100_000, 0, .max)
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
        storedFields: [], segmentBudget: random.pick([60_000, 1 << 18, 384 << 20]), attributes: ["year": .integer]))
  }
}
