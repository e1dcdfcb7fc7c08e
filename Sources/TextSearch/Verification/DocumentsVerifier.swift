/// A verifier of the stored records, the names of attributes and the attribute columns of a segment.
struct DocumentsVerifier {
  private let segment: Segment

  init(_ segment: Segment) { self.segment = segment }

  /// Reads every stored record and compares the attribute columns with columns made from the records.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  func verify() throws(SearchError) {
    let section = try segment.region(.attributes)
    var columns = AttributeColumnsWriter(segment.attributeColumns.schema)
    let columnIndexes = segment.attributes.map { columns.columnIndex(of: $0) }
    var isUsed = [Bool](repeating: false, count: columnIndexes.count)
    let fields = segment.storedFields.count
    let types = segment.attributes.map(segment.attributeColumns.schema.type)
    var bytes = 0
    try segment.forEachRecord { (document, record) throws(SearchError) in
      bytes += record.count
      let attributes = try segment.attributes(of: document, record)
      guard record.count > 0 || fields == 0 else {
        throw try segment.region(.documents).corrupt(at: 0, "no record of document \(document), whose texts are stored")
      }
      let composed = attributes.map { Normalizer.shared.composed($0.value) }
      if record.count > 0 {
        try verify(record, fields)
        guard fields > 0 || !StoredDocument.areInColumns(attributes, composed: composed, types: types) else {
          throw record.corrupt(at: 0, "a record of what the attribute columns hold")
        }
      }
      for ((name, _), value) in zip(attributes, composed) {
        isUsed[name] = true
        columns.add(value, to: document, at: columnIndexes[name])
      }
    }
    try segment.verifyRecordBlocks(recordBytes: bytes)
    let names = segment.attributes
    let isSorted = zip(names, names.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard isSorted, !isUsed.contains(false) else {
      throw try segment.region(.statistics).corrupt(at: 0, "the names of attributes differ from those of the documents")
    }
    var made = AttributeSectionWriter(
      segment.attributeColumns.schema, documents: segment.documentCount, SpoolFile())
    try columns.write(to: &made)
    var expected = ByteWriter()
    try made.finish(to: &expected)
    try SegmentVerifier.require(expected, section, "the columns differ from the attributes of the documents")
    try verifyColumns()
  }

  /// Checks that a record is in its only valid encoding: texts of UTF-8, attributes in the order of their names.
  private func verify(_ record: ByteRegion, _ fields: Int) throws(SearchError) {
    var reader = ByteReader(record)
    var expected = ByteWriter()
    for _ in 0..<fields { expected.writeString(try reader.readString()) }
    StoredDocument.write(try StoredDocument.attributes(of: record, fields: fields), to: &expected)
    try SegmentVerifier.require(expected, record, "the record is not in its only valid encoding")
  }

  /// Checks that every value of the columns can be read, and that values are ascending.
  private func verifyColumns() throws(SearchError) {
    for name in segment.attributeColumns.names {
      guard let column = try segment.attributeColumns.column(name) else { continue }
      var previous: AttributeKey?
      for ordinal in 1..<column.dictionary.count + 1 {
        let key = try column.dictionary.key(at: ordinal)
        _ = try column.dictionary.value(at: ordinal)
        guard previous.map({ $0 < key }) ?? true else {
          throw column.dictionary.corrupt(at: ordinal, "value \(ordinal) is out of order")
        }
        previous = key
      }
      for document in 0..<segment.documentCount { _ = try column.ordinals(of: document) }
    }
  }
}
