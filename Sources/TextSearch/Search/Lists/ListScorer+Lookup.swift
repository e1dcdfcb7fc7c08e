// Lookup of some documents in ascending order, and of what a list contributes to them.
extension ListScorer {
  /// Adds the inputs that some documents (ascending) get from the list. Frequencies are read only of blocks that hold one
  /// of them.
  func addInputs(
    at documents: borrowing GrowableBuffer<UInt32>, to inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(inputs.count >= documents.count)
    let target = unsafe inputs.unsafeBase
    unsafe try state.pointee.block.forEachHeld(documents, blocks, tables) { number, _, frequency, code in
      // Safe because: `number` is below the count of inputs.
      unsafe target[number] += tables.input(frequency: frequency, code: code, document: documents[unchecked: number])
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
    unsafe try state.pointee.block.forEachHeld(documents, blocks, tables, isWanted: isWanted) {
      number, _, frequency, code in
      unsafe target[number] += tables.input(frequency: frequency, code: code, document: documents[unchecked: number])
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
    unsafe try state.pointee.block.forEachHeld(documents, blocks, tables) { number, ordinal, frequency, code in
      // Safe because: `number` is below all counts.
      unsafe target[number] += tables.input(frequency: frequency, code: code, document: documents[unchecked: number])
      unsafe counted[number] += Float(frequency)
      unsafe row[number] = ordinal
    }
  }
}

extension PostingBlock {
  /// Documents of a block from which on all of its frequencies are decoded.
  private static let fewHeld = 2

  /// Runs `body` on each of some documents (ascending) that the list holds: its ordinal, that of its posting, the frequency, and the
  /// form code where weights depend on it. Bit sets are not decoded.
  ///
  /// - Parameter isWanted: whether a document is looked for, by its ordinal and the maximum of the block that may hold it.
  @inline(__always)
  fileprivate mutating func forEachHeld(
    _ targets: borrowing GrowableBuffer<UInt32>, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables,
    isWanted: (Int, Float) -> Bool = { _, _ in true }, body: (Int, UInt32, UInt32, UInt32) -> Void
  ) throws(SearchError) {
    var block = -1
    var held = 0
    var index = 0
    var bound = BlockMaxima.Block(last: 0, maximum: 0)
    var bitSet: BitSetBlock?
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
        bitSet = try self.bitSet(block, blocks)
        if bitSet == nil { try loadDocuments(of: block) }
        (isLoaded, index, held) = (true, 0, 0)
      }
      if let bitSet {
        index = bitSet.index(of: document)
        guard index >= 0 else { continue }
      } else {
        index = self.index(of: document, from: index)
        // Safe because: an index below the count is one of the documents'.
        guard index < count, unsafe documents[unchecked: index] == document else { continue }
      }
      let (frequency, code) = try posting(index, of: block, bitSet, held: held, tables)
      body(number, PostingOrdinal.first(ofBlock: block) | UInt32(truncatingIfNeeded: index), frequency, code)
      held &+= 1
    }
  }

  /// Returns the documents of a block as a bit set, without decoding them; nil if they are none.
  @inline(__always)
  private func bitSet(_ block: Int, _ blocks: borrowing BlockMaxima) throws(SearchError) -> BitSetBlock? {
    guard isPacked(block) else { return nil }
    let previous = block == 0 ? UInt32.max : blocks[block &- 1].last
    // Safe because: the sections live as long as this.
    return unsafe try bitSet(at: try skipEntries.postings(block), after: previous, through: blocks[block].last)
  }

  /// Returns what the input of a posting is made of, of a block that has held `held` of the documents before.
  ///
  /// - Parameter bitSet: the block's documents; nil where they are loaded instead.
  @inline(__always)
  mutating func posting(
    _ index: Int, of block: Int, _ bitSet: BitSetBlock? = nil, held: Int, _ tables: ScoringTables
  ) throws(SearchError) -> (frequency: UInt32, code: UInt32) {
    if held < PostingBlock.fewHeld {
      if let bitSet {
        return try posting(index, of: block, frequenciesAt: bitSet.end, codesBelow: tables.formCount)
      }
      if let posting = try posting(index, of: block, codesBelow: tables.formCount) { return posting }
    }
    try loadFrequencies(of: block)
    if tables.formCount > 0 { try loadCodes(of: block, below: tables.formCount) }
    // Safe because: the index is one of the block's, below 128.
    return unsafe (frequencies[unchecked: index], tables.formCount > 0 ? codes[unchecked: index] : 0)
  }
}
