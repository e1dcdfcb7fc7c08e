// What a list says of some documents, given in ascending order.
extension PostingCursor {
  /// The bound of a list of less than a block, which is decoded for it.
  mutating func shortBound(_ tables: ScoringTables) throws(SearchError) -> BlockMaxima.Bound {
    try load(0, tables)
    let postings = unsafe loadedPostings(tables)
    var maximum: Float = 0
    for index in 0..<filled { maximum = max(maximum, unsafe postings.part(index)) }
    return BlockMaxima.Bound(last: documents[filled - 1], maximum: maximum)
  }

  /// Appends a block's documents that lie in a window.
  mutating func append(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, to target: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try loadBlock(block)
    let places = unsafe loadedPostings(tables).places(in: window)
    target.append(documents.span.extracting(places))
  }

  /// The same, and where they stand in the list.
  mutating func append(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, to target: inout GrowableBuffer<UInt32>,
    places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try loadBlock(block)
    let own = unsafe loadedPostings(tables).places(in: window)
    target.append(documents.span.extracting(own))
    let first = UInt32(truncatingIfNeeded: block &* PostingFormat.blockSize &+ own.lowerBound)
    // Safe because: `extend` makes room for as many.
    let row = unsafe places.extend(by: own.count)
    for index in 0..<own.count { unsafe row[index] = first &+ UInt32(truncatingIfNeeded: index) }
  }

  /// Makes `documents` those of a block, and `scores` what they score as the only list of a clause.
  mutating func scores(
    ofBlock block: Int, _ tables: ScoringTables, _ weight: Float, _ documents: inout GrowableBuffer<UInt32>,
    _ scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try load(block, tables)
    let postings = unsafe loadedPostings(tables)
    documents.removeAll()
    documents.append(self.documents.span.extracting(0..<filled))
    scores.removeAll()
    scores.append(repeating: 0, count: filled)
    let target = unsafe scores.unsafeBase
    var index = 0
    while index &+ 4 <= filled {
      // Safe because: `target` holds `filled` values.
      let four = unsafe BM25.saturated(postings.parts(index), weight)
      unsafe UnsafeMutableRawPointer(target + index).storeBytes(of: four, as: SIMD4<Float>.self)
      index &+= 4
    }
    while index < filled {
      unsafe target[index] = BM25.saturated(postings.part(index), weight)
      index &+= 1
    }
  }

  /// Of a block that holds more of the documents all frequencies are decoded.
  private static let fewHeld = 2

  /// Runs `body` on each of some documents (ascending) that the list holds, its block loaded: its number, its place in the
  /// block, and how many of the documents the block has held before.
  ///
  /// - Parameter isWanted: whether a document is looked for, by its number and the bound of the block that may hold it.
  @inline(__always)
  private mutating func forEachHeld(
    _ targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    isWanted: (Int, Float) -> Bool = { _, _ in true },
    _ body: (inout PostingCursor, Int, Int, Int) throws(SearchError) -> Void
  ) throws(SearchError) {
    var block = -1
    var held = 0
    var index = 0
    var bound = BlockMaxima.Bound(last: 0, maximum: 0)
    var isLoaded = false
    for number in 0..<targets.count {
      // Safe because: `number` is below the count.
      let document = unsafe targets[unchecked: number]
      if block < 0 || bound.last < document {
        block = blocks.first(from: block + 1, reaching: document)
        guard block < blocks.count else { return }
        bound = blocks[block]
        isLoaded = false
      }
      guard isWanted(number, bound.maximum) else { continue }
      if !isLoaded {
        try loadBlock(block)
        (isLoaded, index, held) = (true, 0, 0)
      }
      index = unsafe loadedPostings(tables).place(from: index, of: document)
      // Safe because: an index below `filled` is one of the documents'.
      guard index < filled, unsafe documents[unchecked: index] == document else { continue }
      try body(&self, number, index, held)
      held &+= 1
    }
  }

  /// Loads what the score of a posting is made of, of a block that has held `held` of the documents before.
  @inline(__always)
  mutating func loadForScore(_ index: Int, _ held: Int, _ tables: ScoringTables) throws(SearchError) {
    if held < PostingCursor.fewHeld {
      try loadSingle(index, codesBelow: tables.formCount)
    } else {
      try load(block, tables)
    }
  }

  /// Adds what some documents (ascending) get from the list to their x. Frequencies are read only of blocks that hold
  /// one of them.
  mutating func addParts(
    at targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(x.count >= targets.count)
    let target = unsafe x.unsafeBase
    try forEachHeld(targets, blocks, tables) { (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held, tables)
      // Safe because: `number` is below the count of x.
      unsafe target[number] += cursor.loadedPostings(tables).part(index)
    }
  }

  /// The same of those documents alone whose x may reach `least`.
  mutating func addParts(
    at targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    minimum: borrowing GrowableBuffer<Float>, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(x.count >= targets.count && minimum.count >= targets.count)
    let (target, needed) = unsafe (x.unsafeBase, minimum.unsafeBase)
    // Safe because: `number` is below the counts of x and of what is needed.
    let isWanted = { (number: Int, maximum: Float) in unsafe maximum >= needed[number] }
    try forEachHeld(targets, blocks, tables, isWanted: isWanted) {
      (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held, tables)
      unsafe target[number] += cursor.loadedPostings(tables).part(index)
    }
  }

  /// The same of all; adds the frequencies, and notes the places in the list.
  ///
  /// - Parameter places: as many of the last as there are documents are set where the list holds one.
  mutating func addParts(
    at targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    to x: inout GrowableBuffer<Float>, _ counts: inout GrowableBuffer<Float>, places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    precondition(x.count >= targets.count && counts.count >= targets.count && places.count >= targets.count)
    let (target, counted) = unsafe (x.unsafeBase, counts.unsafeBase)
    let row = unsafe places.unsafeBase + places.count - targets.count
    try forEachHeld(targets, blocks, tables) { (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held, tables)
      // Safe because: `number` is below all counts.
      unsafe target[number] += cursor.loadedPostings(tables).part(index)
      unsafe counted[number] += Float(cursor.frequencies[index])
      unsafe row[number] = PostingOrdinal.first(ofBlock: cursor.block) | UInt32(truncatingIfNeeded: index)
    }
  }
}
