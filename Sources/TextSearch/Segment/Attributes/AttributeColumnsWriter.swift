/// Writes the section `attributes`.
struct AttributeColumnsWriter {
  private let schema: AttributeSchema
  private let documents: Int
  private var columns: [AttributeColumnWriter] = []
  private var places: [String: Int] = [:]

  /// - Parameter documents: of the segment that is written.
  init(_ schema: AttributeSchema, documents: Int) {
    self.schema = schema
    self.documents = documents
  }

  /// The place of an attribute's column among those of this writer.
  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = columns.count
    columns.append(AttributeColumnWriter(name: name, type: schema.type(of: name)))
    return columns.count - 1
  }

  /// Adds a value as it was given.
  mutating func add(_ text: String, to document: UInt32, at place: Int) {
    columns[place].add(AttributeKey(AttributeValue(text, as: columns[place].type)), to: document)
  }

  /// Adds the columns of another segment.
  ///
  /// - Parameter number: the number of each of its documents in the new segment; nil for documents that go.
  mutating func add(_ other: AttributeColumns, number: (Int) -> UInt32?) throws(SearchError) {
    assert(other.schema == schema)
    for name in other.names {
      guard let column = try other.column(name) else { continue }
      let place = place(of: name)
      var identifiers = [UInt32?](repeating: nil, count: column.dictionary.count + 1)
      try column.forEachValue { (document, ordinal) throws(SearchError) in
        guard let document = number(document) else { return }
        if identifiers[ordinal] == nil {
          identifiers[ordinal] = columns[place].identifier(of: try column.dictionary.key(at: ordinal))
        }
        if let identifier = identifiers[ordinal] { columns[place].add(identifier, to: document) }
      }
    }
  }

  /// Schema, names and sizes, columns.
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
