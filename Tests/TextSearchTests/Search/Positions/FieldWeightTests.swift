import TestSupport
import Testing

@testable import TextSearch

/// What occurrences contribute by their field.
@Suite struct FieldWeightTests {
  private func index(_ count: Int, _ random: inout SeededRandom) throws -> TestIndex {
    let index = try TestIndex()
    try RandomDocuments.buildReplaced(
      RandomDocuments.documents(count, extra: ["rare"], rarity: 30, &random), in: index, &random)
    return index
  }

  private func options(_ weights: [String: Float], pairs: Bool = true) -> SearchOptions {
    var options = SearchOptions(limit: 10_000, makesSnippets: false)
    options.ranking.fieldWeights = weights
    if !pairs { options.adjacency = .off }
    options.ranksTitlesFirst = false
    return options
  }

  @Test func titlesOfWeightTwoContributeTwice() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", title: "pivoine", body: "rien de plus ici"),
      Document(key: "b", title: "rien de plus ici", body: "pivoine"),
      Document(key: "c", title: "ici", body: "rien ici pivoine pivoine"),
      Document(key: "d", title: "la rose blanche", body: "ici"),
      Document(key: "e", title: "ici", body: "la rose blanche"),
    ])
    let opened = try index.open()
    let plain = try opened.search("pivoine", options([:])).hits.map(\.key)
    #expect(plain == ["c", "a", "b"])
    let weighed = try opened.search("pivoine", options(["title": 3]))
    #expect(weighed.hits.map(\.key) == ["a", "c", "b"])
    let twice = try opened.search("pivoine", options(["title": 2])).hits
    #expect(twice[0].score == twice[1].score)
    #expect(try opened.search(.phrase("rose blanche"), options(["title": 2])).hits.map(\.key) == ["d", "e"])
    #expect(try opened.search(.phrase("rose blanche"), options(["body": 2])).hits.map(\.key) == ["e", "d"])
    #expect(try opened.search("pivoine", options(["title": 0])).hits.map(\.key) == ["c", "b"])
    #expect(try opened.search("pivoine", options(["title": 0, "body": 0])).total == 0)
  }

  /// x is the sum over the fields of weight times x in the field alone.
  @Test(arguments: [UInt64(1801), 1802]) func saturationInputsAreSumsOverFields(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try index(300, &random).open()
    var compared = 0
    for text in ["hòa", "diplomatie", "été", "la", "\"đối ngoại\"", "dip*", "doi~1", "=thé"] {
      let query = try index.parse(text)
      let weights: [String: Float] = ["title": random.pick([0.5, 2, 7]), "body": random.pick([0.25, 1, 3])]
      for hit in try index.search(query, options(weights)).hits {
        func x(_ query: Query, _ weights: [String: Float]) throws -> Float {
          try #require(try index.explain(query, key: hit.key, options(weights))).leaves[0].input
        }
        let sum = try ["title", "body"].reduce(0) { try $0 + weights[$1]! * x(.field($1, query), [:]) }
        #expect(abs(try x(query, weights) - sum) <= 1e-5 * sum, "\(text) \(weights) \(hit.key)")
        #expect(try x(query, ["title": 1, "body": 1]).bitPattern == x(query, [:]).bitPattern)
        compared += 1
      }
    }
    #expect(compared > 300)
  }

  @Test func aFieldAloneIsThatFieldAlone() throws {
    var random = SeededRandom(seed: 1811)
    let index = try index(600, &random).open()
    for text in ["hòa", "đối ngoại la", "\"đối ngoại\"", "(la hòa dân)~2", "+été -la", "dip* Nội"] {
      let query = try index.parse(text)
      // Where the field is named, what is not looked for there matches no more.
      let titles = try index.search(query, options(["body": 0])).hits
      let named = try index.search(.field("title", query), options([:])).hits
      #expect(titles.map(\.key) == named.map(\.key), "\(text)")
      #expect(titles.map(\.score.bitPattern) == named.map(\.score.bitPattern), "\(text)")
    }
  }

  @Test func weightsOfOneChangeNothing() throws {
    var random = SeededRandom(seed: 1821)
    let index = try index(600, &random).open()
    for text in ["hòa", "đối ngoại la", "le Nội rare"] {
      let plain = try index.topHits(text, options([:]))
      #expect(try index.topHits(text, options(["title": 1, "body": 1])) == plain)
      // Weights of nearly 1: the order is kept, or scores hardly differ.
      let nearly = try index.topHits(text, options(["title": 1.000_001]))
      let scores = Dictionary(uniqueKeysWithValues: nearly.hits.map { ($0.key, $0.score) })
      #expect(plain.total == nearly.total)
      #expect(plain.hits.allSatisfy { abs((scores[$0.key] ?? 0) - $0.score) <= 1e-4 * $0.score }, "\(text)")
    }
  }

  @Test func shardsWeighAsTheCollection() throws {
    var random = SeededRandom(seed: 1831)
    let documents = RandomDocuments.documents(200, extra: ["rare"], rarity: 30, &random)
    let collection = try TestIndex()
    try collection.build(documents)
    let parts = try (0..<3).map { part in
      let index = try TestIndex()
      try index.build(documents.enumerated().filter { $0.offset % 3 == part }.map(\.element))
      return index
    }
    let opened = try parts.map { try $0.open() }
    for text in ["hòa la", "\"đối ngoại\" dân", "dip* OR title:hòa"] {
      var options = SearchOptions(limit: 20)
      options.ranking.fieldWeights = ["title": 2.5]
      let query = try collection.open().parse(text)
      let expected = try collection.open().search(query, options)
      let exported = try opened.map { try $0.statistics(for: query, options) }
      options.statistics = try exported.dropFirst().reduce(exported[0]) { try $0 + $1 }
      let merged = SearchResults(merging: try opened.map { try $0.search(query, options) }, limit: 20)
      #expect(merged == expected && !merged.hits.isEmpty, "\(text)")
    }
  }

  @Test func documentsLikeOneByTheirTitles() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", title: "pivoine tulipe", body: "un deux"),
      Document(key: "b", title: "pivoine tulipe", body: "six sept"),
      Document(key: "c", title: "neuf dix", body: "pivoine tulipe"), Document(key: "d", title: "trois", body: "autre"),
    ])
    let opened = try index.open()
    #expect(try opened.documents(like: "a", options(["title": 5])).hits.map(\.key).first == "b")
    #expect(try opened.documents(like: "a", options(["body": 5])).hits.map(\.key).first == "c")
  }

  @Test func weightsThatCannotBeAreErrors() throws {
    let index = try TestIndex(["a": "mot"]).open()
    #expect(throws: SearchError.unknownField(name: "nom", known: ["title", "body"])) {
      try index.search("mot", options(["nom": 2]))
    }
    #expect(throws: SearchError.unknownField(name: "nom", known: ["title", "body"])) {
      try index.explain(.words("mot"), key: "a", options(["nom": 2]))
    }
    for weight in [-1, .nan, .infinity, 1001] as [Float] {
      #expect(throws: SearchError.self) { try index.search("mot", options(["body": weight])) }
      #expect(throws: SearchError.self) { try index.documents(like: "a", options(["body": weight])) }
    }
    #expect(try index.search("mot", options(["body": 1000])).total == 1)
    let error = SearchError.fieldWeight(name: "body", weight: -1)
    #expect(error.description == "the weight of the field body cannot be -1.0; give a number from 0 to 1000")
  }
}
