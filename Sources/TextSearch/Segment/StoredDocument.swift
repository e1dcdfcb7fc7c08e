/// A document as it was stored; results show it.
public struct StoredDocument: Sendable, Equatable {
  /// The key, unique in an index.
  public let key: String
  /// Names and texts of the stored fields, in the order of the index; empty if nothing is stored.
  public let fields: [Document.Field]
  /// Values by attribute name, as they were added and in that order.
  public let attributes: [String: [String]]

  /// Returns the text of a field; nil if the index has no such field or does not store it.
  public func text(_ field: String) -> String? { fields.first { $0.name == field }?.text }

  /// Returns the first value of an attribute; nil if the document has none.
  public func attribute(_ name: String) -> String? { attributes[name]?.first }
}

extension StoredDocument {
  /// Appends the attributes of a record, after the texts of its fields: in the order of their names, values of one name
  /// in the order given.
  static func write(_ attributes: [(name: Int, value: String)], to writer: inout ByteWriter) {
    writer.writeVariable(attributes.count)
    let sorted = attributes.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
    for (_, (name, value)) in sorted {
      writer.writeVariable(name)
      writer.writeString(value)
    }
  }

  /// Returns the attributes of a record in their stored order: numbers of names, and values.
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

  /// Appends a copy of a record in which the names of attributes have other numbers.
  ///
  /// - Parameter numbers: the new number of each name, by the old one.
  static func renumber(
    _ record: ByteRegion, fields: Int, _ numbers: [Int], to writer: inout ByteWriter
  ) throws(SearchError) {
    var reader = ByteReader(record)
    for _ in 0..<fields { try reader.skip(try reader.readCount()) }
    let texts = try record.slice(at: 0, count: reader.offset)
    try texts.withSpan { (span: Span<UInt8>) throws(SearchError) in writer.write(span) }
    var attributes = try attributes(of: record, fields: fields)
    for index in attributes.indices {
      guard attributes[index].name < numbers.count else {
        throw record.corrupt(at: reader.offset, "attribute \(attributes[index].name) has no name")
      }
      attributes[index].name = numbers[attributes[index].name]
    }
    write(attributes, to: &writer)
  }

  /// Decodes a record.
  ///
  /// - Parameters:
  ///   - names: the names of the stored fields.
  ///   - attributeNames: the names of the segment's attributes, by their numbers.
  init(
    _ record: ByteRegion, key: [UInt8], fields names: [String], attributes attributeNames: [String]
  ) throws(SearchError) {
    var reader = ByteReader(record)
    var fields: [Document.Field] = []
    if !reader.isAtEnd {
      for name in names { fields.append(Document.Field(name, try reader.readString())) }
    }
    var attributes: [String: [String]] = [:]
    if !reader.isAtEnd {
      for _ in 0..<(try reader.readCount()) {
        let name = try reader.readCount()
        guard name < attributeNames.count else {
          throw record.corrupt(at: reader.offset, "attribute \(name) has no name")
        }
        attributes[attributeNames[name], default: []].append(try reader.readString())
      }
    }
    self.init(key: String(decoding: key, as: UTF8.self), fields: fields, attributes: attributes)
  }
}
