extension SearchIndex {
  /// Returns what this index, as a part of a larger collection, contributes to the statistics of a query.
  ///
  /// The statistics of all parts are added and passed to their searches as ``SearchOptions/statistics``: together they find what
  /// one index of all documents finds, with the same scores. Deleted documents count until they are merged away.
  ///
  /// - Parameters:
  ///   - text: the query.
  ///   - options: those of the searches; ``SearchOptions/reading`` decides which words are counted.
  /// - Throws: `SearchError.emptyQuery` if the text holds no word; `.corrupt` if the index turns out to be damaged.
  public func statistics(
    for text: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> SharedStatistics {
    let statistics = try self.statistics(for: .words(text), options)
    guard statistics.hasWords else { throw .emptyQuery }
    return statistics
  }

  /// Returns what this index contributes to the statistics of any query.
  ///
  /// - Throws: `.limit` and `.expansion` as searching does; `.corrupt` if the index turns out to be damaged.
  public func statistics(
    for query: Query, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> SharedStatistics {
    var analyzer = Analyzer(self.options)
    var statistics = SharedStatistics(
      fingerprint: self.options.fingerprint, ownStatistics.collection, attributes: attributeNames)
    try QueryPlanner.exportStatistics(of: query, &analyzer, ownStatistics, reading: options.reading, to: &statistics)
    // A query of conditions alone has no statistics; an empty one is an error.
    if !statistics.hasWords {
      _ = try QueryPlanner.plan(
        query, &analyzer, ownStatistics, reading: options.reading, requiresAll: options.requiresAllWords)
    }
    return statistics
  }
}
