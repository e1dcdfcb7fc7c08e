// The sections that a build and a merge write alike.
extension SegmentWriter {
  /// Writes the attribute columns.
  mutating func write(_ columns: borrowing AttributeColumnsWriter) throws(SearchError) {
    var section = ByteWriter()
    columns.write(to: &section)
    try write(.attributes, section.bytes.span)
  }

  /// Ends the store of the documents and writes it.
  mutating func write(_ store: inout DocumentStoreWriter) throws(SearchError) {
    var section = ByteWriter(capacity: store.byteCount)
    store.finish(into: &section)
    try write(.documents, section.bytes.span)
  }

  /// Writes the length codes and the lengths of all fields but the last, in tokens.
  ///
  /// - Parameter lengths: returns the lengths of a field by document.
  mutating func writeLengths(
    codes: [UInt8], fields: Int, _ lengths: (Int) throws(SearchError) -> [UInt64]
  ) throws(SearchError) {
    try write(.lengths, codes.span)
    var columns = ByteWriter()
    for field in 0..<max(0, fields - 1) { Column.write(try lengths(field), to: &columns) }
    try write(.fieldLengths, columns.bytes.span)
  }

  /// Writes all that belongs to terms, except positions: the dictionary, the posting lists and the lexicon.
  ///
  /// - Parameters:
  ///   - lexicon: the French forms, in any order.
  ///   - forEachPart: calls its argument with each part of the lists, in order.
  mutating func write(
    _ dictionary: borrowing TermDictionaryWriter, lexicon: [LexiconEntry],
    lists forEachPart: ((borrowing PostingListWriter) throws(SearchError) -> Void) throws(SearchError) -> Void
  ) throws(SearchError) {
    try write(.terms, dictionary.terms.bytes.span)
    try write(.termIndex, dictionary.index().bytes.span)
    for section in [SegmentLayout.Section.postings, .blocks, .forms, .codes, .neighbours] {
      try begin(section)
      try forEachPart { (lists) throws(SearchError) in try append(section, of: lists) }
      try end()
    }
    let words = LexiconWriter.sorted(lexicon)
    try write(.lexicon, words.words.bytes.span)
    try write(.lexiconIndex, words.index().bytes.span)
  }

  /// Appends the bytes of posting lists in a section.
  mutating func append(
    _ section: SegmentLayout.Section, of lists: borrowing PostingListWriter
  ) throws(SearchError) {
    switch section {
    case .postings: try append(lists.postings.bytes.span)
    case .blocks: try append(lists.blocks.bytes.span)
    case .positions: try append(lists.positions.bytes.span)
    case .forms: try append(lists.forms.bytes.span)
    case .codes: try append(lists.codes.bytes.span)
    case .neighbours: try append(lists.neighbours.bytes.span)
    default: preconditionFailure("no section of posting lists")
    }
  }
}
