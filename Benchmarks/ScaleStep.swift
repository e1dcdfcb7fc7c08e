import FTSInput
import Foundation
import TextSearch

/// Figures of one build of `fts-bench scale`, and of searches in its index.
struct ScaleStep: Codable {
  /// Sixteenths of the documents.
  let part: Int
  let threads: Int
  let documents: Int
  let textBytes: Int
  let buildSeconds: Double
  /// Peak memory of the process up to the end of the build, minus that before the build.
  let memoryBytes: Int
  let indexBytes: Int
  /// Median latency of each class of `QueryTimes`.
  let queryMicroseconds: [Double]
  /// Searches a second for each number of threads of `QueryThroughput.threads`.
  let searchesPerSecond: [Double]
  private(set) var machine = Machine.model
  private(set) var cores = Machine.cores
  private(set) var commit = Machine.commit
  private(set) var date = Machine.date

  var megabytes: Double { Double(textBytes) / 1e6 }

  /// Runs `scale-step FOLDER PART THREADS`: builds from `FOLDER/PART.jsonl` and prints the step as a line of JSON.
  static func run(_ words: [String]) throws {
    guard words.count == 3, let part = Int(words[1]), let threads = Int(words[2]) else {
      throw WrongAnswer(
        description: "scale-step takes a folder of parts, a number of sixteenths and a number of threads")
    }
    let folder = try ScratchFolder()
    let step = try ScaleStep(words[0], part: part, threads: threads, folder.path)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    print(String(decoding: try encoder.encode(step), as: UTF8.self))
  }

  private init(_ parts: String, part: Int, threads: Int, _ folder: String) throws {
    let before = SystemCalls.peakMemory()
    let start = SystemCalls.nanoseconds()
    let writer = try IndexWriter(folder, options: IndexOptions(threads: threads))
    var reader = try DocumentReader(["\(parts)/\(part).jsonl"])
    try reader.read { (document) throws(SearchError) in try writer.add(document) }
    let summary = try writer.commit()
    buildSeconds = Double(SystemCalls.nanoseconds() - start) / 1e9
    memoryBytes = SystemCalls.peakMemory() - before
    self.part = part
    self.threads = threads
    documents = summary.documents
    textBytes = reader.report.textBytes
    indexBytes = summary.bytes
    let times = try QueryTimes(try SearchIndex(folder), words: parts + "/1.jsonl")
    queryMicroseconds = times.medians
    searchesPerSecond = times.perSecond
  }
}

/// Latency and throughput of one index for a few classes of queries, without peers.
struct QueryTimes {
  private static let classes: [QueryClass] = [.medium, .or2, .and2, .question]
  static let names = classes.map(\.rawValue)
  private static let queries = 100
  private static let passes = 5

  /// Median latency of each class in microseconds.
  let medians: [Double]
  /// Searches a second of disjunctions of two words, by number of threads.
  let perSecond: [Double]

  /// Measures the queries drawn from `file`. It is the smallest part, which all others contain, so that every part is
  /// measured with the same queries.
  init(_ index: SearchIndex, words file: String) throws {
    let documents = try Corpus.read([file])
    // Document frequencies come from this file too, or every part would draw other queries.
    let set = try QuerySet(documents, OurQueries("words", documents, plain: true).index, count: QueryTimes.queries)
    func queries(_ group: QueryClass) -> [BenchmarkQuery] { set.groups.first { $0.group == group }?.queries ?? [] }
    medians = try QueryTimes.classes.map { group in
      let queries = queries(group)
      guard let search = OurQueries.search(group.kind, ReadingOptions()), !queries.isEmpty else { return 0 }
      let times = try queries.map { query in
        median(
          try (0..<QueryTimes.passes).map { _ in
            let start = SystemCalls.nanoseconds()
            let found = try search(index, query.text)
            let time = Double(SystemCalls.nanoseconds() - start) / 1000
            try require(!found.hits.isEmpty, "'\(query.text)' is not found")
            return time
          })
      }
      return median(times)
    }
    perSecond = try QueryThroughput.perSecond(index, queries(.or2).map(\.text))
  }
}
