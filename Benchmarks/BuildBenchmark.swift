import FTSInput
import TextSearch

/// Speed and memory of building an index.
enum BuildBenchmark {
  private static let runs = 3

  static func run(_ words: [String]) throws {
    var files = words
    if let peers = try takePeers(&files) {
      for file in files { try PeerBuildBenchmark(peers, corpus: file).run() }
      return
    }
    for file in files {
      let documents = try Corpus.read([file])
      try measure(documents, name: file)
      try measureFromFile(file)
    }
  }

  /// Removes `--peers FOLDER` and `--engines NAME,NAME` from the words; returns those peers, nil without `--peers`.
  private static func takePeers(_ words: inout [String]) throws -> InstalledPeers? {
    func take(_ name: String) throws -> String? {
      guard let index = words.firstIndex(of: name) else { return nil }
      try require(index + 1 < words.count, "\(name) needs a value")
      defer { words.removeSubrange(index...index + 1) }
      return words[index + 1]
    }
    let engines = try take("--engines")?.split(separator: ",").map(String.init)
    guard let folder = try take("--peers") else { return nil }
    return try InstalledPeers(folder, engines: engines)
  }

  /// Measures builds of documents in memory: with one thread, with two, and two builds of one thread in parallel.
  static func measure(_ documents: [Document], name: String) throws {
    let setups: [(String, IndexOptions)] = [
      ("full", IndexOptions()),
      (
        "folding, no stored text",
        IndexOptions(analyzer: AnalyzerOptions(preset: .folding), storedFields: [], keepsPairs: false)
      ),
    ]
    for (label, options) in setups {
      let build = Build(documents, options)
      // In turns, so that other load of the machine affects all of them.
      var (one, two, pair) = (Double.infinity, Double.infinity, Double.infinity)
      for _ in 0..<runs {
        one = min(one, try build.seconds(threads: 1))
        two = min(two, try build.seconds(threads: 2))
        pair = min(pair, try build.secondsOfTwo())
      }
      let megabytes = Double(build.bytes) / 1e6
      print(
        "build \(name) \(label): \(fixed(megabytes / one, 1)) MB/s, \(build.size) bytes; "
          + "\(fixed(megabytes / build.processorSeconds, 1)) MB a second of processor time")
      print("  stages, one thread: \(build.stages)")
      print(
        "  2 threads: \(fixed(megabytes / two, 1)) MB/s; two builds side by side: \(fixed(2 * megabytes / pair, 1)) MB/s "
          + "together; ratio \(fixed(pair / (2 * two), 2))")
    }
  }

  /// Measures builds with the default options from JSON lines, with one thread.
  private static func measureFromFile(_ file: String) throws {
    var best = (seconds: Double.infinity, line: "")
    for _ in 0..<runs {
      let folder = try ScratchFolder()
      let writer = try IndexWriter(folder.path)
      var reader = try DocumentReader([file])
      var adding: UInt64 = 0
      let start = SystemCalls.nanoseconds()
      try reader.read { (document) throws(SearchError) in
        let start = SystemCalls.nanoseconds()
        try writer.add(document)
        adding += SystemCalls.nanoseconds() - start
      }
      let read = SystemCalls.nanoseconds() - start - adding
      try writer.commit()
      let seconds = Double(SystemCalls.nanoseconds() - start) / 1e9
      let speed = fixed(Double(reader.report.textBytes) / 1e6 / seconds, 1)
      let line =
        "build \(file) full, from JSON lines: \(speed) MB/s\n  stages: read \(milliseconds(read)), \(stages(writer.times))"
      if seconds < best.seconds { best = (seconds, line) }
    }
    print(best.line)
  }

  /// Measures the peak memory of one build with a memory budget, from files. The process does nothing else before.
  static func measureMemory(_ words: [String]) throws {
    guard words.count >= 3, let budget = Int(words[0]), let threads = Int(words[1]), budget > 0 else {
      throw WrongAnswer(description: "memory takes a budget in MiB, a number of threads and files")
    }
    let before = SystemCalls.peakMemory()
    let folder = try ScratchFolder()
    let writer = try IndexWriter(folder.path, options: IndexOptions(memoryBudget: budget << 20, threads: threads))
    var reader = try DocumentReader(Array(words.dropFirst(2)))
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    let summary = try writer.commit()
    print(
      "budget \(budget) MiB, threads \(threads): peak memory \(SystemCalls.peakMemory() >> 20) MiB, of which "
        + "\(before >> 20) before the build; \(summary.segments) segments")
  }

  /// Returns the times of the stages in ms as text.
  static func stages(_ times: BuildTimes) -> String {
    "analyse \(milliseconds(times.analyze)), invert \(milliseconds(times.invert)), sort \(milliseconds(times.sort)), "
      + "encode \(milliseconds(times.encode)), write \(milliseconds(times.write)) ms"
  }

  private static func milliseconds(_ nanoseconds: UInt64) -> String { String(nanoseconds / 1_000_000) }
}

/// Repeated builds of the same documents with the same options but for the threads.
private final class Build: @unchecked Sendable {
  // Safe because: the documents and options do not change; the results are written by one thread at a time.
  private let documents: [Document]
  private let options: IndexOptions
  /// UTF-8 bytes of all fields.
  let bytes: Int
  /// Bytes of the index.
  private(set) var size = 0
  /// Times of the stages of the fastest build with one thread.
  private(set) var stages = ""
  /// Processor time of the fastest build with one thread, in seconds.
  private(set) var processorSeconds = Double.infinity
  private var best = Double.infinity

  init(_ documents: [Document], _ options: IndexOptions) {
    self.documents = documents
    self.options = options
    bytes = documents.reduce(0) { $0 + $1.textBytes }
  }

  /// Builds once; returns the seconds.
  ///
  /// - Throws: ``WrongAnswer`` if documents are missing or the size differs from that of the build before.
  func seconds(threads: Int) throws -> Double {
    let folder = try ScratchFolder()
    var options = options
    options.threads = threads
    let start = SystemCalls.nanoseconds()
    let startOfWork = SystemCalls.processorNanoseconds()
    let writer = try IndexWriter(folder.path, options: options)
    for document in documents { try writer.add(document) }
    let summary = try writer.commit()
    let seconds = Double(SystemCalls.nanoseconds() - start) / 1e9
    let work = Double(SystemCalls.processorNanoseconds() - startOfWork) / 1e9
    try require(summary.documents == documents.count, "\(summary.documents) documents in the index")
    try require(size == 0 || size == summary.bytes, "\(summary.bytes) bytes with \(threads) threads, not \(size)")
    size = summary.bytes
    if threads == 1, seconds < best {
      best = seconds
      processorSeconds = work
      stages = BuildBenchmark.stages(writer.times)
    }
    return seconds
  }

  /// Runs two builds of one thread each in parallel; returns the seconds until both are done.
  func secondsOfTwo() throws -> Double {
    let start = SystemCalls.nanoseconds()
    let other = SystemCalls.startThread { _ = try? Build(self.documents, self.options).seconds(threads: 1) }
    _ = try Build(documents, options).seconds(threads: 1)
    try require(other != nil, "no second thread")
    if let other { SystemCalls.join(other) }
    return Double(SystemCalls.nanoseconds() - start) / 1e9
  }
}

/// The documents of input files, in memory.
enum Corpus {
  /// Returns the documents of a file without their attributes.
  static func texts(_ file: String) throws -> [Document] {
    var reader = try DocumentReader([file])
    var documents: [Document] = []
    try reader.read { document in documents.append(Document(key: document.key, fields: document.fields)) }
    return documents
  }

  static func read(_ inputs: [String]) throws -> [Document] {
    var reader = try DocumentReader(inputs)
    var documents: [Document] = []
    try reader.read { document in documents.append(document) }
    return documents
  }
}

/// A temporary folder of an index; its files are removed with this object.
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
