extension SearchIndex {
  /// The stored texts of a document with all that a query matches in them marked.
  ///
  /// - Returns: the fields in their order, each whole; nil if there is no document with the key.
  /// - Throws: as searching for the query does.
  public func marked(
    _ query: Query, key: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> [(field: String, text: Snippet)]? {
    guard let place = try place(ofKey: key) else { return nil }
    let plan = try runnable(query, options, SearchControl())
    var maker = SnippetMaker(plan, self.options)
    let document = try segments[place.segment].stored(place.document)
    return document.fields.map { ($0.name, maker.marked($0.text, in: $0.name)) }
  }
}
