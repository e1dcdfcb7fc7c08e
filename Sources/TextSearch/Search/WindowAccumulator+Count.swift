// How many documents of a window match.
extension WindowAccumulator {
  /// Ends a window: gives how many documents have been marked, of those that may match.
  mutating func finish(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    let count = unsafe marks.slots == nil ? countAll(window, allowed) : countMarks(window, allowed)
    marks.removeAll()
    // Safe because: as many words, or none.
    unsafe held.unsafeBase.update(repeating: 0, count: min(held.count, window.count))
    return count
  }

  private func countMarks(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    guard let slots = unsafe marks.slots else { return 0 }
    let bytes = unsafe matching.unsafeBase
    var count = 0
    for index in 0..<marks.count {
      // Safe because: marks are places in the window, for each of which there is a byte.
      let slot = unsafe Int(slots[index])
      let isAllowed = allowed?.contains(window.lowerBound + slot) ?? true
      // Some come again.
      unsafe count &+= isAllowed ? Int(bytes[slot] & WindowAccumulator.matches) : 0
      unsafe bytes[slot] = 0
    }
    return count
  }

  private func countAll(_ window: Range<Int>, _ allowed: DocumentSet?) -> Int {
    // Safe because: the board covers the window, and has whole words behind it.
    let bytes = unsafe matching.unsafeBase
    var count = 0
    if let allowed {
      for word in 0..<(window.count + 63) / 64 {
        let bits = unsafe WindowAccumulator.bits(UnsafeRawPointer(bytes + word << 6))
        count &+= (bits & allowed.words[window.lowerBound >> 6 + word]).nonzeroBitCount
      }
    } else {
      count = unsafe WindowAccumulator.sum(UnsafeRawPointer(bytes), (window.count + 63) / 64)
    }
    unsafe bytes.update(repeating: 0, count: window.count)
    return count
  }

  /// The sum of the lowest bits of so many times 64 bytes.
  @unsafe
  private static func sum(_ bytes: UnsafeRawPointer, _ words: Int) -> Int {
    let lowest = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
    let low = SIMD2<UInt64>(repeating: 0x00FF_00FF_00FF_00FF)
    var sum = SIMD2<UInt64>.zero
    for word in 0..<words {
      // Safe because: there are so many. Each byte is at most 4 here, and each two of them at most 8.
      let rows = unsafe bytes + word &<< 6
      let first = unsafe rows.loadUnaligned(fromByteOffset: 0, as: SIMD2<UInt64>.self)
      let second = unsafe rows.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
      let third = unsafe rows.loadUnaligned(fromByteOffset: 32, as: SIMD2<UInt64>.self)
      let last = unsafe rows.loadUnaligned(fromByteOffset: 48, as: SIMD2<UInt64>.self)
      let four = (first & lowest) &+ (second & lowest) &+ (third & lowest) &+ (last & lowest)
      sum &+= (four & low) &+ ((four &>> 8) & low)
    }
    // Four lanes of 16 bits each: at most 8 for each of 8,191 words.
    var total = 0
    for lane in 0..<2 {
      for part in 0..<4 { total &+= Int(truncatingIfNeeded: (sum[lane] &>> UInt64(16 &* part)) & 0xFFFF) }
    }
    return total
  }

  /// The lowest bits of 64 bytes.
  @unsafe
  @inline(__always)
  private static func bits(_ bytes: UnsafeRawPointer) -> UInt64 {
    var bits: UInt64 = 0
    for eight in 0..<8 {
      // Safe because: there are 64 bytes. The product moves the lowest bits of eight of them into the highest.
      let own = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 &* eight, as: UInt64.self))
      let lowest = own & 0x0101_0101_0101_0101
      bits |= ((lowest &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(8 &* eight)
    }
    return bits
  }
}
