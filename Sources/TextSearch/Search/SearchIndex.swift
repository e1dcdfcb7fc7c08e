/// An index opened for searching: a snapshot of what was committed when it was opened.
///
/// Opening maps the files and reads little more than their sizes. A snapshot stays as it is while a writer commits and
/// merges; ``refreshed()`` gives the new state. Safe to use from many threads.
public final class SearchIndex: Sendable {
  public let path: String
  public let options: AnalyzerOptions
  private let snapshot: IndexSnapshot
  let tools = SearchTools()
  var segments: [Segment] { snapshot.segments }
  /// Documents of each segment that do not count any more, ascending.
  var deleted: [[UInt32]] { snapshot.deleted }
  var manifest: Manifest { snapshot.manifest }

  /// Rises with every commit.
  public var generation: UInt64 { snapshot.manifest.generation }

  /// Opens the index in a folder.
  ///
  /// - Throws: `SearchError.noIndex` where there is none, `.corrupt` and `.unsupportedVersion` for files that
  ///   cannot be read, `.unsupportedAnalyzer` for an index of another analyzer.
  public convenience init(_ path: String) throws(SearchError) { try self.init(path, IndexSnapshot.open(path)) }

  private convenience init(_ path: String, _ snapshot: IndexSnapshot) throws(SearchError) {
    guard let options = AnalyzerOptions(fingerprint: snapshot.manifest.fingerprint) else {
      throw .unsupportedAnalyzer(file: path, fingerprint: snapshot.manifest.fingerprint)
    }
    self.init(path, snapshot, options)
  }

  /// - Parameter options: those of the snapshot.
  init(_ path: String, _ snapshot: IndexSnapshot, _ options: AnalyzerOptions) {
    self.path = path
    self.snapshot = snapshot
    self.options = options
  }

  /// The index as it is now: this one if nothing was committed since, else one that shares the segments that are still
  /// there. What was opened before stays as it is.
  ///
  /// - Throws: as opening does.
  public func refreshed() throws(SearchError) -> SearchIndex {
    let current = try IndexSnapshot.open(path, reusing: snapshot)
    return current.isSame(as: snapshot) ? self : try SearchIndex(path, current)
  }

  /// Statistics of all segments.
  public var statistics: CollectionStatistics {
    segments.reduce(into: CollectionStatistics()) { $0 += $1.statistics }
  }

  public var summary: IndexSummary { IndexSummary(segments, snapshot.manifest) }

  /// Bytes of the sections of all segments, by the names that errors give them; for the tools that measure.
  package var sectionSizes: [(name: String, bytes: Int)] {
    SegmentLayout.Section.allCases.map { section in
      let bytes = segments.reduce(0) { sum, segment in
        sum + segment.sectionSizes.reduce(0) { $0 + ($1.section == section ? $1.count : 0) }
      }
      return ("\(section.name)", bytes)
    }
  }

  /// Compares all bytes with their checksums.
  public func verifyChecksums() throws(SearchError) {
    for segment in segments { try segment.verifyChecksums() }
  }

  /// Checks this snapshot as ``verify(_:)`` checks the files in a folder.
  public func verify() -> IndexVerification { IndexVerifier.verify(path, manifest, segments) }

  /// Searches for the words of `text`, best match first.
  ///
  /// - Throws: `SearchError.emptyQuery` if the text holds no word; `.corrupt` if the index turns out to be damaged.
  public func search(_ text: String, _ options: SearchOptions = SearchOptions()) throws(SearchError) -> SearchResults {
    try options.filter.map { (filter) throws(SearchError) in try check(filter, options.statistics?.attributes ?? []) }
    let plan = try plan(text, queryStatistics(options), options.reading)
    let (total, candidates) = try best(plan, options)
    var maker = SnippetMaker(plan, self.options)
    var hits: [SearchResults.Hit] = []
    for candidate in candidates {
      let document = try segments[candidate.segment].stored(candidate.document)
      let snippet = options.makesSnippets ? maker.snippet(document) : Snippet(pieces: [])
      hits.append(SearchResults.Hit(score: candidate.score, document: document, snippet: snippet))
    }
    return SearchResults(total: total, hits: hits)
  }

  /// The words of `text`, resolved against a vocabulary.
  func plan(
    _ text: String, _ statistics: QueryStatistics, _ reading: ReadingOptions
  ) throws(SearchError) -> QueryPlan {
    try tools.withAnalyzer(options) { (analyzer) throws(SearchError) in
      try QueryPlan(reading: text, &analyzer, statistics, reading)
    }
  }

  /// Refuses filters on attributes that neither a segment nor another part of the collection knows.
  private func check(_ filter: AttributeFilter, _ others: Set<String>) throws(SearchError) {
    guard !segments.isEmpty else { return }
    let known = attributeNames.union(others)
    for name in filter.names where !known.contains(name) {
      throw .unknownAttribute(name: name, known: known.sorted())
    }
  }
}
