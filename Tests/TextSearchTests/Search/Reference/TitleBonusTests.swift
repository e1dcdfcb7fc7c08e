import TestSupport
import Testing

@testable import TextSearch

/// A query that is a document's whole title puts it first.
@Suite struct TitleBonusTests {
  private static let documents: [Document] = {
    var documents = [
      Document(key: "state", title: "useState", body: "Un état local.", attributes: ["lang": "fr"]),
      Document(key: "hcm", title: "Hồ Chí Minh", body: "Chủ tịch nước."),
      Document(key: "law", title: "L'état d'urgence : Article 12-3", body: "Rien de plus.", attributes: ["lang": "fr"]),
      Document(key: "law-123", title: "L'état d'urgence, article 123", body: "Rien de plus."),
      Document(key: "ma", title: "Mà", body: "một chữ"),
      Document(key: "work", title: "Code du travail", body: "Le texte entier."),
      Document(key: "work-2", title: "CODE DU TRAVAIL", body: "Le texte entier, du travail : le code, encore."),
      Document(key: "none", title: "…", body: "useState"),
    ]
    for number in 0..<40 {
      documents.append(
        Document(
          key: "page\(number)", title: "useState, Hồ Chí Minh, état d'urgence \(number), má",
          body: "useState useState Hồ Chí Minh l'état d'urgence article 12 3, code du travail má má"))
    }
    return documents
  }()

  private func index(budget: Int = 384 << 20) throws -> TestIndex {
    let index = try TestIndex()
    try index.build(Self.documents, IndexOptions(segmentBudget: budget))
    return index
  }

  /// Queries in the query language, and the documents that come before all pages.
  private static let queries: [(String, [String])] = [
    ("useState", ["state"]), ("USESTATE", ["state"]), ("use-state", ["state"]), ("\"useState\"", ["state"]),
    ("useState lang:fr", ["state"]), ("useState -travail", ["state"]), ("title:useState", ["state"]),
    ("useState^3", ["state"]), ("+useState", ["state"]), ("useState lang:vi", []),
    ("useSta*", []), ("=useState", []), ("body:useState", []), ("useState page", []),
    ("Hồ Chí Minh", ["hcm"]), ("ho chi minh", ["hcm"]), ("\"Hồ Chí Minh\"", ["hcm"]), ("+hồ +chí +minh", ["hcm"]),
    ("Ho\u{302}\u{300} Chi\u{301} Minh", ["hcm"]), ("hồ \"chí minh\"", ["hcm"]),
    ("l'état d'urgence article 12 3", ["law"]), ("L etat d urgence article 12 3", ["law"]),
    ("l'état d'urgence article 123", ["law-123", "law"]),
    ("má", []), ("mà", ["ma"]),
    ("code du travail", ["work-2", "work"]),
  ]

  @Test(arguments: queries) func titlesComeFirst(query: String, first: [String]) throws {
    for budget in [384 << 20, 4000] {
      let opened = try index(budget: budget).open()
      for reference in [false, true] {
        var options = SearchOptions(limit: 60)
        options.usesReference = reference
        let keys = try opened.search(opened.parse(query), options).hits.map(\.key)
        #expect(Array(keys.prefix { !$0.hasPrefix("page") && $0 != "none" }) == first, "\(query)")
      }
    }
  }

  @Test func everyPathAgrees() throws {
    for budget in [384 << 20, 4000] {
      let opened = try index(budget: budget).open()
      for (query, _) in Self.queries {
        let tree = try opened.parse(query)
        for limit in [1, 2, 7, 60] {
          try ReferenceComparison.expectEqual(opened, tree, SearchOptions(limit: limit), context: "\(budget)")
        }
        var page = SearchOptions(limit: 3)
        page.offset = 1
        let whole = try opened.search(tree, SearchOptions(limit: 4)).hits.map(\.key)
        #expect(try opened.search(tree, page).hits.map(\.key) == Array(whole.dropFirst()))
        for hit in try opened.search(tree, SearchOptions(limit: 5)).hits {
          let explanation = try #require(try opened.prepare(tree, SearchOptions()).explanation(ofKey: hit.key))
          #expect(explanation.score == hit.score, "\(query) \(hit.key)")
        }
      }
    }
  }

  @Test func titlesOfDeletedAndChangedDocumentsAreNotFound() throws {
    let index = try index()
    func change(_ body: (IndexWriter) throws -> Void) throws {
      let writer = try IndexWriter(appendingTo: index.path)
      try body(writer)
      _ = try writer.commit()
    }
    try change { writer in
      try writer.delete(key: "state")
      try writer.add(
        Document(
          key: "hcm", title: "Autre titre",
          body: "Một văn bản dài hơn nhiều về Hồ Chí Minh và những điều khác, để nó đứng sau."))
    }
    for isCompact in [false, true] {
      if isCompact { try change { _ = try $0.compact() } }
      #expect(try !index.keys("useState").contains("state") && index.keys("useState").count > 40)
      #expect(try index.keys("hồ chí minh").first != "hcm")
      #expect(try index.keys("autre titre").first == "hcm")
      #expect(try SearchIndex.verify(index.path).problems.isEmpty)
    }
  }

  @Test func shardsAgreeWithTheWhole() throws {
    let whole = try index().open()
    var shards: [SearchIndex] = []
    for part in 0..<3 {
      let shard = try TestIndex()
      try shard.build(Self.documents.enumerated().filter { $0.offset % 3 == part }.map(\.element))
      shards.append(try shard.open())
    }
    for (query, _) in Self.queries {
      try ShardComparison.expectEqual(whole, parts: shards, whole.parse(query), SearchOptions(limit: 20))
    }
  }

  /// Of many documents with one title the best come first, and a search ends when it has to.
  @Test func manyDocumentsOfOneTitle() throws {
    var random = SeededRandom(seed: 71)
    let index = try TestIndex()
    try index.build(
      (0..<900).map { number in
        let words = (0..<random.integer(1...60)).map { _ in random.pick(["introduction", "autre", "mot", "état"]) }
        let title = number % 3 == 0 ? "Une autre introduction" : "Introduction"
        return Document(key: "d\(number)", title: title, body: words.joined(separator: " "))
      })
    let opened = try index.open()
    for limit in [1, 10, 300, 899] {
      var options = SearchOptions(limit: limit)
      let found = try opened.search("introduction", options).hits
      options.usesReference = true
      let expected = try opened.search("introduction", options).hits
      #expect(found.map(\.score) == expected.map(\.score) && found.map(\.key) == expected.map(\.key), "\(limit)")
      #expect(found.prefix(600).allSatisfy { $0.title == "Introduction" })
    }
  }

  @Test func aTitleThatIsNotSearchedGivesNoBonus() throws {
    var options = SearchOptions(limit: 60)
    options.ranking.fieldWeights = ["title": 0]
    #expect(try index().open().search("useState", options).hits.first?.key != "state")
    options.ranking.fieldWeights = [:]
    options.ranksTitlesFirst = false
    let plain = try index().open().search("useState", options).hits
    options.ranksTitlesFirst = true
    #expect(try index().open().search("useState", options).hits.first?.score ?? 0 > plain[0].score)
  }
}
