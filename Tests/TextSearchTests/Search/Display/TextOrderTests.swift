import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// Hits in the order of names and titles: in one index, in segments, in shards, and by the definition.
@Suite struct TextOrderTests {
  private static let long = String(repeating: "très long ", count: 200)
  private static let names = [
    "abbé", "Abbé", "Đà Nẵng", "đa", "da", "Émile", "Huế", "Hue", "Zola", "hòa", "hoà", "HOÀ", "Le Monde", "Monde",
    "L’École", "ăn",
    "ân", "az", "3 petits", "« Non »", "e\u{301}te\u{301}", "été", "", "œuvre", Self.long,
  ]

  private static let orders: [AttributeOrder] = {
    var orders: [AttributeOrder] = []
    for name in ["nom", "title"] {
      for descending in [false, true] {
        for collation in [Collation(), Collation(.vietnamese), Collation(skipsArticles: true)] {
          orders.append(AttributeOrder(name, descending: descending, collation))
        }
      }
    }
    return orders
  }()

  private static func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    // Some records reach over several blocks.
    (0..<count).map { number in
      let names = (0..<random.integer(0...2)).map { _ in random.pick(Self.names) }
      let body = random.integer(0...7) == 0 ? "mot rare" : "mot"
      return Document(
        key: "d\(1000 + number)", title: random.pick(Self.names),
        body: body + String(repeating: " long", count: number % 11 == 0 ? 4000 : 0),
        attributes: ["nom": names])
    }
  }

  /// The keys of the documents in an order, from their texts alone.
  private static func sorted(_ documents: [Document], _ order: AttributeOrder) -> [String] {
    func key(_ document: Document) -> SortKey {
      let texts =
        order.name == "nom" ? document.attributes["nom"] ?? [] : [document.fields[0].text].filter { !$0.isEmpty }
      let keys = texts.map { text in
        let kept = String(decoding: AttributeKey.truncated(Array(Normalizer.shared.composed(text).utf8)), as: UTF8.self)
        return SortKey(collated: order.collation.key(of: kept), isDescending: order.isDescending)
      }
      return keys.min() ?? .missing
    }
    return documents.map { (key: key($0), name: $0.key) }.sorted { ($0.key, $0.name) < ($1.key, $1.name) }.map(\.name)
  }

  @Test(arguments: UInt64(2101)...2104) func hitsAreInOrder(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = Self.documents(70, &random)
    let index = try TestIndex()
    try index.build(documents, IndexOptions(segmentBudget: seed % 2 == 0 ? 0 : 1 << 30))
    for order in Self.orders {
      for query in ["rare", "mot"] {
        let matching = documents.filter { query == "mot" || $0.fields[1].text.contains("rare") }
        let expected = Self.sorted(matching, order)
        // Opened anew, so that no ranks are kept; then those that are.
        let opened = try index.open()
        for pass in 0..<3 {
          var options = SearchOptions(limit: 1000, makesSnippets: false)
          options.order = order
          options.threads = pass == 1 ? 3 : 1
          let found = try opened.search(query, options)
          #expect(found.hits.map(\.key) == expected, "seed \(seed), \(order), pass \(pass)")
          #expect(zip(found.hits, found.hits.dropFirst()).allSatisfy { $0.sortKey! <= $1.sortKey! })
          options.usesReference = true
          #expect(try opened.search(query, options) == found, "seed \(seed), \(order), pass \(pass)")
          options.usesReference = false
          (options.offset, options.limit) = (3, 5)
          #expect(try opened.search(query, options).hits == Array(found.hits.dropFirst(3).prefix(5)))
        }
      }
    }
    #expect(try index.open().search("mot").hits.allSatisfy { $0.sortKey == nil })
  }

  @Test(arguments: UInt64(2111)...2113) func shardsFindWhatOneIndexFinds(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = Self.documents(60, &random)
    let whole = try TestIndex()
    try whole.build(documents)
    var parts: [[Document]] = [[], [], []]
    // The last shard has no attributes.
    for document in documents {
      parts[document.attributes["nom"]?.isEmpty == false ? random.integer(0...1) : 2].append(document)
    }
    let folders = try parts.map { part in
      let shard = try TestIndex()
      try shard.build(part)
      return shard
    }
    let shards = try folders.map { try $0.open() }
    for query in ["rare", "mot"] {
      var statistics = try shards[0].statistics(for: query)
      for shard in shards.dropFirst() { try statistics += shard.statistics(for: query) }
      for order in Self.orders {
        var options = SearchOptions(limit: 20, makesSnippets: false)
        options.order = order
        options.facets = [Facet("nom")]
        let expected = try whole.open().search(query, options)
        options.statistics = statistics
        let found = SearchResults(merging: try shards.map { try $0.search(query, options) }, limit: 20)
        #expect(found == expected, "seed \(seed), \(query), \(order)")
      }
    }
  }

  /// Parts that have no document with the attribute sort by it too, and not by a field of the same name.
  @Test func attributesComeBeforeFields() throws {
    let index = try TestIndex()
    try index.build(
      [
        Document(key: "a", title: "zz", body: "mot", attributes: ["title": "b"]),
        Document(key: "b", title: "aa", body: "mot", attributes: ["title": "a"]),
        Document(key: "c", title: "A", body: "mot"),
      ], IndexOptions(segmentBudget: 0))
    var options = SearchOptions()
    options.order = AttributeOrder("title")
    #expect(try index.keys("mot", options) == ["b", "a", "c"])
  }

  @Test func whatIsNotStoredIsRefused() throws {
    let index = try TestIndex()
    let document = Document(key: "a", title: "Titre", body: "mot", attributes: ["nom": "b"])
    try index.build([document], IndexOptions(storedFields: ["body"]))
    var options = SearchOptions()
    options.order = AttributeOrder("title")
    #expect(throws: SearchError.unstoredField(name: "title")) { try index.keys("mot", options) }
    options.order = AttributeOrder("titre")
    #expect(throws: SearchError.unknownAttribute(name: "titre", known: ["body", "nom"])) {
      try index.keys("mot", options)
    }
    options.order = AttributeOrder("body")
    #expect(try index.keys("mot", options) == ["a"])
  }

  /// A search that had to end keeps no ranks.
  @Test func anEndOfASearchLeavesNoTraces() throws {
    var random = SeededRandom(seed: 2121)
    let documents = Self.documents(40, &random)
    let index = try TestIndex()
    try index.build(documents)
    let opened = try index.open()
    for order in Self.orders {
      var last = 0
      while true {
        var options = SearchOptions(limit: 1000, makesSnippets: false)
        options.order = order
        let limit = last
        let checks = Counter()
        options.interruption = { checks.next() >= limit }
        let found = try opened.search("mot", options)
        if !found.isPartial {
          #expect(found.hits.map(\.key) == Self.sorted(documents, order), "\(order), \(last)")
          break
        }
        last += 1
      }
    }
  }

  private final class Counter: Sendable {
    private let count = Mutex<Int>(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count - 1
      }
    }
  }
}
