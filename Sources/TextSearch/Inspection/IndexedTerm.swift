/// A term of an index.
public struct IndexedTerm: Sendable, Equatable {
  /// An inflected form of a French key, accents included.
  public struct Form: Sendable, Equatable {
    /// The form.
    public let text: String
    /// Number of documents that contain it.
    public let documents: UInt64
  }

  /// Language, key and spelling.
  public let name: TermName
  /// Number of documents that contain the term, including deleted ones until a merge removes them.
  public let documents: UInt64
  /// Number of occurrences in these documents.
  public let occurrences: UInt64
  /// The forms of a French key, in the order of their bytes; none if the index has no forms.
  public let forms: [Form]
}

extension SearchIndex {
  /// Passes every term to `body`, in the order of language, key and spelling, until `body` returns false. Keeps one
  /// term in memory at a time. Counts the forms of a French key by reading the form codes of its list.
  ///
  /// - Parameters:
  ///   - selection: the terms; all by default.
  ///   - body: returns false to stop.
  /// - Throws: `SearchError.corrupt` for damaged sections; the errors of `body`.
  public func forEachTerm(
    _ selection: TermSelection = TermSelection(), _ body: (IndexedTerm) throws(SearchError) -> Bool
  ) throws(SearchError) {
    try forEachList(selection) { (name, terms) throws(SearchError) in
      var documents: UInt64 = 0
      var occurrences: UInt64 = 0
      var forms: [[UInt8]: UInt64] = [:]
      for (segment, entry) in terms.lists {
        documents &+= UInt64(entry.list.documents)
        occurrences &+= entry.list.positions
        try InspectedList(entry, of: self.segments[segment], terms.address).countForms(into: &forms)
      }
      let sorted = forms.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      return try body(
        IndexedTerm(
          name: name, documents: documents, occurrences: occurrences,
          forms: sorted.map { .init(text: String(decoding: $0.key, as: UTF8.self), documents: $0.value) }))
    }
  }

  /// Passes the selected terms to `body` with their lists, until `body` returns false.
  func forEachList(
    _ selection: TermSelection, _ body: (TermName, MergedTerms) throws(SearchError) -> Bool
  ) throws(SearchError) {
    for range in selection.addressRanges(options.frenchStemmer) {
      var terms = try MergedTerms(segments, from: range.prefix)
      while try terms.next(), range.contains(terms.address) {
        guard try body(TermName(TermAddress(bytes: terms.address)), terms) else { return }
      }
    }
  }
}
