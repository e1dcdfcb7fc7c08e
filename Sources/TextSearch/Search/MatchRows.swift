/// Documents, and row by row where they stand in the lists that were read.
struct MatchRows: ~Copyable {
  /// Ascending.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 128)
  /// Rows, `stride` apart; `PostingOrdinal.none` where a list does not hold the document.
  private var places = GrowableBuffer<UInt32>(capacity: 256)
  private var stride = 0
  private(set) var rowCount = 0
  /// x of one clause, where it was read.
  private(set) var x = GrowableBuffer<Float>(capacity: 0)
  private(set) var hasX = false

  var count: Int { documents.count }

  mutating func removeAll() {
    documents.removeAll()
    places.removeAll()
    (stride, rowCount, hasX) = (0, 0, false)
  }

  /// Makes the documents those of a list in a window; their places are the first row.
  mutating func fill(_ list: ListScorer, _ window: Range<UInt32>, minimum: Float) throws(SearchError) {
    removeAll()
    try list.append(window, minimum: minimum, to: &documents, places: &places)
    (stride, rowCount) = (documents.count, 1)
  }

  /// Makes the documents those of a set of places in a window, which is then empty.
  mutating func fill(_ bits: inout GrowableBuffer<UInt64>, from start: UInt32) {
    removeAll()
    for word in 0..<bits.count {
      var rest = bits[word]
      bits[word] = 0
      while rest != 0 {
        documents.append(start &+ UInt32(truncatingIfNeeded: word &<< 6 &+ rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    stride = documents.count
  }

  // MARK: Rows

  /// Where a row begins.
  ///
  /// Safe because: there are `stride` places for each row, and no more documents than that.
  @unsafe
  func row(_ row: Int) -> UnsafeMutablePointer<UInt32> {
    precondition(row >= 0 && row < rowCount)
    return unsafe places.unsafeBase + row * stride
  }

  /// Adds a row of what was found in a list.
  mutating func addRow(_ found: borrowing FoundPostings) {
    let row = unsafe addRow()
    for index in 0..<count { unsafe row[index] = PostingOrdinal.none }
    let (numbers, own) = unsafe (found.numbers.unsafeBase, found.places.unsafeBase)
    // Safe because: what was found are numbers of documents.
    for index in 0..<found.count { unsafe row[Int(numbers[index])] = own[index] }
  }

  /// Adds a row of what was found in a list that holds all documents.
  mutating func addWholeRow(_ found: borrowing FoundPostings) {
    precondition(found.count == count)
    unsafe addRow().update(from: found.places.unsafeBase, count: count)
  }

  /// Makes room for a row, which is to be set.
  @unsafe
  private mutating func addRow() -> UnsafeMutablePointer<UInt32> {
    rowCount += 1
    _ = unsafe places.extend(by: max(0, rowCount * stride - places.count))
    return unsafe row(rowCount - 1)
  }

  /// Reads x of the clause whose lists are the rows from `first` on.
  mutating func readX(_ scorer: ClauseScorer, from first: Int) throws(SearchError) {
    MatchRows.clear(&x, count)
    try unsafe addX(scorer, from: first, to: x.unsafeBase)
    hasX = true
  }

  /// The same into a buffer.
  func readX(_ scorer: ClauseScorer, from first: Int, into x: inout GrowableBuffer<Float>) throws(SearchError) {
    MatchRows.clear(&x, count)
    try unsafe addX(scorer, from: first, to: x.unsafeBase)
  }

  private static func clear(_ x: inout GrowableBuffer<Float>, _ count: Int) {
    x.removeAll()
    x.append(repeating: 0, count: count)
  }

  /// Safe because: there are as many x and places of each row as documents.
  @unsafe
  private func addX(_ scorer: ClauseScorer, from first: Int, to x: UnsafeMutablePointer<Float>) throws(SearchError) {
    for (number, list) in scorer.lists.enumerated() {
      let hasGaps = scorer.lists.count > 1
      try unsafe list.addParts(documents.unsafeBase, at: row(first + number), count, hasGaps: hasGaps, to: x)
    }
  }

  /// Reads x of the first of some clauses, of one list, where it is enough with what the blocks of the others may add;
  /// elsewhere it is set below 0.
  ///
  /// - Parameters:
  ///   - order: the places of the clauses; the first row of each is in `firstRows`.
  ///   - cut: what the first clause and those others that have one list must score.
  mutating func readBestX(
    _ clauses: [ClauseScorer], _ order: [Int], _ firstRows: borrowing GrowableBuffer<Int>, cut: Float
  ) throws(SearchError) {
    MatchRows.clear(&x, count)
    hasX = true
    let scorer = clauses[order[0]]
    // Safe because: there are as many places of each row and x as documents, and ranges are below their count.
    let (places, target) = unsafe (row(firstRows[order[0]]), x.unsafeBase)
    var end = count
    while end > 0 {
      let start = unsafe PostingCursor.startOfBlock(places, before: end)
      let others = boundOfOthers(clauses, order, firstRows, start..<end)
      let minimum = scorer.minimumInput(cut - others)
      if unsafe scorer.lists[0].maximum(from: places[start], through: places[start]) >= minimum {
        try unsafe scorer.lists[0].addParts(
          documents.unsafeBase + start, at: places + start, end - start, hasGaps: false, to: target + start)
        for index in start..<end { unsafe target[index] = target[index] >= minimum ? target[index] : -1 }
      } else {
        for index in start..<end { unsafe target[index] = -1 }
      }
      end = start
    }
  }

  /// The most that the clauses of one list behind the first add to the scores of a range of the documents.
  private func boundOfOthers(
    _ clauses: [ClauseScorer], _ order: [Int], _ firstRows: borrowing GrowableBuffer<Int>, _ range: Range<Int>
  ) -> Float {
    var sum: Float = 0
    for clause in order.dropFirst() where clauses[clause].lists.count == 1 {
      let places = unsafe row(firstRows[clause])
      // Safe because: the range is not empty, and there are places of all documents.
      let maximum = unsafe clauses[clause].lists[0].maximum(
        from: places[range.lowerBound], through: places[range.upperBound - 1])
      sum += ClauseScorer.score(maximum, clauses[clause].weight)
    }
    return sum
  }

  // MARK: Fewer documents

  /// Keeps the documents of some numbers, ascending.
  mutating func keep(_ numbers: borrowing GrowableBuffer<UInt32>) {
    guard numbers.count < count else { return }
    for number in 0..<rowCount { unsafe MatchRows.gather(row(number), numbers) }
    if hasX {
      unsafe MatchRows.gather(x.unsafeBase, numbers)
      x.truncate(to: numbers.count)
    }
    unsafe MatchRows.gather(documents.unsafeBase, numbers)
    documents.truncate(to: numbers.count)
  }

  /// Safe because: the numbers rise and are below the count of the values.
  @unsafe
  @inline(__always)
  private static func gather<Value: BitwiseCopyable>(
    _ values: UnsafeMutablePointer<Value>, _ numbers: borrowing GrowableBuffer<UInt32>
  ) {
    let kept = unsafe numbers.unsafeBase
    for index in 0..<numbers.count { unsafe values[index] = values[Int(kept[index])] }
  }
}
