/// One posting list of a clause, scored block by block.
///
/// What it adds to a document's x is weight * frequency / K, in these operations and this order: the same bits as the
/// oracle's.
final class ListScorer {
  let language: Language
  /// The least and the most that a document of the list weighs.
  let lowestWeight: Float
  let documentCount: Int
  let blocks: BlockBounds
  let tables: ScoringTables
  var cursor: PostingCursor
  private var positionReader: PositionReader
  /// The first block that may hold documents of the window at work, or of a later one.
  private var next = 0

  /// - Parameters:
  ///   - normalizers: 1 / K by length code.
  ///   - isBounded: whether bounds are asked for.
  init(
    _ list: Segment.SelectedList, _ segment: Segment, normalizers: [Float], isBounded: Bool
  ) throws(SearchError) {
    language = list.language
    lowestWeight = list.formWeights.min() ?? list.weight
    documentCount = list.entry.list.documents
    tables = try ScoringTables(list, normalizers: normalizers, lengths: try segment.lengthCodes())
    var cursor = try segment.cursor(list.entry)
    positionReader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    let highestWeight = isBounded ? list.formWeights.max() ?? list.weight : .infinity
    blocks = try BlockBounds(&cursor, tables, highestWeight: highestWeight)
    self.cursor = cursor
  }

  // MARK: Windows, ascending

  /// The most that a document of a window gets from the list; 0 where it holds none.
  func bound(_ window: Range<UInt32>) -> Float {
    var block = next
    while block < blocks.count, blocks[block].last < window.lowerBound { block &+= 1 }
    next = block
    var most: Float = 0
    var start = block == 0 ? 0 : blocks[block &- 1].last &+ 1
    while block < blocks.count, start < window.upperBound {
      most = max(most, blocks[block].most)
      start = blocks[block].last &+ 1
      block &+= 1
    }
    return most
  }

  /// Runs `body` on each block that may hold documents of a window, with its bound.
  @inline(__always)
  func forEachBlock(
    _ window: Range<UInt32>, _ body: (Int, Float, inout PostingCursor) throws(SearchError) -> Void
  ) throws(SearchError) {
    var block = next
    while block < blocks.count, blocks[block].last < window.lowerBound { block &+= 1 }
    next = block
    while block < blocks.count {
      if block > 0, blocks[block &- 1].last &+ 1 >= window.upperBound { return }
      try body(block, blocks[block].most, &cursor)
      block &+= 1
    }
  }

  /// Adds the scores of a window's documents.
  ///
  /// - Parameters:
  ///   - weight: of the clause, whose only list it is.
  ///   - least: documents of blocks whose x stays below need no score.
  ///   - isCounting: they are marked then.
  func addScores(
    _ window: Range<UInt32>, _ weight: Float, least: Float, isCounting: Bool, to board: borrowing ScoreBoard
  ) throws(SearchError) {
    try forEachBlock(window) { (block, most, cursor) throws(SearchError) in
      if most >= least {
        try cursor.addScores(block, window, tables, weight, to: board)
      } else if isCounting {
        try cursor.mark(block, window, tables, on: board)
      }
    }
  }

  /// The same for a clause of several lists, which saturates later.
  func addParts(
    _ window: Range<UInt32>, least: Float, isCounting: Bool, to board: inout ScoreBoard
  ) throws(SearchError) {
    try forEachBlock(window) { (block, most, cursor) throws(SearchError) in
      if most >= least {
        try cursor.addParts(block, window, tables, to: &board)
      } else if isCounting {
        try cursor.mark(block, window, tables, on: board)
      }
    }
  }

  /// Marks a window's documents as matching.
  func mark(_ window: Range<UInt32>, on board: borrowing ScoreBoard) throws(SearchError) {
    try forEachBlock(window) { (block, _, cursor) throws(SearchError) in
      try cursor.mark(block, window, tables, on: board)
    }
  }

  /// Appends a window's documents, but for blocks whose x stays below `least`.
  func append(
    _ window: Range<UInt32>, least: Float = 0, to documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try forEachBlock(window) { (block, most, cursor) throws(SearchError) in
      if most >= least { try cursor.append(block, window, tables, to: &documents) }
    }
  }

  // MARK: Blocks

  /// Writes what a block's documents score as the only list of a clause; gives how many there are.
  func scores(
    ofBlock block: Int, _ weight: Float, _ documents: inout GrowableBuffer<UInt32>,
    _ scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try cursor.scores(ofBlock: block, tables, weight, &documents, &scores)
  }

  /// Appends a block's documents that lie in a window.
  func append(
    block: Int, _ window: Range<UInt32> = 0..<UInt32.max, to documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try cursor.append(block, window, tables, to: &documents)
  }

  // MARK: Single documents

  /// Adds what some documents (ascending) get from the list to their x.
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try cursor.addParts(at: documents, blocks, tables, to: &x)
  }

  /// The same of those documents alone whose x may reach `least`.
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, least: borrowing GrowableBuffer<Float>,
    to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try cursor.addParts(at: documents, blocks, tables, least: least, to: &x)
  }

  /// The same of all, and adds the frequencies.
  func addParts(
    at documents: borrowing GrowableBuffer<UInt32>, to x: inout GrowableBuffer<Float>,
    _ counts: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try cursor.addParts(at: documents, blocks, tables, to: &x, &counts)
  }

  /// Adds where the word stands in those of some documents (ascending) that the list holds, at their places in the table.
  func readPositions(
    at documents: borrowing GrowableBuffer<UInt32>, _ places: borrowing GrowableBuffer<Int>,
    into table: inout PositionTable
  ) throws(SearchError) {
    try cursor.readPositions(
      at: documents, places, blocks, tables, language, &positionReader, into: &table)
  }
}

/// The last document of each block of a list, and the most that one of the block's documents adds to x.
@safe
struct BlockBounds: ~Copyable {
  struct Bound: BitwiseCopyable {
    let last: UInt32
    let most: Float
  }

  let count: Int
  // Safe because: `count` bounds, allocated here, written once, freed in `deinit`.
  private let base: UnsafeMutablePointer<Bound>

  /// - Parameters:
  ///   - cursor: over the list; of less than a block it is decoded for its bound.
  ///   - highestWeight: the most that a document of the list weighs; infinite where bounds are not asked for.
  init(_ cursor: inout PostingCursor, _ tables: ScoringTables, highestWeight: Float) throws(SearchError) {
    let records = cursor.records
    let count = max(1, records.count)
    let base = UnsafeMutablePointer<Bound>.allocate(capacity: count)
    do throws(SearchError) {
      if records.count == 0 {
        unsafe base[0] = try cursor.shortBound(tables)
      } else {
        for block in 0..<count {
          var most = highestWeight
          if most < .infinity { most = tables.most(front: try records.frontWord(block), highestWeight) }
          unsafe base[block] = Bound(last: try records.lastDocument(block), most: most)
        }
      }
    } catch {
      unsafe base.deallocate()
      throw error
    }
    self.count = count
    unsafe self.base = base
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  subscript(block: Int) -> Bound {
    precondition(UInt(bitPattern: block) < UInt(bitPattern: count), "no such block")
    return unsafe base[block]
  }

  /// The first block from `start` on whose last document is not before `document`; `count` if there is none.
  func first(from start: Int, reaching document: UInt32) -> Int {
    var low = start
    // Most steps are short; the rest is halved.
    let near = min(start &+ 4, count)
    while low < near {
      if self[low].last >= document { return low }
      low &+= 1
    }
    var high = count
    while low < high {
      let middle = (low &+ high) &>> 1
      if self[middle].last < document { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}

extension ScoringTables {
  /// The most that a posting under a block's front of (frequency, length) pairs adds to x.
  func most(front: UInt64, _ weight: Float) -> Float {
    var most: Float = 0
    for index in 0..<PostingFormat.frontSize {
      let frequency = Int(truncatingIfNeeded: front &>> UInt64(16 &* index)) & 0xFF
      let length = Int(truncatingIfNeeded: front &>> UInt64(16 &* index &+ 8)) & 0xFF
      // A frequency that stands for everything above has no bound but that of x / (1 + x).
      if frequency == PostingFormat.manyTimes { return .infinity }
      // Safe because: there are 256 normalizers.
      most = max(most, unsafe weight * Float(frequency) * normalizers[length])
    }
    return most
  }
}
