import Foundation
import TextSearch

/// Latency of searches by class of query, ours and the peers side by side.
///
/// Every pass runs the queries of each class on every engine in turn; for each query the median of the passes is
/// reported. Answers are compared before anything is timed.
struct QueryBenchmark {
  /// Options of the benchmark.
  struct Setup {
    var queriesPerClass = 1000
    var passes = 11
    /// Whether every line of a body is a document.
    var paragraphs = false
    var peers: InstalledPeers?
    /// File to which the medians of all queries are appended.
    var json: String?
    /// Folder of the drawings.
    var plots: String?
    /// Names of the classes that are measured; nil for all.
    var classes: [String]?
  }

  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    if words.has("--defaults") { return try DefaultsBenchmark.run(&words) }
    var setup = Setup()
    let large = try words.value(of: "--collection")
    if large != nil { (setup.queriesPerClass, setup.passes) = largeSetup }
    setup.queriesPerClass = try words.number(of: "--queries") ?? setup.queriesPerClass
    setup.passes = try words.number(of: "--passes") ?? setup.passes
    setup.paragraphs = words.has("--paragraphs")
    setup.classes = try words.value(of: "--classes")?.split(separator: ";").map(String.init)
    setup.json = try words.value(of: "--json")
    setup.plots = try words.value(of: "--plots")
    let engines = try words.value(of: "--engines")?.split(separator: ",").map(String.init)
    if let folder = try words.value(of: "--peers") {
      setup.peers = try InstalledPeers(folder, engines: engines ?? (large == nil ? nil : peersOfLarge))
    }
    for file in try words.operands() {
      let scratch = Scratch()
      let collection = try QueryCollection(file, paragraphs: setup.paragraphs, scratch: scratch.path)
      try QueryBenchmark(collection, setup, scratch).run()
    }
    guard let large else { return }
    try require(!setup.paragraphs, "--collection takes documents, not paragraphs")
    let collection = QueryCollection(QueryCollection.name(of: large), try Corpus.texts(large), file: large)
    try QueryBenchmark(collection, setup).run()
  }

  /// Queries per class and passes where `--collection` names a large file.
  private static let largeSetup = (200, 5)
  /// Peers that search a large collection by default: the others rank every match.
  static let peersOfLarge = ["tantivy", "lucene", "pisa"]

  private let collection: QueryCollection
  private let setup: Setup
  private let scratch: Scratch

  init(_ collection: QueryCollection, _ setup: Setup, _ scratch: Scratch = Scratch()) {
    self.collection = collection
    self.setup = setup
    self.scratch = scratch
  }

  /// Builds, checks the answers, measures and prints the table.
  @discardableResult
  func run() throws -> [QueryMeasurement] {
    let plain = try OurQueries("ours", collection.plain, plain: true)
    let uncounted = try OurQueries("ours, uncounted", sharing: plain, countLimit: 0)
    let full = try OurQueries("ours, full", collection.documents, plain: false)
    let set = try QuerySet(collection.plain, plain.index, count: setup.queriesPerClass, only: setup.classes)
    printHead(plain, full, set)
    let engines: [any QueryEngine] = [plain, full, uncounted] + (try startPeers(set.queries))
    printOverhead(engines)
    let measurements = try set.groups.map { try QueryMeasurement($0.group, $0.queries, engines) }
    for measurement in measurements { try OwnAnswers.check(measurement) }
    for peer in engines.dropFirst(QueryTable.ours) { try PeerAgreement(measurements, peer: peer.name).check() }
    // Passes in the outer loop: a minute of other load on the machine does not affect one class alone.
    for _ in 0..<setup.passes { for measurement in measurements { try measurement.pass(engines) } }
    QueryTable(measurements).print()
    try write(measurements)
    return measurements
  }

  private func printHead(_ plain: OurQueries, _ full: OurQueries, _ set: QuerySet) {
    let length = fixed(Double(plain.summary.tokens) / Double(max(1, plain.summary.documents)), 1)
    print(
      "\nquery \(collection.name): \(collection.documents.count) documents of \(length) tokens on average, "
        + "\(set.queries.count) queries, median of \(setup.passes) passes each; \(Machine.description)")
    print("ours: folding, \(plain.summary.bytes) bytes; ours, full: default options, \(full.summary.bytes) bytes")
    print("ours, uncounted: the index of ours, matches not counted")
    let absent = QueryClass.drawn.filter { group in !set.groups.contains { $0.group == group } }
    if !absent.isEmpty { print("no queries: \(absent.map(\.rawValue).joined(separator: "; "))") }
  }

  /// Builds the indexes of the installed peers and starts their drivers.
  private func startPeers(_ queries: [BenchmarkQuery]) throws -> [PeerQueries] {
    guard let peers = setup.peers else { return [] }
    return try peers.peers.compactMap { peer in
      guard peer.driver != nil else {
        print("\(peer.name): missing, \(peer.missing ?? "no reason given")")
        return nil
      }
      let folder = scratch.path + "/" + peer.name
      let built = try peers.start(peer, ["index", collection.file, folder, "--warm-up", "0"]).next(BuildResult.self)
      try require(built.documents == collection.documents.count, "\(peer.name): \(built.documents) documents")
      return try PeerQueries(peer, peers, folder: folder, warmUp: queries)
    }
  }

  private func printOverhead(_ engines: [any QueryEngine]) {
    let each = engines.map { "\($0.name) \(fixed(Double($0.overhead) / 1000, 1))" }
    print("a search that finds nothing, us: \(each.joined(separator: ", "))")
  }

  private func write(_ measurements: [QueryMeasurement]) throws {
    if let file = setup.json {
      let lines = measurements.flatMap { $0.records(collection.name, documents: collection.documents.count) }
      try JSONLines.append(lines, to: file)
    }
    if let folder = setup.plots {
      for percent in [50, 99] {
        let chart = QueryTable(measurements).chart(percent, title: "\(collection.name): p\(percent) in µs")
        try chart.write(to: "\(folder)/query-\(collection.name)-p\(percent).svg")
      }
    }
  }
}
