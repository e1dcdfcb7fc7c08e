/// Looks for a document among those of a decoded block.
enum SortedDocuments {
  /// The first place from `start` on whose document is not before `document`; `count` if there is none.
  ///
  /// Eight at a time without a branch for each: how far a step goes cannot be foreseen.
  ///
  /// - Parameter documents: `count` of them, ascending, all below 2^31, and behind the last one eight greater numbers.
  @unsafe
  @inline(__always)
  static func place(
    of document: UInt32, in documents: UnsafePointer<UInt32>, _ count: Int, from start: Int
  ) -> Int {
    let wanted = SIMD4(repeating: Int32(truncatingIfNeeded: document))
    var place = start
    while place &+ 32 <= count, unsafe documents[place &+ 31] < document { place &+= 32 }
    while place < count {
      // Safe because: the eight numbers from a place below the count are there.
      let address = unsafe UnsafeRawPointer(documents + place)
      let low = unsafe address.loadUnaligned(as: SIMD4<Int32>.self) .< wanted
      let high = unsafe address.loadUnaligned(fromByteOffset: 16, as: SIMD4<Int32>.self) .< wanted
      let before = unsafe unsafeBitCast(low, to: SIMD4<Int32>.self) &+ unsafeBitCast(high, to: SIMD4<Int32>.self)
      let step = Int(0 &- before.wrappedSum())
      place &+= step
      if step < 8 { break }
    }
    return min(place, count)
  }

  /// What either of two ascending rows holds, each once.
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
