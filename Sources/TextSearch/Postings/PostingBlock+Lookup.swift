extension PostingBlock {
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
}
