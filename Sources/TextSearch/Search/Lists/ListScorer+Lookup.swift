// Looks up some documents, given in ascending order, and what they get from a list.
extension ListScorer {
  /// Adds the inputs that some documents (ascending) get from the list. Frequencies are read only of blocks that hold one
  /// of them.
  func addInputs(
    at documents: borrowing GrowableBuffer<UInt32>, to inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(inputs.count >= documents.count)
    let target = unsafe inputs.unsafeBase
    unsafe try state.pointee.cursor.forEachHeld(documents, blocks, tables) {
      (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held: held, tables)
      // Safe because: `number` is below the count of inputs.
      unsafe target[number] += cursor.loadedBlock(tables).input(index)
    }
  }

  /// Adds the inputs that some documents (ascending) get from the list, of those alone that may reach `minimum`.
  func addInputs(
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    to inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(inputs.count >= documents.count && minimum.count >= documents.count)
    let (target, needed) = unsafe (inputs.unsafeBase, minimum.unsafeBase)
    // Safe because: `number` is below the counts of inputs and minima.
    let isWanted = { (number: Int, maximum: Float) in unsafe maximum >= needed[number] }
    unsafe try state.pointee.cursor.forEachHeld(documents, blocks, tables, isWanted: isWanted) {
      (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held: held, tables)
      unsafe target[number] += cursor.loadedBlock(tables).input(index)
    }
  }

  /// Adds the inputs that some documents (ascending) get from the list and their frequencies, and sets their posting ordinals.
  ///
  /// - Parameter ordinals: as many of the last as there are documents are set where the list holds one.
  func addInputs(
    at documents: borrowing GrowableBuffer<UInt32>, to inputs: inout GrowableBuffer<Float>,
    frequencies: inout GrowableBuffer<Float>, ordinals: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    let count = documents.count
    precondition(inputs.count >= count && frequencies.count >= count && ordinals.count >= count)
    let (target, counted) = unsafe (inputs.unsafeBase, frequencies.unsafeBase)
    let row = unsafe ordinals.unsafeBase + ordinals.count - count
    unsafe try state.pointee.cursor.forEachHeld(documents, blocks, tables) {
      (cursor, number, index, held) throws(SearchError) in
      try cursor.loadForScore(index, held: held, tables)
      // Safe because: `number` is below all counts.
      unsafe target[number] += cursor.loadedBlock(tables).input(index)
      unsafe counted[number] += Float(cursor.frequencies[index])
      unsafe row[number] = PostingOrdinal.first(ofBlock: cursor.block) | UInt32(truncatingIfNeeded: index)
    }
  }
}

extension PostingCursor {
  /// Documents of a block from which on all of its frequencies are decoded.
  private static let fewHeld = 2

  /// Runs `body` on each of some documents (ascending) that the list holds, its block loaded: its ordinal, its index in the
  /// block, and how many of the documents the block has held before.
  ///
  /// - Parameter isWanted: whether a document is looked for, by its ordinal and the maximum of the block that may hold it.
  @inline(__always)
  fileprivate mutating func forEachHeld(
    _ targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    isWanted: (Int, Float) -> Bool = { _, _ in true },
    body: (inout PostingCursor, Int, Int, Int) throws(SearchError) -> Void
  ) throws(SearchError) {
    var block = -1
    var held = 0
    var index = 0
    var bound = BlockMaxima.Block(last: 0, maximum: 0)
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
      index = unsafe loadedBlock(tables).index(of: document, from: index)
      // Safe because: an index below `filled` is one of the documents'.
      guard index < filled, unsafe documents[unchecked: index] == document else { continue }
      try body(&self, number, index, held)
      held &+= 1
    }
  }

  /// Loads what the score of a posting is made of, of a block that has held `held` of the documents before.
  @inline(__always)
  mutating func loadForScore(_ index: Int, held: Int, _ tables: ScoringTables) throws(SearchError) {
    if held < PostingCursor.fewHeld {
      try loadSingle(index, codesBelow: tables.formCount)
    } else {
      try load(block, tables)
    }
  }
}
