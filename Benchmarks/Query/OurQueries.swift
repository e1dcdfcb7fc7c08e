import TextSearch

/// Our engine, in this process. Timed is the search for keys and scores, including the parsing of the query text.
final class OurQueries: QueryEngine {
  /// A search for a query text.
  typealias Search = (SearchIndex, String) throws(SearchError) -> RankedKeys

  let name: String
  let summary: IndexSummary
  let index: SearchIndex
  private(set) var overhead: UInt64 = 0
  private let folder: ScratchFolder
  private let reading: ReadingOptions
  /// Number of documents up to which searches count matches.
  private let countLimit: Int

  /// Returns the search for a kind of query; nil for a kind that the engine does not support.
  ///
  /// - Parameter countLimit: number of documents up to which matches are counted.
  static func search(_ kind: QueryKind, _ reading: ReadingOptions, countLimit: Int = .max) -> Search? {
    // With stop words kept, scores have no adjacency part, like those of the peers.
    var options = SearchOptions(
      limit: 10, makesSnippets: false, reading: reading, adjacency: reading.stopWords == .keep ? .off : Adjacency())
    options.countLimit = countLimit
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

  /// Builds one segment without stored text.
  ///
  /// - Parameters:
  ///   - plain: whether to use the analyzer preset `folding` without pairs and stop-word weights, like the
  ///     peers, instead of the default options.
  ///   - reorders: whether to compact the index with reordering.
  init(_ name: String, _ documents: [Document], plain: Bool, reorders: Bool = false) throws {
    self.name = name
    countLimit = .max
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

  /// Searches the index of another engine without counting matches.
  init(_ name: String, notCountingAs other: OurQueries) throws {
    self.name = name
    countLimit = 0
    (reading, folder, summary, index) = (other.reading, other.folder, other.summary, other.index)
    overhead = try measureOverhead()
  }

  /// Returns the median nanoseconds of a search that finds nothing.
  private func measureOverhead() throws -> UInt64 {
    guard let search = OurQueries.search(.term, reading, countLimit: countLimit) else { return 0 }
    let times = try (0..<1001).map { _ in try answer("zzzzzzzzzz", search).nanoseconds }
    return times.sorted()[500]
  }

  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?] {
    try queries.map { query in
      guard let search = OurQueries.search(query.kind, reading, countLimit: countLimit) else { return nil }
      return try answer(query.text, search)
    }
  }

  private func answer(_ text: String, _ search: Search) throws -> QueryAnswer {
    let start = SystemCalls.nanoseconds()
    let found = try search(index, text)
    let end = SystemCalls.nanoseconds()
    return QueryAnswer(
      nanoseconds: end - start, total: found.total, isExact: found.isTotalExact, keys: found.hits.map(\.key),
      scores: found.hits.map(\.score))
  }
}
