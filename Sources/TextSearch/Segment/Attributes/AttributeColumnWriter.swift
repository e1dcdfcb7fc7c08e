/// A writer of the column of one attribute. The column depends on the documents and their values alone, not on the
/// order in which they are added.
struct AttributeColumnWriter {
  let name: String
  let type: AttributeType
  /// Distinct values, numbered by first appearance.
  private var identifiers: [AttributeKey: UInt32] = [:]
  /// For each value added, the document in the upper half and the identifier in the lower.
  private var log: [UInt64] = []

  init(name: String, type: AttributeType) {
    self.name = name
    self.type = type
  }

  var isEmpty: Bool { log.isEmpty }

  /// Adds a value of a document.
  mutating func add(_ key: AttributeKey, to document: UInt32) {
    add(identifier(of: key), to: document)
  }

  /// Returns the identifier of a value, for `add(_:to:)`; each identifier must then be added at least once.
  mutating func identifier(of key: AttributeKey) -> UInt32 {
    if let known = identifiers[key] { return known }
    let next = UInt32(identifiers.count)
    identifiers[key] = next
    return next
  }

  /// Adds a value of a document by its identifier.
  mutating func add(_ identifier: UInt32, to document: UInt32) {
    log.append(UInt64(document) << 32 | UInt64(identifier))
  }

  /// Writes the column of a segment with `documents` documents and returns its form.
  func write(documents: Int, to writer: inout ByteWriter) -> AttributeColumn.Form {
    let (keys, pairs) = sorted()
    AttributeDictionary.write(keys, to: &writer)
    let rows = Rows(pairs)
    var form: AttributeColumn.Form = rows.ordinals.count > rows.documents.count ? .multiValued : []
    if AttributeColumn.Form.isSparse(rows: rows.documents.count, documents: documents) {
      form.insert(.sparse)
      writer.write(UInt32(rows.documents.count))
      Column.write(rows.documents.map(UInt64.init), to: &writer)
      if form.contains(.multiValued) { Column.write(rows.starts, to: &writer) }
      Column.write(rows.ordinals, to: &writer)
    } else if form.contains(.multiValued) {
      Column.write(rows.denseStarts(documents), to: &writer)
      Column.write(rows.ordinals, to: &writer)
    } else {
      var ordinals = [UInt64](repeating: 0, count: documents)
      for (row, document) in rows.documents.enumerated() { ordinals[document] = rows.ordinals[row] }
      Column.write(ordinals, to: &writer)
    }
    return form
  }

  /// Returns the values in order, and the distinct pairs of document (upper half) and ordinal (lower half), ascending.
  private func sorted() -> (keys: [AttributeKey], pairs: [UInt64]) {
    let entries = identifiers.sorted { $0.key < $1.key }
    var ordinals = [UInt64](repeating: 0, count: identifiers.count)
    for (index, entry) in entries.enumerated() { ordinals[Int(entry.value)] = UInt64(index + 1) }
    let pairs = log.map { $0 & ~0xFFFF_FFFF | ordinals[Int($0 & 0xFFFF_FFFF)] }.sorted()
    var unique: [UInt64] = []
    for pair in pairs where unique.last != pair { unique.append(pair) }
    return (entries.map(\.key), unique)
  }

  /// The documents with values, and their ordinals.
  private struct Rows {
    var documents: [Int] = []
    /// Index of the first ordinal of each document, and the end.
    var starts: [UInt64] = []
    var ordinals: [UInt64] = []

    init(_ pairs: [UInt64]) {
      for pair in pairs {
        let document = Int(pair >> 32)
        if documents.last != document {
          documents.append(document)
          starts.append(UInt64(ordinals.count))
        }
        ordinals.append(pair & 0xFFFF_FFFF)
      }
      starts.append(UInt64(ordinals.count))
    }

    /// Returns the index of the first ordinal of every document of a segment with `count` documents, and the end.
    func denseStarts(_ count: Int) -> [UInt64] {
      var dense: [UInt64] = []
      dense.reserveCapacity(count + 1)
      for (row, document) in documents.enumerated() {
        while dense.count <= document { dense.append(starts[row]) }
      }
      while dense.count <= count { dense.append(UInt64(ordinals.count)) }
      return dense
    }
  }
}
