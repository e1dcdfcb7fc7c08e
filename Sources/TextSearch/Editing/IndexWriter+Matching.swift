/// Deleting the documents that a search finds: the only part of writing that needs searching.
extension IndexWriter {
  /// Deletes the documents that a query finds, committed or added since the last commit. Flushes the documents added.
  ///
  /// - Parameters:
  ///   - query: parsed by ``SearchIndex/parse(_:requiresAll:)``; a document must match all of it, as with
  ///     ``SearchOptions/requiresAllWords``.
  ///   - filter: a condition that a document must meet as well; none by default.
  /// - Throws: the errors of parsing and searching; `SearchError.system` if a segment cannot be written.
  public func delete(matching query: String, filter: AttributeFilter? = nil) throws(SearchError) {
    for key in try keys(matching: query, filter: filter) { try delete(key: key) }
  }

  /// Deletes the documents that meet a condition, committed or added since the last commit. Flushes the documents
  /// added.
  ///
  /// - Throws: the errors of the filter; `SearchError.system` if a segment cannot be written.
  public func delete(where filter: AttributeFilter) throws(SearchError) {
    try flush()
    for segment in contents.segments {
      var documents = try filter.documents(in: segment.segment)
      segment.deleted.remove(from: &documents)
      for document in documents {
        try delete(key: String(decoding: segment.segment.key(UInt32(document)), as: UTF8.self))
      }
    }
  }

  /// Returns the keys of the documents that a query finds, committed or added since the last commit. Flushes the
  /// documents added.
  package func keys(matching query: String, filter: AttributeFilter? = nil) throws(SearchError) -> [String] {
    try flush()
    let sources = contents.segments.map(\.source)
    let snapshot = IndexSnapshot(contents.manifest, sources.map(\.segment), sources.map(\.deleted))
    let index = SearchIndex(folder.path, snapshot, options.analyzer)
    var search = SearchOptions(limit: contents.liveDocuments, requiresAllWords: true)
    (search.filter, search.makesSnippets) = (filter, false)
    search.reading.replacesUnknownWords = false
    search.reading.weights.joinedName = 0
    // Nothing ends the search: a partial one would leave documents undeleted.
    return try index.prepare(index.parse(query, requiresAll: true), search, SearchControl()).results().hits.map(\.key)
  }
}
