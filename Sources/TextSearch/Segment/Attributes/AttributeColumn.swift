/// The values of one attribute in a segment: its dictionary, and the ordinals of each document.
///
/// Opening a column checks the extents of its parts, so that looking up a document takes two or three loads. An ordinal
/// beyond the dictionary is detected when it is used.
struct AttributeColumn: Sendable {
  /// The layout of the ordinals: two bits of a byte.
  struct Form: OptionSet {
    let rawValue: UInt8

    /// Some document has more than one value.
    static let multiValued = Form(rawValue: 1)
    /// Only documents with a value have rows.
    static let sparse = Form(rawValue: 2)

    /// Whether a column is sparse: fewer than one document in eight has a value.
    static func isSparse(rows: Int, documents: Int) -> Bool { 8 * rows < documents }
  }

  let name: String
  let dictionary: AttributeDictionary
  /// Documents of the segment.
  let documentCount: Int
  /// Number of rows: all documents, or those that have a value.
  let rowCount: Int
  /// The document of each row, ascending; nil if every document has a row.
  let rowDocuments: Column?
  /// The index of the first ordinal of each row, and the end; nil if every row has one ordinal.
  let rowStarts: Column?
  /// The ordinals of all rows; 0 for a document without a value.
  let ordinals: Column
  let ordinalCount: Int

  var type: AttributeType { dictionary.type }
  /// Whether no document has several values.
  var isSingleValued: Bool { rowStarts == nil }
  /// Whether every document has a row of one ordinal.
  var isDenseSingleValued: Bool { rowDocuments == nil && isSingleValued }

  /// Opens the column that is all of `region`.
  ///
  /// - Throws: `SearchError.corrupt` if its parts do not fit into the region.
  init(
    _ region: ByteRegion, name: String, type: AttributeType, form: Form, documents: Int
  ) throws(SearchError) {
    self.name = name
    documentCount = documents
    var offset = 0
    dictionary = try AttributeDictionary(region, at: &offset, type: type)
    if form.contains(.sparse) {
      let rows: UInt32 = try region.load(at: offset)
      offset += 4
      guard rows <= documents else { throw region.corrupt(at: offset - 4, "more rows than documents") }
      rowCount = Int(rows)
      rowDocuments = try Column(region, at: &offset, count: rowCount)
    } else {
      rowCount = documents
      rowDocuments = nil
    }
    if form.contains(.multiValued) {
      let starts = try Column(region, at: &offset, count: rowCount + 1)
      let count = try starts.value(at: rowCount)
      guard count <= UInt64(region.count) else { throw starts.corrupt(at: rowCount, "more values than bytes") }
      rowStarts = starts
      ordinalCount = Int(count)
    } else {
      rowStarts = nil
      ordinalCount = rowCount
    }
    ordinals = try Column(region, at: &offset, count: ordinalCount)
  }

  /// Returns the indexes of a row's ordinals.
  private func ordinalIndexes(ofRow row: Int) throws(SearchError) -> Range<Int> {
    guard let rowStarts else { return row..<row + 1 }
    let start = try rowStarts.value(at: row)
    let end = try rowStarts.value(at: row + 1)
    guard start <= end, end <= UInt64(ordinalCount) else {
      throw rowStarts.corrupt(at: row, "the values of row \(row) end before they begin, or beyond the column")
    }
    return Int(start)..<Int(end)
  }

  /// Returns the ordinal at an index; 0 if the document of its row has no value.
  private func ordinal(at index: Int) throws(SearchError) -> Int {
    let ordinal = try ordinals.value(at: index)
    guard ordinal <= UInt64(dictionary.count) else {
      throw ordinals.corrupt(at: index, "value \(ordinal) is not in the dictionary")
    }
    return Int(ordinal)
  }

  /// Returns the ordinals of a document's values, ascending; none for a document beyond the segment.
  ///
  /// - Complexity: linear in the values; in a sparse column, also logarithmic in the rows.
  func ordinals(of document: Int) throws(SearchError) -> [Int] {
    guard let row = try row(of: document) else { return [] }
    var found: [Int] = []
    for index in try ordinalIndexes(ofRow: row) {
      let ordinal = try ordinal(at: index)
      if ordinal > 0 { found.append(ordinal) }
    }
    return found
  }

  /// Returns the values of a document, ascending.
  func values(of document: Int) throws(SearchError) -> [AttributeValue] {
    var values: [AttributeValue] = []
    for ordinal in try ordinals(of: document) { values.append(try dictionary.value(at: ordinal)) }
    return values
  }

  /// Returns the row of a document; nil if it has none.
  private func row(of document: Int) throws(SearchError) -> Int? {
    guard let rowDocuments else { return document < rowCount ? document : nil }
    let row = try (0..<rowCount).partitionPoint { (row) throws(SearchError) in
      try rowDocuments.value(at: row) >= UInt64(document)
    }
    guard row < rowCount, try rowDocuments.value(at: row) == UInt64(document) else { return nil }
    return row
  }
}
