/// Scores one posting list of a clause, block by block.
///
/// A document's input from the list is weight * frequency / K, in these operations and this order, as in the reference search:
/// the bits are equal.
@safe
final class ListScorer {
  let language: Language
  /// As `SelectedList.isFrequent`.
  let isFrequent: Bool
  /// The lowest weight of the list's documents.
  let lowestWeight: Float
  let documentCount: Int
  let blocks: BlockMaxima
  let tables: ScoringTables
  /// Keeps the lengths of the tables mapped.
  private let lengths: ByteRegion
  // Safe because: initialized here, destroyed in `deinit`, used by one search, one part at a time. No property: each use of a
  // variable one would be checked for exclusive access.
  let state: UnsafeMutablePointer<ListState>

  /// - Parameters:
  ///   - lengthNorms: 1 / K by length code.
  ///   - isWhole: one upper bound is enough for all documents.
  init(_ list: SelectedList, _ segment: Segment, lengthNorms: [Float], isWhole: Bool = false) throws(SearchError) {
    language = list.language
    isFrequent = list.isFrequent
    lowestWeight = list.lowestWeight
    documentCount = list.entry.list.documents
    lengths = try segment.lengthCodes()
    // Safe because: the lengths keep the segment's file mapped.
    var block = unsafe try segment.unownedBlock(list.entry)
    block.isOfFrequentTerm = list.isFrequent
    let tables = unsafe ScoringTables(
      list, lengthNorms: lengthNorms, lengths: try lengths.address(at: 0, count: lengths.count))
    do throws(SearchError) {
      blocks = try BlockMaxima(&block, tables, highestWeight: list.weight, isWhole: isWhole)
    } catch {
      tables.deallocate()
      throw error
    }
    self.tables = tables
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: ListState(block))
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
    tables.deallocate()
  }

  // MARK: Upper bounds

  /// Returns the upper bound of the inputs of a window's documents; 0 where the list holds none. Windows ascend.
  func bound(_ window: Range<UInt32>) -> Float {
    if let whole = blocks.whole { return whole }
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

  // MARK: Blocks

  /// Runs `body` on each block that may hold documents of a window, with its maximum. Windows ascend.
  @inline(__always)
  func forEachBlock(
    _ window: Range<UInt32>, _ body: (Int, Float, inout PostingBlock) throws(SearchError) -> Void
  ) throws(SearchError) {
    var block = unsafe state.pointee.next
    while block < blocks.count, blocks[block].last < window.lowerBound { block &+= 1 }
    unsafe state.pointee.next = block
    while block < blocks.count {
      if block > 0, blocks[block &- 1].last &+ 1 >= window.upperBound { return }
      unsafe try body(block, blocks[block].maximum, &state.pointee.block)
      block &+= 1
    }
  }

  /// Appends a window's documents. Windows may come in any order.
  ///
  /// - Parameter test: only those documents are wanted of which the neighbours of some occurrence say anything; nil for all.
  func appendDocuments(
    _ window: Range<UInt32>, _ test: NeighbourTest? = nil, to documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    var block = blocks.first(from: 0, reaching: window.lowerBound)
    while block < blocks.count, block == 0 || blocks[block &- 1].last &+ 1 < window.upperBound {
      unsafe try state.pointee.block.appendDocuments(block, window, test, to: &documents)
      block &+= 1
    }
  }

  /// Appends a block's documents.
  func appendDocuments(ofBlock block: Int, to documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    unsafe try state.pointee.block.appendDocuments(block, 0..<UInt32.max, nil, to: &documents)
  }

  /// Sets documents and scores to those of a block of the only list of a clause.
  func score(
    block: Int, _ weight: Float, documents: inout GrowableBuffer<UInt32>, scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    unsafe try state.pointee.block.score(block, tables, weight, documents: &documents, scores: &scores)
  }

  // MARK: Positions

  /// Adds the positions of a posting as those of a document of the table.
  func readPositions(
    of ordinal: UInt32, asDocument document: Int, into table: inout PositionTable
  ) throws(SearchError) {
    try table.add(document, language, isFrequent: isFrequent) { (positions) throws(SearchError) in
      try unsafe state.pointee.block.appendPositions(
        PostingOrdinal.index(ordinal), of: PostingOrdinal.block(ordinal), to: &positions)
    }
  }
}

/// The state of reading a list.
struct ListState: ~Copyable {
  var block: PostingBlock
  /// The first block that may hold documents of the window at work, or of a later one.
  var next = 0

  init(_ block: consuming PostingBlock) { self.block = block }
}

extension PostingBlock {
  /// Appends a block's documents that lie in a window, and pass a test.
  fileprivate mutating func appendDocuments(
    _ block: Int, _ window: Range<UInt32>, _ test: NeighbourTest?, to target: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try loadDocuments(of: block)
    guard let test, list.hasNeighbours else { return target.append(documents.span.extracting(indices(in: window))) }
    try loadNeighbours(of: block, test)
    for index in indices(in: window) where neighbourFlags[index] != 0 { target.append(documents[index]) }
  }

  fileprivate mutating func score(
    _ block: Int, _ tables: ScoringTables, _ weight: Float, documents: inout GrowableBuffer<UInt32>,
    scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    try load(block, tables)
    let loaded = LoadedBlock(self, tables)
    documents.removeAll()
    documents.append(self.documents.span.extracting(0..<count))
    scores.removeAll()
    scores.append(repeating: 0, count: count)
    let target = unsafe scores.unsafeBase
    var index = 0
    while index &+ 4 <= count {
      // Safe because: `target` holds `count` values.
      let four = unsafe BM25.score(loaded.inputs(index), weight)
      unsafe UnsafeMutableRawPointer(target + index).storeBytes(of: four, as: SIMD4<Float>.self)
      index &+= 4
    }
    while index < count {
      unsafe target[index] = BM25.score(loaded.input(index), weight)
      index &+= 1
    }
  }
}
