import TextSearch

/// One build of an engine, as the driver of a peer reports it.
struct BuildResult: Decodable {
  let documents: Int
  let bytes: Int
  let buildSeconds: Double
  let mergeSeconds: Double
  /// Processor seconds of the build, all threads of the process: less shaken than the clock by what else runs.
  let cpuSeconds: Double
  let segments: Int
  let indexBytes: Int
  /// Bytes by what they hold.
  let groups: [String: Int]

  /// What is compared: what every engine must have to answer queries with phrases, and the keys.
  static let compared = ["dictionary", "postings", "positions", "lengths", "keys"]
  private static let groupOfSection = [
    "terms": "dictionary", "term index": "dictionary", "postings": "postings", "blocks": "postings",
    "positions": "positions", "lengths": "lengths", "field lengths": "lengths", "keys": "keys",
  ]

  init(ours summary: IndexSummary, bytes: Int, seconds: Double, cpu: Double, sections: [(name: String, bytes: Int)]) {
    documents = summary.documents
    self.bytes = bytes
    buildSeconds = seconds
    mergeSeconds = 0
    cpuSeconds = cpu
    segments = summary.segments
    indexBytes = summary.bytes
    var groups: [String: Int] = [:]
    for section in sections { groups[BuildResult.groupOfSection[section.name] ?? "other", default: 0] += section.bytes }
    groups["other", default: 0] += summary.bytes - groups.values.reduce(0, +)
    self.groups = groups
  }

  var comparedBytes: Int { BuildResult.compared.reduce(0) { $0 + (groups[$1] ?? 0) } }
}

/// All builds of one engine.
struct Builds {
  let name: String
  var results: [BuildResult] = []

  var cpu: Double { median(results.map(\.cpuSeconds)) }
  func speed(_ bytes: Int) -> Double { Double(bytes) / 1e6 / median(results.map(\.buildSeconds)) }
}

/// The middle one of an odd number of values.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Speeds and sizes of the engines, ours first.
struct BuildTable {
  private let builds: [Builds]
  private let bytes: Int

  init(_ builds: [Builds], bytes: Int) {
    self.builds = builds
    self.bytes = bytes
  }

  func print() {
    printSpeeds()
    printSizes()
    printSizeRatio()
  }

  private func printSpeeds() {
    row("engine", ["MB/s", "ours/this", "CPU s", "this/ours", "merge s", "segments", "seconds, each round"])
    let ours = builds[0].speed(bytes)
    let ourCPU = builds[0].cpu
    for build in builds {
      let speed = build.speed(bytes)
      let seconds = build.results.map { fixed($0.buildSeconds, 2) }.joined(separator: " ")
      let merge = fixed(median(build.results.map(\.mergeSeconds)), 2)
      let segments = build.results.last.map { "\($0.segments)" } ?? ""
      row(
        build.name,
        [
          fixed(speed, 1), fixed(ours / speed, 2), fixed(build.cpu, 2), fixed(build.cpu / ourCPU, 2), merge, segments,
          seconds,
        ])
    }
  }

  private func printSizes() {
    let names = BuildResult.compared + ["other"]
    row("bytes", names + ["compared", "whole"])
    for build in builds {
      guard let result = build.results.last else { continue }
      let sizes = names.map { result.groups[$0] ?? 0 } + [result.comparedBytes, result.indexBytes]
      row(build.name, sizes.map(String.init))
    }
  }

  /// Ours beside the smallest of the peers that write the same parts; one that reports no parts is left out.
  private func printSizeRatio() {
    guard let ours = builds[0].results.last else { return }
    let sizes = builds.dropFirst().compactMap { build in
      build.results.last.flatMap { ($0.groups["positions"] ?? 0) > 0 ? (build.name, $0.comparedBytes) : nil }
    }
    guard let smallest = sizes.min(by: { $0.1 < $1.1 }) else { return }
    let ratio = fixed(Double(ours.comparedBytes) / Double(smallest.1), 3)
    Swift.print("dictionary + postings + positions + lengths + keys: \(ratio) of the smallest (\(smallest.0))")
  }

  private func row(_ name: String, _ cells: [String]) {
    let width = 12
    let padded = cells.map { String(repeating: " ", count: max(1, width - $0.count)) + $0 }
    Swift.print(name + String(repeating: " ", count: max(1, 18 - name.count)) + padded.joined())
  }
}
