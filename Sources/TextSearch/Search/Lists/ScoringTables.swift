/// What the scores of a list's postings are made of, at fixed addresses.
@safe
struct ScoringTables: BitwiseCopyable {
  /// Weight of the list, where all documents have the same.
  let weight: Float
  /// Number of form sets with weights of their own; 0 where one weight holds for all documents.
  let formCount: Int
  // Safe because: allocated together for 256 length codes and `formCount` weights, there until `deallocate`.
  let lengthNorms: UnsafeMutablePointer<Float>
  let formWeights: UnsafeMutablePointer<Float>
  // Safe because: a byte for each document of the segment, mapped as long as the owner keeps it.
  let lengths: UnsafeRawPointer

  /// - Parameters:
  ///   - lengthNorms: 1 / K by length code.
  ///   - lengths: the length code of each document.
  @unsafe
  init(_ list: SelectedList, lengthNorms: [Float], lengths: UnsafeRawPointer) {
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

  /// Returns the input of a posting.
  ///
  /// Safe because: the code is below the number of weights, the document one of the segment's.
  @unsafe
  @inline(__always)
  func input(frequency: UInt32, code: UInt32, document: UInt32) -> Float {
    let weight = unsafe formCount > 0 ? formWeights[Int(code)] : weight
    return unsafe weight * Float(frequency)
      * lengthNorms[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }
}

/// The loaded block of a list as the scoring kernels see it.
///
/// Safe because: made by `PostingCursor.loadedBlock`, whose loading has checked that documents are below the number
/// of lengths and form codes below the number of weights; length codes are below 256. It is used before the cursor moves.
@unsafe
struct LoadedBlock {
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

  /// Returns the input of posting `index`.
  @inline(__always)
  func input(_ index: Int) -> Float { unsafe input(index, of: documents[index]) }

  /// Returns the input of posting `index`, whose document is given; the block's documents need not be loaded.
  @inline(__always)
  func input(_ index: Int, of document: UInt32) -> Float {
    let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
    return unsafe weight * Float(frequencies[index]) * lengthNorm(document)
  }

  /// Returns the inputs of four postings from `index` on, with the operations of one posting in their order: the bits are equal.
  @inline(__always)
  func inputs(_ index: Int) -> SIMD4<Float> {
    let four = unsafe UnsafeRawPointer(documents + index).loadUnaligned(as: SIMD4<UInt32>.self)
    let counts = unsafe UnsafeRawPointer(frequencies + index).loadUnaligned(as: SIMD4<Int32>.self)
    let lengthNorms = unsafe SIMD4<Float>(
      lengthNorm(four[0]), lengthNorm(four[1]), lengthNorm(four[2]), lengthNorm(four[3]))
    var weights = unsafe SIMD4<Float>(repeating: weight)
    if unsafe hasForms {
      weights = unsafe SIMD4<Float>(
        formWeights[Int(codes[index])], formWeights[Int(codes[index &+ 1])],
        formWeights[Int(codes[index &+ 2])], formWeights[Int(codes[index &+ 3])])
    }
    return weights * SIMD4<Float>(counts) * lengthNorms
  }

  /// Returns the first index from `start` on whose document is not before `document`; `count` if there is none.
  @inline(__always)
  func index(of document: UInt32, from start: Int) -> Int {
    unsafe SortedDocuments.index(of: document, in: documents, count, from: start)
  }

  /// Returns the indices of the documents that lie in a window.
  @inline(__always)
  func indices(in window: Range<UInt32>) -> Range<Int> {
    let first = unsafe documents[0] >= window.lowerBound ? 0 : index(of: window.lowerBound, from: 0)
    let isAllBefore = unsafe documents[count &- 1] < window.upperBound
    let end = unsafe isAllBefore ? count : index(of: window.upperBound, from: first)
    return first..<end
  }
}

extension PostingCursor {
  /// The block in the buffers; frequencies and codes belong to it only after they were loaded.
  @unsafe
  @inline(__always)
  func loadedBlock(_ tables: ScoringTables) -> LoadedBlock {
    unsafe LoadedBlock(
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
}

/// Finds a document among those of a decoded block.
enum SortedDocuments {
  /// Returns the first index from `start` on whose document is not before `document`; `count` if there is none.
  ///
  /// Eight at a time without a branch for each: how far a step leads cannot be predicted.
  ///
  /// - Parameter documents: `count` of them, ascending, all below 2^31, and behind the last one eight greater numbers.
  @unsafe
  @inline(__always)
  static func index(
    of document: UInt32, in documents: UnsafePointer<UInt32>, _ count: Int, from start: Int
  ) -> Int {
    let wanted = SIMD4(repeating: Int32(truncatingIfNeeded: document))
    var index = start
    while index &+ 32 <= count, unsafe documents[index &+ 31] < document { index &+= 32 }
    while index < count {
      // Safe because: eight numbers follow each index below the count.
      let address = unsafe UnsafeRawPointer(documents + index)
      let low = unsafe address.loadUnaligned(as: SIMD4<Int32>.self) .< wanted
      let high = unsafe address.loadUnaligned(fromByteOffset: 16, as: SIMD4<Int32>.self) .< wanted
      let before = unsafe unsafeBitCast(low, to: SIMD4<Int32>.self) &+ unsafeBitCast(high, to: SIMD4<Int32>.self)
      let step = Int(0 &- before.wrappedSum())
      index &+= step
      if step < 8 { break }
    }
    return min(index, count)
  }

  /// Returns the documents that either of two ascending lists holds, each once.
  static func union(
    _ a: borrowing GrowableBuffer<UInt32>, _ b: borrowing GrowableBuffer<UInt32>
  ) -> GrowableBuffer<UInt32> {
    var all = GrowableBuffer<UInt32>(capacity: a.count + b.count)
    var (left, right) = (0, 0)
    while left < a.count, right < b.count {
      let (own, other) = (a[left], b[right])
      all.append(min(own, other))
      left += own <= other ? 1 : 0
      right += other <= own ? 1 : 0
    }
    all.append(a.span.extracting(left..<a.count))
    all.append(b.span.extracting(right..<b.count))
    return all
  }
}
