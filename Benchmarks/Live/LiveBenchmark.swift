import TextSearch

/// An index in use: latency on a late page, with deleted documents and beside a writer; documents replaced a second.
///
/// Real queries with the default options, on a collection that is built as one segment.
struct LiveBenchmark {
  /// Options of the benchmark.
  struct Setup {
    var passes = 3
    /// Documents that are replaced with a commit each.
    var updates = 2000
    /// Documents that are replaced with a commit for many.
    var batchedUpdates = 100_000
    var peers: InstalledPeers?
  }

  /// Number of the last hit of the late page.
  private static let lateHit = 1000
  private static let seed: UInt64 = 42

  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    var setup = Setup()
    setup.passes = try words.number(of: "--passes") ?? setup.passes
    setup.updates = try words.number(of: "--updates") ?? setup.updates
    setup.batchedUpdates = try words.number(of: "--batched-updates") ?? setup.batchedUpdates
    setup.peers = try FrenchPeers.take(&words, names: ["lucene"])
    let sets = try RealQueries.take(&words)
    let files = try words.operands()
    try require(files.count == 1, "live takes one file")
    try LiveBenchmark(file: files[0], try Corpus.texts(files[0]), sets: sets, setup).run()
  }

  private let file: String
  private let documents: [Document]
  private let queries: [BenchmarkQuery]
  private let setup: Setup

  init(file: String, _ documents: [Document], sets: [RealQueries], _ setup: Setup) {
    (self.file, self.documents, self.setup) = (file, documents, setup)
    queries = sets.flatMap(\.queries)
  }

  func run() throws {
    print(
      "\nlive \(QueryCollection.name(of: file)): \(documents.count) documents, \(queries.count) real queries, default "
        + "options, \(setup.passes) passes; \(Machine.description)")
    print(PercentileRows.legend)
    let peers = FrenchPeers(setup.peers)
    let folder = try FrenchBuilds(documents, file: file, peers, rounds: 1).folder
    try measureLatePage(folder, peers)
    try measureDeletions(folder)
    try measureBesideWriter(folder)
    try measureUpdates(folder)
  }

  private func ours(_ name: String, _ folder: ScratchFolder) throws -> OurQueries {
    try OurQueries(name, folder, reading: ReadingOptions(), countLimit: SearchOptions.standardCountLimit)
  }

  // MARK: Searching alone

  /// Compares the first page with the one that ends with hit 1,000, for queries that match as many documents.
  private func measureLatePage(_ folder: ScratchFolder, _ peers: FrenchPeers) throws {
    let first = try ours("ours, hits 1 to 10", folder)
    let matching = zip(queries, try first.run(queries)).filter { ($1?.total ?? 0) >= LiveBenchmark.lateHit }.map(\.0)
    guard !matching.isEmpty else {
      print("no query matches \(LiveBenchmark.lateHit) documents: no late page")
      return
    }
    let late = try OurQueries(
      "ours, hits 991 to 1,000", sharing: first, countLimit: SearchOptions.standardCountLimit,
      offset: LiveBenchmark.lateHit - 10)
    var engines: [any QueryEngine] = [first, late]
    for peer in peers.peers {
      engines.append(try peers.engine(peer, warmUp: matching))
      engines.append(try peers.engine(peer, warmUp: matching, limit: LiveBenchmark.lateHit))
    }
    let measurement = try QueryMeasurement(.real, matching, engines)
    try checkLatePage(measurement, first.index)
    for _ in 0..<setup.passes { try measurement.pass(engines) }
    print("late page, \(matching.count) queries that match as many documents; ratios to the first page of the engine")
    PercentileRows.print(
      engines.map(\.name), measurement.medianTimes, references: engines.indices.map { $0 - $0 % 2 })
    guard engines.count > 2 else { return }
    print("late page, ratios to \(engines[2].name)")
    PercentileRows.print(
      [late.name, engines[3].name], [measurement.medianTimes[1], measurement.medianTimes[3]], references: [1, nil])
  }

  /// Asserts that a late page is the end of one long page.
  private func checkLatePage(_ measurement: QueryMeasurement, _ index: SearchIndex) throws {
    let options = SearchOptions(limit: LiveBenchmark.lateHit, makesSnippets: false)
    for (number, query) in measurement.queries.enumerated() {
      let whole = try index.topHits(query.text, options).hits.map(\.key)
      try require(
        measurement.answers[1][number]?.keys == Array(whole.suffix(10)), "'\(query.text)': another late page")
    }
  }

  /// Deletes one document in a hundred, and compares searches before and after in turns.
  private func measureDeletions(_ folder: ScratchFolder) throws {
    let before = try ours("before", folder)
    let writer = try IndexWriter(appendingTo: folder.path)
    for number in stride(from: 0, to: documents.count, by: Replacements.deletedEvery) {
      try writer.delete(key: documents[number].key)
    }
    let summary = try writer.commit()
    let deleted = (documents.count + Replacements.deletedEvery - 1) / Replacements.deletedEvery
    try require(summary.documents == documents.count - deleted, "\(summary.documents) documents after deleting")
    let engines: [any QueryEngine] = [before, try ours("1 % deleted", folder)]
    let measurement = try QueryMeasurement(.real, queries, engines)
    for _ in 0..<setup.passes { try measurement.pass(engines) }
    print("\(deleted) documents deleted, not merged; ratios to before")
    PercentileRows.print(engines.map(\.name), measurement.medianTimes, references: [nil, 0])
  }

  // MARK: Beside a writer

  /// Searches in turns alone and while a writer commits and merges, each time in the newest state.
  private func measureBesideWriter(_ folder: ScratchFolder) throws {
    var index = try SearchIndex(folder.path)
    let options = SearchOptions(makesSnippets: false)
    var (alone, beside, refreshing): ([Double], [Double], [Double]) = ([], [], [])
    var commits = 0
    for pass in 0..<setup.passes {
      for query in queries { alone.append(try LiveBenchmark.time { _ = try index.topHits(query.text, options) }) }
      let writer = try LiveWriter(
        folder.path, Replacements(of: documents, seed: LiveBenchmark.seed + UInt64(pass)))
      for query in queries {
        refreshing.append(try LiveBenchmark.time { index = try index.refreshed() })
        beside.append(try LiveBenchmark.time { _ = try index.topHits(query.text, options) })
      }
      try writer.stop()
      commits += writer.commits
      index = try index.refreshed()
    }
    print(
      "beside a writer that replaces documents, a commit each \(LiveWriter.documentsPerCommit): \(commits) commits; then "
        + "\(index.summary.segments) segments; ratios to searches without it, in turns")
    PercentileRows.print(
      ["alone", "beside the writer", "refreshing beside it"], [alone, beside, refreshing], references: [nil, 0, nil])
  }

  /// Returns the nanoseconds that `body` takes.
  private static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = SystemCalls.nanoseconds()
    try body()
    return Double(SystemCalls.nanoseconds() - start)
  }

  // MARK: Updates

  private func measureUpdates(_ folder: ScratchFolder) throws {
    var replacements = Replacements(of: documents, seed: LiveBenchmark.seed)
    print("documents replaced, one after the other")
    try UpdateRun(folder.path, &replacements, count: setup.updates, documentsPerCommit: 1).print()
    try UpdateRun(
      folder.path, &replacements, count: setup.batchedUpdates, documentsPerCommit: LiveWriter.documentsPerCommit
    ).print()
    let writer = try IndexWriter(appendingTo: folder.path)
    let seconds = try LiveBenchmark.time {
      try writer.compact()
      try writer.commit()
    }
    let summary = try SearchIndex(folder.path).summary
    print("  compacted in \(fixed(seconds / 1e9, 1)) s: \(summary.segments) segment, \(summary.bytes) bytes")
  }
}
