extension AttributeColumn {
  /// Adds the documents to `set` that have a value whose ordinal lies in one of `ranges`.
  func insert(_ ranges: [Range<Int>], into set: inout DocumentSet) throws(SearchError) {
    let ranges = ranges.filter { !$0.isEmpty }
    guard let first = ranges.first else { return }
    if ranges.count == 1, isPlain { return try ordinals.select(first, into: &set) }
    var wanted = DocumentSet(limit: dictionary.count + 1)
    for range in ranges { wanted.insert(range) }
    try forEachRow { (document, places) throws(SearchError) in
      for place in places where wanted.contains(try ordinal(at: place)) { set.insert(document) }
    }
  }

  /// For each ordinal how many documents of `set` have it; at 0, how many have no value.
  func counts(in set: DocumentSet) throws(SearchError) -> [Int] {
    var counts = [Int](repeating: 0, count: dictionary.count + 1)
    var found = 0
    try forEachRow { (document, places) throws(SearchError) in
      guard set.contains(document) else { return }
      var hasValue = false
      for place in places {
        let ordinal = try ordinal(at: place)
        counts[ordinal] += 1
        if ordinal > 0 { hasValue = true }
      }
      if hasValue { found += 1 }
    }
    counts[0] = set.count - found
    return counts
  }

  /// Every row: its document, and where its ordinals are.
  @inline(__always)
  func forEachRow(_ body: (Int, Range<Int>) throws(SearchError) -> Void) throws(SearchError) {
    for row in 0..<rowCount { try body(try document(row: row), try places(row: row)) }
  }
}
