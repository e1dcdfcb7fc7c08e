/// A posting list of one segment, with the table of its forms.
struct InspectedList {
  private let segment: Segment
  private let list: PostingList
  private let sections: PostingSections
  /// The forms of the key and their sets; none if the index has no forms.
  private var forms = FormSets(forms: [], sets: [])

  init(_ entry: TermDictionary.Entry, of segment: Segment, _ address: [UInt8]) throws(SearchError) {
    self.segment = segment
    list = entry.list
    sections = segment.sections(of: entry)
    guard list.forms.count > 0 else { return }
    do {
      forms = try FormSets(try sections.restricted(to: list).forms, key: TermAddress(bytes: address).key)
    } catch {
      throw error.inFile(segment.path)
    }
  }

  private func cursor() throws(SearchError) -> PostingCursor {
    try PostingCursor(list, in: sections, documentLimit: UInt32(segment.documentCount))
  }

  /// Returns the forms of the set with a code.
  private func formNames(_ code: UInt32) throws(SearchError) -> [[UInt8]] {
    guard !forms.sets.isEmpty else { return [] }
    guard code < forms.sets.count else {
      let offset = Int(min(list.codes.offset, UInt64(sections.codes.count)))
      throw sections.codes.corrupt(at: offset, "no set of forms \(code)")
    }
    return forms.sets[Int(code)].map { forms.forms[Int($0)] }
  }

  /// Adds the number of documents of each form to `counts`. Reads the codes of all postings if there are several sets.
  func countForms(into counts: inout [[UInt8]: UInt64]) throws(SearchError) {
    do {
      if forms.sets.count == 1 {
        for form in try formNames(0) { counts[form, default: 0] += UInt64(list.documents) }
      } else if forms.sets.count > 1 {
        var uses: [UInt32: UInt64] = [:]
        var cursor = try cursor()
        while try cursor.advance() != PostingCursor.end { uses[try cursor.formCode, default: 0] += 1 }
        for (code, documents) in uses {
          for form in try formNames(code) { counts[form, default: 0] += documents }
        }
      }
    } catch {
      throw error.inFile(segment.path)
    }
  }

  /// Passes the postings of documents that are not deleted to `body`, in the order of the documents.
  ///
  /// - Returns: false once `body` does.
  func forEachPosting(
    _ name: TermName, deleted: DeletedDocuments, _ body: (IndexedPosting) throws(SearchError) -> Bool
  ) throws(SearchError) -> Bool {
    var positions = GrowableBuffer<UInt32>(capacity: 64)
    var cursor = try cursor()
    while case let document = try cursor.advance(), document != PostingCursor.end {
      if deleted.contains(document) { continue }
      positions.removeAll()
      try cursor.appendPositions(to: &positions)
      let posting = IndexedPosting(
        term: name, document: String(decoding: try segment.key(document), as: UTF8.self),
        positions: (0..<positions.count).map { positions[$0] },
        forms: try formNames(try cursor.formCode).map { String(decoding: $0, as: UTF8.self) })
      guard try body(posting) else { return false }
    }
    return true
  }
}
