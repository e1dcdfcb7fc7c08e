extension Column {
  /// Returns the values of a range; values above `Int.max`, which no valid column has, are clamped to it.
  func values(_ range: Range<Int>) throws(SearchError) -> [Int] {
    switch width {
    case 1: try values(UInt8.self, range)
    case 2: try values(UInt16.self, range)
    case 4: try values(UInt32.self, range)
    default: try values(UInt64.self, range)
    }
  }

  private func values<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Value.Type, _ range: Range<Int>
  ) throws(SearchError) -> [Int] {
    let size = MemoryLayout<Value>.size
    // Safe because: `address` checks that the region has the bytes of the range, and all loads are inside it.
    let base = unsafe try region.address(at: range.lowerBound * size, count: range.count * size)
    var values = [Int](repeating: 0, count: range.count)
    for index in values.indices {
      values[index] = unsafe Int(
        clamping: Value(littleEndian: base.loadUnaligned(fromByteOffset: index &* size, as: Value.self)))
    }
    return values
  }

  /// Inserts document i into `set` if value i is in `range`.
  ///
  /// - Parameters:
  ///   - range: not empty, from 0 on.
  ///   - set: its limit is the number of values.
  func select(_ range: Range<Int>, into set: inout DocumentSet) throws(SearchError) {
    assert(!range.isEmpty && range.lowerBound >= 0)
    switch width {
    case 1: try select(UInt8.self, range, &set)
    case 2: try select(UInt16.self, range, &set)
    case 4: try select(UInt32.self, range, &set)
    default: try select(UInt64.self, range, &set)
    }
  }

  /// Tests each value with one subtraction and one comparison, and inserts the results of 64 values at a time.
  private func select<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Value.Type, _ range: Range<Int>, _ set: inout DocumentSet
  ) throws(SearchError) {
    guard range.lowerBound <= Int(clamping: Value.max) else { return }
    let low = Value(truncatingIfNeeded: range.lowerBound)
    let high = Value(clamping: range.upperBound - 1)
    let size = MemoryLayout<Value>.size
    // Safe because: `address` checks that the region has the bytes of `set.limit` values, and all loads are below that.
    let base = unsafe try region.address(at: 0, count: set.limit * size)
    for word in 0..<(set.limit + 63) / 64 {
      let first = word * 64
      var bits: UInt64 = 0
      for index in 0..<min(64, set.limit - first) {
        let value = unsafe Value(
          littleEndian: base.loadUnaligned(fromByteOffset: (first &+ index) &* size, as: Value.self))
        if value &- low <= high &- low { bits |= 1 &<< UInt64(index) }
      }
      set.insert(bits: bits, at: word)
    }
  }
}
