import TestSupport
import Testing

@testable import TextSearch

/// The collector of the best hits against sorting all documents by their exact scores.
@Suite struct TopKCollectorTests {
  /// An index of one segment with many equal documents, and a query of it.
  private struct Collection {
    let index: TestIndex
    let opened: SearchIndex
    let query = Query.words("paix port ville")

    init(_ count: Int, _ random: inout SeededRandom) throws {
      index = try TestIndex()
      try index.build(
        (0..<count).map { number in
          let words = (0..<random.integer(1...6)).map { _ in random.pick(["paix", "port", "ville", "rien", "port"]) }
          return Document(key: "d\(random.integer(0...9))\(number)", body: words.joined(separator: " "))
        })
      opened = try index.open()
    }

    /// Makes the context of a search of the only segment.
    func context(_ options: SearchOptions, _ control: SearchControl = SearchControl()) throws -> SegmentContext {
      let statistics = try opened.queryStatistics(options)
      let plan = try opened.tools.withAnalyzer(opened.options) { (analyzer) throws(SearchError) in
        try QueryPlanner.plan(
          query, &analyzer, statistics, reading: options.reading, requiresAll: false, control: control)
      }
      return try SnapshotSearch(opened.snapshot, plan: plan, options, control, tools: opened.tools).context(0)
    }

    /// The exact score of each document that matches, by the reference search.
    func scores(_ options: SearchOptions) throws -> [UInt32: Float] {
      var options = options
      (options.limit, options.usesReference) = (1_000_000, true)
      let hits = try SegmentSearch.search(context(options))
      var scores: [UInt32: Float] = [:]
      for hit in hits { scores[try opened.segments[0].keyRanks.document(hit.document)] = hit.score }
      return scores
    }

    /// The best hits of some scores: equal scores in the order of keys.
    func best(_ limit: Int, of scores: [UInt32: Float]) throws -> [TopHits.Hit] {
      let ranks = opened.segments[0].keyRanks
      let hits = try scores.map { TopHits.Hit(score: $0.value, document: try ranks.rank($0.key)) }
      return Array(hits.sorted { ($1.score, $0.document) < ($0.score, $1.document) }.prefix(limit))
    }
  }

  private func options(_ limit: Int, pairs: Bool) -> SearchOptions {
    var options = SearchOptions(limit: limit, makesSnippets: false)
    if !pairs { options.adjacency = .off }
    return options
  }

  private func collector(_ context: SegmentContext) throws -> TopKCollector {
    let lists = try context.plan.leaves.map { try context.lists($0.word) }
    let clauses = try zip(context.plan.leaves, lists).map { leaf, lists in
      try ClauseScorer(weight: leaf.weight, lists, context)
    }
    return TopKCollector(context, clauses, PairScorer(clauses, lists: lists, context))
  }

  /// A score as another order of additions may round it: within 2^-17 of the exact one.
  private func approximation(_ score: Float, _ random: inout SeededRandom) -> Float {
    score * (1 + Float(random.integer(-64...64)) / Float(64 << 17))
  }

  /// Passes documents on, ascending, and now and then rescores the candidates.
  private func add(
    _ scores: [UInt32: Float], to collector: inout TopKCollector, _ random: inout SeededRandom
  ) throws {
    for document in scores.keys.sorted() {
      let pairs: UInt64 = collector.hasPairs ? .max : 0
      // Pairs score less than infinity: no document is dropped by its bound.
      let possible = PossiblePairs(pairs: pairs, maximum: collector.hasPairs ? 1000 : 0)
      collector.add(document, approximation(scores[document]!, &random), possible)
      if random.integer(0...99) == 0 || collector.isFull { try collector.flush() }
      if random.integer(0...199) == 0 { _ = collector.mustEnd() }
    }
    try collector.flush()
  }

  @Test(arguments: [UInt64(1921), 1922], [false, true])
  func hitsAreTheBestExactScores(seed: UInt64, pairs: Bool) throws {
    var random = SeededRandom(seed: seed)
    let collection = try Collection(700, &random)
    let exact = try collection.scores(options(0, pairs: pairs))
    let approximate = try collection.scores(options(0, pairs: false))
    #expect(Set(exact.values).count < exact.count / 2, "there must be ties")
    #expect((exact == approximate) == !pairs, "pairs must contribute")
    for limit in [0, 1, 2, 10, 100, 699, 100_000] {
      var collector = try collector(try collection.context(options(limit, pairs: pairs)))
      try add(approximate, to: &collector, &random)
      let (hits, expected) = (collector.hits, try collection.best(limit, of: exact))
      #expect(hits == expected, "seed \(seed), limit \(limit)")
      // No later hit may fall below the threshold.
      let threshold = collector.threshold
      if let last = expected.last, expected.count == limit {
        #expect(threshold <= last.score && threshold > 0.99 * last.score, "seed \(seed), limit \(limit)")
      }
    }
  }

  @Test func nothingAddedIsNoHit() throws {
    var random = SeededRandom(seed: 1923)
    let collection = try Collection(20, &random)
    for limit in [0, 5] {
      var collector = try collector(try collection.context(options(limit, pairs: false)))
      try collector.flush()
      let (threshold, hits, isFull) = (collector.threshold, collector.hits, collector.isFull)
      #expect(threshold == (limit == 0 ? .infinity : -.infinity) && hits.isEmpty && !isFull)
    }
  }

  /// A document is refused once enough others score more, and not before.
  @Test func refusedDocumentsAreNoHits() throws {
    var random = SeededRandom(seed: 1924)
    let collection = try Collection(300, &random)
    let scores = try collection.scores(options(0, pairs: false))
    var collector = try collector(try collection.context(options(10, pairs: false)))
    var seen: [Float] = []
    var refused = 0
    for document in scores.keys.sorted() {
      let score = scores[document]!
      let tenth = seen.count < 10 ? -Float.infinity : seen[9]
      // Its pairs may carry a document over the threshold.
      if score > 0, seen.count >= 10 {
        let isRefused = !collector.add(document, 0, PossiblePairs(pairs: 0, maximum: 0.99 * tenth))
        #expect(isRefused, "document \(document)")
      }
      let isTaken = collector.add(document, score, PossiblePairs())
      if score >= tenth { #expect(isTaken, "document \(document)") }
      if score < 0.99 * tenth {
        #expect(!isTaken, "document \(document)")
        refused += 1
        let isCarried = collector.add(document, score, PossiblePairs(pairs: 0, maximum: tenth))
        #expect(isCarried, "document \(document)")
      }
      seen = (seen + [score]).sorted(by: >)
    }
    #expect(refused > 100)
  }

  /// Hits of other segments set a score that hits must reach; ties with it are hits.
  @Test func theMinimumCompetitiveScoreIsAThreshold() throws {
    var random = SeededRandom(seed: 1925)
    let collection = try Collection(400, &random)
    let scores = try collection.scores(options(0, pairs: false))
    for (limit, others) in [(400, 50), (20, 10), (20, 200)] {
      let minimum = try collection.best(others, of: scores).last!.score
      let control = SearchControl()
      var collector = try collector(try collection.context(options(limit, pairs: false), control))
      control.raiseMinimumCompetitiveScore(to: minimum)
      let mustEnd = collector.mustEnd()
      #expect(!mustEnd)
      try add(scores, to: &collector, &random)
      let competitive = scores.filter { $0.value >= minimum }
      #expect(competitive.count >= others)
      let (hits, expected) = (collector.hits, try collection.best(limit, of: competitive))
      #expect(hits == expected, "limit \(limit), \(others) others")
      // What is found here raises the threshold of the others.
      _ = collector.mustEnd()
      let own = try limit <= competitive.count ? collection.best(limit, of: scores).last!.score : minimum
      #expect(control.minimumCompetitiveScore == max(minimum, own))
    }
  }

  @Test(arguments: [false, true]) func aSampleSeedsTheThreshold(pairs: Bool) throws {
    var random = SeededRandom(seed: 1926)
    let collection = try Collection(500, &random)
    let exact = try collection.scores(options(0, pairs: pairs))
    let approximate = try collection.scores(options(0, pairs: false))
    for (limit, size) in [(1, 1), (5, 5), (5, 100), (20, 19), (20, 0)] {
      let sample = exact.keys.sorted().shuffled(using: &random).prefix(size).sorted()
      var documents = GrowableBuffer<UInt32>(capacity: size)
      for document in sample { documents.append(document) }
      var collector = try collector(try collection.context(options(limit, pairs: pairs)))
      try collector.seedThreshold(documents)
      let (seeded, threshold) = (collector.hits, collector.threshold)
      #expect(seeded.isEmpty, "the sample comes again")
      let best = try collection.best(limit, of: exact.filter { sample.contains($0.key) })
      if size < limit {
        #expect(threshold == -.infinity)
      } else {
        #expect(threshold <= best[limit - 1].score && threshold > 0.99 * best[limit - 1].score)
      }
      try add(approximate, to: &collector, &random)
      let (hits, expected) = (collector.hits, try collection.best(limit, of: exact))
      #expect(hits == expected, "limit \(limit), sample \(size)")
    }
  }

  @Test(arguments: [0, 1, 7, 60, 1000]) func exactScoresAreKeptAsTheyAre(limit: Int) throws {
    var random = SeededRandom(seed: 1927)
    let collection = try Collection(60, &random)
    var collector = try collector(try collection.context(options(limit, pairs: false)))
    var scores: [UInt32: Float] = [:]
    for document in (0..<60 as Range<UInt32>).shuffled(using: &random) {
      scores[document] = Float(random.integer(1...9)) / 4
      try collector.addExact(document, scores[document]!)
      let (hits, expected) = (collector.hits, try collection.best(limit, of: scores))
      #expect(hits == expected, "limit \(limit)")
    }
  }

  @Test func candidatesAreRescoredInBatches() throws {
    var random = SeededRandom(seed: 1928)
    let collection = try Collection(5000, &random)
    for (pairs, few) in [(false, 4096), (true, 64)] {
      let scores = try collection.scores(options(0, pairs: pairs))
      let score = try #require(scores.values.max())
      var collector = try collector(try collection.context(options(10, pairs: pairs)))
      let documents = scores.keys.sorted().prefix(few + 1)
      try #require(documents.count == few + 1)
      for (index, document) in documents.enumerated() {
        let isFull = collector.isFull
        #expect(!isFull, "\(index) candidates")
        // Approximate scores of all are the highest, so that none is refused.
        collector.add(document, score, PossiblePairs(pairs: .max, maximum: pairs ? 1000 : 0))
      }
      let wasFull = collector.isFull
      try collector.flush()
      let isFull = collector.isFull
      #expect(wasFull && !isFull)
    }
  }
}
