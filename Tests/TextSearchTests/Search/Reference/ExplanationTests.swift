import TestSupport
import Testing

@testable import TextSearch

/// The numbers of an explanation add up to the score, to the bit.
@Suite struct ExplanationTests {
  private static let queries = [
    "diplomatie populaire", "đối ngoại nhân dân", "doi ngoai", "+été -ete populaire", "\"đối ngoại\" dân^2",
    "\"diplomatie populaire\"~3", "diplo* populaire", "diplomatie~2 Son", "=diplomatie national", "title:(hoa dân) Sơn",
    "(le la đối)~2", "title:diplo* OR body:\"của là\"", "le", "week-end", "path:p/1.txt hoa",
  ]

  @Test(arguments: [UInt64(751), 752], [[:], ["title": 2.5], ["title": 0, "body": 0.3]])
  func numbersAddUpToTheScore(seed: UInt64, weights: [String: Float]) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(300, &random), IndexOptions(segmentBudget: 1 << 18))
    let opened = try index.open()
    var (explained, withPairs) = (0, 0)
    for text in Self.queries {
      var options = SearchOptions(limit: 40, makesSnippets: false)
      options.requiresAllWords = random.integer(0...3) == 0
      options.ranking.fieldWeights = weights
      let query = try opened.parse(text, requiresAll: options.requiresAllWords)
      let hits = try opened.search(query, options).hits
      explained += hits.count
      for hit in hits {
        let explanation = try #require(try opened.explain(query, key: hit.key, options))
        #expect(explanation.matches && explanation.score.bitPattern == hit.score.bitPattern, "\(text): \(hit.key)")
        #expect(sum(explanation).bitPattern == hit.score.bitPattern, "\(text): \(hit.key)")
        withPairs += explanation.pairs.count { $0.score > 0 }
      }
    }
    #expect(explained > 200 && withPairs > 10)
  }

  /// The score from the single numbers.
  private func sum(_ explanation: Explanation) -> Float {
    var score: Float = 0
    for leaf in explanation.leaves where leaf.contributes {
      var x: Float = 0
      for list in leaf.lists.joined() { x += list.weight * list.weightedFrequency * list.lengthNorm }
      if leaf.lists.count == 1 { #expect(x == leaf.input) }
      score += leaf.boost * leaf.idf * (leaf.input / (1 + leaf.input))
    }
    for pair in explanation.pairs {
      let (other, vietnamese) = (
        pair.weightedFrequency.other * pair.otherLengthNorm,
        pair.weightedFrequency.vietnamese * pair.vietnameseLengthNorm
      )
      score +=
        pair.otherWeight * (other / (1 + other)) + pair.vietnameseWeight * (vietnamese / (1 + vietnamese))
    }
    return score + explanation.titleBonus
  }

  @Test func documentsThatAreNotFound() throws {
    let index = try TestIndex(["a": "pivoine", "b": "tulipe"])
    let opened = try index.open()
    #expect(try opened.explain(.words("pivoine"), key: "c") == nil)
    let other = try #require(try opened.explain(.words("pivoine"), key: "b"))
    #expect(!other.matches && other.score == 0 && other.leaves.count == 1)
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.delete(key: "a")
    try writer.commit()
    #expect(try index.open().explain(.words("pivoine"), key: "a") == nil)
  }

  @Test func twoFrequentTermsMakeNoPair() throws {
    let index = try TestIndex([
      "a": "la loi de la mer du Nord", "b": "các nước trong vùng đã ký", "c": "rien",
    ])
    let opened = try index.open()
    func found(_ query: String, _ key: String) throws -> [Int] {
      let explanation = try #require(try opened.explain(.words(query), key: key))
      return explanation.pairs.map { $0.vietnamese + $0.other }
    }
    // Pairs that stand nowhere are none: "de la" makes no pair.
    #expect(try found("la loi de la mer", "a") == [1, 1, 1])
    #expect(try found("trong các nước", "b") == [1])
    #expect(try found("các trong", "b") == [])
    // The words of the query do not decide on it.
    var options = SearchOptions()
    options.stopWords = .keep
    let kept = try #require(try opened.explain(.words("de la"), key: "a", options))
    #expect(kept.pairs.isEmpty)
    for query in ["la loi de la mer", "de la mer du Nord", "trong các nước", "de la", "la de la loi"] {
      try ReferenceComparison.expectEqual(opened, .words(query), SearchOptions(), context: "frequent terms")
    }
  }
}
