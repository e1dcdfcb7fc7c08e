extension AttributeColumn {
  /// Inserts the documents into `set` that have a value whose ordinal is in one of `ranges`.
  func insert(_ ranges: [Range<Int>], into set: inout DocumentSet) throws(SearchError) {
    let ranges = ranges.filter { !$0.isEmpty }
    guard let first = ranges.first else { return }
    if ranges.count == 1, isDenseSingleValued { return try ordinals.select(first, into: &set) }
    // A set of ordinals: one bit each.
    var wanted = DocumentSet(limit: dictionary.count + 1)
    for range in ranges { wanted.insert(range) }
    try forEachValue { document, ordinal in
      if wanted.contains(ordinal) { set.insert(document) }
    }
  }

  /// Returns, for each ordinal, the number of documents of `set` that have it; at 0, of those without a value.
  func counts(in set: DocumentSet) throws(SearchError) -> [Int] {
    var counts = [Int](repeating: 0, count: dictionary.count + 1)
    var documents = 0
    var last = -1
    try forEachValue { document, ordinal in
      guard set.contains(document) else { return }
      counts[ordinal] += 1
      if document != last { documents += 1 }
      last = document
    }
    counts[0] = set.count - documents
    return counts
  }

  /// Rows that are decoded together; their values fit the first-level cache.
  private static let chunkSize = 1024

  /// Passes every value to `body`: documents ascending, ordinals of one document ascending.
  ///
  /// Columns are decoded a chunk of rows at a time: checking each read costs more than decoding.
  @inline(__always)
  func forEachValue(_ body: (_ document: Int, _ ordinal: Int) throws(SearchError) -> Void) throws(SearchError) {
    let maximum = dictionary.count
    for first in stride(from: 0, to: rowCount, by: AttributeColumn.chunkSize) {
      let rows = first..<min(rowCount, first + AttributeColumn.chunkSize)
      let documents = try documents(rows)
      let starts = try starts(rows)
      let range = starts.map { $0[0]..<$0[rows.count] } ?? rows
      let ordinals = try self.ordinals.values(range)
      for row in 0..<rows.count {
        let document = documents?[row] ?? first + row
        for index in starts.map({ $0[row]..<$0[row + 1] }) ?? first + row..<first + row + 1 {
          let ordinal = ordinals[index - range.lowerBound]
          guard ordinal <= maximum else {
            throw self.ordinals.corrupt(at: index, "value \(ordinal) is not in the dictionary")
          }
          if ordinal > 0 { try body(document, ordinal) }
        }
      }
    }
  }

  /// Returns the documents of rows; nil if every document has a row.
  private func documents(_ rows: Range<Int>) throws(SearchError) -> [Int]? {
    guard let rowDocuments else { return nil }
    let documents = try rowDocuments.values(rows)
    for (row, document) in documents.enumerated() where document >= documentCount {
      throw rowDocuments.corrupt(at: rows.lowerBound + row, "document \(document) is beyond the segment")
    }
    return documents
  }

  /// Returns the index of the first ordinal of each row, and the end of the last; nil if every row has one ordinal.
  private func starts(_ rows: Range<Int>) throws(SearchError) -> [Int]? {
    guard let rowStarts else { return nil }
    let starts = try rowStarts.values(rows.lowerBound..<rows.upperBound + 1)
    guard starts[rows.count] <= ordinalCount else {
      throw rowStarts.corrupt(at: rows.upperBound, "rows end beyond the values")
    }
    for row in 0..<rows.count where starts[row] > starts[row + 1] {
      let number = rows.lowerBound + row
      throw rowStarts.corrupt(at: number, "the values of row \(number) end before they begin")
    }
    return starts
  }
}
