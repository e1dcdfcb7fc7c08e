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
  /// replaced, which is the default, as typed, and with the corrected text (`SearchIndex.correction`) as the query; then of
  /// those alone in which the mistyped word is known, so that nothing is replaced.
  static func run(_ sets: [RetrievalSet], _ options: SearchOptions) throws {
    print("nDCG@10; difference with one error a query: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    for set in sets {
      let index = try QualityBenchmark.index([set], prefixed: false)
      for (label, queries) in set.queries {
        let mistyped = Kind.allCases.enumerated().map { number, kind in
          make(queries, kind, seed: UInt64(7000 + number))
        }
        for (use, replaces, corrects) in [
          ("replaced", true, false), ("as typed", false, false), ("corrected", true, true),
        ] {
          var options = options
          options.reading.replacesUnknownWords = replaces
          func meanNDCG(_ queries: [(id: String, text: String)]) throws -> Double {
            try ndcg(set, corrects ? corrected(queries, index.0) : queries, in: index.0, options)
          }
          let clean = try meanNDCG(queries)
          let losses = try mistyped.map { signed(try meanNDCG($0) - clean) }
          print("\(set.name)\t\(label)\t\(use)\t\(fixed(clean, 4))\t\(losses.joined(separator: "  "))")
        }
        let losses = try mistyped.map { try lossOfKnown(set, queries, mistyped: $0, in: index.0, options) }
        print("\(set.name)\t\(label)\tknown\t\t\(losses.joined(separator: "  "))")
      }
      _ = index.1
    }
  }

  private static func ndcg(
    _ set: RetrievalSet, _ queries: [(id: String, text: String)], in index: SearchIndex, _ options: SearchOptions
  ) throws -> Double {
    try QualityBenchmark.evaluate(set, queries, in: index, prefix: "", options, depth: 10).meanNDCG
  }

  private static func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + fixed(value, 4) }

  private static func corrected(
    _ queries: [(id: String, text: String)], _ index: SearchIndex
  ) throws -> [(id: String, text: String)] {
    try queries.map { ($0.id, try index.correction(of: $0.text)?.text ?? $0.text) }
  }

  /// Returns the difference of the mistyped queries in which all words are known, and their number.
  private static func lossOfKnown(
    _ set: RetrievalSet, _ queries: [(id: String, text: String)], mistyped: [(id: String, text: String)],
    in index: SearchIndex, _ options: SearchOptions
  ) throws -> String {
    let ordinals = try queries.indices.filter { number in
      guard set.judgements[queries[number].id] != nil, mistyped[number].text != queries[number].text else {
        return false
      }
      let options = SearchOptions(limit: 0, makesSnippets: false)
      return try index.search(.words(mistyped[number].text), options).replaced.isEmpty
    }
    let clean = try ndcg(set, ordinals.map { queries[$0] }, in: index, options)
    let loss = try ndcg(set, ordinals.map { mistyped[$0] }, in: index, options) - clean
    return "\(signed(loss)) (\(ordinals.count))"
  }
}
