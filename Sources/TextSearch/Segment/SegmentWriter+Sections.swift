// The sections that a build and a merge write alike.
extension SegmentWriter {
  /// Writes the attributes.
  ///
  /// - Parameter add: adds the columns, in the order of their names' bytes.
  mutating func writeAttributes(
    _ schema: AttributeSchema, documents: Int,
    _ add: (inout AttributeSectionWriter) throws(SearchError) -> Void
  ) throws(SearchError) {
    var section = AttributeSectionWriter(schema, documents: documents, spool(.attributes))
    try add(&section)
    try begin(.attributes)
    try section.finish(to: &self)
    try end()
  }

  /// Writes the stored documents.
  ///
  /// - Parameters:
  ///   - store: a writer without records.
  ///   - documents: number of records.
  ///   - add: adds the record of a document; called for each in order.
  mutating func write(
    _ store: inout DocumentStoreWriter, documents: Int,
    _ add: (Int, inout DocumentStoreWriter) throws(SearchError) -> Void
  ) throws(SearchError) {
    var blocks = spool(.documents)
    for document in 0..<documents {
      try add(document, &store)
      try blocks.takePieces(&store.blocks)
    }
    var head = ByteWriter()
    store.finish(head: &head)
    try blocks.take(&store.blocks)
    try begin(.documents)
    try take(&head)
    try append(try blocks.contents(SegmentLayout.Section.documents.name))
    try end()
  }

  /// Writes the keys and their index.
  ///
  /// - Parameters:
  ///   - ranks: the section of key ranks; empty where documents are in the order of their keys.
  ///   - key: returns the key of a rank; called for each in order.
  mutating func writeKeys(
    count: Int, ranks: borrowing ByteWriter, _ key: (Int) throws(SearchError) -> [UInt8]
  ) throws(SearchError) {
    var keys = KeyTableWriter()
    try begin(.keys)
    for rank in 0..<count {
      keys.add(try key(rank))
      try takePieces(&keys.keys)
    }
    try take(&keys.keys)
    try end()
    try write(.keyIndex, keys.index().bytes.span)
    try write(.keyRanks, ranks.bytes.span)
  }

  /// Writes the length codes and the lengths of all fields but the last, in tokens.
  ///
  /// - Parameter length: returns the length of a field in a document; called twice.
  mutating func writeLengths(
    codes: [UInt8], fields: Int, _ length: (_ field: Int, _ document: Int) throws(SearchError) -> UInt64
  ) throws(SearchError) {
    try write(.lengths, codes.span)
    try begin(.fieldLengths)
    for field in 0..<max(0, fields - 1) {
      var maximum: UInt64 = 0
      for document in codes.indices { maximum = max(maximum, try length(field, document)) }
      var column = ColumnWriter(maximum: maximum)
      for document in codes.indices {
        column.add(try length(field, document))
        try takePieces(&column.bytes)
      }
      try take(&column.bytes)
    }
    try end()
  }
}
