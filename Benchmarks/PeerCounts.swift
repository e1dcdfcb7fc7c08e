import Foundation
import TextSearch

/// Tokens, distinct words and document frequencies of the same documents in all engines.
///
/// Figures of engines that tokenize differently cannot be compared; these counts show how much they differ.
struct PeerCounts {
  private static let sampleSize = 200

  private var tokens = 0
  /// Documents that contain a word.
  private var frequencies: [String: Int] = [:]
  /// Words whose document frequencies are compared.
  private var sample: [String] = []

  /// Counts with the analyzer, not from an index, and draws the sample.
  init(_ documents: [Document], seed: UInt64) {
    let analyzer = TextAnalyzer(AnalyzerOptions(preset: .folding))
    for document in documents {
      let keys = document.fields.flatMap { analyzer.tokens(of: $0.text).map(\.key) }
      tokens += keys.count
      for key in Set(keys) { frequencies[key, default: 0] += 1 }
    }
    var state = seed
    let words = frequencies.keys.sorted()
    for _ in 0..<min(PeerCounts.sampleSize, words.count) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      sample.append(words[Int(state >> 33) % words.count])
    }
  }

  /// The counts that a driver reports.
  private struct Counts: Decodable {
    let documents: Int
    /// Nil if the engine does not report it.
    let tokens: Int?
    let terms: Int?
    let documentFrequencies: [String: Int]
  }

  /// Prints the counts of some peers and the words of the sample that differ.
  ///
  /// - Parameter folder: the folder of a peer's index.
  func compare(
    _ list: [InstalledPeers.Peer], _ peers: InstalledPeers, folder: (InstalledPeers.Peer) -> String
  ) throws {
    print("counts: ours \(tokens) tokens, \(frequencies.count) distinct words")
    let file = NSTemporaryDirectory() + "/fts-bench-words-\(UInt64.random(in: .min ... .max))"
    try Data(sample.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    for peer in list {
      let counts = try peers.start(peer, ["counts", folder(peer), file]).next(Counts.self)
      show(counts, of: peer)
    }
  }

  private func show(_ counts: Counts, of peer: InstalledPeers.Peer) {
    func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "unknown" }
    let words = Set(sample)
    let different = words.filter { counts.documentFrequencies[$0] != frequencies[$0] }.sorted()
    print(
      "  \(peer.name): \(text(counts.tokens)) tokens, \(text(counts.terms)) distinct words; of \(words.count) sampled words "
        + "\(words.count - different.count) are in as many documents")
    for word in different.prefix(12) {
      print("    \(word): ours \(frequencies[word] ?? 0), \(peer.name) \(text(counts.documentFrequencies[word]))")
    }
  }
}
