import Foundation

/// All benchmarks, one after the other, each in its own process; their output becomes `RESULTS.md`.
struct AllBenchmark {
  /// An execution of one subcommand.
  struct Step {
    let title: String
    let arguments: [String]
    /// File names of the drawings that it writes.
    var plots: [String] = []
  }

  /// Folder with `bench/*.jsonl` and, for retrieval quality, `ir/*`.
  private let data: String
  private let peers: InstalledPeers?
  /// Folder for `RESULTS.md` and its drawings.
  private let results: String
  private let queries: Int
  private let passes: Int
  /// File of many documents, for the steps of `largeSteps`; nil to leave them out.
  private let collection: String?
  /// Titles of the steps that are run; nil for all.
  private let titles: [String]?
  private let scratch = Scratch()

  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    let peers = try words.value(of: "--peers").map { try InstalledPeers($0) }
    let results = try words.value(of: "--results") ?? "Benchmarks"
    let queries = try words.number(of: "--queries") ?? 1000
    let passes = try words.number(of: "--passes") ?? 11
    let collection = try words.value(of: "--collection")
    let titles = try words.value(of: "--steps")?.split(separator: ";").map(String.init)
    let operands = try words.operands()
    try require(operands.count == 1, "all takes one folder, with bench/*.jsonl and ir/*")
    try AllBenchmark(
      data: operands[0], peers: peers, results: results, queries: queries, passes: passes, collection: collection,
      titles: titles
    ).run()
  }

  private var plots: String { results + "/results" }

  private func run() throws {
    try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
    let steps = try steps()
    for title in titles ?? [] {
      let known = steps.map(\.title).joined(separator: "; ")
      try require(steps.contains { $0.title == title }, "no step '\(title)'; there are: \(known)")
    }
    var sections: [ResultsPage.Section] = []
    for step in steps where titles?.contains(step.title) ?? true {
      print("\n== \(step.title): fts-bench \(step.arguments.joined(separator: " "))")
      let text = try AllBenchmark.output(of: step)
      sections.append(
        ResultsPage.Section(
          title: step.title, command: shown(step.arguments.joined(separator: " ")), text: shown(text),
          plots: step.plots.map { "results/\($0)" }))
      // After each step, so that finished measurements survive the failure of a later one.
      let page = ResultsPage(sections, peers: peers?.peers ?? [])
      if titles == nil {
        try page.write(to: results + "/RESULTS.md")
      } else {
        try page.update(results + "/RESULTS.md", order: steps.map(\.title))
      }
    }
    print("\n\(results)/RESULTS.md is written")
  }

  /// Returns a text without the paths of this machine.
  private func shown(_ text: String) -> String {
    var shown = text.replacingOccurrences(of: data + "/", with: "")
    if let collection { shown = shown.replacingOccurrences(of: collection, with: file(of: collection)) }
    if let peers { shown = shown.replacingOccurrences(of: peers.folder, with: ".build/peers") }
    return shown.replacingOccurrences(of: plots, with: "Benchmarks/results")
      .replacingOccurrences(of: scratch.path + "/", with: "")
  }

  /// Returns the name of a file without its folder.
  private func file(of path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }

  // MARK: Steps

  private func steps() throws -> [Step] {
    let names = try FileManager.default.contentsOfDirectory(atPath: data + "/bench")
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    try require(!names.isEmpty, "no \(data)/bench/*.jsonl")
    let files = names.map { "\(data)/bench/\($0)" }
    let collections = names.map { String($0.dropLast(".jsonl".count)) }
    var steps = [
      Step(title: "Analyzer", arguments: ["analyze"] + files), Step(title: "Building", arguments: ["build"] + files),
    ]
    if peers != nil {
      steps.append(Step(title: "Building beside the peers", arguments: ["build"] + peerOptions() + files))
    }
    for (file, name) in zip(files, collections) {
      for paragraphs in [false, true] { steps += querySteps(file, name, paragraphs: paragraphs) }
    }
    steps += largeSteps()
    steps.append(Step(title: "Compacted with reordering", arguments: ["reorder"] + files))
    steps.append(
      Step(
        title: "Growth", arguments: ["scale", "--plots", plots] + files,
        plots: ["build", "memory", "size", "latency"].flatMap { plot in
          collections.map { "scale-\($0)-\(plot).svg" }
        }))
    steps.append(Step(title: "Completion and correction", arguments: ["suggest"] + files))
    steps.append(Step(title: "Compression of stored texts", arguments: ["kernels"] + files))
    let sets = ((try? FileManager.default.contentsOfDirectory(atPath: data + "/ir")) ?? []).sorted()
    if !sets.isEmpty { steps.append(Step(title: "Quality", arguments: ["quality"] + sets.map { "\(data)/ir/\($0)" })) }
    return steps
  }

  /// Retrieval sets whose queries people typed, in French.
  private static let typedSets = ["piaf-fr", "cdtn-prequalified-titles-fr"]

  /// Returns the steps on the large collection.
  private func largeSteps() -> [Step] {
    guard let collection else { return [] }
    let sets = AllBenchmark.typedSets.map { "\(data)/ir/\($0)" }.joined(separator: ",")
    let name = QueryCollection.name(of: collection)
    let lucene = peerOptions { $0 == "lucene" }
    return [
      Step(
        title: "Many documents, by class",
        arguments: ["query", "--collection", collection, "--plots", plots]
          + peerOptions { QueryBenchmark.peersOfLarge.contains($0) },
        plots: [50, 99].map { "query-\(name)-p\($0).svg" }),
      Step(
        title: "Many documents, defaults",
        arguments: ["query", "--defaults", "--collection", collection, "--sets", sets]
          + peerOptions { FrenchPeers.names.contains($0) }),
      Step(
        title: "Growth to many documents",
        arguments: ["growth", "--sets", sets, "--plots", plots] + lucene + [collection],
        plots: ["growth-\(name).svg"]),
      Step(title: "An index in use", arguments: ["live", "--sets", sets] + lucene + [collection]),
    ]
  }

  /// Slow engines: measured with fewer queries, in a step of their own.
  private static let slow: Set<String> = ["sqlite", "xapian"]

  /// Returns the steps for the queries of one collection.
  private func querySteps(_ file: String, _ name: String, paragraphs: Bool) -> [Step] {
    let unit = paragraphs ? ["--paragraphs"] : []
    let collection = paragraphs ? "\(name)-paragraphs" : name
    let title = "Queries, \(name), \(paragraphs ? "paragraphs" : "documents")"
    var steps = [
      Step(
        title: title,
        arguments: ["query"] + unit + ["--queries", "\(queries)", "--passes", "\(passes)", "--plots", plots]
          + peerOptions { !AllBenchmark.slow.contains($0) } + [file],
        plots: [50, 99].map { "query-\(collection)-p\($0).svg" })
    ]
    if peers?.peers.contains(where: { AllBenchmark.slow.contains($0.name) }) ?? false {
      steps.append(
        Step(
          title: title + ", beside slower engines",
          arguments: ["query"] + unit + ["--queries", "\(max(1, queries / 25))", "--passes", "5"]
            + peerOptions { AllBenchmark.slow.contains($0) } + [file]))
    }
    return steps
  }

  /// Returns the options that select the wanted peers; none without peers.
  private func peerOptions(_ isWanted: (String) -> Bool = { _ in true }) -> [String] {
    guard let peers else { return [] }
    let names = peers.peers.map(\.name).filter(isWanted)
    return ["--peers", peers.folder, "--engines", names.joined(separator: ",")]
  }

  // MARK: Running

  /// Runs a step, printing its output as it comes; returns that output.
  private static func output(of step: Step) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
    process.arguments = step.arguments
    process.standardOutput = pipe
    try process.run()
    var bytes = Data()
    while true {
      let more = pipe.fileHandleForReading.availableData
      if more.isEmpty { break }
      FileHandle.standardOutput.write(more)
      bytes += more
    }
    process.waitUntilExit()
    try require(process.terminationStatus == 0, "\(step.title) ended with \(process.terminationStatus)")
    return String(decoding: bytes, as: UTF8.self)
  }
}
