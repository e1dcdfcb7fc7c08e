/// The values of one attribute in the merged segment. In memory are the new ordinals of the sources' values alone.
struct MergedAttribute: AttributeContents {
  let name: String
  let type: AttributeType
  private let mapping: DocumentMapping
  /// The column of each source; nil where no document has the attribute.
  private let columns: [AttributeColumn?]
  /// For each source, the new ordinal of each value; 0 for one that only deleted documents have.
  private var ordinals: [[UInt32]]

  /// Finds the values that live documents have, and numbers them.
  ///
  /// - Parameter sources: columns of one schema.
  init(
    _ name: String, of sources: [AttributeColumns], _ schema: AttributeSchema, _ mapping: DocumentMapping
  ) throws(SearchError) {
    self.name = name
    self.mapping = mapping
    type = schema.type(of: name)
    var columns: [AttributeColumn?] = []
    var ordinals: [[UInt32]] = []
    for (source, own) in sources.enumerated() {
      let column = try own.column(name)
      var isUsed = [UInt32](repeating: 0, count: (column?.dictionary.count ?? 0) + 1)
      let numbers = mapping.numbers[source]
      try column?.forEachValue { document, ordinal in
        if numbers[document] != DocumentMapping.none { isUsed[ordinal] = 1 }
      }
      columns.append(column)
      ordinals.append(isUsed)
    }
    self.columns = columns
    self.ordinals = ordinals
    try numberValues()
  }

  private mutating func numberValues() throws(SearchError) {
    var next: UInt32 = 0
    var numbered = ordinals
    try walkKeys { (_, holders) in
      next += 1
      for (source, ordinal) in holders { numbered[source][ordinal] = next }
    }
    ordinals = numbered
  }

  func forEachKey(_ body: (AttributeKey) throws(SearchError) -> Void) throws(SearchError) {
    try walkKeys { (key, _) throws(SearchError) in try body(key) }
  }

  /// Calls `body` with the values that live documents have, ascending, and with the ordinal of each in the sources that
  /// hold it.
  private func walkKeys(
    _ body: (AttributeKey, [(source: Int, ordinal: Int)]) throws(SearchError) -> Void
  ) throws(SearchError) {
    var cursors = columns.map { $0.map { AttributeDictionary.Cursor($0.dictionary) } }
    var order = MergeOrder(sequences: columns.count)
    func advance(_ source: Int) throws(SearchError) {
      while try cursors[source]?.next() == true {
        guard let cursor = cursors[source], ordinals[source][cursor.ordinal] > 0 else { continue }
        return order.push(source, cursor.key.order)
      }
    }
    for source in columns.indices { try advance(source) }
    var holders: [(source: Int, ordinal: Int)] = []
    while !order.isEmpty {
      let head = order.head(order.first)
      holders.removeAll(keepingCapacity: true)
      var key = AttributeKey.number(0)
      while !order.isEmpty, order.head(order.first) == head {
        let source = order.pop()
        guard let cursor = cursors[source] else { continue }
        key = cursor.key
        holders.append((source, cursor.ordinal))
        try advance(source)
      }
      try body(key, holders)
    }
  }

  func forEachRow(
    _ body: (_ document: Int, _ ordinals: [UInt32]) throws(SearchError) -> Void
  ) throws(SearchError) {
    for (number, origin) in mapping.origins.enumerated() {
      guard let column = columns[Int(origin.source)] else { continue }
      let old = try column.ordinals(of: Int(origin.document))
      guard !old.isEmpty else { continue }
      try body(number, old.map { ordinals[Int(origin.source)][$0] })
    }
  }
}
