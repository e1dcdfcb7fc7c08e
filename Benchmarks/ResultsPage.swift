import Foundation

/// `RESULTS.md`: the tables and drawings of `fts-bench all`. The handwritten text under the last heading is kept.
struct ResultsPage {
  /// The output of one benchmark.
  struct Section {
    let title: String
    let command: String
    let text: String
    let plots: [String]
  }

  /// Heading of the handwritten part, which ends the page.
  static let handwritten = "## What each optimisation gave"

  private let sections: [Section]
  private let peers: [InstalledPeers.Peer]

  init(_ sections: [Section], peers: [InstalledPeers.Peer]) {
    self.sections = sections
    self.peers = peers
  }

  /// Writes the page with the handwritten part of the previous one.
  func write(to path: String) throws {
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let kept = before.range(of: ResultsPage.handwritten).map { String(before[$0.lowerBound...]) }
    let page = generated + (kept ?? ResultsPage.handwritten + "\n")
    try page.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Replaces these sections of a page and keeps the others. A new section goes before the first later one.
  ///
  /// - Parameter order: titles of all sections in their order.
  func update(_ path: String, order: [String]) throws {
    guard let before = try? String(contentsOfFile: path, encoding: .utf8) else { return try write(to: path) }
    try updated(before, order: order).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Returns a page with these sections in it.
  func updated(_ page: String, order: [String]) -> String {
    let end = page.range(of: ResultsPage.handwritten)?.lowerBound ?? page.endIndex
    // The first part is the head; each of the others begins with its title.
    var parts = page[..<end].components(separatedBy: "\n## ")
    for section in sections {
      let text = String(block(of: section).joined(separator: "\n").dropFirst("## ".count))
      let later = Set(order.drop { $0 != section.title })
      func title(_ part: String) -> String { String(part.prefix { $0 != "\n" }) }
      if let index = parts.dropFirst().firstIndex(where: { title($0) == section.title }) {
        parts[index] = text
      } else if let index = parts.dropFirst().firstIndex(where: { later.contains(title($0)) }) {
        parts.insert(text, at: index)
      } else {
        parts.append(text)
      }
    }
    return parts.map { $0.trimmingCharacters(in: .newlines) }.joined(separator: "\n\n## ") + "\n\n" + page[end...]
  }

  private var generated: String {
    var lines = [
      "# Results", "",
      "One run of `swift run -c release fts-bench all --peers .build/peers DATA` (`Benchmarks/peers/install` makes the",
      "peers' folder; DATA holds `bench/*.jsonl` and `ir/*`). \(Machine.description).", "",
      "Peers: \(peers.map(ResultsPage.name).joined(separator: "; ")).", "",
      "Compare ratios within a table, not times: the machine has other load. `ours` analyses as the peers do (folding, one",
      "field, no word weights, no pairs); `ours, full` is the default: languages, spellings, forms, stop-word weights,",
      "adjacency. Both count all matches exactly, as Tantivy does, whose wheel scores every match. `ours, uncounted` returns",
      "the hits of `ours` without counting, as PISA does; Lucene counts up to a thousand. Prefixes have a constant score in",
      "Lucene and Tantivy, BM25 in ours. A section whose text names another machine, date or commit was measured anew.",
      "",
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
