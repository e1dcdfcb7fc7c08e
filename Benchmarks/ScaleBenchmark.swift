import FTSInput
import Foundation
import TextSearch

/// Growth of an index with its documents: time and memory of the build, size, latency.
///
/// Every build runs in its own process (`fts-bench scale-step`): peak memory is measured per process.
enum ScaleBenchmark {
  /// Sixteenths of the documents.
  private static let parts = [1, 2, 4, 8, 16]
  private static let threads = [1, 2]
  /// Number of builds, of which the fastest is reported.
  private static let repeats = 3
  private static let column = 20
  private static let program = Bundle.main.executablePath ?? CommandLine.arguments[0]

  static func run(_ words: [String]) throws {
    var words = OptionWords(words)
    let json = try words.value(of: "--json")
    let plots = try words.value(of: "--plots")
    for file in try words.operands() {
      let scratch = Scratch()
      var steps: [ScaleStep] = []
      for part in parts {
        try writePart(part, of: file, to: "\(scratch.path)/\(part)")
        for threads in threads { steps.append(try fastest(scratch.path, part, threads)) }
      }
      try check(steps)
      show(steps, file)
      if let json { try JSONLines.append(steps, to: json) }
      if let plots { try draw(steps, file, to: plots) }
    }
  }

  /// Writes some sixteenths of the lines of a file, spread evenly over it: all parts are mixed alike, and each contains
  /// all smaller ones.
  private static func writePart(_ part: Int, of file: String, to path: String) throws {
    let lines = try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 0x0A)
    var chosen = Data()
    for (number, line) in lines.enumerated() where number % 16 < part {
      chosen += line
      chosen.append(0x0A)
    }
    try chosen.write(to: URL(fileURLWithPath: path + ".jsonl"))
  }

  /// Builds several times; returns the fastest build.
  private static func fastest(_ folder: String, _ part: Int, _ threads: Int) throws -> ScaleStep {
    var best: ScaleStep?
    for _ in 0..<repeats {
      let process = try PeerProcess(program, ["scale-step", folder, "\(part)", "\(threads)"])
      let step = try process.next(ScaleStep.self)
      if step.buildSeconds < best?.buildSeconds ?? .infinity { best = step }
    }
    guard let best else { throw WrongAnswer(description: "no build") }
    return best
  }

  /// Asserts that the size does not depend on the threads, and that parts grow.
  private static func check(_ steps: [ScaleStep]) throws {
    for pair in stride(from: 0, to: steps.count, by: threads.count) {
      try require(steps[pair].indexBytes == steps[pair + 1].indexBytes, "the size depends on the threads")
      if pair > 0 { try require(steps[pair].documents > steps[pair - 1].documents, "no more documents") }
    }
  }

  private static func show(_ steps: [ScaleStep], _ file: String) {
    print("\nscale \(file): default options with stored text, from JSON lines; \(Machine.description)")
    let perSecond = QueryThroughput.threads.map { "\($0) thread\($0 > 1 ? "s" : ""), 1/s" }
    let names = ["part", "documents", "MB text", "threads", "seconds", "MB/s", "memory MiB", "index/text"]
    print((names + QueryTimes.names.map { $0 + ", us" } + perSecond).map { $0.padding(-column) }.joined())
    for step in steps {
      let text = Double(step.textBytes)
      let cells =
        [
          "\(step.part)/16", "\(step.documents)", fixed(text / 1e6, 1), "\(step.threads)", fixed(step.buildSeconds, 2),
          fixed(text / 1e6 / step.buildSeconds, 1), "\(step.memoryBytes >> 20)",
          fixed(Double(step.indexBytes) / text, 3),
        ] + step.queryMicroseconds.map { fixed($0, 1) } + step.searchesPerSecond.map { fixed($0, 0) }
      print(cells.map { $0.padding(-column) }.joined())
    }
  }

  private static func draw(_ steps: [ScaleStep], _ file: String, to folder: String) throws {
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    try chart("\(name): build", "seconds", steps, by: \.buildSeconds).write(to: "\(folder)/scale-\(name)-build.svg")
    try chart("\(name): peak memory of a build", "MiB", steps) { Double($0.memoryBytes) / 1_048_576 }
      .write(to: "\(folder)/scale-\(name)-memory.svg")
    let alone = steps.filter { $0.threads == 1 }
    var size = LineChart(title: "\(name): size of the index", unit: "MB")
    size.series = [("index", alone.map { ($0.megabytes, Double($0.indexBytes) / 1e6) })]
    try size.write(to: "\(folder)/scale-\(name)-size.svg")
    var latency = LineChart(title: "\(name): latency, median", unit: "µs")
    latency.series = QueryTimes.names.enumerated().map { index, name in
      (name, alone.map { ($0.megabytes, $0.queryMicroseconds[index]) })
    }
    try latency.write(to: "\(folder)/scale-\(name)-latency.svg")
  }

  private static func chart(
    _ title: String, _ unit: String, _ steps: [ScaleStep], by value: (ScaleStep) -> Double
  ) -> LineChart {
    var chart = LineChart(title: title, unit: unit)
    chart.series = threads.map { threads in
      let points = steps.filter { $0.threads == threads }.map { ($0.megabytes, value($0)) }
      return ("\(threads) thread\(threads > 1 ? "s" : "")", points)
    }
    return chart
  }
}
