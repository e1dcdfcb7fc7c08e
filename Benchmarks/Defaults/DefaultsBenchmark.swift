import TextSearch

/// Latency of real queries with what each engine does by default for French: ours with the default options, the peers with
/// their own analysis of French, which drops stop words.
///
/// One thread, one segment, top 10. The passes of the engines are interleaved; the median of the passes is taken for each
/// query. Intervals are those of ``PercentileIntervals``.
struct DefaultsBenchmark {
  /// Options of the benchmark.
  struct Setup {
    var passes = 7
    /// Number of builds of each engine.
    var builds = 2
    var peers: InstalledPeers?
  }

  /// Runs `query --defaults`, whose other options are left in `words`.
  static func run(_ words: inout OptionWords) throws {
    guard let file = try words.value(of: "--collection") else {
      throw WrongAnswer(description: "--defaults needs --collection FILE.jsonl")
    }
    let sets = try RealQueries.take(&words)
    var setup = Setup()
    setup.passes = try words.number(of: "--passes") ?? setup.passes
    setup.peers = try FrenchPeers.take(&words)
    try require(try words.operands().isEmpty, "--defaults takes no files but --collection")
    try DefaultsBenchmark(
      file: file, documents: { try Corpus.texts(file) }, sets: sets,
      setup
    ).run()
  }

  /// Path of the documents; the peers read them from there.
  let file: String
  /// Reads the documents, which are not kept.
  let documents: () throws -> [Document]
  let sets: [RealQueries]
  private let setup: Setup

  init(file: String, documents: @escaping () throws -> [Document], sets: [RealQueries], _ setup: Setup) {
    (self.file, self.documents, self.sets, self.setup) = (file, documents, sets, setup)
  }

  /// Builds, checks our answers, measures and prints the tables.
  @discardableResult
  func run() throws -> [DefaultsTable.Row] {
    let queries = sets.flatMap(\.queries)
    printHead()
    let peers = FrenchPeers(setup.peers)
    let folder = try build(peers)
    let first = try OurQueries(
      "ours", folder, reading: ReadingOptions(), countLimit: SearchOptions.standardCountLimit)
    let ours = [
      first, try OurQueries("ours, to 1,000", sharing: first, countLimit: 1000),
      try OurQueries("ours, quick", sharing: first, countLimit: 0),
    ]
    let ownWords = try QueryWords(queries, first.index)
    let words = try ours.map { _ in ownWords } + peers.peers.map { try peers.words(queries, $0) }
    let engines: [any QueryEngine] = try ours + peers.peers.map { try peers.engine($0, warmUp: queries) }
    let measurements = try sets.map { try QueryMeasurement(.real, $0.queries, engines) }
    for measurement in measurements { try OwnAnswers.checkReal(measurement, ours: ours.count) }
    for _ in 0..<setup.passes { for measurement in measurements { try measurement.pass(engines) } }
    let table = DefaultsTable(measurements, names: sets.map(\.name), words: words, reference: "lucene")
    table.print()
    return table.rows
  }

  private func printHead() {
    print(
      "\ndefaults \(QueryCollection.name(of: file)): "
        + sets.map { "\($0.queries.count) queries of \($0.name)" }.joined(separator: ", ")
        + ", median of \(setup.passes) passes each; \(Machine.description)")
    print("ours: default options, matches counted to \(SearchOptions.standardCountLimit); to 1,000; not at all (quick)")
    guard setup.peers != nil else { return }
    print(
      "lucene: FrenchAnalyzer, counted to 1,000; tantivy: French stop words and stemmer, counted; any word may match")
  }

  /// Builds the indexes of all engines and prints speeds and sizes; returns the folder of ours.
  private func build(_ peers: FrenchPeers) throws -> ScratchFolder {
    // The documents are not kept.
    let builds = try FrenchBuilds(try documents(), file: file, peers, rounds: setup.builds)
    print("\(builds.documents) documents, \(builds.bytes) bytes of title and body")
    builds.print()
    return builds.folder
  }
}
