/// The inputs of the scores of a list's postings, at fixed addresses.
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

/// The loaded block of a list as the scoring kernels see it: its parts by their addresses.
@safe
struct LoadedBlock: ~Escapable, BitwiseCopyable {
  private let documents: UnsafePointer<UInt32>
  private let frequencies: UnsafePointer<UInt32>
  private let codes: UnsafePointer<UInt32>
  private let lengths: UnsafeRawPointer
  private let lengthNorms: UnsafePointer<Float>
  private let formWeights: UnsafePointer<Float>
  private let weight: Float
  private let hasForms: Bool

  /// - Parameter block: frequencies, and form codes where weights depend on them, belong to the block that is read.
  @inline(__always)
  @_lifetime(borrow block)
  init(_ block: borrowing PostingBlock, _ tables: ScoringTables) {
    // Safe because: the buffers of `block` do not change while this is used. Documents are below the number of lengths and codes
    // below the number of weights, which loading has checked; length codes are below 256.
    unsafe documents = UnsafePointer(block.documents.unsafeBase)
    unsafe frequencies = UnsafePointer(block.frequencies.unsafeBase)
    unsafe codes = UnsafePointer(block.codes.unsafeBase)
    unsafe lengths = tables.lengths
    unsafe lengthNorms = UnsafePointer(tables.lengthNorms)
    unsafe formWeights = UnsafePointer(tables.formWeights)
    weight = tables.weight
    hasForms = tables.formCount > 0
  }

  @inline(__always)
  private func lengthNorm(_ document: UInt32) -> Float {
    unsafe lengthNorms[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }

  /// Returns the input of posting `index`.
  ///
  /// Safe because: the index is below 128.
  @unsafe
  @inline(__always)
  func input(_ index: Int) -> Float { unsafe input(index, of: documents[index]) }

  /// Returns the input of posting `index`, whose document the caller knows; the block's documents need not be loaded.
  ///
  /// Safe because: the index is below 128, the document one of the segment's.
  @unsafe
  @inline(__always)
  func input(_ index: Int, of document: UInt32) -> Float {
    let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
    return unsafe weight * Float(frequencies[index]) * lengthNorm(document)
  }

  /// Returns the inputs of four postings from `index` on, with the operations of one posting in their order: the bits are equal.
  ///
  /// Safe because: there are four postings from the index on.
  @unsafe
  @inline(__always)
  func inputs(_ index: Int) -> SIMD4<Float> {
    let four = unsafe UnsafeRawPointer(documents + index).loadUnaligned(as: SIMD4<UInt32>.self)
    let counts = unsafe UnsafeRawPointer(frequencies + index).loadUnaligned(as: SIMD4<Int32>.self)
    let lengthNorms = SIMD4<Float>(lengthNorm(four[0]), lengthNorm(four[1]), lengthNorm(four[2]), lengthNorm(four[3]))
    var weights = SIMD4<Float>(repeating: weight)
    if hasForms {
      weights = unsafe SIMD4<Float>(
        formWeights[Int(codes[index])], formWeights[Int(codes[index &+ 1])],
        formWeights[Int(codes[index &+ 2])], formWeights[Int(codes[index &+ 3])])
    }
    return weights * SIMD4<Float>(counts) * lengthNorms
  }
}

extension PostingBlock {
  /// Loads a block for its scores: documents, frequencies, and form codes where weights depend on them.
  @inline(__always)
  mutating func load(_ block: Int, _ tables: ScoringTables) throws(SearchError) {
    try loadDocuments(of: block)
    try loadFrequencies(of: block)
    if tables.formCount > 0 { try loadCodes(of: block, below: tables.formCount) }
  }
}

extension PostingBlock {
  /// Decodes a list of less than a block for its maximum.
  mutating func onlyBlock(_ tables: ScoringTables) throws(SearchError) -> BlockMaxima.Block {
    try load(0, tables)
    let block = LoadedBlock(self, tables)
    var maximum: Float = 0
    for index in 0..<count { maximum = max(maximum, unsafe block.input(index)) }
    return BlockMaxima.Block(last: documents[count - 1], maximum: maximum)
  }
}
