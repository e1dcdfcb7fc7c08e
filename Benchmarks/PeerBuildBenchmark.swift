import Foundation
import TextSearch

/// Build times of ours and the peers, their rounds interleaved, each engine in its own process.
///
/// Like the peers, ours folds, stores no text and writes one field and one segment with one thread, from documents in
/// memory.
struct PeerBuildBenchmark {
  static let rounds = 3

  private let peers: InstalledPeers
  private let corpus: String
  private let documents: [Document]
  private let bytes: Int
  private let scratch = Scratch()

  init(_ peers: InstalledPeers, corpus: String) throws {
    self.peers = peers
    self.corpus = corpus
    let read = try Corpus.read([corpus])
    bytes = read.reduce(0) { $0 + $1.textBytes }
    documents = read.map { document in
      let text = document.fields.map(\.text).joined(separator: "\n")
      return Document(key: document.key, fields: [Document.Field("text", text)])
    }
  }

  func run() throws {
    print("\nbuild beside the peers: \(corpus), \(documents.count) documents, \(bytes) bytes of title and body")
    let running = try startPeers()
    var builds = [Builds(name: "ours")]
    builds += running.map { Builds(name: $0.peer.name + " " + ($0.peer.version ?? "")) }
    for _ in 0..<PeerBuildBenchmark.rounds {
      builds[0].results.append(try OurBuild(documents, plain: true).result)
      for (index, peer) in running.enumerated() {
        builds[index + 1].results.append(try peer.process.request("build", as: BuildResult.self))
      }
    }
    for build in builds { try check(build) }
    BuildTable(builds, bytes: bytes).print()
    try PeerCounts(documents, seed: 42).compare(running.map(\.peer), peers) { folder(of: $0) }
  }

  /// A peer and its driver, the documents in its memory.
  private struct Running {
    let peer: InstalledPeers.Peer
    let process: PeerProcess
  }

  /// Starts every installed peer. Blocks until all have read their documents.
  private func startPeers() throws -> [Running] {
    var running: [Running] = []
    for peer in peers.peers {
      guard peer.driver != nil else {
        print("\(peer.name): missing, \(peer.missing ?? "no reason given")")
        continue
      }
      let process = try peers.start(peer, ["index", corpus, folder(of: peer), "--serve"])
      _ = try process.next(Ready.self)
      running.append(Running(peer: peer, process: process))
    }
    return running
  }

  /// The line that a driver writes once it has read its documents.
  private struct Ready: Decodable { let event: String }

  private func folder(of peer: InstalledPeers.Peer) -> String { scratch.path + "/" + peer.name }

  /// Asserts that all builds have read the same documents.
  private func check(_ builds: Builds) throws {
    for result in builds.results {
      try require(result.documents == documents.count, "\(builds.name): \(result.documents) documents")
      try require(result.bytes == bytes, "\(builds.name) has read \(result.bytes) bytes")
    }
  }
}
