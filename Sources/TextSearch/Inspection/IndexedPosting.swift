/// That a document holds a term, and where.
public struct IndexedPosting: Sendable, Equatable {
  public let term: TermName
  /// The key of the document.
  public let document: String
  /// Ascending; fields share one position space, each begins 101 behind the last position of the one before.
  public let positions: [UInt32]
  /// The inflected forms of a French key that the document holds, in the order of their bytes.
  public let forms: [String]

  /// How often the document holds the term.
  public var frequency: Int { positions.count }
}

extension SearchIndex {
  /// Passes the postings of terms on, until `body` returns false: terms as in ``forEachTerm(_:_:)``, segment by segment, in
  /// the order of the documents. Deleted documents are left out. Holds the positions of one document at a time.
  ///
  /// - Throws: `SearchError.corrupt` for damaged sections; what `body` throws.
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
