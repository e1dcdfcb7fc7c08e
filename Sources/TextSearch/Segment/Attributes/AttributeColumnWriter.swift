/// Collects the values of one attribute and writes its column. The column depends on the documents and their values
/// alone, not on the order in which they come.
struct AttributeColumnWriter {
  let name: String
  let type: AttributeType
  /// Distinct values by first appearance.
  private var identifiers: [AttributeKey: UInt32] = [:]
  /// Document in the upper half, identifier in the lower.
  private var log: [UInt64] = []

  init(name: String, type: AttributeType) {
    self.name = name
    self.type = type
  }

  var isEmpty: Bool { log.isEmpty }

  mutating func add(_ key: AttributeKey, to document: UInt32) {
    add(identifier(of: key), to: document)
  }

  /// A number for a value that is then added, once or often.
  mutating func identifier(of key: AttributeKey) -> UInt32 {
    if let known = identifiers[key] { return known }
    let next = UInt32(identifiers.count)
    identifiers[key] = next
    return next
  }

  mutating func add(_ identifier: UInt32, to document: UInt32) {
    log.append(UInt64(document) << 32 | UInt64(identifier))
  }

  /// Writes the column of a segment of so many documents.
  func write(documents: Int, to writer: inout ByteWriter) -> AttributeColumn.Form {
    let (keys, pairs) = sorted()
    AttributeDictionary.write(keys, to: &writer)
    let rows = Rows(pairs)
    var form: AttributeColumn.Form = rows.ordinals.count > rows.documents.count ? .several : []
    if AttributeColumn.Form.isSparse(rows: rows.documents.count, documents: documents) {
      form.insert(.sparse)
      writer.write(UInt32(rows.documents.count))
      Column.write(rows.documents.map(UInt64.init), to: &writer)
      if form.contains(.several) { Column.write(rows.starts, to: &writer) }
      Column.write(rows.ordinals, to: &writer)
    } else if form.contains(.several) {
      Column.write(rows.denseStarts(documents), to: &writer)
      Column.write(rows.ordinals, to: &writer)
    } else {
      var ordinals = [UInt64](repeating: 0, count: documents)
      for (row, document) in rows.documents.enumerated() { ordinals[document] = rows.ordinals[row] }
      Column.write(ordinals, to: &writer)
    }
    return form
  }

  /// The values in order, and (document, ordinal) of each, sorted and once.
  private func sorted() -> (keys: [AttributeKey], pairs: [UInt64]) {
    let entries = identifiers.sorted { $0.key < $1.key }
    var ordinals = [UInt64](repeating: 0, count: identifiers.count)
    for (index, entry) in entries.enumerated() { ordinals[Int(entry.value)] = UInt64(index + 1) }
    let pairs = log.map { $0 & ~0xFFFF_FFFF | ordinals[Int($0 & 0xFFFF_FFFF)] }.sorted()
    var unique: [UInt64] = []
    for pair in pairs where unique.last != pair { unique.append(pair) }
    return (entries.map(\.key), unique)
  }

  /// The documents that have values, and their ordinals.
  private struct Rows {
    var documents: [Int] = []
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

    /// Where the ordinals of every document begin, and the end.
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
