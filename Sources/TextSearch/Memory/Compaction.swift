/// Moves the elements of parallel arrays that are kept to the front, in their order. A move is made for each element, kept or not,
/// so that no branch has to be predicted.
enum Compaction {
  /// Returns how many of `count` elements are kept.
  ///
  /// - Parameters:
  ///   - isKept: whether the element at an index is kept; called once for each, before the element is moved.
  ///   - move: copies the elements at the first index to the second, which is not greater.
  @inline(__always)
  static func run<Failure: Error>(
    count: Int, isKept: (Int) throws(Failure) -> Bool, move: (Int, Int) -> Void
  ) throws(Failure) -> Int {
    var kept = 0
    for index in 0..<count {
      let isKept = try isKept(index)
      move(index, kept)
      kept &+= isKept ? 1 : 0
    }
    return kept
  }

  /// Moves the values of some indices to the front.
  ///
  /// Safe only if the indices ascend and are below the count of the values.
  @unsafe
  @inline(__always)
  static func gather<Value: BitwiseCopyable>(
    _ values: UnsafeMutablePointer<Value>, _ indices: borrowing GrowableBuffer<UInt32>
  ) {
    let kept = unsafe indices.unsafeBase
    for index in 0..<indices.count { unsafe values[index] = values[Int(kept[index])] }
  }
}

extension GrowableBuffer {
  /// Keeps some elements in their order.
  ///
  /// - Parameter isKept: whether an element, given its index too, is kept.
  @inline(__always)
  mutating func keep<Failure: Error>(where isKept: (Int, Element) throws(Failure) -> Bool) throws(Failure) {
    let base = unsafe unsafeBase
    // Safe because: indices are below the count, and no more are kept than were read.
    truncate(
      to: try Compaction.run(
        count: count, isKept: { (index) throws(Failure) in try unsafe isKept(index, base[index]) },
        move: { from, to in unsafe base[to] = base[from] }))
  }
}
