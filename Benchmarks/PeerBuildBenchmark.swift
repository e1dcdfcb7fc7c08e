import Foundation
import TextSearch

/// Building side by side: ours and the peers in one run, the rounds interleaved, each in its own process.
///
/// Ours folds, keeps no text, writes one field and one segment, with one thread, documents in memory: as the peers do.
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
    bytes = read.reduce(0) { $0 + $1.fields.reduce(0) { $0 + $1.text.utf8.count } }
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
      builds[0].results.append(try buildOurs())
      for (place, peer) in running.enumerated() {
        builds[place + 1].results.append(try peer.process.ask("build", as: BuildResult.self))
      }
    }
    for build in builds { try check(build) }
    BuildTable(builds, bytes: bytes).print()
    try PeerCounts(documents, seed: 42).compare(running.map(\.peer), peers) { folder(of: $0) }
  }

  private struct Running {
    let peer: InstalledPeers.Peer
    let process: PeerProcess
  }

  /// Starts every peer and waits until its documents are in memory.
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

  private struct Ready: Decodable { let event: String }

  private func folder(of peer: InstalledPeers.Peer) -> String { scratch.path + "/" + peer.name }

  private func check(_ builds: Builds) throws {
    for result in builds.results {
      try require(result.documents == documents.count, "\(builds.name): \(result.documents) documents")
      try require(result.bytes == bytes, "\(builds.name) has read \(result.bytes) bytes")
    }
  }

  private func buildOurs() throws -> BuildResult {
    let folder = try ScratchFolder()
    let options = IndexOptions(
      analyzer: AnalyzerOptions(preset: .folding), fields: ["text"], storedFields: [], memoryBudget: 2 << 30,
      keepsPairs: false)
    let clock = ContinuousClock()
    let start = clock.now
    let used = processorSeconds()
    let writer = try IndexWriter(folder.path, options: options)
    for document in documents { try writer.add(document) }
    let summary = try writer.commit()
    let seconds = (clock.now - start) / .seconds(1)
    let cpu = processorSeconds() - used
    let sections = try SearchIndex(folder.path).sectionSizes
    return BuildResult(ours: summary, bytes: bytes, seconds: seconds, cpu: cpu, sections: sections)
  }
}

/// Of this process; POSIX counts in millionths of a second.
private func processorSeconds() -> Double { Double(clock()) / 1e6 }
