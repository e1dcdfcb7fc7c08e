import Foundation

/// A peer, in a process of its own: it takes the times itself.
final class PeerQueries: QueryEngine {
  let name: String
  let overhead: UInt64
  let index: BuildResult
  private let process: PeerProcess

  /// Processor seconds of queries before the first that counts: what the compiler of a Java machine needs, and a little
  /// for the others.
  private static let warmUp = (java: 30, other: 1)
  /// Rows sent at once: they and their answers wait in the pipes, so that the engine goes from one to the next.
  private static let rowsAtOnce = 64

  /// Builds the index, then starts the process that answers.
  init(_ peer: InstalledPeers.Peer, _ peers: InstalledPeers, corpus: String, folder: String, warmUp: [BenchmarkQuery])
    throws
  {
    name = peer.name
    index = try peers.start(peer, ["index", corpus, folder]).next(BuildResult.self)
    let file = folder + ".queries.tsv"
    try Data(warmUp.enumerated().map(PeerQueries.row).joined().utf8).write(to: URL(fileURLWithPath: file))
    let seconds = peer.name == "lucene" ? PeerQueries.warmUp.java : PeerQueries.warmUp.other
    process = try peers.start(peer, ["query", folder, file, "--serve", "--warm-up", "\(seconds)"])
    overhead = try PeerQueries.waitUntilReady(process)
  }

  private struct Event: Decodable {
    let event: String?
    let nsMedian: UInt64?
  }

  /// Gives the nanoseconds of a search that finds nothing.
  private static func waitUntilReady(_ process: PeerProcess) throws -> UInt64 {
    var overhead: UInt64 = 0
    while true {
      let event = try process.next(Event.self)
      if event.event == "overhead" { overhead = event.nsMedian ?? 0 }
      if event.event == "ready" { return overhead }
    }
  }

  private static func row(_ number: Int, _ query: BenchmarkQuery) -> String {
    "\(number)\t\(query.group.rawValue)\t\(query.kind.rawValue)\t\(query.text)\n"
  }

  private struct Answer: Decodable {
    let ns: [UInt64]?
    let total: Int?
    let exact: Bool?
    let keys: [String]?
    let scores: [Float]?

    /// Nil for a query that the engine cannot answer.
    var answer: QueryAnswer? {
      guard let time = ns?.first else { return nil }
      return QueryAnswer(
        nanoseconds: time, total: total, isExact: exact ?? false, keys: keys ?? [], scores: scores ?? [])
    }
  }

  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?] {
    var answers: [QueryAnswer?] = []
    for start in stride(from: 0, to: queries.count, by: PeerQueries.rowsAtOnce) {
      let part = queries[start..<min(queries.count, start + PeerQueries.rowsAtOnce)]
      try process.send(part.enumerated().map(PeerQueries.row).joined())
      for _ in part { answers.append(try process.next(Answer.self).answer) }
    }
    return answers
  }
}
