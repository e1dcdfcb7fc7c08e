import TextSearch

/// Growth of latency with the number of documents, ours and Lucene with their defaults, for the same real queries: the slope
/// of each percentile in a log-log plot.
///
/// Each size is the first documents of one file. The passes of the engines are interleaved within a size.
struct GrowthBenchmark {
  /// Options of the benchmark.
  struct Setup {
    /// Numbers of documents, ascending.
    var sizes = [40_000, 200_000, 1_000_000]
    var passes = 5
    var peers: InstalledPeers?
    /// Folder of the drawing.
    var plots: String?
  }

  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    var setup = Setup()
    if let sizes = try words.value(of: "--sizes") {
      setup.sizes = try sizes.split(separator: ",").map { size in
        guard let number = Int(size), number > 0 else { throw WrongAnswer(description: "--sizes N,N: not \(size)") }
        return number
      }.sorted()
    }
    setup.passes = try words.number(of: "--passes") ?? setup.passes
    setup.plots = try words.value(of: "--plots")
    setup.peers = try FrenchPeers.take(&words, names: ["lucene"])
    let sets = try RealQueries.take(&words)
    let files = try words.operands()
    try require(files.count == 1, "growth takes one file, of which the first documents are measured")
    try GrowthBenchmark(file: files[0], sets: sets, setup).run()
  }

  private let file: String
  private let queries: [BenchmarkQuery]
  private let setup: Setup

  init(file: String, sets: [RealQueries], _ setup: Setup) {
    self.file = file
    queries = sets.flatMap(\.queries)
    self.setup = setup
  }

  /// Measures every size that the file has, and prints the table.
  ///
  /// - Returns: the slopes of the median, by engine.
  @discardableResult
  func run() throws -> [Estimate] {
    print(
      "\ngrowth \(QueryCollection.name(of: file)): \(queries.count) real queries, default options, top 10, "
        + "median of \(setup.passes) passes each; \(Machine.description)")
    var steps: [GrowthStep] = []
    for size in setup.sizes {
      let scratch = Scratch()
      guard let prefix = try CollectionPrefix(of: file, documents: size, in: scratch.path) else {
        print("fewer than \(size) documents: not measured")
        continue
      }
      steps.append(try GrowthStep(prefix, queries, FrenchPeers(setup.peers), passes: setup.passes))
    }
    try require(!steps.isEmpty, "no size is measured")
    let table = GrowthTable(steps)
    table.print()
    if let folder = setup.plots {
      let name = QueryCollection.name(of: file)
      try table.chart(title: "\(name): latency of real queries").write(to: "\(folder)/growth-\(name).svg")
    }
    return table.slopes(0)
  }
}
