import TextSearch

/// A few seconds of every benchmark on made-up text, for their assertions; the times mean nothing.
enum QuickBenchmark {
  static func run() throws {
    let documents = documents(count: 2000)
    try AnalyzeBenchmark.measure(documents, name: "made-up")
    try BuildBenchmark.measure(documents, name: "made-up")
    try KernelsBenchmark.measure(documents, name: "made-up", runs: 1)
    try searchMadeUpWords()
    try searchByDefault()
    try growAndChange()
    try updateResults()
  }

  /// Asserts that every class of queries that ours can answer has queries, times and a drawing.
  private static func searchMadeUpWords() throws {
    let collection = QueryCollection("made-up", MadeUpText.documents(count: 3000, seed: 42))
    let measurements = try QueryBenchmark(collection, QueryBenchmark.Setup(queriesPerClass: 20, passes: 3)).run()
    for group in QueryClass.drawn where group != .pairWithoutDiacritics {
      guard let measurement = measurements.first(where: { $0.group == group }) else {
        throw WrongAnswer(description: "no queries: \(group.rawValue)")
      }
      try require(measurement.queries.count == 20, "\(group.rawValue): \(measurement.queries.count) queries")
      let isAnswered = OurQueries.search(group.kind, ReadingOptions()) != nil
      try require(measurement.medians(0).count == (isAnswered ? 20 : 0), "\(group.rawValue): no times")
    }
    try SuggestBenchmark.measure(collection)
    try ReorderBenchmark.measure(collection, queries: 5, passes: 1)
    let drawing = QueryTable(measurements).chart(50, title: "a < b").drawing.source
    try require(drawing.contains("a &lt; b") && drawing.hasSuffix("</svg>\n"), "no drawing")
  }

  /// Asserts that real queries have answers, and intervals that contain their percentile.
  private static func searchByDefault() throws {
    let documents = MadeUpText.documents(count: 500, seed: 42)
    let texts = documents.prefix(20).map { $0.fields[1].text.split(separator: " ").prefix(3).joined(separator: " ") }
    let sets = [RealQueries("first", Array(texts.prefix(10))), RealQueries("second", Array(texts.suffix(10)))]
    let setup = DefaultsBenchmark.Setup(passes: 2, builds: 1)
    let rows = try DefaultsBenchmark(file: "made-up", documents: { documents }, sets: sets, setup).run()
    try require(rows.count == 6 && rows.allSatisfy { $0.queries == 10 && $0.found == 10 }, "not all queries have hits")
    try require(rows.allSatisfy { ($0.medianTotal == nil) == ($0.engine == "ours, quick") }, "other engines count")
    var random = SeededRandom(seed: 42)
    let times = (0..<2).map { _ in (0..<200).map { _ in Double.random(in: 1...1000, using: &random) } }
    let intervals = PercentileIntervals(times)
    for percent in PercentileIntervals.percents.indices {
      for estimate in [intervals.percentile(percent, of: 1), intervals.ratio(percent, of: 0, to: 1)] {
        try require(estimate.low <= estimate.value && estimate.value <= estimate.high, "an interval without its value")
      }
      let sorted = times[0].sorted()
      try require(
        intervals.percentile(percent, of: 0).value
          == QueryMeasurement.percentile(PercentileIntervals.percents[percent], of: sorted), "two percentiles")
    }
  }

  /// Asserts that searches in a growing and in a changing collection have results, and that slopes are right.
  private static func growAndChange() throws {
    let square = LogLogLine([(1.0, 3.0), (2.0, 12.0), (4.0, 48.0)])
    try require(abs(square.slope - 2) < 1e-9, "a square grows with slope \(square.slope)")
    let documents = MadeUpText.documents(count: 1500, seed: 42)
    let scratch = Scratch()
    let file = scratch.path + "/made-up.jsonl"
    try JSONLines.append(
      documents.map { ["id": $0.key, "title": $0.fields[0].text, "body": $0.fields[1].text] }, to: file)
    let texts = documents.prefix(20).map { $0.fields[1].text.split(separator: " ").prefix(3).joined(separator: " ") }
    let sets = [RealQueries("made-up", texts)]
    let slopes = try GrowthBenchmark(
      file: file, sets: sets, GrowthBenchmark.Setup(sizes: [300, 1500, 2000], passes: 1)
    ).run()
    try require(slopes.count == 1 && slopes[0].value.isFinite, "no slope")
    try LiveBenchmark(
      file: file, documents, sets: sets, LiveBenchmark.Setup(passes: 1, updates: 20, batchedUpdates: 2000)
    ).run()
  }

  /// Asserts that measuring a section anew keeps the others in their order.
  private static func updateResults() throws {
    func section(_ title: String, _ text: String) -> ResultsPage.Section {
      ResultsPage.Section(title: title, command: "x", text: text, plots: [])
    }
    let order = ["a", "b", "c"]
    let first = "# Results\n\nHead.\n\n## a\n\nold\n\n## c\n\nkept\n\n" + ResultsPage.handwritten + "\n\nby hand\n"
    let page = ResultsPage([section("b", "new"), section("a", "newer")], peers: []).updated(first, order: order)
    let expected =
      "# Results\n\nHead.\n\n## a\n\n    fts-bench x\n\n```\nnewer\n```\n\n## b\n\n    fts-bench x\n\n```\nnew\n```\n"
      + "\n## c\n\nkept\n\n" + ResultsPage.handwritten + "\n\nby hand\n"
    try require(page == expected, "another page:\n\(page)")
  }

  /// Returns short French and Vietnamese documents in turns.
  private static func documents(count: Int) -> [Document] {
    let french =
      "le ministère des affaires étrangères organise une conférence sur la diplomatie populaire et l'économie".split(
        separator: " ")
    let vietnamese = "hội nghị ngoại giao lần thứ ba mươi hai về công tác đối ngoại nhân dân và phát triển kinh tế"
      .split(separator: " ")
    var state: UInt64 = 42
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    return (0..<count).map { number in
      let words = number % 2 == 0 ? french : vietnamese
      let body = (0..<100).map { _ in String(words[next(words.count)]) }.joined(separator: " ")
      return Document(key: String(number), title: String(words[next(words.count)]), body: body)
    }
  }
}
