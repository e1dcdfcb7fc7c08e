/// The values of one attribute, as a column is written from them. They can be walked any number of times, so that a writer
/// can count before it writes and keeps none of them.
protocol AttributeContents {
  var name: String { get }
  var type: AttributeType { get }

  /// Calls `body` with the distinct values, ascending.
  func forEachKey(_ body: (AttributeKey) throws(SearchError) -> Void) throws(SearchError)

  /// Calls `body` with each document that has values, ascending, and the ordinals of its values, ascending. Ordinals count
  /// the values from 1.
  func forEachRow(
    _ body: (_ document: Int, _ ordinals: [UInt32]) throws(SearchError) -> Void
  ) throws(SearchError)
}

extension AttributeContents {
  /// Writes the column of a segment with `documents` documents and returns its form; nil, and nothing is written, if no
  /// document has a value.
  func write(documents: Int, to sink: inout some ByteSink & ~Copyable) throws(SearchError) -> AttributeColumn.Form? {
    var rows = 0
    var (values, lastDocument) = (UInt64(0), UInt64(0))
    try forEachRow { document, ordinals in
      rows += 1
      values += UInt64(ordinals.count)
      lastDocument = UInt64(document)
    }
    guard rows > 0 else { return nil }
    let keys = try AttributeDictionary.write(self, to: &sink)
    var form: AttributeColumn.Form = values > rows ? .multiValued : []
    if AttributeColumn.Form.isSparse(rows: rows, documents: documents) {
      form.insert(.sparse)
      try writeDocuments(rows, last: lastDocument, to: &sink)
    }
    if form.contains(.multiValued) { try writeStarts(form, documents: documents, values: values, to: &sink) }
    try writeOrdinals(form, documents: documents, keys: keys, to: &sink)
    return form
  }

  /// Writes the number of rows and the document of each.
  private func writeDocuments(
    _ rows: Int, last: UInt64, to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) {
    var count = ByteWriter()
    count.write(UInt32(rows))
    try sink.take(&count)
    var column = ColumnWriter(maximum: last)
    try forEachRow { (document, _) throws(SearchError) in
      column.add(UInt64(document))
      try sink.takePieces(&column.bytes)
    }
    try sink.take(&column.bytes)
  }

  /// Writes the index of the first ordinal of each row, and the end; unless the column is sparse every document has a row.
  private func writeStarts(
    _ form: AttributeColumn.Form, documents: Int, values: UInt64, to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) {
    var column = ColumnWriter(maximum: values)
    var start: UInt64 = 0
    var next = 0
    try forEachRow { (document, ordinals) throws(SearchError) in
      for _ in 0..<(form.contains(.sparse) ? 1 : document + 1 - next) { column.add(start) }
      next = document + 1
      start += UInt64(ordinals.count)
      try sink.takePieces(&column.bytes)
    }
    for _ in 0..<(form.contains(.sparse) ? 1 : documents + 1 - next) { column.add(values) }
    try sink.take(&column.bytes)
  }

  /// Writes the ordinals of all rows; 0 for a document without a value, if such documents have rows of one ordinal.
  private func writeOrdinals(
    _ form: AttributeColumn.Form, documents: Int, keys: Int, to sink: inout some ByteSink & ~Copyable
  ) throws(SearchError) {
    var column = ColumnWriter(maximum: UInt64(keys))
    var next = 0
    try forEachRow { (document, ordinals) throws(SearchError) in
      if form.isEmpty { for _ in next..<document { column.add(0) } }
      for ordinal in ordinals { column.add(UInt64(ordinal)) }
      next = document + 1
      try sink.takePieces(&column.bytes)
    }
    if form.isEmpty { for _ in next..<documents { column.add(0) } }
    try sink.take(&column.bytes)
  }
}
