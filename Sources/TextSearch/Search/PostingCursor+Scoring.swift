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
    unsafe normalizers.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe self.normalizers.initialize(from: first, count: 256) }
    }
    for code in 0..<formCount { unsafe formWeights[code] = list.formWeights[code] }
  }

  deinit {
    unsafe normalizers.deallocate()
    unsafe formWeights.deallocate()
  }
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
  let normalizers: UnsafePointer<Float>
  let formWeights: UnsafePointer<Float>
  let weight: Float
  let hasForms: Bool

  @inline(__always)
  private func normalizer(_ document: UInt32) -> Float {
    unsafe normalizers[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }

  /// What posting `index` adds to x.
  @inline(__always)
  func part(_ index: Int) -> Float {
    let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
    return unsafe weight * Float(frequencies[index]) * normalizer(documents[index])
  }

  /// What four postings from `index` on add to x: the same operations in the same order, so the same bits.
  @inline(__always)
  func parts(_ index: Int) -> Four {
    let four = unsafe UnsafeRawPointer(documents + index).loadUnaligned(as: SIMD4<UInt32>.self)
    let counts = unsafe UnsafeRawPointer(frequencies + index).loadUnaligned(as: SIMD4<Int32>.self)
    let normalizers = unsafe Four(
      normalizer(four[0]), normalizer(four[1]), normalizer(four[2]), normalizer(four[3]))
    var weights = unsafe Four(repeating: weight)
    if unsafe hasForms {
      weights = unsafe Four(
        formWeights[Int(codes[index])], formWeights[Int(codes[index &+ 1])],
        formWeights[Int(codes[index &+ 2])], formWeights[Int(codes[index &+ 3])])
    }
    return weights * Four(counts) * normalizers
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
      lengths: tables.lengths, normalizers: tables.normalizers, formWeights: tables.formWeights,
      weight: tables.weight, hasForms: tables.formCount > 0)
  }

  /// Loads a block, its frequencies, and its form codes where weights depend on them.
  @inline(__always)
  mutating func load(_ block: Int, _ tables: ScoringTables) throws(SearchError) {
    try loadBlock(block)
    try loadBlockFrequencies()
    if tables.formCount > 0 { try loadBlockCodes(below: tables.formCount) }
  }

  /// Adds weight * x / (1 + x) of a block's documents to the scores of a window.
  mutating func addScores(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, _ weight: Float, to board: borrowing ScoreBoard
  ) throws(SearchError) {
    try load(block, tables)
    let postings = unsafe loadedPostings(tables)
    let places = unsafe postings.places(in: window)
    let (documents, scores) = unsafe (postings.documents, board.scores)
    var index = places.lowerBound
    while index &+ 4 <= places.upperBound {
      let four = unsafe BM25.saturated(postings.parts(index), weight)
      // Safe because: the documents lie in the window, which the board covers.
      for lane in 0..<4 { unsafe scores[Int(documents[index &+ lane] &- window.lowerBound)] += four[lane] }
      index &+= 4
    }
    while index < places.upperBound {
      unsafe scores[Int(documents[index] &- window.lowerBound)] += BM25.saturated(postings.part(index), weight)
      index &+= 1
    }
    unsafe board.note(documents + places.lowerBound, places.count, from: window.lowerBound)
  }

  /// Adds what a block's documents get from the list to the x of a window, for clauses of several lists.
  mutating func addParts(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, to board: inout ScoreBoard
  ) throws(SearchError) {
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
    unsafe board.note(documents + places.lowerBound, places.count, from: window.lowerBound)
    unsafe board.touch(documents + places.lowerBound, places.count, from: window.lowerBound)
  }

  /// Marks a block's documents in a window as matching, without what they score.
  mutating func mark(
    _ block: Int, _ window: Range<UInt32>, _ tables: ScoringTables, on board: borrowing ScoreBoard
  ) throws(SearchError) {
    try loadBlock(block)
    let postings = unsafe loadedPostings(tables)
    let (documents, scores) = unsafe (postings.documents, board.scores)
    let places = unsafe postings.places(in: window)
    unsafe board.note(documents + places.lowerBound, places.count, from: window.lowerBound)
    // Safe because: the documents lie in the window, which the board covers.
    for index in places {
      unsafe scores[Int(documents[index] &- window.lowerBound)] += ScoreBoard.mark
    }
  }
}
