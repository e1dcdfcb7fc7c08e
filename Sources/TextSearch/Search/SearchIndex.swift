/// An index opened for searching: a snapshot of what was committed when it was opened.
///
/// Opening maps the files and reads little more than their sizes. A snapshot stays as it is while a writer commits and
/// merges; ``refreshed()`` returns the new state. Safe to use from many threads.
public final class SearchIndex: Sendable {
  /// Path of the folder.
  public let path: String
  /// Options of the analyzer that the index was built with.
  public let options: AnalyzerOptions
  let snapshot: IndexSnapshot
  let tools = SearchTools()
  /// The statistics that weigh the words of its queries, unless the options name others.
  let ownStatistics: QueryStatistics
  /// Names of the attributes that are declared or that a document has.
  let attributeNames: Set<String>
  private let fieldNames: Set<String>
  var segments: [Segment] { snapshot.segments }
  /// Deleted documents of each segment, ascending.
  var deleted: [DeletedDocuments] { snapshot.deleted }
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
    ownStatistics = QueryStatistics(snapshot.segments)
    attributeNames = snapshot.segments.reduce(into: []) { names, segment in
      names.formUnion(segment.attributeColumns.schema.declared.keys)
      names.formUnion(segment.attributeColumns.names)
    }
    fieldNames = Set(snapshot.segments.first?.fields ?? snapshot.manifest.settings.fields)
  }

  /// Returns the index as it is now: itself if nothing was committed since, else a new snapshot that shares the segments
  /// that have not changed. This snapshot stays as it is.
  ///
  /// - Throws: as opening does.
  public func refreshed() throws(SearchError) -> SearchIndex {
    let current = try IndexSnapshot.open(path, reusing: snapshot)
    return current.isSame(as: snapshot) ? self : try SearchIndex(path, current)
  }

  /// Statistics of all segments.
  public var statistics: CollectionStatistics { ownStatistics.collection }

  /// Numbers of documents, tokens and bytes, without reading the segments.
  public var summary: IndexSummary { IndexSummary(segments, snapshot.manifest) }

  /// Bytes of each section, summed over the segments, by its name in errors; for benchmarks.
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

  /// Reads every byte of an index's files and checks everything that the format promises: checksums, zero bytes, orders,
  /// counts, statistics. It goes on after a problem, and opens what an index with problems still lets be opened.
  ///
  /// Takes about as long as merging the index, and memory for the longest posting list.
  ///
  /// - Throws: `SearchError.noIndex` where there is no index, `.system` if the manifest cannot be read.
  public static func verify(_ path: String) throws(SearchError) -> IndexVerification {
    try IndexVerifier.verify(path)
  }

  /// Checks this snapshot as ``verify(_:)`` checks the files in a folder.
  public func verify() -> IndexVerification { IndexVerifier.verify(path, manifest, segments) }

  /// Searches for the words of `text`, best match first. Operators in it are plain text; ``parse(_:requiresAll:)`` reads the
  /// query language.
  ///
  /// - Throws: `SearchError.emptyQuery` if the text holds no word; `.corrupt` if the index turns out to be damaged.
  public func search(_ text: String, _ options: SearchOptions = SearchOptions()) throws(SearchError) -> SearchResults {
    try search(.words(text), options)
  }

  /// Prepares a query and returns its results, best match first.
  ///
  /// - Throws: as ``prepare(_:_:)`` and ``PreparedQuery/results()`` do.
  public func search(_ query: Query, _ options: SearchOptions = SearchOptions()) throws(SearchError) -> SearchResults {
    try prepare(query, options).results()
  }

  /// Resolves a query against the words of this index.
  ///
  /// The time of a search counts from here: ``SearchOptions/deadline`` and ``SearchOptions/cancellation`` end this too.
  ///
  /// - Throws: `SearchError.emptyQuery` if the query holds no word and no condition, `.unknownField` and
  ///   `.unknownAttribute` for names that the index does not have, `.unstoredField` for an order by a field that is not stored, `.expansion` for a pattern that too many words fit,
  ///   `.limit` for a tree beyond its limits, `.fieldWeight` for a weight out of its range, `.otherStatistics` for shared
  ///   statistics of another query or analyzer; `.corrupt` if the index turns out to be damaged.
  public func prepare(_ query: Query, _ options: SearchOptions = SearchOptions()) throws(SearchError) -> PreparedQuery {
    try prepare(query, options, SearchControl(options))
  }

  /// Resolves a query for a search that `control` ends.
  func prepare(
    _ query: Query, _ options: SearchOptions, _ control: SearchControl
  ) throws(SearchError) -> PreparedQuery {
    try check(query.attributeNames.union(options.attributeNames), options)
    try checkOrder(options)
    try check(options.ranking)
    let statistics = try queryStatistics(options)
    let plan = try tools.withAnalyzer(self.options) { (analyzer) throws(SearchError) in
      try QueryPlanner.plan(
        query, &analyzer, statistics, reading: options.reading, requiresAll: options.requiresAllWords,
        ranksTitlesFirst: options.ranksTitlesFirst && options.ranking.fieldWeights[TitleTable.field] != 0,
        control: control)
    }
    return PreparedQuery(self, SnapshotSearch(snapshot, plan: plan, options, control, tools: tools))
  }

  /// Explains the score of a document for a query; ``PreparedQuery/explanation(ofKey:)`` does so for the query of a search.
  ///
  /// - Parameters:
  ///   - query: the query.
  ///   - key: key of the document.
  ///   - options: those of the search; no deadline and no cancellation ends the explanation.
  /// - Returns: nil if the index has no document with this key.
  /// - Throws: as searching does.
  public func explain(
    _ query: Query, key: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> Explanation? {
    try prepare(query, options, SearchControl()).explanation(ofKey: key)
  }

  /// Returns the stored texts of a document with all that a query matches in them marked; ``PreparedQuery/marked(key:)`` does
  /// so for the query of a search.
  ///
  /// - Parameters:
  ///   - query: the query.
  ///   - key: key of the document.
  ///   - options: those of the search; no deadline and no cancellation ends the marking.
  /// - Returns: the fields in their order, each whole; nil if there is no document with the key.
  /// - Throws: as searching does.
  public func marked(
    _ query: Query, key: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> [(field: String, text: Snippet)]? {
    try prepare(query, options, SearchControl()).marked(key: key)
  }

  /// Reads a line of text as a query, with the fields and attributes of this index as names; the article
  /// <doc:QueryLanguage> says how.
  ///
  /// - Parameters:
  ///   - text: what was typed.
  ///   - requiresAll: whether documents must match all operands without an operator between them, instead of any; pass
  ///     ``SearchOptions/requiresAllWords``.
  /// - Throws: `SearchError.query` with the offset and a hint.
  public func parse(_ text: String, requiresAll: Bool = false) throws(SearchError) -> Query {
    try QueryParser(fields: fieldNames, attributes: attributeNames, requiresAll: requiresAll).parse(text)
  }

  /// Reads conditions on attributes as the query language writes them: `lang:vi date:[2023 TO 2025]`. A
  /// document must satisfy all of them, or one of those with `OR` between them.
  ///
  /// - Throws: `SearchError.query` if there is anything else in the text.
  public func parseFilter(_ text: String) throws(SearchError) -> AttributeFilter {
    guard let filter = AttributeFilter(try parse(text, requiresAll: true)) else {
      throw .query(
        text: text, offset: 0, reason: "a filter has conditions on attributes only, as lang:vi or date:[2023 TO 2025]")
    }
    return filter
  }

  /// Returns the segment's ordinal and the number of a document; nil if no document that is not deleted has the key.
  func address(ofKey key: String) throws(SearchError) -> (segment: Int, document: UInt32)? {
    for (ordinal, segment) in segments.enumerated() {
      do {
        guard let document = try segment.document(withKey: Array(key.utf8)) else { continue }
        if deleted[ordinal].contains(document) { continue }
        return (ordinal, document)
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return nil
  }

  /// Returns the shared statistics of the options, or those of this index.
  func queryStatistics(_ options: SearchOptions) throws(SearchError) -> QueryStatistics {
    guard let shared = options.statistics else { return ownStatistics }
    guard shared.fingerprint == self.options.fingerprint else {
      throw .otherStatistics(reason: "they are of another analyzer")
    }
    return QueryStatistics(shared, fields: manifest.settings.fields)
  }

  /// Names of the text fields.
  var fields: [String] { segments.first?.fields ?? manifest.settings.fields }

  /// Throws `.unknownAttribute` for a name that neither a segment nor the shared statistics have.
  func check(_ names: Set<String>, _ options: SearchOptions) throws(SearchError) {
    guard !segments.isEmpty, !names.isEmpty else { return }
    let known = attributeNames.union(options.statistics?.attributes ?? [])
    for name in names.sorted() where !known.contains(name) {
      throw .unknownAttribute(name: name, known: known.sorted())
    }
  }

  /// Throws `.unknownAttribute` for an order by what is neither an attribute nor a field, `.unstoredField` for a field whose texts are not
  /// stored.
  private func checkOrder(_ options: SearchOptions) throws(SearchError) {
    guard let name = options.order?.name, !segments.isEmpty else { return }
    let isAttribute = attributeNames.contains(name) || options.statistics?.attributes.contains(name) == true
    guard !isAttribute else { return }
    let settings = manifest.settings
    guard let field = settings.fields.firstIndex(of: name) else {
      let known = attributeNames.union(options.statistics?.attributes ?? [])
      let fields = settings.storedFields.map { settings.fields[$0] }
      throw .unknownAttribute(name: name, known: known.union(fields).sorted())
    }
    guard settings.storedFields.contains(field) else { throw .unstoredField(name: name) }
  }

  /// Throws `.unknownField` and `.fieldWeight` for the weights of fields that the index does not have or out of range.
  package func check(_ ranking: BM25) throws(SearchError) {
    guard !ranking.fieldWeights.isEmpty else { return }
    for (name, weight) in ranking.fieldWeights.sorted(by: { $0.key < $1.key }) {
      guard fields.contains(name) else { throw .unknownField(name: name, known: fields) }
      guard weight >= 0, weight <= BM25.maximumFieldWeight else { throw .fieldWeight(name: name, weight: weight) }
    }
  }
}
