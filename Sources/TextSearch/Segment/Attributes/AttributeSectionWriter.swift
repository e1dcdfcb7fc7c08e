/// Writes the section `attributes` column by column: schema, heads of the columns, columns.
struct AttributeSectionWriter: ~Copyable {
  private let schema: AttributeSchema
  private let documents: Int
  private var count = 0
  private var heads = ByteWriter()
  /// The columns so far: their sizes are in the heads, which come first.
  private var columns: SpoolFile

  /// - Parameters:
  ///   - documents: the number of documents of the segment.
  ///   - columns: for the columns, if they are large.
  init(_ schema: AttributeSchema, documents: Int, _ columns: consuming SpoolFile) {
    self.schema = schema
    self.documents = documents
    self.columns = columns
  }

  /// Adds the column of an attribute, unless it has no values; attributes come in the order of their names' bytes.
  mutating func add(_ attribute: some AttributeContents) throws(SearchError) {
    let start = columns.count
    guard let form = try attribute.write(documents: documents, to: &columns) else { return }
    count += 1
    heads.writeString(attribute.name)
    heads.write(attribute.type.rawValue)
    heads.write(form.rawValue)
    heads.writeVariable(columns.count - start)
  }

  /// Writes the section.
  consuming func finish(to sink: inout some ByteSink & ~Copyable) throws(SearchError) {
    var head = ByteWriter()
    schema.write(to: &head)
    head.writeVariable(count)
    head.write(heads)
    try sink.take(&head)
    try sink.append(try columns.contents("attributes"))
  }
}
