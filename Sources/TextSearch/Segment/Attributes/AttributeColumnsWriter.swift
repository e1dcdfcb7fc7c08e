/// A writer of the section `attributes`.
struct AttributeColumnsWriter {
  private let schema: AttributeSchema
  private let documents: Int
  private var columns: [AttributeColumnWriter] = []
  /// Indexes of columns by name.
  private var indexes: [String: Int] = [:]

  /// Creates a writer without columns.
  ///
  /// - Parameter documents: the number of documents of the segment that is written.
  init(_ schema: AttributeSchema, documents: Int) {
    self.schema = schema
    self.documents = documents
  }

  /// Returns the index of an attribute's column in this writer, for `add(_:to:at:)`.
  mutating func columnIndex(of name: String) -> Int {
    if let index = indexes[name] { return index }
    indexes[name] = columns.count
    columns.append(AttributeColumnWriter(name: name, type: schema.type(of: name)))
    return columns.count - 1
  }

  /// Adds a value, as it was given, to a document.
  ///
  /// - Parameter index: of the attribute's column.
  mutating func add(_ text: String, to document: UInt32, at index: Int) {
    columns[index].add(AttributeKey(AttributeValue(text, as: columns[index].type)), to: document)
  }

  /// Adds the columns of another segment.
  ///
  /// - Parameters:
  ///   - other: columns of the same schema.
  ///   - number: returns the number of a document in the new segment; nil for a document that is left out.
  mutating func add(_ other: AttributeColumns, number: (Int) -> UInt32?) throws(SearchError) {
    assert(other.schema == schema)
    for name in other.names {
      guard let column = try other.column(name) else { continue }
      let index = columnIndex(of: name)
      var identifiers = [UInt32?](repeating: nil, count: column.dictionary.count + 1)
      try column.forEachValue { (document, ordinal) throws(SearchError) in
        guard let document = number(document) else { return }
        if identifiers[ordinal] == nil {
          identifiers[ordinal] = columns[index].identifier(of: try column.dictionary.key(at: ordinal))
        }
        if let identifier = identifiers[ordinal] { columns[index].add(identifier, to: document) }
      }
    }
  }

  /// Writes the section: schema, heads of the columns, columns.
  func write(to writer: inout ByteWriter) {
    schema.write(to: &writer)
    let written = columns.filter { !$0.isEmpty }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    writer.writeVariable(written.count)
    var bytes = ByteWriter()
    for column in written {
      let start = bytes.count
      let form = column.write(documents: documents, to: &bytes)
      writer.writeString(column.name)
      writer.write(column.type.rawValue)
      writer.write(form.rawValue)
      writer.writeVariable(bytes.count - start)
    }
    writer.write(bytes)
  }
}
