import FTSInput
import Foundation
import TextSearch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Retrieval quality on judged collections, as means over all judged queries: nDCG@10 (gain 2^grade - 1, discount
/// log2(rank + 1), ideal over all judged documents), MRR@10 and Recall@100 (relevant: grade of 1 or more).
enum QualityBenchmark {
  static func run(_ words: [String]) throws {
    var words = words
    var options = SearchOptions(reading: try readingOptions(&words))
    options.ranking.fieldWeights = try fieldWeights(&words)
    let folders = words.filter { !$0.hasPrefix("--") }
    if let flag = words.firstIndex(of: "--titles") {
      try require(flag + 1 < words.count, "--titles needs the beginning of keys, or ''")
      return try KnownItems.run(folders.filter { $0 != words[flag + 1] }, prefix: words[flag + 1], options)
    }
    var sets = try folders.map(RetrievalSet.init)
    if words.contains("--circumflex") { sets = sets.map(\.withoutTones) }
    if words.contains("--ablation") { return try QualityAblation.run(sets) }
    if words.contains("--mistyped") { return try MistypedQueries.run(sets, options) }
    for set in sets {
      let index = try QualityBenchmark.index([set], prefixed: false)
      for (label, queries) in set.queries {
        print(try evaluate(set, queries, in: index.0, prefix: "", options).row(set.name, label))
      }
      _ = index.1
    }
    guard words.contains("--mixed") else { return }
    let index = try QualityBenchmark.index(sets, prefixed: true)
    for set in sets {
      for (label, queries) in set.queries {
        print(
          try evaluate(set, queries, in: index.0, prefix: set.name + "/", options).row(set.name + " in mixed", label))
      }
    }
  }

  /// Removes each `--weight FIELD=NUMBER` from the words; returns the weights.
  private static func fieldWeights(_ words: inout [String]) throws -> [String: Float] {
    var weights: [String: Float] = [:]
    while let index = words.firstIndex(of: "--weight") {
      let parts = index + 1 < words.count ? words[index + 1].split(separator: "=") : []
      guard parts.count == 2, let weight = Float(parts[1]) else {
        throw WrongAnswer(description: "--weight needs a field and a number: title=2")
      }
      weights[String(parts[0])] = weight
      words.removeSubrange(index...index + 1)
    }
    return weights
  }

  /// Removes `--stop-words USE` and `--match STRICTNESS` from the words; returns the reading options.
  private static func readingOptions(_ words: inout [String]) throws -> ReadingOptions {
    var options = ReadingOptions()
    func take(_ name: String) throws -> String? {
      guard let index = words.firstIndex(of: name) else { return nil }
      try require(index + 1 < words.count, "\(name) needs a value")
      defer { words.removeSubrange(index...index + 1) }
      return words[index + 1]
    }
    if let name = try take("--stop-words") { options.stopWords = try choice(name) }
    if let use = try take("--correct") { options.replacesUnknownWords = use != "off" }
    if let weight = try take("--part").flatMap(Float.init) { options.weights.partOfDiacritics = weight }
    if let name = try take("--match") { options.strictness = try choice(name) }
    return options
  }

  private static func choice<Choice: RawRepresentable<String>>(_ name: String) throws -> Choice {
    guard let choice = Choice(rawValue: name) else { throw WrongAnswer(description: "unknown choice '\(name)'") }
    return choice
  }

  /// Builds an index of some sets with the default options.
  ///
  /// - Parameter prefixed: whether keys start with the name of their set.
  /// - Returns: the index, and its folder, which lives as long as that object.
  static func index(_ sets: [RetrievalSet], prefixed: Bool) throws -> (SearchIndex, ScratchFolder) {
    let folder = try ScratchFolder()
    let writer = try IndexWriter(folder.path)
    for set in sets {
      for var document in try Corpus.read([set.folder + "/corpus.jsonl"]) {
        if prefixed { document.key = set.name + "/" + document.key }
        try writer.add(document)
      }
    }
    try writer.commit()
    return (try SearchIndex(folder.path), folder)
  }

  /// Sums of the measures over queries.
  struct Figures {
    var ndcg = 0.0
    var reciprocalRank = 0.0
    var recall = 0.0
    var queries = 0

    /// Mean nDCG@10.
    var meanNDCG: Double { ndcg / Double(max(1, queries)) }

    func row(_ set: String, _ label: String) -> String {
      let count = Double(max(1, queries))
      return "\(set)\t\(label)\tnDCG@10 \(fixed(ndcg / count, 4))\tMRR@10 \(fixed(reciprocalRank / count, 4))\t"
        + "R@100 \(fixed(recall / count, 4))\tn=\(queries)"
    }
  }

  /// Evaluates the judged ones of some queries.
  ///
  /// - Parameters:
  ///   - prefix: what the keys of the set's documents start with; empty if the index holds no other set.
  ///   - depth: number of hits.
  ///   - query: what the words of a query are searched as.
  static func evaluate(
    _ set: RetrievalSet, _ queries: [(id: String, text: String)], in index: SearchIndex, prefix: String,
    _ options: SearchOptions, depth: Int = 100, as query: (String) -> Query = { .words($0) }
  ) throws -> Figures {
    var figures = Figures()
    var options = options
    options.limit = prefix.isEmpty ? depth : 10 * depth
    options.makesSnippets = false
    for (id, text) in queries {
      guard let grades = set.judgements[id] else { continue }
      figures.queries += 1
      let keys = try search(query(plainWords(text)), index, options)
      // In a mixed index only the set's own documents are judged.
      let own = prefix.isEmpty ? keys : keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
      add(own.prefix(100).map { grades[$0] ?? 0 }, grades, to: &figures)
    }
    return figures
  }

  /// Returns the keys of the hits; none for a query without words.
  private static func search(
    _ query: Query, _ index: SearchIndex, _ options: SearchOptions
  ) throws(SearchError) -> [String] {
    do {
      return try index.search(query, options).hits.map(\.key)
    } catch {
      if error == .emptyQuery { return [] }
      throw error
    }
  }

  /// Adds the measures of a query.
  ///
  /// - Parameters:
  ///   - ranked: grades of the hits, 0 for those not judged.
  ///   - grades: grades of all judged documents.
  private static func add(_ ranked: [Int], _ grades: [String: Int], to figures: inout Figures) {
    func gain(_ grade: Int) -> Double { Double((1 << grade) - 1) }
    var found = 0.0
    for (rank, grade) in ranked.prefix(10).enumerated() { found += gain(grade) / log2(Double(rank + 2)) }
    var ideal = 0.0
    for (rank, grade) in grades.values.sorted(by: >).prefix(10).enumerated() {
      ideal += gain(grade) / log2(Double(rank + 2))
    }
    if ideal > 0 { figures.ndcg += found / ideal }
    if let first = ranked.prefix(10).firstIndex(where: { $0 > 0 }) { figures.reciprocalRank += 1 / Double(first + 1) }
    let relevant = grades.values.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    figures.recall += Double(ranked.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }) / Double(max(1, relevant))
  }

  /// Returns a text without the characters that are operators of the query language.
  private static func plainWords(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "'" || scalar == "’"
            || scalar.properties.generalCategory == .nonspacingMark ? scalar : " "
        }))
  }
}

/// A retrieval collection with queries and relevance judgements.
struct RetrievalSet {
  let folder: String
  let name: String
  /// Queries with and without accents.
  private(set) var queries: [(label: String, queries: [(id: String, text: String)])]
  /// Grades by query id and document key.
  let judgements: [String: [String: Int]]

  init(_ folder: String) throws {
    self.folder = folder
    name = folder.split(separator: "/").last.map(String.init) ?? folder
    var judgements: [String: [String: Int]] = [:]
    for row in try RetrievalSet.rows(folder + "/qrels.tsv") where row.count == 3 {
      judgements[row[0], default: [:]][row[1]] = Int(row[2]) ?? 0
    }
    self.judgements = judgements
    var queries: [(label: String, queries: [(id: String, text: String)])] = []
    for (label, file) in [("accented", "queries.tsv"), ("folded", "queries.folded.tsv")] {
      let rows = try RetrievalSet.rows(folder + "/" + file)
      queries.append((label, rows.filter { $0.count == 2 }.map { (id: $0[0], text: $0[1]) }))
    }
    self.queries = queries
  }

  /// The set with queries as French texts write Vietnamese names: with circumflexes, without other diacritics.
  var withoutTones: RetrievalSet {
    func written(_ text: String) -> String {
      var written = ""
      for character in text.precomposedStringWithCanonicalMapping {
        let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
        let base = character == "đ" ? "d" : character == "Đ" ? "D" : Character(scalars[0])
        let hasCircumflex = scalars.contains("\u{302}")
        written.append(
          hasCircumflex ? Character((String(base) + "\u{302}").precomposedStringWithCanonicalMapping) : base)
      }
      return written
    }
    var set = self
    set.queries = queries.prefix(1).map { ("circumflex", $0.queries.map { ($0.id, written($0.text)) }) }
    return set
  }

  /// Returns the lines of a file, split at tabs.
  static func rows(_ path: String) throws -> [[String]] {
    let file = try SystemCalls.openForReading(path)
    defer { SystemCalls.close(file) }
    var bytes: [UInt8] = []
    while try SystemCalls.read(file, into: &bytes, count: 1 << 20, path: path) > 0 {}
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
