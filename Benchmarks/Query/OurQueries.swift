import TextSearch

/// Our engine, in this process. Timed is the search for keys and scores, including the parsing of the query text.
final class OurQueries: QueryEngine {
  /// A search for a query text.
  typealias Search = (SearchIndex, String) throws(SearchError) -> RankedKeys

  let name: String
  let index: SearchIndex
  var summary: IndexSummary { index.summary }
  private(set) var overhead: UInt64 = 0
  private let folder: ScratchFolder
  private let reading: ReadingOptions
  /// Number of documents up to which searches count matches.
  private let countLimit: Int
  /// Number of hits before those that searches return.
  private let offset: Int

  /// Returns the search for a kind of query; nil for a kind that the engine does not support.
  ///
  /// - Parameters:
  ///   - countLimit: number of documents up to which matches are counted.
  ///   - offset: number of hits before those that are returned.
  static func search(
    _ kind: QueryKind, _ reading: ReadingOptions, countLimit: Int = .max, offset: Int = 0
  ) -> Search? {
    // With stop words kept, scores have no adjacency part, like those of the peers.
    var options = SearchOptions(
      limit: 10, makesSnippets: false, reading: reading, adjacency: reading.stopWords == .keep ? .off : Adjacency())
    options.ranksTitlesFirst = reading.stopWords != .keep
    options.countLimit = countLimit
    options.offset = offset
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

  /// Builds the index that is searched, and counts all matches.
  ///
  /// - Parameters:
  ///   - plain: whether to build and read words like the peers, all weighted alike, instead of with the default options.
  ///   - reorders: whether to compact the index with reordering.
  convenience init(_ name: String, _ documents: [Document], plain: Bool, reorders: Bool = false) throws {
    try self.init(
      name, OurBuild(documents, plain: plain, reorders: reorders).folder,
      reading: plain ? ReadingOptions(stopWords: .keep) : ReadingOptions(), countLimit: .max)
  }

  /// Searches the index in a folder.
  ///
  /// - Parameter countLimit: number of documents up to which matches are counted.
  init(_ name: String, _ folder: ScratchFolder, reading: ReadingOptions, countLimit: Int) throws {
    self.name = name
    (self.folder, self.reading, self.countLimit) = (folder, reading, countLimit)
    offset = 0
    index = try SearchIndex(folder.path)
    overhead = try measureOverhead()
  }

  /// Searches the index of another engine, counting matches up to another limit or for a later page.
  init(_ name: String, sharing other: OurQueries, countLimit: Int, offset: Int = 0) throws {
    self.name = name
    self.countLimit = countLimit
    self.offset = offset
    (reading, folder, index) = (other.reading, other.folder, other.index)
    overhead = try measureOverhead()
  }

  /// Returns the median nanoseconds of a search that finds nothing.
  private func measureOverhead() throws -> UInt64 {
    guard let search = search(.term) else { return 0 }
    let times = try (0..<1001).map { _ in try answer("zzzzzzzzzz", search).nanoseconds }
    return times.sorted()[500]
  }

  private func search(_ kind: QueryKind) -> Search? {
    OurQueries.search(kind, reading, countLimit: countLimit, offset: offset)
  }

  func run(_ queries: [BenchmarkQuery]) throws -> [QueryAnswer?] {
    try queries.map { query in
      guard let search = search(query.kind) else { return nil }
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
