/// The section `attributes` of a segment: the schema, and a column for each attribute that a document has.
///
/// Opening reads the schema, names and sizes; `column(_:)` opens a column.
struct AttributeColumns: Sendable {
  let schema: AttributeSchema
  private let entries: [Entry]
  /// Indexes of entries by name.
  private let indexes: [String: Int]
  private let documents: Int

  /// An attribute and the bytes of its column.
  private struct Entry {
    let name: String
    let form: AttributeColumn.Form
    let region: ByteRegion
  }

  /// Opens the section of a segment.
  ///
  /// - Parameter fingerprint: of the schema, by the header of the segment.
  init(_ region: ByteRegion, documents: Int, fingerprint: UInt64) throws(SearchError) {
    self.documents = documents
    var reader = ByteReader(region)
    schema = try AttributeSchema(&reader)
    guard schema.fingerprint == fingerprint else { throw region.corrupt(at: 0, "schema differs from the header's") }
    let headsOffset = reader.offset
    let heads = try AttributeColumns.readHeads(&reader, schema)
    var entries: [Entry] = []
    var offset = UInt64(reader.offset)
    for head in heads {
      let column = try region.slice(at: offset, count: head.size)
      entries.append(Entry(name: head.name, form: head.form, region: column))
      offset += head.size
    }
    guard offset == region.count else { throw region.corrupt(at: Int(offset), "bytes after the last column") }
    self.entries = entries
    indexes = Dictionary(zip(entries.map(\.name), entries.indices), uniquingKeysWith: { first, _ in first })
    guard indexes.count == entries.count else {
      throw region.corrupt(at: headsOffset, "an attribute has two columns")
    }
  }

  /// The head of a column.
  private typealias Head = (name: String, form: AttributeColumn.Form, size: UInt64)

  private static func readHeads(_ reader: inout ByteReader, _ schema: AttributeSchema) throws(SearchError) -> [Head] {
    var heads: [Head] = []
    for _ in 0..<(try reader.readCount()) {
      let name = try reader.readString()
      guard try AttributeType(&reader) == schema.type(of: name) else {
        throw reader.region.corrupt(at: reader.offset - 1, "type of attribute \(name) differs from the schema's")
      }
      let form: UInt8 = try reader.read()
      guard form < 4 else { throw reader.region.corrupt(at: reader.offset - 1, "unknown column form \(form)") }
      heads.append((name, AttributeColumn.Form(rawValue: form), try reader.readVariable()))
    }
    return heads
  }

  /// Names of the attributes that documents have, in the order of their bytes.
  var names: [String] { entries.map(\.name) }

  /// Opens the column of an attribute; nil if no document has it.
  func column(_ name: String) throws(SearchError) -> AttributeColumn? {
    guard let index = indexes[name] else { return nil }
    let entry = entries[index]
    return try AttributeColumn(
      entry.region, name: entry.name, type: schema.type(of: entry.name), form: entry.form, documents: documents)
  }
}
