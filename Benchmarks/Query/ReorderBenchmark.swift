import TextSearch

/// Effect of reordering documents by shared words: size by section and latency by class of query before and after,
/// measured in turns. The results must be identical, score for score.
enum ReorderBenchmark {
  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    let queries = try words.number(of: "--queries") ?? 200
    let passes = try words.number(of: "--passes") ?? 11
    let paragraphs = words.has("--paragraphs")
    for file in try words.operands() {
      let scratch = Scratch()
      let collection = try QueryCollection(file, paragraphs: paragraphs, scratch: scratch.path)
      try measure(collection, queries: queries, passes: passes)
    }
  }

  static func measure(_ collection: QueryCollection, queries: Int, passes: Int) throws {
    let plain = try OurQueries("by key", collection.plain, plain: true)
    let clock = ContinuousClock()
    let start = clock.now
    let reordered = try OurQueries("reordered", collection.plain, plain: true, reorders: true)
    let seconds = (clock.now - start) / .seconds(1)
    print(
      "\nreorder \(collection.name): \(collection.plain.count) documents; built and reordered in \(fixed(seconds, 1)) s"
    )
    printSizes(plain.index, reordered.index)
    let set = try QuerySet(collection.plain, plain.index, count: queries)
    let engines: [any QueryEngine] = [plain, reordered]
    let measurements = try set.groups.map { try QueryMeasurement($0.group, $0.queries, engines) }
    for measurement in measurements { try requireSameAnswers(measurement) }
    for _ in 0..<passes { for measurement in measurements { try measurement.pass(engines) } }
    QueryTable(measurements).print()
  }

  private static func printSizes(_ old: SearchIndex, _ new: SearchIndex) {
    for (before, after) in zip(old.sectionSizes, new.sectionSizes) where before.bytes + after.bytes > 0 {
      let ratio = before.bytes > 0 ? fixed(Double(after.bytes) / Double(before.bytes), 3) : "-"
      print(
        "  \(before.name.padding(16))\("\(before.bytes)".padding(-12))\("\(after.bytes)".padding(-12))\(ratio.padding(-8))"
      )
    }
    let (before, after) = (old.summary.bytes, new.summary.bytes)
    print(
      "  whole           \("\(before)".padding(-12))\("\(after)".padding(-12))\(fixed(Double(after) / Double(before), 3).padding(-8))"
    )
  }

  /// Asserts that both indexes return the same hits, scores and totals.
  private static func requireSameAnswers(_ measurement: QueryMeasurement) throws {
    for (number, query) in measurement.queries.enumerated() {
      let (a, b) = (measurement.answers[0][number], measurement.answers[1][number])
      try require(
        a?.keys == b?.keys && a?.scores == b?.scores && a?.total == b?.total,
        "'\(query.text)': other answers from the reordered index")
    }
  }
}
