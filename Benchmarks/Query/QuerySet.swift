import TextSearch

/// Queries drawn from a collection, seeded: the words of one query come from one document.
struct QuerySet {
  /// In the order of the classes; classes without any query are not there.
  private(set) var groups: [(group: QueryClass, queries: [BenchmarkQuery])] = []

  static let seed: UInt64 = 42
  /// Documents looked at for each query wanted, at most.
  private static let patience = 20

  /// - Parameters:
  ///   - documents: texts of one field.
  ///   - index: the same documents with the folding recipe.
  ///   - count: distinct queries of a class, at most.
  ///   - only: the names of the classes that are kept; nil for all. The queries are the same as with all.
  init(_ documents: [Document], _ index: SearchIndex, count: Int, only: [String]? = nil) throws {
    var maker = QueryMaker(index, documents: documents.count)
    var random = SeededRandom(seed: QuerySet.seed)
    let wanted = QueryClass.allCases.filter { $0 != .barePair || QuerySet.isVietnamese(documents) }
    var found: [QueryClass: [BenchmarkQuery]] = [:]
    var known: [QueryClass: Set<String>] = [:]
    for _ in 0..<QuerySet.patience * count where wanted.contains(where: { found[$0, default: []].count < count }) {
      guard let document = documents.randomElement(using: &random) else { break }
      let words = try maker.words(of: document)
      for group in wanted where found[group, default: []].count < count {
        guard let query = maker.query(group, words, &random) else { continue }
        if known[group, default: []].insert(query.text).inserted { found[group, default: []].append(query) }
      }
    }
    for group in wanted where only?.contains(group.rawValue) ?? true {
      if let queries = found[group] { groups.append((group, queries)) }
    }
  }

  /// Whether most words of the first documents are Vietnamese.
  private static func isVietnamese(_ documents: [Document]) -> Bool {
    let analyzer = TextAnalyzer()
    var counts: [Language: Int] = [:]
    let step = max(1, documents.count / 100)
    for place in stride(from: 0, to: documents.count, by: step) {
      for field in documents[place].fields {
        for token in analyzer.tokens(of: String(field.text.prefix(2000))) { counts[token.language, default: 0] += 1 }
      }
    }
    return counts[.vietnamese, default: 0] > counts.values.reduce(0, +) / 2
  }

  var queries: [BenchmarkQuery] { groups.flatMap(\.queries) }
}
