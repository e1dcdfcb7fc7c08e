import TextSearch

/// Queries drawn from a collection with a seed; the words of a query come from one document.
struct QuerySet {
  /// Queries by class, in the order of the classes; those without any query are left out.
  private(set) var groups: [(group: QueryClass, queries: [BenchmarkQuery])] = []

  static let seed: UInt64 = 42
  /// Maximum number of documents drawn per wanted query.
  private static let drawsPerQuery = 20

  /// - Parameters:
  ///   - documents: documents of one field.
  ///   - index: an index of these documents with the analyzer preset `folding`.
  ///   - count: maximum number of distinct queries of a class.
  ///   - only: names of the classes that are kept; nil for all. It does not change which queries are drawn.
  init(_ documents: [Document], _ index: SearchIndex, count: Int, only: [String]? = nil) throws {
    var maker = QueryMaker(index, documents: documents.count)
    var random = SeededRandom(seed: QuerySet.seed)
    let wanted = QueryClass.drawn.filter { $0 != .pairWithoutDiacritics || QuerySet.isVietnamese(documents) }
    var found: [QueryClass: [BenchmarkQuery]] = [:]
    var seen: [QueryClass: Set<String>] = [:]
    for _ in 0..<QuerySet.drawsPerQuery * count where wanted.contains(where: { found[$0, default: []].count < count }) {
      guard let document = documents.randomElement(using: &random) else { break }
      let words = try maker.words(of: document)
      for group in wanted where found[group, default: []].count < count {
        guard let query = maker.query(group, words, &random) else { continue }
        if seen[group, default: []].insert(query.text).inserted { found[group, default: []].append(query) }
      }
    }
    for group in wanted where only?.contains(group.rawValue) ?? true {
      if let queries = found[group] { groups.append((group, queries)) }
    }
  }

  /// Whether most words of a sample of the documents are Vietnamese.
  private static func isVietnamese(_ documents: [Document]) -> Bool {
    let analyzer = TextAnalyzer()
    var counts: [Language: Int] = [:]
    let step = max(1, documents.count / 100)
    for index in stride(from: 0, to: documents.count, by: step) {
      for field in documents[index].fields {
        for token in analyzer.tokens(of: String(field.text.prefix(2000))) { counts[token.language, default: 0] += 1 }
      }
    }
    return counts[.vietnamese, default: 0] > counts.values.reduce(0, +) / 2
  }

  var queries: [BenchmarkQuery] { groups.flatMap(\.queries) }
}
