/// A document as it was stored: what results show.
public struct StoredDocument: Sendable, Equatable {
  public let key: String
  /// Names and texts of the stored fields, in the order of the index.
  public let fields: [Document.Field]
  /// Values of each attribute as they were given, in their order.
  public let attributes: [String: [String]]

  /// The text of a field; nil if the index has no such field or does not store it.
  public func text(_ field: String) -> String? { fields.first { $0.name == field }?.text }

  /// The first value of an attribute; nil if the document has none.
  public func attribute(_ name: String) -> String? { attributes[name]?.first }
}

extension StoredDocument {
  /// Appends the attributes of a record, in the order of their names, several values of one in the order given; the
  /// fields' texts stand before them.
  static func write(_ attributes: [(name: Int, value: String)], to writer: inout ByteWriter) {
    writer.writeVariable(attributes.count)
    let sorted = attributes.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
    for (_, (name, value)) in sorted {
      writer.writeVariable(name)
      writer.writeString(value)
    }
  }

  /// The attributes of a record as they stand there: numbers of names, and values.
  static func attributes(
    of record: ByteRegion, fields: Int
  ) throws(SearchError) -> [(name: Int, value: String)] {
    var reader = ByteReader(record)
    guard !reader.isAtEnd else { return [] }
    for _ in 0..<fields { try reader.skip(try reader.readCount()) }
    var attributes: [(name: Int, value: String)] = []
    for _ in 0..<(try reader.readCount()) { attributes.append((try reader.readCount(), try reader.readString())) }
    return attributes
  }

  /// Appends a record with other numbers for the names of its attributes.
  static func renumber(
    _ record: ByteRegion, fields: Int, _ numbers: [Int], to writer: inout ByteWriter
  ) throws(SearchError) {
    var reader = ByteReader(record)
    for _ in 0..<fields { try reader.skip(try reader.readCount()) }
    let texts = try record.slice(at: 0, count: reader.offset)
    try texts.withSpan { (span: Span<UInt8>) throws(SearchError) in writer.write(span) }
    var attributes = try attributes(of: record, fields: fields)
    for index in attributes.indices {
      guard attributes[index].name < numbers.count else { throw record.corrupt(at: 0, "an attribute has no name") }
      attributes[index].name = numbers[attributes[index].name]
    }
    write(attributes, to: &writer)
  }

  init(_ record: ByteRegion, key: [UInt8], fields names: [String], attributes known: [String]) throws(SearchError) {
    var reader = ByteReader(record)
    var fields: [Document.Field] = []
    if !reader.isAtEnd {
      for name in names { fields.append(Document.Field(name, try reader.readString())) }
    }
    var attributes: [String: [String]] = [:]
    if !reader.isAtEnd {
      for _ in 0..<(try reader.readCount()) {
        let name = try reader.readCount()
        guard name < known.count else { throw record.corrupt(at: reader.offset, "attribute \(name) has no name") }
        attributes[known[name], default: []].append(try reader.readString())
      }
    }
    self.init(key: String(decoding: key, as: UTF8.self), fields: fields, attributes: attributes)
  }
}
