import TextSearch

/// One build of an engine, as reported by the driver of a peer.
struct BuildResult: Decodable {
  let documents: Int
  /// UTF-8 bytes of titles and bodies.
  let bytes: Int
  let buildSeconds: Double
  let mergeSeconds: Double
  /// Processor time of the build in seconds, all threads of the process: less affected by other load than the clock.
  let cpuSeconds: Double
  let segments: Int
  let indexBytes: Int
  /// Bytes of the index by group: those of `compared`, and `other`.
  let groups: [String: Int]

  /// Groups that are compared: what every engine needs to answer phrase queries, and the keys.
  static let compared = ["dictionary", "postings", "positions", "lengths", "keys"]
  private static let groupOfSection = [
    "terms": "dictionary", "term index": "dictionary", "postings": "postings", "blocks": "postings",
    "positions": "positions", "lengths": "lengths", "field lengths": "lengths", "keys": "keys",
  ]

  /// - Parameters:
  ///   - bytes: UTF-8 bytes of titles and bodies.
  ///   - seconds: time of the build and of the merge by the clock, and processor time of the build.
  ///   - sections: bytes of the sections of the index.
  init(
    ours summary: IndexSummary, bytes: Int, seconds: (build: Double, merge: Double, cpu: Double),
    sections: [(name: String, bytes: Int)]
  ) {
    documents = summary.documents
    self.bytes = bytes
    buildSeconds = seconds.build
    mergeSeconds = seconds.merge
    cpuSeconds = seconds.cpu
    segments = summary.segments
    indexBytes = summary.bytes
    var groups: [String: Int] = [:]
    for section in sections { groups[BuildResult.groupOfSection[section.name] ?? "other", default: 0] += section.bytes }
    groups["other", default: 0] += summary.bytes - groups.values.reduce(0, +)
    self.groups = groups
  }

  /// Bytes of the compared groups.
  var comparedBytes: Int { BuildResult.compared.reduce(0) { $0 + (groups[$1] ?? 0) } }
}

/// All builds of one engine.
struct Builds {
  let name: String
  var results: [BuildResult] = []

  /// Median processor time in seconds.
  var cpu: Double { median(results.map(\.cpuSeconds)) }
  /// Returns the median speed in MB/s.
  func speed(_ bytes: Int) -> Double { Double(bytes) / 1e6 / median(results.map(\.buildSeconds)) }
}

/// Returns the median of values; the upper one of an even number. There must be at least one.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
