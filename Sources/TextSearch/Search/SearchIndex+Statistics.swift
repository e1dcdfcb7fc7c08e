extension SearchIndex {
  /// What this index, as a part of a larger collection, has to tell of a query.
  ///
  /// What all parts tell is added and given to their searches as ``SearchOptions/statistics``: together they find what one
  /// index of all documents finds, with the same scores. Deleted documents count until they are merged away.
  ///
  /// - Parameters:
  ///   - text: the query.
  ///   - options: those of the searches; ``SearchOptions/reading`` decides on what has to be told.
  /// - Throws: `SearchError.emptyQuery` if the text holds no word; `.corrupt` if the index turns out to be damaged.
  public func statistics(
    for text: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> SharedStatistics {
    let statistics = try self.statistics(for: .words(text), options)
    guard statistics.hasWords else { throw .emptyQuery }
    return statistics
  }

  /// The same for any query.
  ///
  /// - Throws: `.limit` and `.expansion` as searching does; `.corrupt` if the index turns out to be damaged.
  public func statistics(
    for query: Query, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> SharedStatistics {
    var analyzer = Analyzer(self.options)
    let own = QueryStatistics(segments)
    var statistics = SharedStatistics(
      fingerprint: self.options.fingerprint, own.collection, attributes: attributeNames)
    try TreePlanner.tell(query, &analyzer, own, options.reading, to: &statistics)
    // A query of conditions alone has nothing to tell; one of nothing at all is an error.
    if !statistics.hasWords {
      _ = try TreePlanner.plan(query, &analyzer, own, options.reading, requiresAll: options.requiresAllWords)
    }
    return statistics
  }

  /// What a search with these options takes its statistics from.
  ///
  /// - Parameter control: may leave words of patterns unseen where the search has to end.
  func queryStatistics(
    _ options: SearchOptions, _ control: SearchControl? = nil
  ) throws(SearchError) -> QueryStatistics {
    guard let shared = options.statistics else { return QueryStatistics(segments, control) }
    guard shared.fingerprint == self.options.fingerprint else {
      throw .otherStatistics(reason: "they are of another analyzer")
    }
    return QueryStatistics(shared, fields: manifest.settings.fields)
  }

  /// Attributes that are declared or that some document has.
  var attributeNames: Set<String> {
    segments.reduce(into: []) { names, segment in
      names.formUnion(segment.attributeColumns.schema.declared.keys)
      names.formUnion(segment.attributeColumns.names)
    }
  }
}
