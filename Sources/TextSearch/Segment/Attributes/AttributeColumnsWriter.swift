/// The attributes of a segment that is built.
struct AttributeColumnsWriter {
  private let schema: AttributeSchema
  private var columns: [AttributeColumnWriter] = []
  /// Indexes of columns by name.
  private var indexes: [String: Int] = [:]

  /// Creates a writer without columns.
  init(_ schema: AttributeSchema) { self.schema = schema }

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

  /// Writes the columns.
  func write(to section: inout AttributeSectionWriter) throws(SearchError) {
    for column in columns.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      try section.add(column.contents)
    }
  }
}
