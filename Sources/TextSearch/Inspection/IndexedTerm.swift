/// What a posting list is posted under.
public struct TermName: Sendable, Hashable {
  public let language: Language
  /// The folded word; in French its stem.
  public let key: String
  /// The writing with its marks, of a Vietnamese word in text that has marks; else nil.
  public let spelling: String?
  /// Words that hyphens join; the key is that of their joined writing.
  public let isCompound: Bool

  init(_ address: TermAddress) {
    language = address.language
    key = String(decoding: address.key, as: UTF8.self)
    isCompound = address.isCompound
    let spelling = address.spelling
    self.spelling = isCompound || spelling.isEmpty ? nil : String(decoding: spelling, as: UTF8.self)
  }
}

/// A term of an index.
public struct IndexedTerm: Sendable, Equatable {
  /// An inflected form of a French key, accents included.
  public struct Form: Sendable, Equatable {
    public let text: String
    /// Documents that hold it.
    public let documents: UInt64
  }

  public let name: TermName
  /// Documents that hold the term; deleted ones count until a merge leaves them out.
  public let documents: UInt64
  /// Occurrences in them.
  public let occurrences: UInt64
  /// In the order of their bytes; none where forms are not kept.
  public let forms: [Form]
}

extension SearchIndex {
  /// Passes terms on in the order of language, key and spelling, until `body` returns false. Holds one term at a time; the
  /// forms of a French key are counted by reading the codes of its list.
  ///
  /// - Throws: `SearchError.corrupt` for damaged sections; what `body` throws.
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

  /// Passes the selected terms on with their lists.
  func forEachList(
    _ selection: TermSelection, _ body: (TermName, MergedTerms) throws(SearchError) -> Bool
  ) throws(SearchError) {
    for stretch in selection.stretches(options.frenchStemmer) {
      var terms = try MergedTerms(segments, from: stretch.prefix)
      while try terms.next(), stretch.holds(terms.address) {
        guard try body(TermName(TermAddress(bytes: terms.address)), terms) else { return }
      }
    }
  }
}
