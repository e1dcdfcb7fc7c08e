import TestSupport
import Testing

@testable import TextSearch

/// Hits by key are the hits of a search.
@Suite struct RankedKeysTests {
  @Test func theyAreThoseOfSearch() throws {
    var random = SeededRandom(seed: 711)
    let index = try TestIndex()
    // A small budget makes several segments, repeated keys make deleted documents.
    let documents = RandomDocuments.make(400, &random)
    try index.build(documents + documents.prefix(50), IndexOptions(segmentBudget: 1 << 15))
    let opened = try index.open()
    #expect(opened.summary.segments > 1)
    for query in ["diplomatie", "doi ngoai", "le la de", "đối hòa", "absent"] {
      for all in [false, true] {
        for limit in [0, 1, 10, 1000] {
          let options = SearchOptions(limit: limit, requiresAllWords: all, makesSnippets: false)
          let expected = try opened.search(query, options)
          let found = try opened.topHits(query, options)
          #expect(found.total == expected.total, "seed 711, \(query)")
          #expect(
            found.hits == expected.hits.map { RankedKeys.Hit(key: $0.key, score: $0.score) }, "seed 711, \(query)")
        }
      }
    }
  }

  @Test func frequenciesAreTotalsOfOneWord() throws {
    let index = try TestIndex(["a": "paix été", "b": "été ete", "c": "guerre"]).open
    #expect(try index().documentFrequency(ofWord: "été") == 2)
    #expect(try index().documentFrequency(ofWord: "absent") == 0)
    #expect(try index().documentFrequency(ofWord: "…") == 0)
  }

  @Test func aTextWithoutWordsIsAnError() throws {
    let index = try TestIndex(["a": "paix"]).open()
    #expect(throws: SearchError.emptyQuery) { try index.topHits("…", SearchOptions()) }
  }
}
