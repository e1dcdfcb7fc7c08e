/// A posting: a document that contains a term, and the positions of the term.
public struct IndexedPosting: Sendable, Equatable {
  /// The term.
  public let term: TermName
  /// The key of the document.
  public let document: String
  /// Positions, ascending, from 0. Fields share one position space; each begins 101 after the last position of the
  /// field before.
  public let positions: [UInt32]
  /// The inflected forms of a French key that the document contains, in the order of their bytes.
  public let forms: [String]

  /// Number of occurrences of the term in the document.
  public var frequency: Int { positions.count }
}

extension SearchIndex {
  /// Passes every posting of terms to `body`, until `body` returns false: terms in the order of ``forEachTerm(_:_:)``,
  /// then segment by segment in the order of the documents. Leaves deleted documents out. Keeps the positions of one
  /// document in memory at a time.
  ///
  /// - Parameters:
  ///   - selection: the terms; all by default.
  ///   - body: returns false to stop.
  /// - Throws: `SearchError.corrupt` for damaged sections; the errors of `body`.
  public func forEachPosting(
    _ selection: TermSelection = TermSelection(), _ body: (IndexedPosting) throws(SearchError) -> Bool
  ) throws(SearchError) {
    try forEachList(selection) { (name, terms) throws(SearchError) in
      for (number, entry) in terms.lists {
        do throws(SearchError) {
          let list = try InspectedList(entry, of: self.segments[number], terms.address)
          guard try list.forEachPosting(name, deleted: self.deleted[number], body) else { return false }
        } catch {
          throw error.inFile(self.segments[number].path)
        }
      }
      return true
    }
  }
}
