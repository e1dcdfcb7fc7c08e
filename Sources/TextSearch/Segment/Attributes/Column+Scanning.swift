extension Column {
  /// Some of the values; those beyond `Int.max`, which nothing has so many of, as that.
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
    // Safe because: the region is checked to hold the bytes of the range, and all loads are in it.
    let base = unsafe try region.address(at: range.lowerBound * size, count: range.count * size)
    var values = [Int](repeating: 0, count: range.count)
    for index in values.indices {
      values[index] = unsafe Int(
        clamping: Value(littleEndian: base.loadUnaligned(fromByteOffset: index &* size, as: Value.self)))
    }
    return values
  }

  /// Adds document i to `set` where value i lies in `range`; the column has a value for each document of the set.
  func select(_ range: Range<Int>, into set: inout DocumentSet) throws(SearchError) {
    assert(!range.isEmpty && range.lowerBound >= 0)
    switch width {
    case 1: try select(UInt8.self, range, &set)
    case 2: try select(UInt16.self, range, &set)
    case 4: try select(UInt32.self, range, &set)
    default: try select(UInt64.self, range, &set)
    }
  }

  /// One subtraction and one comparison a value, 64 of them a word.
  private func select<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Value.Type, _ range: Range<Int>, _ set: inout DocumentSet
  ) throws(SearchError) {
    guard range.lowerBound <= Int(clamping: Value.max) else { return }
    let low = Value(truncatingIfNeeded: range.lowerBound)
    let high = Value(clamping: range.upperBound - 1)
    let size = MemoryLayout<Value>.size
    // Safe because: the region is checked to hold the bytes of `set.limit` values, and all loads are below that.
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
