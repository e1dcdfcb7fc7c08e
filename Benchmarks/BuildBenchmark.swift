import FTSInput
import TextSearch

/// How fast the builder is.
enum BuildBenchmark {
  static func run(_ words: [String]) throws {
    var files = words
    if let peers = try takePeers(&files) {
      for file in files { try PeerBuildBenchmark(peers, corpus: file).run() }
      return
    }
    for file in files {
      let documents = try Corpus.read([file])
      try measure(documents, name: file)
    }
  }

  /// Takes `--peers FOLDER` and `--engines NAME,NAME` out of the words.
  private static func takePeers(_ words: inout [String]) throws -> InstalledPeers? {
    func take(_ name: String) throws -> String? {
      guard let place = words.firstIndex(of: name) else { return nil }
      try require(place + 1 < words.count, "\(name) needs a value")
      defer { words.removeSubrange(place...place + 1) }
      return words[place + 1]
    }
    let engines = try take("--engines")?.split(separator: ",").map(String.init)
    guard let folder = try take("--peers") else { return nil }
    return try InstalledPeers(folder, engines: engines)
  }

  static func measure(_ documents: [Document], name: String) throws {
    let bytes = documents.reduce(0) { $0 + $1.fields.reduce(0) { $0 + $1.text.utf8.count } }
    let setups: [(String, IndexOptions)] = [
      ("full", IndexOptions()),
      ("folding, no stored text", IndexOptions(analyzer: AnalyzerOptions(recipe: .folding), storedFields: [])),
    ]
    for (label, options) in setups {
      let folder = try ScratchFolder()
      var summary: IndexSummary?
      let seconds = try fastest(of: 3) {
        let writer = try IndexWriter(folder.path, options: options)
        for document in documents { try writer.add(document) }
        summary = try writer.commit()
      }
      try require(summary?.documents == documents.count, "\(summary?.documents ?? 0) documents in the index")
      let speed = fixed(Double(bytes) / 1e6 / seconds, 1)
      print(
        "build \(name) \(label): \(speed) MB/s, \(summary?.bytes ?? 0) bytes, peak memory "
          + "\(SystemCalls.peakMemory() >> 20) MiB")
    }
  }
}

/// Documents of JSON lines, in memory.
enum Corpus {
  static func read(_ inputs: [String]) throws -> [Document] {
    var reader = try DocumentReader(inputs)
    var documents: [Document] = []
    try reader.read { document in documents.append(document) }
    return documents
  }
}

/// A folder for an index that is to be thrown away.
final class ScratchFolder {
  let path: String

  init() throws(SearchError) {
    let base = SystemCalls.environment("TMPDIR") ?? "/tmp"
    path = "\(base)/fts-bench-\(UInt64.random(in: .min ... .max))"
    try SystemCalls.makeFolder(path)
  }

  deinit {
    for name in (try? SystemCalls.names(in: path)) ?? [] { try? SystemCalls.remove(path + "/" + name) }
    try? SystemCalls.removeFolder(path)
  }
}
