/// What the scores of a list's postings are made of, at fixed places in memory.
@safe
final class ScoringTables {
  /// Weight of the list, where it is the same for all documents.
  let weight: Float
  /// Numbers of weights by sets of forms; 0 where one weight counts.
  let formCount: Int
  // Safe because: allocated here for 256 length codes and `formCount` weights, freed in `deinit`.
  let normalizers: UnsafeMutablePointer<Float>
  let formWeights: UnsafeMutablePointer<Float>
  // Safe because: as many bytes as the segment has documents, mapped while `region` lives.
  let lengths: UnsafeRawPointer
  private let region: ByteRegion

  /// - Parameters:
  ///   - normalizers: 1 / K by length code.
  ///   - lengths: the length code of each document.
  init(_ list: Segment.SelectedList, normalizers: [Float], lengths: ByteRegion) throws(SearchError) {
    precondition(normalizers.count == 256)
    unsafe self.lengths = try lengths.address(at: 0, count: lengths.count)
    region = lengths
    weight = list.weight
    formCount = list.formWeights.count
    unsafe self.normalizers = .allocate(capacity: 256)
    unsafe formWeights = .allocate(capacity: max(1, formCount))
    for code in 0..<256 { unsafe self.normalizers[code] = normalizers[code] }
    for code in 0..<formCount { unsafe formWeights[code] = list.formWeights[code] }
  }

  deinit {
    unsafe normalizers.deallocate()
    unsafe formWeights.deallocate()
  }
}

/// A block of a list: its last document, and the most that one of its documents adds to x.
struct BlockBound: BitwiseCopyable {
  let last: UInt32
  let most: Float
}

extension PostingCursor {
  /// Loads a block, its frequencies, and its form codes where weights depend on them.
  @inline(__always)
  private mutating func load(_ block: Int, _ tables: ScoringTables) throws(SearchError) {
    try loadBlock(block)
    try loadBlockFrequencies()
    if tables.formCount > 0 { try loadBlockCodes(below: tables.formCount) }
  }

  /// What a posting of the loaded block adds to x.
  @inline(__always)
  private func part(_ index: Int, _ tables: ScoringTables) -> Float {
    // Safe because: `index` is below `filled`, documents are below the number of lengths, length codes below 256, and
    // codes below the number of weights; `load` has checked them.
    let document = Int(unsafe documents[unchecked: index])
    let length = Int(unsafe tables.lengths.load(fromByteOffset: document, as: UInt8.self))
    var weight = tables.weight
    if tables.formCount > 0 { weight = unsafe tables.formWeights[Int(codes[unchecked: index])] }
    return unsafe weight * Float(frequencies[unchecked: index]) * tables.normalizers[length]
  }

  /// The first place in the loaded block whose document is not before `document`.
  @inline(__always)
  private func place(from start: Int, of document: UInt32) -> Int {
    // Most steps are short; the rest is halved.
    var low = start
    let near = min(start &+ 8, filled)
    while low < near {
      if unsafe documents[unchecked: low] >= document { return low }
      low &+= 1
    }
    var high = filled
    while low < high {
      let middle = (low &+ high) &>> 1
      if unsafe documents[unchecked: middle] < document { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The place of a document in the loaded block; nil if it is not there.
  func place(of document: UInt32) -> Int? {
    let place = place(from: 0, of: document)
    return place < filled && documents[place] == document ? place : nil
  }

  /// Adds what the list adds to x for the documents of a window; `x[i]` is that of document `window.lowerBound + i`.
  mutating func scatter(
    _ window: Range<Int>, from first: Int, _ blocks: borrowing GrowableBuffer<BlockBound>,
    _ tables: ScoringTables, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(x.count >= window.count)
    var block = first
    while block < blocks.count {
      try load(block, tables)
      var index = place(from: 0, of: UInt32(window.lowerBound))
      while index < filled {
        let slot = Int(unsafe documents[unchecked: index]) &- window.lowerBound
        if slot >= window.count { return }
        // Safe because: the slot lies in the window, which `x` covers.
        unsafe x[unchecked: slot] += part(index, tables)
        index &+= 1
      }
      block &+= 1
    }
  }

  /// The same for some documents of a window only; `slots` are their places in it, ascending.
  mutating func scatter(
    at slots: borrowing GrowableBuffer<UInt32>, base: Int, from first: Int,
    _ blocks: borrowing GrowableBuffer<BlockBound>, _ tables: ScoringTables,
    to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    var block = first
    var index = 0
    var isLoaded = false
    for number in 0..<slots.count {
      let slot = slots[number]
      let document = UInt32(base) &+ slot
      if block < blocks.count, blocks[block].last < document {
        while block < blocks.count, blocks[block].last < document { block &+= 1 }
        isLoaded = false
      }
      guard block < blocks.count else { return }
      if !isLoaded {
        try load(block, tables)
        isLoaded = true
        index = 0
      }
      index = place(from: index, of: document)
      if index < filled, documents[index] == document { x[Int(slot)] += part(index, tables) }
    }
  }
}
