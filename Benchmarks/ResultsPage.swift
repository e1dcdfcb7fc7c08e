import Foundation

/// `RESULTS.md`: the tables and drawings of a full run. What people have written under the last heading stays.
struct ResultsPage {
  struct Section {
    let title: String
    let command: String
    let text: String
    let plots: [String]
  }

  /// From this heading on the page is written by hand.
  static let handwritten = "## What each optimisation gave"

  private let sections: [Section]
  private let peers: [InstalledPeers.Peer]

  init(_ sections: [Section], peers: [InstalledPeers.Peer]) {
    self.sections = sections
    self.peers = peers
  }

  /// Writes the page; keeps the handwritten part of the one before.
  func write(to path: String) throws {
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let kept = before.range(of: ResultsPage.handwritten).map { String(before[$0.lowerBound...]) }
    let page = generated + (kept ?? ResultsPage.handwritten + "\n")
    try page.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private var generated: String {
    var lines = [
      "# Results", "",
      "One run of `swift run -c release fts-bench all --peers .build/peers DATA` (`Benchmarks/peers/install` makes the",
      "peers' folder; DATA holds `bench/*.jsonl` and `ir/*`). \(Machine.description).", "",
      "Peers: \(peers.map(ResultsPage.name).joined(separator: "; ")).", "",
      "Ratios within a table are what counts; the machine does other things too. `ours` analyses as the peers do (folding,",
      "one field, every word alike, no filters of neighbours); `ours, full` is the default: languages, spellings, forms, stop",
      "words weighted, neighbours counted. Both count all matches exactly, as Tantivy does, whose wheel scores every match.",
      "`ours, uncounted` gives the same hits as `ours` without counting, as PISA does; Lucene counts up to a thousand. Prefixes",
      "have a constant score in Lucene and Tantivy, BM25 in ours.", "",
    ]
    for section in sections { lines += block(of: section) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func block(of section: Section) -> [String] {
    var lines = ["## \(section.title)", "", "    fts-bench \(section.command)", "", "```"]
    lines += section.text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    lines += ["```", ""]
    for plot in section.plots { lines += ["![\(section.title)](\(plot))", ""] }
    return lines
  }

  private static func name(_ peer: InstalledPeers.Peer) -> String {
    guard peer.driver != nil else { return "\(peer.name): missing, \(peer.missing ?? "no reason given")" }
    return "\(peer.name) \(peer.version ?? "")"
  }
}
