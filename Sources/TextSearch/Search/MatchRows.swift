/// Documents, and row by row where they stand in the lists that were read.
struct MatchRows: ~Copyable {
  /// Ascending.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 128)
  /// Rows, `stride` apart; `PostingPlace.none` where a list does not hold the document.
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
  mutating func fill(_ list: ListScorer, _ window: Range<UInt32>, least: Float) throws(SearchError) {
    removeAll()
    try list.append(window, least: least, to: &documents, places: &places)
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
  mutating func addRow(_ found: borrowing FoundPlaces) {
    let end = (rowCount + 1) * stride
    if places.count < end { places.append(repeating: PostingPlace.none, count: end - places.count) }
    rowCount += 1
    let row = unsafe row(rowCount - 1)
    for index in 0..<count { unsafe row[index] = PostingPlace.none }
    let (numbers, own) = unsafe (found.numbers.unsafeBase, found.places.unsafeBase)
    // Safe because: what was found are numbers of documents.
    for index in 0..<found.count { unsafe row[Int(numbers[index])] = own[index] }
  }

  /// Adds a row of what was found in a list that holds all documents.
  mutating func addWholeRow(_ found: borrowing FoundPlaces) {
    precondition(found.count == count)
    let end = (rowCount + 1) * stride
    if places.count < end { places.append(repeating: PostingPlace.none, count: end - places.count) }
    rowCount += 1
    unsafe row(rowCount - 1).update(from: found.places.unsafeBase, count: count)
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
      try unsafe list.addParts(documents.unsafeBase, at: row(first + number), count, to: x)
    }
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
