/// The values of one attribute in a segment: its dictionary, and the ordinals of each document.
///
/// Opening it checks the extents, so that looking up a document is two or three loads; an ordinal beyond the
/// dictionary is found when it is used.
struct AttributeColumn: Sendable {
  /// How the ordinals are laid out; two bits of one byte.
  struct Form: OptionSet {
    let rawValue: UInt8

    /// Some document has several values.
    static let several = Form(rawValue: 1)
    /// Few documents have a value: only they have rows.
    static let sparse = Form(rawValue: 2)

    /// Rows for all documents, unless fewer than one in eight has a value.
    static func isSparse(rows: Int, documents: Int) -> Bool { 8 * rows < documents }
  }

  let name: String
  let dictionary: AttributeDictionary
  let documentCount: Int
  /// Rows: all documents, or those that have a value.
  let rowCount: Int
  /// The document of each row, ascending; nil if every document has one.
  let rowDocuments: Column?
  /// Where the ordinals of each row begin, and the end; nil if every row has one.
  let rowStarts: Column?
  let ordinals: Column
  let ordinalCount: Int

  var type: AttributeType { dictionary.type }
  /// Every document has a row of one ordinal.
  var isPlain: Bool { rowDocuments == nil && rowStarts == nil }

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
      guard rows <= documents else { throw region.corrupt(at: offset, "more rows than documents") }
      rowCount = Int(rows)
      rowDocuments = try Column(region, at: &offset, count: rowCount)
    } else {
      rowCount = documents
      rowDocuments = nil
    }
    if form.contains(.several) {
      let starts = try Column(region, at: &offset, count: rowCount + 1)
      let count = try starts.value(at: rowCount)
      guard count <= UInt64(region.count) else { throw region.corrupt(at: offset, "more values than bytes") }
      rowStarts = starts
      ordinalCount = Int(count)
    } else {
      rowStarts = nil
      ordinalCount = rowCount
    }
    ordinals = try Column(region, at: &offset, count: ordinalCount)
  }

  /// Where the ordinals of a row are.
  private func places(row: Int) throws(SearchError) -> Range<Int> {
    guard let rowStarts else { return row..<row + 1 }
    let start = try rowStarts.value(at: row)
    let end = try rowStarts.value(at: row + 1)
    guard start <= end, end <= UInt64(ordinalCount) else { throw ordinals.corrupt("values of row \(row) fall") }
    return Int(start)..<Int(end)
  }

  /// An ordinal; 0 if the document of its row has no value.
  private func ordinal(at place: Int) throws(SearchError) -> Int {
    let ordinal = try ordinals.value(at: place)
    guard ordinal <= UInt64(dictionary.count) else {
      throw ordinals.corrupt("value \(ordinal) is not in the dictionary")
    }
    return Int(ordinal)
  }

  /// Ordinals of a document's values, ascending; constant time, or logarithmic where rows are sparse.
  func ordinals(of document: Int) throws(SearchError) -> [Int] {
    guard let row = try row(of: document) else { return [] }
    var found: [Int] = []
    for place in try places(row: row) {
      let ordinal = try ordinal(at: place)
      if ordinal > 0 { found.append(ordinal) }
    }
    return found
  }

  /// Values of a document, in order.
  func values(of document: Int) throws(SearchError) -> [AttributeValue] {
    var values: [AttributeValue] = []
    for ordinal in try ordinals(of: document) { values.append(try dictionary.value(at: ordinal)) }
    return values
  }

  private func row(of document: Int) throws(SearchError) -> Int? {
    guard let rowDocuments else { return document < rowCount ? document : nil }
    var low = 0
    var high = rowCount
    while low < high {
      let middle = (low + high) / 2
      if try rowDocuments.value(at: middle) < UInt64(document) { low = middle + 1 } else { high = middle }
    }
    guard low < rowCount, try rowDocuments.value(at: low) == UInt64(document) else { return nil }
    return low
  }
}
