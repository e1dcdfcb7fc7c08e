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

  /// Whether the attribute columns give back some attributes as they were added, so that no record need hold them: values are composed
  /// (NFC), not cut, written as columns write numbers and dates, ascending, and each is there once.
  ///
  /// - Parameters:
  ///   - attributes: of a document; values of one name side by side, in the order given.
  ///   - composed: the values in NFC.
  ///   - types: of the attributes, by the numbers of their names.
  static func areInColumns(
    _ attributes: [(name: Int, value: String)], composed: [String], types: [AttributeType]
  ) -> Bool {
    var last: (name: Int, key: AttributeKey)?
    for ((name, value), composed) in zip(attributes, composed) {
      let read = AttributeValue(composed, as: types[name])
      let key = AttributeKey(read)
      guard composed.utf8.elementsEqual(value.utf8), read.text.utf8.elementsEqual(value.utf8),
        value.utf8.count <= AttributeKey.maximumTextBytes
      else { return false }
      if let last, last.name == name, last.key >= key { return false }
      last = (name, key)
    }
    return true
  }

  /// Returns the first bytes of a field's text in a record, as many as columns keep of a text; nil if the text reaches beyond `record`.
  ///
  /// - Parameters:
  ///   - record: the beginning of a record.
  ///   - field: counted among the stored fields.
  static func beginning(ofField field: Int, in record: ByteRegion) throws(SearchError) -> [UInt8]? {
    var reader = ByteReader(record)
    for number in 0...field {
      // A length takes at most ten bytes.
      guard record.count - reader.offset >= 10 else { return nil }
      let count = try reader.readCount()
      if number == field {
        let kept = min(count, AttributeKey.maximumTextBytes + 1)
        guard record.count - reader.offset >= kept else { return nil }
        return AttributeKey.truncated(try record.array(at: reader.offset, count: kept))
      }
      guard record.count - reader.offset >= count else { return nil }
      try reader.skip(count)
    }
    return nil
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

  /// Decodes the record of a document of a segment.
  init(
    _ document: UInt32, _ record: ByteRegion, key: [UInt8], in segment: Segment
  ) throws(SearchError) {
    var reader = ByteReader(record)
    var fields: [Document.Field] = []
    if !reader.isAtEnd {
      for name in segment.storedFields { fields.append(Document.Field(name, try reader.readString())) }
    }
    var attributes: [String: [String]] = [:]
    for (name, value) in try segment.attributes(of: document, record) {
      attributes[segment.attributes[name], default: []].append(value)
    }
    self.init(key: String(decoding: key, as: UTF8.self), fields: fields, attributes: attributes)
  }
}
