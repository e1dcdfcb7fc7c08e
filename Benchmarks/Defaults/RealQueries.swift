import TextSearch

/// Queries that people typed: a sample of those of a retrieval set.
struct RealQueries {
  /// Name of the set.
  let name: String
  let queries: [BenchmarkQuery]

  static let seed: UInt64 = 42

  /// Number of queries drawn from each set.
  private static let count = 750

  /// Removes `--sets FOLDER,...` and `--queries N` from the words; returns the queries of these sets.
  static func take(_ words: inout OptionWords) throws -> [RealQueries] {
    guard let folders = try words.value(of: "--sets")?.split(separator: ",").map(String.init) else {
      throw WrongAnswer(description: "--sets FOLDER,... is needed, with queries.tsv in each folder")
    }
    let count = try words.number(of: "--queries") ?? RealQueries.count
    return try folders.map { try RealQueries($0, count: count) }
  }

  /// Draws from `queries.tsv` in the folder of a set; the judgements are not read.
  ///
  /// - Parameters:
  ///   - folder: the folder of the set.
  ///   - count: maximum number of queries, all different, each of at least one word.
  init(_ folder: String, count: Int) throws {
    var random = SeededRandom(seed: RealQueries.seed)
    let texts = try RetrievalSet.rows(folder + "/queries.tsv").filter { $0.count == 2 }.map { $0[1] }
    self.init(
      folder.split(separator: "/").last.map(String.init) ?? folder,
      RealQueries.distinct(texts.shuffled(using: &random), count: count))
    try require(!queries.isEmpty, "no queries in \(folder)")
  }

  init(_ name: String, _ texts: [String]) {
    self.name = name
    queries = texts.map { BenchmarkQuery(group: .real, text: $0, frequencies: []) }
  }

  /// Returns the first different texts that have a word.
  private static func distinct(_ texts: [String], count: Int) -> [String] {
    let analyzer = TextAnalyzer()
    var found: [String] = []
    var seen: Set<String> = []
    for text in texts where found.count < count && seen.insert(text).inserted && analyzer.countTokens(of: text) > 0 {
      found.append(text)
    }
    return found
  }
}
