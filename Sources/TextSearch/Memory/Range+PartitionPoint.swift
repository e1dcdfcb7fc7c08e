extension Range<Int> {
  /// Returns the first index for which `isInSecondPart` is true, by binary search; the upper bound if there is none.
  ///
  /// - Parameter isInSecondPart: false up to some index and true from there on.
  /// - Complexity: O(log `count`) calls.
  @inline(__always)
  func partitionPoint<Failure: Error>(
    _ isInSecondPart: (Int) throws(Failure) -> Bool
  ) throws(Failure) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = (low &+ high) &>> 1
      if try isInSecondPart(middle) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// Returns what `partitionPoint` returns, where it is often near: the first `steps` indices are tried one by one, then steps are
  /// doubled (Bentley and Yao, "An almost optimal algorithm for unbounded searching", 1976).
  @inline(__always)
  func partitionPoint<Failure: Error>(
    steps: Int, _ isInSecondPart: (Int) throws(Failure) -> Bool
  ) throws(Failure) -> Int {
    var low = lowerBound
    let near = Swift.min(low &+ steps, upperBound)
    while low < near {
      if try isInSecondPart(low) { return low }
      low &+= 1
    }
    var step = Swift.max(1, steps)
    while step < upperBound &- low {
      if try isInSecondPart(low &+ step) { return try (low..<low &+ step).partitionPoint(isInSecondPart) }
      low &+= step &+ 1
      step &+= step
    }
    return try (low..<Swift.max(low, upperBound)).partitionPoint(isInSecondPart)
  }
}
