/// Searches one segment by the search that suits the plan: the one dispatcher.
///
/// All searches find the hits of the reference search, with equal bits.
enum SegmentSearch {
  /// Counts the matches as the context's counter says, and returns the best hits, best first; documents by their ranks in the
  /// order of keys.
  static func search(_ context: SegmentContext) throws(SearchError) -> [TopHits.Hit] {
    guard context.usesBounds else { return try ReferenceSearch(context).search() }
    if var search = try WordSearch(context) { return try search.search() }
    if var search = try PhraseSearch(context) { return try search.search() }
    if var search = try ExpansionSearch(context) { return try search.search() }
    var search = try TreeSearch(context)
    return try search.search()
  }

  /// Returns all documents that match; those found until then where the search has to end.
  static func matchingDocuments(_ context: SegmentContext) throws(SearchError) -> DocumentSet {
    if let documents = try WordSearch.matchingDocuments(context) { return documents }
    var search = try TreeSearch(context)
    return try search.matchingDocuments()
  }
}
