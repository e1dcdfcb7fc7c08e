/// The terms of each document.
struct ForwardIndex: ~Copyable {
  /// Terms of fewer documents say too little: their gaps are wide in any order.
  static let fewestDocuments = 4

  private var starts: GrowableBuffer<UInt64>
  private var terms: GrowableBuffer<UInt32>
  let termCount: Int

  var documentCount: Int { starts.count - 1 }

  /// - Parameter lists: documents of each term, ascending.
  init(documents: Int, lists: [[UInt32]]) {
    var counts = [UInt64](repeating: 0, count: documents + 1)
    for list in lists { for document in list { counts[Int(document) + 1] += 1 } }
    for document in 0..<documents { counts[document + 1] += counts[document] }
    starts = GrowableBuffer(capacity: documents + 1)
    for count in counts { starts.append(count) }
    terms = GrowableBuffer(capacity: Int(counts[documents]))
    terms.append(repeating: 0, count: Int(counts[documents]))
    termCount = lists.count
    for (term, list) in lists.enumerated() {
      for document in list {
        terms[Int(counts[Int(document)])] = UInt32(term)
        counts[Int(document)] += 1
      }
    }
  }

  /// The terms of the live documents of some segments, under the numbers of `mapping`.
  init(_ sources: [SegmentMerger.Source], _ mapping: DocumentMapping) throws(SearchError) {
    var lists: [[UInt32]] = []
    var terms = try MergedTerms(sources.map(\.segment))
    while try terms.next() {
      guard terms.lists.reduce(0, { $0 + $1.entry.list.documents }) >= ForwardIndex.fewestDocuments else { continue }
      var documents: [UInt32] = []
      for (source, entry) in terms.lists {
        documents += try ForwardIndex.documents(entry, sources[source].segment, mapping.numbers[source])
      }
      if documents.count >= ForwardIndex.fewestDocuments { lists.append(documents) }
    }
    self.init(documents: mapping.count, lists: lists)
  }

  private static func documents(
    _ entry: TermDictionary.Entry, _ segment: Segment, _ numbers: [UInt32]
  ) throws(SearchError) -> [UInt32] {
    var cursor = try segment.cursor(entry)
    var documents: [UInt32] = []
    while case let document = try cursor.advance(), document != PostingCursor.end {
      let number = numbers[Int(document)]
      if number != DocumentMapping.none { documents.append(number) }
    }
    return documents
  }

  /// Returns the range of a document's terms.
  @inline(__always)
  func range(_ document: UInt32) -> Range<Int> { Int(starts[Int(document)])..<Int(starts[Int(document) + 1]) }

  @inline(__always)
  func term(_ index: Int) -> Int { Int(terms[index]) }
}
