/// Deleting what a search finds: the one thing of writing that needs searching.
extension IndexWriter {
  /// Deletes the documents that a query finds, be they committed or only added.
  ///
  /// - Parameters:
  ///   - query: what ``SearchIndex/parse(_:requiresAll:)`` reads; a document has to match all of it, as
  ///     ``SearchOptions/requiresAllWords`` says.
  ///   - filter: a condition that it has to meet as well.
  /// - Throws: what parsing and searching throw; errors of the file system when a segment is written.
  public func delete(matching query: String, filter: AttributeFilter? = nil) throws(SearchError) {
    for key in try keys(matching: query, filter: filter) { try delete(key: key) }
  }

  /// Deletes the documents that meet a condition, be they committed or only added.
  public func delete(where filter: AttributeFilter) throws(SearchError) {
    try flush()
    for segment in contents.segments {
      var documents = try filter.documents(in: segment.segment)
      documents.subtract(segment.deleted)
      for document in documents {
        try delete(key: String(decoding: segment.segment.key(UInt32(document)), as: UTF8.self))
      }
    }
  }

  /// The keys of the documents that a query finds, those included that were added since the last commit.
  package func keys(matching query: String, filter: AttributeFilter? = nil) throws(SearchError) -> [String] {
    try flush()
    let sources = contents.segments.map(\.source)
    let snapshot = IndexSnapshot(contents.manifest, sources.map(\.segment), sources.map(\.deleted))
    let index = SearchIndex(folder.path, snapshot, options.analyzer)
    var search = SearchOptions(limit: contents.liveDocuments, requiresAllWords: true)
    (search.filter, search.makesSnippets) = (filter, false)
    // Nothing ends it early: what a half-done search has not found would stay.
    return try index.search(index.parse(query, requiresAll: true), search, SearchControl()).hits.map(\.key)
  }
}
