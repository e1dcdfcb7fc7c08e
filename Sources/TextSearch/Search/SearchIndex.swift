/// An index opened for searching: a snapshot of what was committed when it was opened.
///
/// Opening maps the files and reads little more than their sizes. A snapshot stays as it is while the index is built
/// anew; open again to see the new one. Safe to use from many threads.
public final class SearchIndex: Sendable {
  public let path: String
  public let options: AnalyzerOptions
  /// Rises with every commit.
  public let generation: UInt64
  private let segments: [Segment]
  private let deleted: [[UInt32]]
  private let manifest: Manifest

  /// Opens the index in a folder.
  ///
  /// - Throws: `SearchError.noIndex` where there is none, `.corrupt` and `.unsupportedVersion` for files that
  ///   cannot be read, `.unsupportedAnalyzer` for an index of another analyzer.
  public init(_ path: String) throws(SearchError) {
    self.path = path
    let (manifest, segments) = try SearchIndex.open(path)
    guard let options = AnalyzerOptions(fingerprint: manifest.fingerprint) else {
      throw .unsupportedAnalyzer(file: path, fingerprint: manifest.fingerprint)
    }
    self.options = options
    self.manifest = manifest
    generation = manifest.generation
    self.segments = segments
    deleted = manifest.segments.map(\.deleted)
  }

  /// A commit may remove files between the reading of the manifest and theirs: then the manifest is read again.
  private static func open(_ path: String) throws(SearchError) -> (Manifest, [Segment]) {
    var generation: UInt64?
    while true {
      guard let manifest = try Manifest.read(in: path) else { throw .noIndex(path: path) }
      do {
        return (manifest, try openSegments(manifest, path))
      } catch {
        // The same manifest as before and still a file missing: it does not come back.
        guard case .system = error, manifest.generation != generation else { throw error }
        generation = manifest.generation
      }
    }
  }

  private static func openSegments(_ manifest: Manifest, _ path: String) throws(SearchError) -> [Segment] {
    var segments: [Segment] = []
    for entry in manifest.segments {
      let segment = try Segment(path + "/" + Manifest.segmentName(entry.number))
      guard segment.fingerprint == manifest.fingerprint else {
        throw .unsupportedAnalyzer(file: segment.path, fingerprint: segment.fingerprint)
      }
      guard segment.schemaFingerprint == manifest.schema else { throw .otherSchema(file: segment.path) }
      guard entry.deleted.allSatisfy({ Int($0) < segment.documentCount }) else {
        throw .corrupt(
          file: path + "/" + Manifest.fileName, section: "deletions", offset: 0, reason: "document beyond the segment")
      }
      segments.append(segment)
    }
    return segments
  }

  /// Statistics of all segments.
  public var statistics: CollectionStatistics {
    segments.reduce(into: CollectionStatistics()) { $0 += $1.statistics }
  }

  public var summary: IndexSummary { IndexSummary(segments, manifest) }

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
    try options.filter.map { (filter) throws(SearchError) in try check(filter) }
    var analyzer = Analyzer(self.options)
    let plan = try QueryPlan(reading: text, &analyzer, segments, options.reading)
    var total = 0
    var candidates: [Candidate] = []
    for (number, segment) in segments.enumerated() {
      let search = Exhaustive(segment, deleted: deleted[number], plan, options.ranking)
      do {
        let allowed = try options.filter?.documents(in: segment)
        let result = try search.search(limit: options.limit, all: options.requiresAllWords, in: allowed)
        total += result.total
        for hit in result.hits {
          candidates.append(Candidate(hit: hit, segment: number, key: try segment.key(hit.document)))
        }
      } catch {
        throw error.inFile(segment.path)
      }
    }
    candidates.sort { a, b in
      a.hit.score != b.hit.score ? a.hit.score > b.hit.score : a.key.lexicographicallyPrecedes(b.key)
    }
    var maker = SnippetMaker(plan, self.options)
    var hits: [SearchResults.Hit] = []
    for candidate in candidates.prefix(options.limit) {
      let document = try segments[candidate.segment].stored(candidate.hit.document)
      let snippet = options.makesSnippets ? maker.snippet(document) : Snippet(pieces: [])
      hits.append(SearchResults.Hit(score: candidate.hit.score, document: document, snippet: snippet))
    }
    return SearchResults(total: total, hits: hits)
  }

  /// Refuses filters on attributes that no segment knows.
  private func check(_ filter: AttributeFilter) throws(SearchError) {
    guard !segments.isEmpty else { return }
    let known = segments.reduce(into: Set(segments[0].attributeColumns.schema.declared.keys)) {
      $0.formUnion($1.attributeColumns.names)
    }
    for name in filter.names where !known.contains(name) {
      throw .unknownAttribute(name: name, known: known.sorted())
    }
  }

  /// A hit of one segment on its way into the ranking of all.
  private struct Candidate {
    let hit: TopHits.Hit
    let segment: Int
    let key: [UInt8]
  }
}
