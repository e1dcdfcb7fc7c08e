import Foundation

/// BM25 written down a second time, as plainly as it can be and without anything of the engine: the judge of its
/// ranking.
///
/// score = sum over the query's words in order, repeated ones repeatedly, of idf x / (1 + x), where x = tf / K,
/// K = k1 (1 - b + b length / average), idf = ln(1 + (N - df + .5) / (df + .5)), k1 = 1.2, b = .75.
///
/// Documents without a word contribute neither to N nor to the average: they are of no language (`Ranking.md`, "The score").
struct ReferenceRanking {
  struct Document {
    var key: String
    var title: String
    var body: String
  }

  struct Hit {
    let key: String
    let score: Double
  }

  private static let k1 = 1.2
  private static let b = 0.75

  /// How often each word stands in each document.
  private let frequencies: [[String: Int]]
  private let lengths: [Int]
  private let keys: [String]
  private var documentFrequencies: [String: Int] = [:]
  /// N of the idf.
  private let population: Int
  private let averageLength: Double

  /// Of documents with one key the last is valid.
  ///
  /// - Parameter countsEmpty: documents without words count for the idf, as they do for words of no language.
  init(_ documents: [Document], countsEmpty: Bool = true) {
    var byKey: [String: Document] = [:]
    for document in documents { byKey[document.key] = document }
    let words = byKey.values.map { (key: $0.key, words: ReferenceRanking.words($0.title + " " + $0.body)) }
    keys = words.map(\.key)
    lengths = words.map(\.words.count)
    frequencies = words.map { $0.words.reduce(into: [:]) { counts, word in counts[word, default: 0] += 1 } }
    for document in frequencies { for word in document.keys { documentFrequencies[word, default: 0] += 1 } }
    let count = lengths.count { $0 > 0 }
    population = countsEmpty ? keys.count : count
    averageLength = Double(lengths.reduce(0, +)) / Double(max(1, count))
  }

  /// Runs of a to z.
  static func words(_ text: String) -> [String] {
    text.split { !("a"..."z").contains($0) }.map(String.init)
  }

  /// Documents that hold a word.
  func documentFrequency(_ word: String) -> Int { documentFrequencies[word] ?? 0 }

  /// All documents that hold any word of the query, or all of them, best first; equal scores in the order of keys.
  func search(_ query: String, all: Bool) -> [Hit] {
    let words = ReferenceRanking.words(query)
    var hits: [Hit] = []
    for document in keys.indices {
      let held = words.count { frequencies[document][$0] != nil }
      guard all ? held == words.count : held > 0 else { continue }
      let score = words.reduce(0.0) { $0 + part($1, document) }
      hits.append(Hit(key: keys[document], score: score))
    }
    return hits.sorted { a, b in
      a.score != b.score ? a.score > b.score : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
  }

  private func part(_ word: String, _ document: Int) -> Double {
    guard let frequency = frequencies[document][word], let holders = documentFrequencies[word] else { return 0 }
    let idf = log(1 + (Double(population - holders) + 0.5) / (Double(holders) + 0.5))
    let norm = 1 - ReferenceRanking.b + ReferenceRanking.b * Double(lengths[document]) / averageLength
    let x = Double(frequency) / (ReferenceRanking.k1 * norm)
    return idf * x / (1 + x)
  }
}
