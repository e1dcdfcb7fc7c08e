/// One posting list of a clause, scored block by block.
///
/// What it adds to a document's x is weight * frequency / K, in these operations and this order: the same bits as the
/// oracle's.
@safe
final class ListScorer {
  let language: Language
  /// The least that a document of the list weighs.
  let lowestWeight: Float
  let documentCount: Int
  let blocks: BlockMaxima
  let tables: ScoringTables
  /// Keeps the lengths of the tables mapped.
  private let lengths: ByteRegion
  // Safe because: initialized here, destroyed in `deinit`, used by one search, one part at a time. Not a property: each use of
  // one that changes would be checked for exclusive access.
  let state: UnsafeMutablePointer<ListState>

  /// - Parameter normalizers: 1 / K by length code.
  init(_ list: Segment.SelectedList, _ segment: Segment, lengthNorms: [Float]) throws(SearchError) {
    language = list.language
    lowestWeight = list.lowestWeight
    documentCount = list.entry.list.documents
    lengths = try segment.lengthCodes()
    // Safe because: the lengths keep the segment's file mapped.
    var cursor = unsafe try segment.unownedCursor(list.entry)
    let tables = unsafe ScoringTables(
      list, lengthNorms: lengthNorms, lengths: try lengths.address(at: 0, count: lengths.count))
    do throws(SearchError) {
      blocks = try BlockMaxima(&cursor, tables, highestWeight: list.weight)
    } catch {
      tables.deallocate()
      throw error
    }
    self.tables = tables
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: ListState(cursor, list.entry))
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
    tables.deallocate()
  }

  // MARK: Windows, ascending

  /// The most that a document of a window gets from the list; 0 where it holds none.
  func bound(_ window: Range<UInt32>) -> Float {
    var block = unsafe state.pointee.next
    while block < blocks.count, blocks[block].last < window.lowerBound { block &+= 1 }
    unsafe state.pointee.next = block
    var maximum: Float = 0
    var start = block == 0 ? 0 : blocks[block &- 1].last &+ 1
    while block < blocks.count, start < window.upperBound {
      maximum = max(maximum, blocks[block].maximum)
      start = blocks[block].last &+ 1
      block &+= 1
    }
    return maximum
  }

  /// Runs `body` on each block that may hold documents of a window, with its bound.
  @inline(__always)
  func forEachBlock(
    _ window: Range<UInt32>, _ body: (Int, Float, inout PostingCursor) throws(SearchError) -> Void
  ) throws(SearchError) {
    var block = unsafe state.pointee.next
    while block < blocks.count, blocks[block].last < window.lowerBound { block &+= 1 }
    unsafe state.pointee.next = block
    while block < blocks.count {
      if block > 0, blocks[block &- 1].last &+ 1 >= window.upperBound { return }
      unsafe try body(block, blocks[block].maximum, &state.pointee.cursor)
      block &+= 1
    }
  }

  /// Adds the scores of a window's documents; gives how many there are.
  ///
  /// - Parameters:
  ///   - weight: of the clause, whose only list it is.
  ///   - least: documents of blocks whose x stays below need no score.
  ///   - isCounting: they are marked then.
  func addScores(
    _ window: Range<UInt32>, _ weight: Float, minimum: Float, isCounting: Bool, to board: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    var count = 0
    try forEachBlock(window) { (block, maximum, cursor) throws(SearchError) in
      if maximum >= minimum {
        count &+= try cursor.addScores(block, window, tables, weight, to: board)
      } else if isCounting {
        count &+= try cursor.mark(block, window, tables, on: board)
      }
    }
    return count
  }

  /// The same for a clause of several lists, which saturates later.
  func addParts(
    _ window: Range<UInt32>, minimum: Float, isCounting: Bool, to board: inout WindowAccumulator
  ) throws(SearchError) -> Int {
    var count = 0
    try forEachBlock(window) { (block, maximum, cursor) throws(SearchError) in
      if maximum >= minimum {
        count &+= try cursor.addParts(block, window, tables, to: &board)
      } else if isCounting {
        count &+= try cursor.mark(block, window, tables, on: board)
      }
    }
    return count
  }

  /// Marks a window's documents, and adds what some of them (ascending) get from the list to their x, if it may reach
  /// `least`.
  ///
  /// - Parameter overlaps: nothing is marked; those that are on the board already are counted instead.
  /// - Returns: how many those are.
  func mark(
    _ window: Range<UInt32>, on board: borrowing WindowAccumulator, overlaps: Bool,
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    to x: inout GrowableBuffer<Float>
  ) throws(SearchError) -> Int {
    var overlap = 0
    var number = 0
    try forEachBlock(window) { (block, maximum, cursor) throws(SearchError) in
      let last = blocks[block].last
      let start = number
      var isAsked = false
      while number < documents.count, documents[number] <= last {
        isAsked = isAsked || minimum[number] <= maximum
        number &+= 1
      }
      if !overlaps {
        _ = try cursor.mark(block, window, tables, on: board)
      } else if holdsNone(block, window, board) {
        return
      } else {
        overlap &+= try cursor.overlap(block, window, tables, with: board)
      }
      guard isAsked else { return }
      try cursor.addParts(block, maximum: maximum, tables, at: documents, start..<number, minimum: minimum, to: &x)
    }
    return overlap
  }

  /// Whether no document that a block may hold is on the board.
  private func holdsNone(_ block: Int, _ window: Range<UInt32>, _ board: borrowing WindowAccumulator) -> Bool {
    let first = max(window.lowerBound, block == 0 ? 0 : blocks[block &- 1].last &+ 1)
    let last = min(window.upperBound &- 1, blocks[block].last)
    return first <= last && board.isEmpty(Int(first &- window.lowerBound)...Int(last &- window.lowerBound))
  }

  /// Appends a window's documents.
  func append(_ window: Range<UInt32>, to documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    try forEachBlock(window) { (block, _, cursor) throws(SearchError) in
      try cursor.append(block, window, tables, to: &documents)
    }
  }

  // MARK: Blocks

  /// Writes what a block's documents score as the only list of a clause; gives how many there are.
  func scores(
    ofBlock block: Int, _ weight: Float, _ documents: inout GrowableBuffer<UInt32>,
    _ scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    unsafe try state.pointee.cursor.scores(ofBlock: block, tables, weight, &documents, &scores)
  }

  /// Appends a block's documents that lie in a window.
  func append(
    block: Int, _ window: Range<UInt32> = 0..<UInt32.max, to documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    unsafe try state.pointee.cursor.append(block, window, tables, to: &documents)
  }

  // MARK: Single documents

  /// Adds what some documents (ascending) get from the list to their x.
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    unsafe try state.pointee.cursor.addParts(at: documents, blocks, tables, to: &x)
  }

  /// The same of those documents alone whose x may reach `least`.
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    unsafe try state.pointee.cursor.addParts(at: documents, blocks, tables, minimum: minimum, to: &x)
  }

  /// The same of all; adds the frequencies, and notes the places in the list (`PostingCursor.addParts`).
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, to x: inout GrowableBuffer<Float>,
    _ counts: inout GrowableBuffer<Float>, places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    unsafe try state.pointee.cursor.addParts(at: documents, blocks, tables, to: &x, &counts, places: &places)
  }

  /// Adds the positions at a place of the list as those of document `number`.
  func readPositions(
    _ place: UInt32, _ number: Int, into table: inout PositionTable
  ) throws(SearchError) {
    try table.add(number, language) { (positions) throws(SearchError) in
      try unsafe state.pointee.cursor.readPositions(
        ofBlock: PostingOrdinal.block(place), PostingOrdinal.index(place), &state.pointee.positionReader,
        into: &positions)
    }
  }
}

/// Where a search is in a list.
struct ListState: ~Copyable {
  var cursor: PostingCursor
  var positionReader: PositionReader
  /// The first block that may hold documents of the window at work, or of a later one.
  var next = 0

  init(_ cursor: consuming PostingCursor, _ entry: TermDictionary.Entry) {
    positionReader = PositionReader(cursor.sections.positions, count: entry.list.positions)
    self.cursor = cursor
  }
}
