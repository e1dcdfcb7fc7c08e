extension PostingBlock {
  /// Returns the documents of a full block as a bit set, without decoding them; nil if they are packed as gaps.
  ///
  /// Safe only while the sections live.
  ///
  /// - Parameters:
  ///   - offset: of the block.
  ///   - previous: the last document before the block; `UInt32.max` if there is none.
  ///   - last: the last document of the block.
  @unsafe
  @inline(__always)
  func bitSet(at offset: Int, after previous: UInt32, through last: UInt32) throws(SearchError) -> BitSetBlock? {
    let count = Int(try sections.postings.byte(at: offset)) &- PostingFormat.bitSetMarker
    guard count >= 0 else { return nil }
    guard count == BitSetBlock.recordCount(span: last &- previous) else {
      throw sections.postings.corrupt(at: offset, "\(count) records of documents between \(previous) and \(last)")
    }
    let size = BitSetBlock.recordSize &* count
    let records = unsafe try sections.postings.address(at: offset &+ 1, count: size)
    return unsafe BitSetBlock(records, count: count, after: previous, end: offset &+ 1 &+ size)
  }

  /// Returns the first index from `start` on whose document is not before `document`; `count` if there is none.
  ///
  /// Eight at a time without a branch for each: how far a step leads cannot be predicted.
  @inline(__always)
  func index(of document: UInt32, from start: Int) -> Int {
    precondition(start >= 0)
    let (documents, count) = unsafe (documents.unsafeBase, count)
    let wanted = SIMD4(repeating: Int32(truncatingIfNeeded: document))
    var index = start
    while index &+ 32 <= count, unsafe documents[index &+ 31] < document { index &+= 32 }
    while index < count {
      // Safe because: eight greater numbers follow the last document. All are below 2^31.
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

  /// Returns the indices of the documents that lie in a window.
  @inline(__always)
  func indices(in window: Range<UInt32>) -> Range<Int> {
    let first = documents[0] >= window.lowerBound ? 0 : index(of: window.lowerBound, from: 0)
    let isAllBefore = documents[count &- 1] < window.upperBound
    let end = isAllBefore ? count : index(of: window.upperBound, from: first)
    return first..<end
  }

  /// Whether document numbers ascend.
  static func isAscending(_ documents: borrowing GrowableBuffer<UInt32>, after previous: UInt32) -> Bool {
    var last = Int64(previous &+ 1) - 1
    for index in 0..<documents.count {
      guard Int64(documents[index]) > last else { return false }
      last = Int64(documents[index])
    }
    return true
  }

  // MARK: Single postings

  /// Returns the frequency of a posting, and its form code if there is a limit for codes (else 0). Of a packed block that is not
  /// loaded no other posting is decoded.
  func posting(_ index: Int, of block: Int, codesBelow limit: Int) throws(SearchError) -> (
    frequency: UInt32, code: UInt32
  )? {
    guard isPacked(block) else { return nil }
    let offset = frequencyBlock == block ? 0 : try frequencyOffset(of: block)
    return try posting(index, of: block, frequenciesAt: offset, codesBelow: limit)
  }

  /// Returns the frequency of a posting, and its form code if there is a limit for codes (else 0).
  ///
  /// - Parameter offset: of the frequencies of the block, which is packed.
  @inline(__always)
  func posting(
    _ index: Int, of block: Int, frequenciesAt offset: Int, codesBelow limit: Int
  ) throws(SearchError) -> (frequency: UInt32, code: UInt32) {
    var posting: (frequency: UInt32, code: UInt32) = (0, 0)
    if frequencyBlock == block {
      posting.frequency = frequencies[index]
    } else {
      posting.frequency = try PatchedPacking.value(sections.postings, at: offset, index) &+ 1
    }
    guard limit > 0, list.codes.count > 0 else { return posting }
    let offset = try skipEntries.codes(block)
    posting.code = try PatchedPacking.value(sections.codes, at: offset, index)
    guard posting.code < limit else {
      throw sections.codes.corrupt(at: offset, "form code \(posting.code), not below \(limit)")
    }
    return posting
  }
}
