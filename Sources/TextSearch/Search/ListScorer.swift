/// One posting list of a clause, scored block by block.
///
/// What it adds to a document's x is weight * frequency / K, in these operations and this order: the same bits as the
/// oracle's.
final class ListScorer {
  let language: Language
  private let list: Segment.SelectedList
  private let segment: Segment
  private var cursor: PostingCursor
  /// 1 / K by length code.
  private let normalizers: [Float]
  private let lengths: ByteRegion
  private let tables: ScoringTables
  private let highestWeight: Float
  private var positionReader: PositionReader
  private var found: [UInt32] = []
  private var blocks = GrowableBuffer<BlockBound>(capacity: 1)

  init(_ list: Segment.SelectedList, _ segment: Segment, normalizers: [Float]) throws(SearchError) {
    self.list = list
    self.segment = segment
    language = list.language
    self.normalizers = normalizers
    let lengths = try segment.lengthCodes()
    self.lengths = lengths
    tables = try ScoringTables(list, normalizers: normalizers, lengths: lengths)
    highestWeight = list.formWeights.max() ?? list.weight
    let cursor = try segment.cursor(list.entry)
    positionReader = PositionReader(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
    blocks.reserve(max(1, self.cursor.records.count))
    if self.cursor.records.count == 0 { try addShortBound() } else { try addBounds() }
  }

  /// The least that a document of the list weighs.
  var lowestWeight: Float { list.formWeights.min() ?? list.weight }

  var documentCount: Int { list.entry.list.documents }
  var blockCount: Int { blocks.count }

  // MARK: Bounds

  private func addBounds() throws(SearchError) {
    let records = cursor.records
    for block in 0..<records.count {
      let front = try records.frontWord(block)
      var most: Float = 0
      for index in 0..<PostingFormat.frontSize {
        let frequency = Int(truncatingIfNeeded: front &>> UInt64(16 &* index)) & 0xFF
        let length = Int(truncatingIfNeeded: front &>> UInt64(16 &* index &+ 8)) & 0xFF
        // A frequency that stands for everything above has no bound but that of x / (1 + x).
        let part =
          frequency == PostingFormat.manyTimes
          ? Float.infinity : highestWeight * Float(frequency) * normalizers[length]
        most = max(most, part)
      }
      blocks.append(BlockBound(last: try records.lastDocument(block), most: most))
    }
  }

  /// A list of less than a block is decoded for its bound.
  private func addShortBound() throws(SearchError) {
    try cursor.loadBlock(0)
    try cursor.loadBlockFrequencies()
    var most: Float = 0
    for index in 0..<cursor.filled {
      let length = Int(try lengths.byte(at: Int(cursor.documents[index])))
      most = max(most, highestWeight * Float(cursor.frequencies[index]) * normalizers[length])
    }
    blocks.append(BlockBound(last: cursor.documents[cursor.filled - 1], most: most))
  }

  /// Adds to each window's bound the most that one of its documents gets from the list.
  func addBounds(to bounds: inout GrowableBuffer<Float>, windowSize: Int) {
    guard cursor.records.count > 0 else { return addShortBounds(to: &bounds, windowSize: windowSize) }
    var window = 0
    var first = 0
    var most: Float = 0
    for block in 0..<blocks.count {
      let (last, bound) = (Int(blocks[block].last), blocks[block].most)
      // The block reaches from the document after the one before to its last.
      while window < first / windowSize {
        bounds[window] += most
        most = 0
        window += 1
      }
      most = max(most, bound)
      while window < last / windowSize {
        bounds[window] += most
        most = bound
        window += 1
      }
      first = last + 1
    }
    bounds[window] += most
  }

  /// Of a list of less than a block every document is known.
  private func addShortBounds(to bounds: inout GrowableBuffer<Float>, windowSize: Int) {
    var index = 0
    while index < cursor.filled {
      let window = Int(cursor.documents[index]) / windowSize
      bounds[window] += blocks[0].most
      while index < cursor.filled, Int(cursor.documents[index]) / windowSize == window { index += 1 }
    }
  }

  // MARK: Scores

  /// The first block whose last document is not before `document`.
  private func firstBlock(from document: Int) -> Int {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].last < document { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds what the list adds to x for the documents of a window.
  func add(_ window: Range<Int>, to x: inout GrowableBuffer<Float>) throws(SearchError) {
    let first = firstBlock(from: window.lowerBound)
    guard first < blocks.count else { return }
    try cursor.scatter(window, from: first, blocks, tables, to: &x)
  }

  /// The same for some documents only, given by their places in the window, ascending.
  func add(
    at slots: borrowing GrowableBuffer<UInt32>, _ window: Range<Int>, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    let first = firstBlock(from: window.lowerBound)
    guard first < blocks.count else { return }
    try cursor.scatter(at: slots, base: window.lowerBound, from: first, blocks, tables, to: &x)
  }

  /// Adds the positions of a document, if the list holds it.
  func addPositions(of document: UInt32, to positions: inout WordPositions) throws(SearchError) {
    let block = firstBlock(from: Int(document))
    guard block < blocks.count else { return }
    try cursor.loadBlock(block)
    guard let place = cursor.place(of: document) else { return }
    try cursor.appendPositions(of: place, &positionReader, to: &found)
    positions.add(found, language)
  }
}
