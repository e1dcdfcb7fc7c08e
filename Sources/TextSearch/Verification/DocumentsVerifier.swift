/// Reads every stored record and compares the attribute columns with what the records say.
struct DocumentsVerifier {
  private let segment: Segment

  init(_ segment: Segment) { self.segment = segment }

  func verify() throws(SearchError) {
    let section = try segment.region(.attributes)
    var columns = AttributeColumnsWriter(segment.attributeColumns.schema, documents: segment.documentCount)
    let places = segment.attributes.map { columns.place(of: $0) }
    var isUsed = [Bool](repeating: false, count: places.count)
    let fields = segment.storedFields.count
    var bytes = 0
    try segment.forEachRecord { (document, record) throws(SearchError) in
      bytes += record.count
      guard record.count > 0 else { return }
      try verify(record, fields)
      for (name, value) in try StoredDocument.attributes(of: record, fields: fields) {
        guard name < places.count else { throw record.corrupt(at: 0, "attribute \(name) has no name") }
        isUsed[name] = true
        columns.add(Normalizer.shared.composed(value), to: document, at: places[name])
      }
    }
    try segment.verifyRecordBlocks(recordBytes: bytes)
    let names = segment.attributes
    let isSorted = zip(names, names.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard isSorted, !isUsed.contains(false) else {
      throw try segment.region(.statistics).corrupt(at: 0, "names of attributes are not those of the documents")
    }
    var expected = ByteWriter()
    columns.write(to: &expected)
    try SegmentVerifier.require(expected, section, "differs from the documents' attributes")
    try verifyColumns()
  }

  /// A record is coded in the one way there is: texts of UTF-8, attributes in the order of their names.
  private func verify(_ record: ByteRegion, _ fields: Int) throws(SearchError) {
    var reader = ByteReader(record)
    var expected = ByteWriter()
    for _ in 0..<fields { expected.writeString(try reader.readString()) }
    StoredDocument.write(try StoredDocument.attributes(of: record, fields: fields), to: &expected)
    try SegmentVerifier.require(expected, record, "record coded otherwise")
  }

  /// Columns can be read: every value by way of its dictionary.
  private func verifyColumns() throws(SearchError) {
    for name in segment.attributeColumns.names {
      guard let column = try segment.attributeColumns.column(name) else { continue }
      var previous: AttributeKey?
      for ordinal in 1..<column.dictionary.count + 1 {
        let key = try column.dictionary.key(at: ordinal)
        _ = try column.dictionary.value(at: ordinal)
        guard previous.map({ $0 < key }) ?? true else { throw column.ordinals.corrupt("values out of order") }
        previous = key
      }
      for document in 0..<segment.documentCount { _ = try column.ordinals(of: document) }
    }
  }
}
