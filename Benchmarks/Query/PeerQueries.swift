import Foundation

/// A peer in its own process, which measures the times itself.
final class PeerQueries: QueryEngine {
  let name: String
  let overhead: UInt64
  private let process: PeerProcess

  /// Processor time of warm-up queries in seconds: enough for the compiler of a Java virtual machine, a little for the
  /// other engines.
  private static let warmUp = (java: 30, other: 1)
  /// Number of queries sent at once: they and their answers fit the pipes, so that the engine does not wait in between.
  private static let rowsAtOnce = 64

  /// Starts the process that answers. Blocks until that has run its warm-up.
  ///
  /// - Parameters:
  ///   - folder: path of its index; the warm-up queries are written beside it.
  ///   - limit: number of hits of a search.
  init(
    _ peer: InstalledPeers.Peer, _ peers: InstalledPeers, folder: String, warmUp: [BenchmarkQuery], limit: Int = 10
  ) throws {
    name = limit == 10 ? peer.name : "\(peer.name), top \(limit)"
    let file = try PeerQueries.write(warmUp, beside: folder)
    let seconds = peer.name == "lucene" ? PeerQueries.warmUp.java : PeerQueries.warmUp.other
    process = try peers.start(
      peer, ["query", folder, file, "--serve", "--warm-up", "\(seconds)", "--k", "\(limit)"])
    overhead = try PeerQueries.waitUntilReady(process)
  }

  /// A line of the driver that is no answer.
  private struct Event: Decodable {
    let event: String?
    let nsMedian: UInt64?
  }

  /// Returns the nanoseconds of a search that finds nothing. Blocks until the driver is ready.
  private static func waitUntilReady(_ process: PeerProcess) throws -> UInt64 {
    var overhead: UInt64 = 0
    while true {
      let event = try process.next(Event.self)
      if event.event == "overhead" { overhead = event.nsMedian ?? 0 }
      if event.event == "ready" { return overhead }
    }
  }

  /// Writes queries as a file of the contract beside an index; returns its path.
  static func write(_ queries: [BenchmarkQuery], beside folder: String) throws -> String {
    let file = folder + ".queries.tsv"
    try Data(queries.enumerated().map(PeerQueries.row).joined().utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Returns a query as a row of the contract.
  private static func row(_ number: Int, _ query: BenchmarkQuery) -> String {
    "\(number)\t\(query.group.rawValue)\t\(query.kind.rawValue)\t\(query.text)\n"
  }

  /// An answer of the driver.
  private struct Answer: Decodable {
    let ns: [UInt64]?
    let total: Int?
    let exact: Bool?
    let keys: [String]?
    let scores: [Float]?

    /// The answer; nil for a query that the engine does not support.
    var answer: QueryAnswer? {
      guard let time = ns?.first else { return nil }
      return QueryAnswer(
        nanoseconds: time, total: total, isExact: exact ?? false, keys: keys ?? [], scores: scores ?? [])
    }
  }

  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?] {
    var answers: [QueryAnswer?] = []
    for start in stride(from: 0, to: queries.count, by: PeerQueries.rowsAtOnce) {
      let batch = queries[start..<min(queries.count, start + PeerQueries.rowsAtOnce)]
      try process.send(batch.enumerated().map(PeerQueries.row).joined())
      for _ in batch { answers.append(try process.next(Answer.self).answer) }
    }
    return answers
  }
}
