import TextSearch

/// Queries with one typing error each, made with a seed: in one word of five letters or more, if there is one.
struct MistypedQueries {
  /// A kind of error.
  enum Kind: String, CaseIterable {
    case substitution, deletion, transposition
  }

  /// Minimum number of letters of the words that get an error.
  private static let minimumLetters = 5
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)

  /// Returns the queries with errors of one kind.
  static func make(
    _ queries: [(id: String, text: String)], _ kind: Kind, seed: UInt64
  ) -> [(id: String, text: String)] {
    var random = SeededRandom(seed: seed)
    return queries.map { ($0.id, mistyped($0.text, kind, &random)) }
  }

  private static func mistyped(_ text: String, _ kind: Kind, _ random: inout SeededRandom) -> String {
    let scalars = Array(text.unicodeScalars)
    let words = scalars.indices.split { !scalars[$0].properties.isAlphabetic }
    guard let word = words.filter({ $0.count >= minimumLetters }).randomElement(using: &random) else { return text }
    var letters = Array(scalars[word.startIndex..<word.endIndex])
    switch kind {
    case .substitution:
      let index = letters.indices.randomElement(using: &random) ?? 0
      let others = alphabet.filter { $0 != letters[index] }
      letters[index] = others.randomElement(using: &random) ?? letters[index]
    case .deletion: letters.remove(at: letters.indices.randomElement(using: &random) ?? 0)
    case .transposition:
      let unequal = letters.indices.dropLast().filter { letters[$0] != letters[$0 + 1] }
      if let index = unequal.randomElement(using: &random) { letters.swapAt(index, index + 1) }
    }
    return String(String.UnicodeScalarView(scalars[..<word.startIndex] + letters + scalars[word.endIndex...]))
  }

  /// Prints nDCG@10 of the queries of some sets as they are, and the difference with each kind of error: with unknown words
  /// replaced, which is the default, and as typed.
  static func run(_ sets: [RetrievalSet], _ options: SearchOptions) throws {
    print("nDCG@10; difference with one error a query: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    for set in sets {
      let index = try QualityBenchmark.index([set], prefixed: false)
      for (label, queries) in set.queries {
        for replaces in [true, false] {
          var options = options
          options.reading.replacesUnknownWords = replaces
          func ndcg(_ queries: [(id: String, text: String)]) throws -> Double {
            try QualityBenchmark.evaluate(set, queries, in: index.0, prefix: "", options, depth: 10).meanNDCG
          }
          let clean = try ndcg(queries)
          let losses = try Kind.allCases.enumerated().map { number, kind in
            try ndcg(make(queries, kind, seed: UInt64(7000 + number))) - clean
          }
          let row = losses.map { ($0 < 0 ? "" : "+") + fixed($0, 4) }.joined(separator: "  ")
          print("\(set.name)\t\(label)\t\(replaces ? "replaced" : "as typed")\t\(fixed(clean, 4))\t\(row)")
        }
      }
      _ = index.1
    }
  }
}
