import TextSearch

/// Ours, in this process. What is timed is the search for keys and scores, the reading of the text included.
final class OurQueries: QueryEngine {
  typealias Search = (SearchIndex, String) throws(SearchError) -> RankedKeys

  let name: String
  let summary: IndexSummary
  let index: SearchIndex
  private(set) var overhead: UInt64 = 0
  private let folder: ScratchFolder
  private let reading: ReadingOptions
  /// Searches count all matches.
  private let counts: Bool

  /// The search of a kind of query: the one place to fill in as the engine learns more. Nil where it cannot answer yet.
  ///
  /// - Parameter counts: all matches are counted.
  static func search(_ kind: QueryKind, _ reading: ReadingOptions, counts: Bool = true) -> Search? {
    // Where stop words are kept words count one by one, as the peers' do.
    var options = SearchOptions(
      limit: 10, makesSnippets: false, reading: reading, adjacency: reading.stopWords == .keep ? .off : Adjacency())
    options.countsAll = counts
    func ranked(all: Bool) -> Search {
      options.requiresAllWords = all
      return { [options] (index, text) throws(SearchError) in try index.topHits(text, options) }
    }
    func tree(_ query: @escaping @Sendable (String) -> Query) -> Search {
      return { [options] (index, text) throws(SearchError) in try index.topHits(query(text), options) }
    }
    switch kind {
    case .term, .or: return ranked(all: false)
    case .and: return ranked(all: true)
    case .phrase: return tree { .phrase($0) }
    case .prefix: return tree { .prefix($0) }
    }
  }

  /// Builds one segment without stored text; plain without filters of pairs, which the peers do not have either.
  ///
  /// - Parameters:
  ///   - plain: with the recipe that folds, every word of the query counting alike; if not, all by default.
  ///   - reorders: compact it, documents that share words side by side.
  init(_ name: String, _ documents: [Document], plain: Bool, reorders: Bool = false) throws {
    self.name = name
    counts = true
    reading = plain ? ReadingOptions(stopWords: .keep) : ReadingOptions()
    folder = try ScratchFolder()
    let fields = documents.first?.fields.map(\.name) ?? []
    let options = IndexOptions(
      analyzer: plain ? AnalyzerOptions(preset: .folding) : AnalyzerOptions(), fields: fields, storedFields: [],
      memoryBudget: 4 << 30, keepsPairs: !plain)
    let writer = try IndexWriter(folder.path, options: options)
    for document in documents { try writer.add(document) }
    if reorders { try require(try writer.compact(reorder: true), "nothing to reorder") }
    summary = try writer.commit()
    index = try SearchIndex(folder.path)
    try require(summary.documents == documents.count, "\(name): \(summary.documents) of \(documents.count) documents")
    if summary.segments > 1 { print("\(name): \(summary.segments) segments, not one") }
    overhead = try measureOverhead()
  }

  /// Searches the index of another, without counting all matches.
  init(_ name: String, notCountingAs other: OurQueries) throws {
    self.name = name
    counts = false
    (reading, folder, summary, index) = (other.reading, other.folder, other.summary, other.index)
    overhead = try measureOverhead()
  }

  private func measureOverhead() throws -> UInt64 {
    guard let search = OurQueries.search(.term, reading, counts: counts) else { return 0 }
    let times = try (0..<1001).map { _ in try answer("zzzzzzzzzz", search).nanoseconds }
    return times.sorted()[500]
  }

  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?] {
    try queries.map { query in
      guard let search = OurQueries.search(query.kind, reading, counts: counts) else { return nil }
      return try answer(query.text, search)
    }
  }

  private func answer(_ text: String, _ search: Search) throws -> QueryAnswer {
    let start = SystemCalls.nanoseconds()
    let found = try search(index, text)
    let end = SystemCalls.nanoseconds()
    return QueryAnswer(
      nanoseconds: end - start, total: found.total, isExact: counts, keys: found.hits.map(\.key),
      scores: found.hits.map(\.score))
  }
}
