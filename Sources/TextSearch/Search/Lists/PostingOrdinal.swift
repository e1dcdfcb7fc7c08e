/// The ordinal of a posting in its list: the number of its block and the index in the block, in one number.
enum PostingOrdinal {
  static let none = UInt32.max
  /// Bits of the index in a block.
  private static let shift: UInt32 = 7
  private static let mask: UInt32 = 127

  @inline(__always)
  static func first(ofBlock block: Int) -> UInt32 { UInt32(truncatingIfNeeded: block) &<< shift }

  @inline(__always)
  static func block(_ ordinal: UInt32) -> Int { Int(ordinal &>> shift) }

  @inline(__always)
  static func index(_ ordinal: UInt32) -> Int { Int(ordinal & mask) }

  /// Returns the first of the ordinals before `end` that are in the same block as the last of them; all ascend.
  @unsafe
  @inline(__always)
  static func startOfBlock(_ ordinals: UnsafePointer<UInt32>, before end: Int) -> Int {
    var start = end &- 1
    // Safe because: the caller's `end` is above 0 and at most the count of the ordinals.
    let first = unsafe ordinals[start] & ~mask
    while start >= 16, unsafe ordinals[start &- 16] >= first { start &-= 16 }
    while start > 0, unsafe ordinals[start &- 1] >= first { start &-= 1 }
    return start
  }

  /// Returns the first of the ordinals before `end` that are in the same block as the last of them, and their number;
  /// `none` is between them for documents that the list does not hold.
  @unsafe
  static func startOfBlock(
    amongGaps ordinals: UnsafePointer<UInt32>, before end: Int
  ) -> (start: Int, held: Int) {
    var (start, held) = (end &- 1, 1)
    // Safe because: as above.
    let first = unsafe ordinals[start] & ~mask
    while start > 0 {
      let ordinal = unsafe ordinals[start &- 1]
      let isHeld = ordinal &- first <= mask
      if !isHeld, ordinal != none { break }
      held &+= isHeld ? 1 : 0
      start &-= 1
    }
    return (start, held)
  }
}

extension ListScorer {
  /// Appends a window's documents and their posting ordinals, except blocks whose inputs stay below `minimum`.
  func appendPostings(
    _ window: Range<UInt32>, minimum: Float, documents: inout GrowableBuffer<UInt32>,
    ordinals: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try forEachBlock(window) { (block, maximum, list) throws(SearchError) in
      guard maximum >= minimum else { return }
      try list.loadDocuments(of: block)
      let indices = list.indices(in: window)
      documents.append(list.documents.span.extracting(indices))
      let first = PostingOrdinal.first(ofBlock: block) &+ UInt32(truncatingIfNeeded: indices.lowerBound)
      // Safe because: `extend` makes room for as many.
      let row = unsafe ordinals.extend(by: indices.count)
      for index in 0..<indices.count { unsafe row[index] = first &+ UInt32(truncatingIfNeeded: index) }
    }
  }

  /// Finds which of a window's documents (ascending) the list holds, as `DocumentFinder` does.
  @inline(__always)
  func find(
    _ documents: borrowing GrowableBuffer<UInt32>, window: Range<UInt32>, with finder: inout DocumentFinder,
    body: (Int, UInt32, Bool) -> Void
  ) throws(SearchError) {
    try unsafe finder.find(
      documents, in: &state.pointee.block, window: window,
      firstBlock: { (_, block, document) throws(SearchError) in blocks.first(from: block, reaching: document) },
      body: { (_, number, ordinal, isHeld) throws(SearchError) in body(number, ordinal, isHeld) })
  }

  /// Adds the inputs that the list contributes to documents, by their posting ordinals.
  ///
  /// Safe because: there are `count` documents, ordinals and inputs; the ordinals are those that `find` returned, ascending, with
  /// some `PostingOrdinal.none` between them if there are gaps.
  @unsafe
  func addInputs(
    _ documents: UnsafePointer<UInt32>, at ordinals: UnsafePointer<UInt32>, count: Int, hasGaps: Bool,
    to inputs: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    // From the end on: the last block's frequencies came with its documents, and are lost when others are read.
    var end = count
    while end > 0 {
      guard unsafe ordinals[end &- 1] != PostingOrdinal.none else {
        end &-= 1
        continue
      }
      var (start, held) = (0, 0)
      if hasGaps {
        unsafe (start, held) = PostingOrdinal.startOfBlock(amongGaps: ordinals, before: end)
      } else {
        unsafe start = PostingOrdinal.startOfBlock(ordinals, before: end)
        held = end &- start
      }
      try unsafe addInputs(documents, at: ordinals, start..<end, isSingle: held == 1, to: inputs)
      end = start
    }
  }

  /// Adds the inputs of a range of the documents, all in the block of the last one.
  @unsafe
  @inline(__always)
  private func addInputs(
    _ documents: UnsafePointer<UInt32>, at ordinals: UnsafePointer<UInt32>, _ range: Range<Int>, isSingle: Bool,
    to inputs: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    let last = range.upperBound &- 1
    let (ordinal, limit) = unsafe (ordinals[last], tables.formCount)
    let block = PostingOrdinal.block(ordinal)
    if isSingle,
      let (frequency, code) = unsafe try state.pointee.block.posting(
        PostingOrdinal.index(ordinal), of: block, codesBelow: limit)
    {
      unsafe inputs[last] += tables.input(frequency: frequency, code: code, document: documents[last])
      return
    }
    try unsafe state.pointee.block.addInputs(documents, at: ordinals, range, tables, to: inputs)
  }

  /// Returns the highest maximum of the blocks from one posting to another, not before it.
  func maximum(from first: UInt32, through last: UInt32) -> Float {
    var maximum: Float = 0
    for block in PostingOrdinal.block(first)...PostingOrdinal.block(last) {
      maximum = max(maximum, blocks[block].maximum)
    }
    return maximum
  }
}

extension PostingBlock {
  /// Adds the inputs of a range of documents, all in the block of the last one; its documents are not loaded.
  @unsafe
  @inline(__always)
  fileprivate mutating func addInputs(
    _ documents: UnsafePointer<UInt32>, at ordinals: UnsafePointer<UInt32>, _ range: Range<Int>,
    _ tables: ScoringTables,
    to inputs: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    let block = unsafe PostingOrdinal.block(ordinals[range.upperBound &- 1])
    try loadFrequencies(of: block)
    if tables.formCount > 0 { try loadCodes(of: block, below: tables.formCount) }
    let loaded = LoadedBlock(self, tables)
    for number in range {
      // Safe because: of the caller; 128 frequencies and codes can be read.
      let ordinal = unsafe ordinals[number]
      if ordinal == PostingOrdinal.none { continue }
      unsafe inputs[number] += loaded.input(PostingOrdinal.index(ordinal), of: documents[number])
    }
  }
}
