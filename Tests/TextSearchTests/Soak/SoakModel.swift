import TestSupport

@testable import TextSearch

/// What an index is to hold at one moment: documents as sets of words that find nothing but themselves.
struct SoakModel: Sendable {
  struct Entry: Sendable {
    /// Rises with every document written: the title shows which version of a key was found.
    let serial: Int
    let words: Set<Int>
    let part: Int

    /// No number by itself: those may be words of the documents.
    var title: String { "v\(serial)" }
  }

  /// No two of them share a list: other stems, no two spellings of a Vietnamese key.
  static let words = [
    "diplomatie", "soleil", "maison", "fleuve", "montagne", "journal", "festival", "hôpital", "théâtre", "février",
    "đối", "ngoại", "nước", "người", "tiếng", "việt", "hữu", "nghị", "phố", "đường", "2025", "1954", "российский",
    "ελλάδα",
  ]
  /// Those that only score beside other words.
  static let stopWords: Set<Int> = [words.firstIndex(of: "người") ?? -1]
  static let parts = 6

  var entries: [String: Entry] = [:]

  static func document(_ key: String, _ entry: Entry) -> Document {
    let body = entry.words.sorted().map { words[$0] }.joined(separator: " ")
    return Document(key: key, title: entry.title, body: body, attributes: ["part": "p\(entry.part)"])
  }

  /// A query of an index: some words, any or all of them, in one part or all.
  struct Request: Sendable {
    let words: Set<Int>
    let needsAll: Bool
    let part: Int?

    init(_ random: inout SeededRandom) {
      var words: Set<Int> = []
      for _ in 0..<random.integer(1...3) { words.insert(random.integer(0...SoakModel.words.count - 1)) }
      self.words = words
      needsAll = random.integer(0...2) == 0
      part = random.integer(0...3) == 0 ? random.integer(0...SoakModel.parts - 1) : nil
    }

    var text: String { words.sorted().map { SoakModel.words[$0] }.joined(separator: " ") }

    func matches(_ entry: Entry) -> Bool {
      guard part == nil || part == entry.part else { return false }
      if needsAll { return words.isSubset(of: entry.words) }
      let content = words.subtracting(SoakModel.stopWords)
      return !(content.isEmpty ? words : content).isDisjoint(with: entry.words)
    }
  }

  /// What is wrong with an answer; nil if all is well.
  func problem(_ request: Request, in index: SearchIndex, limit: Int) throws -> String? {
    let filter = request.part.map { AttributeFilter.equals("part", .keyword("p\($0)")) }
    let results = try index.search(
      request.text,
      SearchOptions(limit: limit, requiresAllWords: request.needsAll, makesSnippets: limit < 20, filter: filter))
    let expected = entries.count { request.matches($0.value) }
    guard results.total == expected else { return "\(results.total ?? -1) found, not \(expected)" }
    guard results.hits.count == min(limit, expected) else { return "\(results.hits.count) hits of \(expected)" }
    for hit in results.hits {
      guard let entry = entries[hit.key] else { return "\(hit.key) is not in the index" }
      guard request.matches(entry) else { return "\(hit.key) does not match" }
      guard hit.title == entry.title else { return "\(hit.key) is \(hit.title ?? ""), not \(entry.title)" }
    }
    for (a, b) in zip(results.hits, results.hits.dropFirst()) {
      guard a.score > b.score || a.score == b.score && a.key < b.key else { return "\(a.key) before \(b.key)" }
    }
    return nil
  }
}
