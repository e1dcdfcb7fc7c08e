/// What the scores of a list's postings are made of, at fixed places in memory.
@safe
struct ScoringTables: BitwiseCopyable {
  /// Weight of the list, where it is the same for all documents.
  let weight: Float
  /// Numbers of weights by sets of forms; 0 where one weight counts.
  let formCount: Int
  // Safe because: allocated together for 256 length codes and `formCount` weights, there until `deallocate`.
  let lengthNorms: UnsafeMutablePointer<Float>
  let formWeights: UnsafeMutablePointer<Float>
  // Safe because: as many bytes as the segment has documents, mapped as long as the owner sees to it.
  let lengths: UnsafeRawPointer

  /// - Parameters:
  ///   - normalizers: 1 / K by length code.
  ///   - lengths: the length code of each document.
  @unsafe
  init(_ list: Segment.SelectedList, lengthNorms: [Float], lengths: UnsafeRawPointer) {
    precondition(lengthNorms.count == 256)
    unsafe self.lengths = lengths
    weight = list.weight
    formCount = list.formWeights.count
    unsafe self.lengthNorms = .allocate(capacity: 256 + formCount)
    unsafe formWeights = self.lengthNorms + 256
    unsafe lengthNorms.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe self.lengthNorms.initialize(from: first, count: 256) }
    }
    unsafe list.formWeights.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe formWeights.initialize(from: first, count: source.count) }
    }
  }

  func deallocate() { unsafe lengthNorms.deallocate() }
}

/// The loaded block of a list as the scoring kernels see it.
///
/// Safe because: made by `PostingCursor.loadedPostings`, whose loading has checked that documents are below the number
/// of lengths and form codes below the number of weights; length codes are below 256. It is used before the cursor moves.
@unsafe
struct LoadedPostings {
  typealias Four = SIMD4<Float>

  let documents: UnsafePointer<UInt32>
  let frequencies: UnsafePointer<UInt32>
  let codes: UnsafePointer<UInt32>
  let count: Int
  let lengths: UnsafeRawPointer
  let lengthNorms: UnsafePointer<Float>
  let formWeights: UnsafePointer<Float>
  let weight: Float
  let hasForms: Bool

  @inline(__always)
  private func lengthNorm(_ document: UInt32) -> Float {
    unsafe lengthNorms[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }

  /// What posting `index` adds to x.
  @inline(__always)
  func part(_ index: Int) -> Float {
    let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
    return unsafe weight * Float(frequencies[index]) * lengthNorm(documents[index])
  }

  /// What four postings from `index` on add to x: the same operations in the same order, so the same bits.
  @inline(__always)
  func parts(_ index: Int) -> Four {
    let four = unsafe UnsafeRawPointer(documents + index).loadUnaligned(as: SIMD4<UInt32>.self)
    let counts = unsafe UnsafeRawPointer(frequencies + index).loadUnaligned(as: SIMD4<Int32>.self)
    let lengthNorms = unsafe Four(
      lengthNorm(four[0]), lengthNorm(four[1]), lengthNorm(four[2]), lengthNorm(four[3]))
    var weights = unsafe Four(repeating: weight)
    if unsafe hasForms {
      weights = unsafe Four(
        formWeights[Int(codes[index])], formWeights[Int(codes[index &+ 1])],
        formWeights[Int(codes[index &+ 2])], formWeights[Int(codes[index &+ 3])])
    }
    return weights * Four(counts) * lengthNorms
  }

  /// The first place from `start` on whose document is not before `document`; `count` if there is none.
  @inline(__always)
  func place(from start: Int, of document: UInt32) -> Int {
    unsafe SortedDocuments.place(of: document, in: documents, count, from: start)
  }

  /// The places of the documents that lie in a window.
  @inline(__always)
  func places(in window: Range<UInt32>) -> Range<Int> {
    let first = unsafe documents[0] >= window.lowerBound ? 0 : place(from: 0, of: window.lowerBound)
    let isWhole = unsafe documents[count &- 1] < window.upperBound
    let end = unsafe isWhole ? count : place(from: first, of: window.upperBound)
    return first..<end
  }
}

extension PostingCursor {
  /// The block in the buffers; frequencies and codes are those of the block only after they were loaded.
  @unsafe
  @inline(__always)
  func loadedPostings(_ tables: ScoringTables) -> LoadedPostings {
    unsafe LoadedPostings(
      documents: documents.unsafeBase, frequencies: frequencies.unsafeBase, codes: codes.unsafeBase, count: filled,
      lengths: tables.lengths, lengthNorms: tables.lengthNorms, formWeights: tables.formWeights,
      weight: tables.weight, hasForms: tables.formCount > 0)
  }

  /// Loads a block, its frequencies, and its form codes where weights depend on them.
  @inline(__always)
  mutating func load(_ block: Int, _ tables: ScoringTables) throws(SearchError) {
    try loadBlock(block)
    try loadBlockFrequencies()
    if tables.formCount > 0 { try loadBlockCodes(below: tables.formCount) }
  }

  /// Adds weight * x / (1 + x) of a block's documents to the scores of a window; gives how many lie in it.
  mutating func addScores(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, _ weight: Float,
    to board: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try load(block, tables)
    let postings = unsafe loadedPostings(tables)
    let places = unsafe postings.places(in: window)
    let (documents, scores) = unsafe (postings.documents, board.scores)
    let cut = SIMD4(repeating: board.cut)
    var index = places.lowerBound
    while index &+ 4 <= places.upperBound {
      let parts = unsafe BM25.saturated(postings.parts(index), weight)
      // Safe because: the documents lie in the window, which the board covers.
      let slots = unsafe (
        Int(documents[index] &- window.lowerBound), Int(documents[index &+ 1] &- window.lowerBound),
        Int(documents[index &+ 2] &- window.lowerBound), Int(documents[index &+ 3] &- window.lowerBound)
      )
      let sums = unsafe SIMD4(scores[slots.0], scores[slots.1], scores[slots.2], scores[slots.3]) + parts
      unsafe scores[slots.0] = sums[0]
      unsafe scores[slots.1] = sums[1]
      unsafe scores[slots.2] = sums[2]
      unsafe scores[slots.3] = sums[3]
      let high = unsafe unsafeBitCast(sums .>= cut, to: SIMD2<UInt64>.self)
      if high[0] | high[1] != 0 {
        board.reach(slots.0, sums[0])
        board.reach(slots.1, sums[1])
        board.reach(slots.2, sums[2])
        board.reach(slots.3, sums[3])
      }
      index &+= 4
    }
    while index < places.upperBound {
      let slot = unsafe Int(documents[index] &- window.lowerBound)
      let sum = unsafe scores[slot] + BM25.saturated(postings.part(index), weight)
      unsafe scores[slot] = sum
      board.reach(slot, sum)
      index &+= 1
    }
    unsafe board.mark(documents + places.lowerBound, places.count, from: window.lowerBound)
    return places.count
  }

  /// Adds what a block's documents get from the list to the x of a window, for clauses of several lists; gives how many lie
  /// in it.
  mutating func addParts(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, to board: inout WindowAccumulator
  ) throws(SearchError) -> Int {
    try load(block, tables)
    let postings = unsafe loadedPostings(tables)
    let places = unsafe postings.places(in: window)
    let (documents, x) = unsafe (postings.documents, board.x)
    var index = places.lowerBound
    while index &+ 4 <= places.upperBound {
      let four = unsafe postings.parts(index)
      // Safe because: the documents lie in the window, which the board covers.
      for lane in 0..<4 { unsafe x[Int(documents[index &+ lane] &- window.lowerBound)] += four[lane] }
      index &+= 4
    }
    while index < places.upperBound {
      unsafe x[Int(documents[index] &- window.lowerBound)] += postings.part(index)
      index &+= 1
    }
    unsafe board.mark(documents + places.lowerBound, places.count, from: window.lowerBound)
    unsafe board.touch(documents + places.lowerBound, places.count, from: window.lowerBound)
    return places.count
  }

  /// Marks a block's documents in a window as matching, without what they score; gives how many lie in it.
  mutating func mark(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, on board: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try loadBlock(block)
    let postings = unsafe loadedPostings(tables)
    let places = unsafe postings.places(in: window)
    unsafe board.mark(postings.documents + places.lowerBound, places.count, from: window.lowerBound)
    return places.count
  }

  /// How many of a block's documents in a window are on the board.
  mutating func overlap(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, with board: borrowing WindowAccumulator
  ) throws(SearchError) -> Int {
    try loadBlock(block)
    let postings = unsafe loadedPostings(tables)
    let places = unsafe postings.places(in: window)
    return unsafe board.overlap(postings.documents + places.lowerBound, places.count, from: window.lowerBound)
  }

  /// Adds what some of the documents (ascending) get from a block to their x, of those whose x may reach `least`.
  ///
  /// - Parameter most: the block's bound.
  mutating func addParts(
    _ block: Int, maximum: Float, _ tables: ScoringTables, at targets: borrowing GrowableBuffer<UInt32>,
    _ range: Range<Int>, minimum: borrowing GrowableBuffer<Float>, to x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(x.count >= range.upperBound && minimum.count >= range.upperBound)
    try loadBlock(block)
    var (index, held) = (0, 0)
    for number in range where minimum[number] <= maximum {
      let document = targets[number]
      index = unsafe loadedPostings(tables).place(from: index, of: document)
      // Safe because: an index below `filled` is one of the documents'.
      guard index < filled, unsafe documents[unchecked: index] == document else { continue }
      try loadForScore(index, held, tables)
      held &+= 1
      x[number] += unsafe loadedPostings(tables).part(index)
    }
  }
}
