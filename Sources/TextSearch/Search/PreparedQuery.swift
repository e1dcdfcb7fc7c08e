/// A query resolved against an index: one plan to search with, to explain scores and to highlight texts with.
///
/// ```swift
/// let query = try index.prepare(.words("doi ngoai"), SearchOptions(limit: 5))
/// for hit in try query.results().hits {
///   print(hit.key, try query.explanation(ofKey: hit.key)?.score ?? 0)
/// }
/// ```
///
/// Keeps the files of the index open. Safe to use from many threads.
public struct PreparedQuery: Sendable {
  private let index: SearchIndex
  private let search: SnapshotSearch

  init(_ index: SearchIndex, _ search: SnapshotSearch) {
    self.index = index
    self.search = search
  }

  /// Searches.
  ///
  /// A search that has to end (``SearchOptions/deadline``, ``SearchOptions/cancellation``, or the task that it runs in is
  /// cancelled) is no error: ``SearchResults/isPartial``.
  ///
  /// - Throws: `SearchError.attributeValue` for a bound of a filter that is not of its attribute's type; `.corrupt` if the index
  ///   turns out to be damaged.
  public func results() throws(SearchError) -> SearchResults { try search.results(index.options) }

  /// Returns keys and scores of the best hits, without counts by attributes and without order; for benchmarks.
  package func rankedKeys() throws(SearchError) -> RankedKeys { try RankedKeys(search) }

  /// Explains the score of a document.
  ///
  /// If the search had to end while the query was prepared, words that a pattern matches may be missing.
  ///
  /// - Returns: nil if the index has no document with this key.
  /// - Throws: as ``results()`` does.
  public func explanation(ofKey key: String) throws(SearchError) -> Explanation? {
    guard let address = try index.address(ofKey: key) else { return nil }
    do {
      return try Explainer(try search.context(address.segment)).explanation(address.document, key: key)
    } catch {
      throw error.inFile(index.segments[address.segment].path)
    }
  }

  /// Returns the stored texts of a document with all that the query matches in them marked.
  ///
  /// - Returns: the fields in their order, each whole; nil if there is no document with the key.
  /// - Throws: `SearchError.corrupt` if the index turns out to be damaged.
  public func marked(key: String) throws(SearchError) -> [(field: String, text: Snippet)]? {
    guard let address = try index.address(ofKey: key) else { return nil }
    var maker = SnippetMaker(search.shared.plan, index.options, index.tools)
    let document = try index.segments[address.segment].stored(address.document)
    let fields = document.fields.map { (name: $0.name, text: $0.text) }
    return fields.map { ($0.name, maker.marked($0.text, in: $0.name, among: fields)) }
  }
}
