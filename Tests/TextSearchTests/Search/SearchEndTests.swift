import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// Searches that have to end return what they have found, and it is right.
@Suite struct SearchEndTests {
  private static let queries: [Query] = [
    .words("diplomatie"), .words("đối ngoại hòa"), .words("la diplomatie populaire", requiresAll: true),
    .phrase("đối ngoại"), .phrase("la diplomatie", slop: 3), .prefix("d"), .wildcard("*n*"),
    .fuzzy("diplomatie", distance: 2), .exact("été"), .field("title", .words("hòa dân")), .everything,
    .group([.must(.words("la")), .mustNot(.prefix("dip")), .should(.words("Nội"))]),
    .filter(.range("year", from: .integer(2000), through: nil)), .boost(.words("thé"), 0),
    .group([.should(.phrase("đối ngoại")), .should(.words("la diplomatie"))]),
    .group([.should(.prefix("d")), .should(.fuzzy("diplomatie", distance: 1)), .should(.words("la diplomatei"))]),
  ]

  /// Three segments, some documents deleted.
  private func index(_ count: Int = 300) throws -> TestIndex {
    var random = SeededRandom(seed: 1701)
    let index = try TestIndex()
    for part in 0..<3 {
      let writer =
        part == 0
        ? try IndexWriter(index.path, options: IndexOptions(attributes: ["year": .integer]))
        : try IndexWriter(appendingTo: index.path)
      for document in RandomDocuments.documents(count, extra: ["rare"], rarity: 60, &random) {
        try writer.add(
          Document(
            key: "\(part % 2)\(document.key)", title: "\(document.fields[0].text) hòa", body: document.fields[1].text,
            attributes: document.attributes))
      }
      try writer.commit()
    }
    return index
  }

  private static func variants(_ options: SearchOptions) -> [SearchOptions] {
    var sorted = options
    sorted.order = AttributeOrder("year", descending: true)
    sorted.facets = [Facet("year")]
    var counted = options
    counted.facets = [Facet("year")]
    var parallel = counted
    parallel.threads = 3
    var exhaustive = options
    exhaustive.usesReference = true
    var weighed = options
    weighed.ranking.fieldWeights = ["title": 2]
    return [options, sorted, counted, parallel, exhaustive, weighed]
  }

  @Test func searchesThatAreOverBeforeTheyBeginReturnNothing() throws {
    let index = try index().open()
    var late = SearchOptions()
    late.deadline = .now.advanced(by: .seconds(-1))
    var cancelled = SearchOptions()
    cancelled.cancellation = Cancellation()
    cancelled.cancellation?.cancel()
    for query in Self.queries {
      for options in Self.variants(late) + Self.variants(cancelled) {
        let results = try index.search(query, options)
        #expect(results.isPartial && !results.isTotalExact && results.hits.isEmpty && results.total == 0, "\(query)")
        #expect(results.facets.count == options.facets.count)
      }
    }
    #expect(try index.documents(like: "0d1", late).isPartial)
    #expect(throws: SearchError.emptyQuery) { try index.search("!", late) }
    #expect(throws: SearchError.unknownField(name: "nom", known: ["title", "body"])) {
      try index.search(.field("nom", .words("a")), late)
    }
  }

  @Test func aFarEndChangesNothing() throws {
    let index = try index().open()
    for query in Self.queries {
      for options in Self.variants(SearchOptions(limit: 5)) {
        var ending = options
        ending.deadline = .now.advanced(by: .seconds(3600))
        ending.cancellation = Cancellation()
        let (expected, found) = (try index.search(query, options), try index.search(query, ending))
        #expect(found == expected && !found.isPartial, "\(query)")
        #expect(found.hits.map(\.score.bitPattern) == expected.hits.map(\.score.bitPattern), "\(query)")
      }
    }
  }

  /// Ends a search at its n-th check, for one n after the other.
  @Test func whateverTheEndTheHitsAreRight() throws {
    let index = try index().open()
    var (partial, withHits, withoutSnippets) = (0, 0, 0)
    for query in Self.queries {
      for options in Self.variants(SearchOptions(limit: 3)) {
        let whole = try index.search(query, options)
        var everything = options
        (everything.limit, everything.makesSnippets) = (10_000, false)
        let all = try index.search(query, everything)
        let scores = Dictionary(uniqueKeysWithValues: all.hits.map { ($0.key, $0.score.bitPattern) })
        var last = 0
        while true {
          let results = try index.search(query, Self.ending(options, after: last))
          if !results.isPartial {
            #expect(results == whole, "\(query), \(last)")
            break
          }
          partial += 1
          let (total, most) = (try #require(results.total), try #require(all.total))
          #expect(total <= most && total >= results.hits.count, "\(query), \(last)")
          #expect(results.hits.allSatisfy { scores[$0.key] == $0.score.bitPattern }, "\(query), \(last)")
          for facet in results.facets {
            #expect(facet.ascending.reduce(facet.missing) { $0 + $1.documents } <= total, "\(query), \(last)")
          }
          if !results.hits.isEmpty { withHits += 1 }
          if results.hits.contains(where: \.snippet.pieces.isEmpty) { withoutSnippets += 1 }
          last += 1 + last / 4
        }
      }
    }
    #expect(partial > 300 && withHits > 100 && withoutSnippets > 50, "\(partial) \(withHits) \(withoutSnippets)")
  }

  private static func ending(_ options: SearchOptions, after last: Int) -> SearchOptions {
    final class Count: Sendable {
      let checks = Atomic<Int>(0)
    }
    let count = Count()
    var options = options
    options.interruption = { count.checks.add(1, ordering: .relaxed).oldValue >= last }
    return options
  }

  @Test func endsOfShardsAreReported() throws {
    let index = try index().open()
    let whole = try index.search("hòa")
    let part = try index.search("hòa", Self.ending(SearchOptions(), after: 2))
    #expect(part.isPartial && SearchResults(merging: [whole, part], limit: 5).isPartial)
    #expect(!SearchResults(merging: [whole], limit: 5).isPartial)
  }

  @Test func patternsOfManyWordsEndWhileTheirWordsAreCollected() throws {
    let text = (0..<6000).map { "mot\(String($0, radix: 36))x" }.joined(separator: " ")
    let index = try TestIndex(["a": text, "b": "autre"]).open()
    for query in [Query.prefix("m"), .wildcard("*x"), .fuzzy("mot12x", distance: 2), .not(.prefix("m"))] {
      let results = try index.search(query, Self.ending(SearchOptions(), after: 0))
      #expect(results.isPartial && results.hits.isEmpty, "\(query)")
      #expect(try index.search(query, SearchOptions(makesSnippets: false)).total == 1, "\(query)")
    }
    // The third check comes before half of the words are seen: no document that holds them is taken for another.
    for last in 0..<12 {
      let results = try index.search(.not(.prefix("m")), Self.ending(SearchOptions(), after: last))
      #expect(results.hits.allSatisfy { $0.key == "b" })
    }
  }

  @Test func searchesOfACancelledTaskEnd() async throws {
    let index = try index()
    let opened = try index.open()
    let results = try await Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try opened.search("hòa")
    }.value
    #expect(results.isPartial && results.hits.isEmpty)
    let going = try await Task { try opened.search("hòa") }.value
    #expect(going == (try opened.search("hòa")) && !going.isPartial)
  }

  @Test func whatIsToBeDeletedIsFoundInFull() async throws {
    let index = try index()
    let count = try index.open().search("hòa").total
    let path = index.path
    try await Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      let writer = try IndexWriter(appendingTo: path)
      try writer.delete(matching: "hòa")
      try writer.commit()
    }.value
    #expect(try count ?? 0 > 300 && index.open().search("hòa").total == 0)
  }
}
