/// The values of one attribute in a segment that is built. The column depends on the documents and their values alone, not
/// on the order in which they are added.
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

  /// Adds a value of a document.
  mutating func add(_ key: AttributeKey, to document: UInt32) {
    let next = UInt32(identifiers.count)
    let identifier = identifiers[key] ?? next
    if identifier == next { identifiers[key] = next }
    log.append(UInt64(document) << 32 | UInt64(identifier))
  }

  /// The values in order, and those of each document.
  var contents: SortedAttribute {
    let entries = identifiers.sorted { $0.key < $1.key }
    var ordinals = [UInt64](repeating: 0, count: identifiers.count)
    for (index, entry) in entries.enumerated() { ordinals[Int(entry.value)] = UInt64(index + 1) }
    var pairs = log
    for index in pairs.indices {
      pairs[index] = pairs[index] & ~0xFFFF_FFFF | ordinals[Int(pairs[index] & 0xFFFF_FFFF)]
    }
    pairs.sort()
    return SortedAttribute(name: name, type: type, keys: entries.map(\.key), pairs: pairs)
  }
}

/// The values of one attribute in memory.
struct SortedAttribute: AttributeContents {
  let name: String
  let type: AttributeType
  let keys: [AttributeKey]
  /// Document (upper half) and ordinal (lower half), ascending; equal ones are one value.
  let pairs: [UInt64]

  func forEachKey(_ body: (AttributeKey) throws(SearchError) -> Void) throws(SearchError) {
    for key in keys { try body(key) }
  }

  func forEachRow(
    _ body: (_ document: Int, _ ordinals: [UInt32]) throws(SearchError) -> Void
  ) throws(SearchError) {
    var ordinals: [UInt32] = []
    var index = 0
    while index < pairs.count {
      let document = pairs[index] >> 32
      ordinals.removeAll(keepingCapacity: true)
      while index < pairs.count, pairs[index] >> 32 == document {
        let ordinal = UInt32(truncatingIfNeeded: pairs[index])
        if ordinals.last != ordinal { ordinals.append(ordinal) }
        index += 1
      }
      try body(Int(document), ordinals)
    }
  }
}
