/// Packs 128 integers of up to 32 bits into `16 * width` bytes, four lanes side by side.
///
/// Integer `i` lies in lane `i % 4`, row `i / 4`; a lane is a stream of 32-bit words, rows one after the other, low
/// bits first (the vertical layout of Lemire and Boytsov, "Decoding billions of integers per second", 2015).
enum BitPacking {
  static let blockSize = 128
  static let rows = 32

  typealias Row = SIMD4<UInt32>

  static func byteCount(width: Int) -> Int { 16 * width }

  /// Bits that a value needs.
  @inline(__always)
  static func width(of value: UInt32) -> Int { 32 - value.leadingZeroBitCount }

  /// Appends 128 values, each reduced to its lowest `width` bits.
  static func pack(_ values: borrowing GrowableBuffer<UInt32>, width: Int, into writer: inout ByteWriter) {
    precondition(values.count == blockSize && width >= 0 && width <= 32)
    guard width > 0 else { return }
    let mask = Row(repeating: width == 32 ? .max : (1 &<< UInt32(width)) &- 1)
    var word = Row.zero
    var filled = 0
    for row in 0..<rows {
      let value = Row(values[4 * row], values[4 * row + 1], values[4 * row + 2], values[4 * row + 3]) & mask
      word |= value &<< UInt32(truncatingIfNeeded: filled)
      filled += width
      guard filled >= 32 else { continue }
      for lane in 0..<4 { writer.write(word[lane]) }
      filled -= 32
      word = filled == 0 ? .zero : value &>> UInt32(truncatingIfNeeded: width - filled)
    }
  }

  /// Returns value `index` of the 128 values of `width` bits at `offset` of the region.
  @inline(__always)
  static func value(_ region: ByteRegion, at offset: Int, width: Int, _ index: Int) throws(SearchError) -> UInt32 {
    guard width > 0 else { return 0 }
    precondition(width <= 32 && index >= 0 && index < blockSize)
    let bit = (index &>> 2) &* width
    // Safe because: `address` checks that all `16 * width` bytes are in the region, `width` words a lane. A value that ends in
    // another word than it begins in is not in the last one.
    let lane = unsafe try region.address(at: offset, count: byteCount(width: width)) + 4 &* (index & 3)
    let (word, last) = (bit &>> 5, width &- 1)
    let low = unsafe lane.loadUnaligned(fromByteOffset: 16 &* word, as: UInt32.self)
    let high = unsafe lane.loadUnaligned(fromByteOffset: 16 &* min(word &+ 1, last), as: UInt32.self)
    let both = UInt64(UInt32(littleEndian: low)) | UInt64(UInt32(littleEndian: high)) &<< 32
    let mask: UInt64 = (1 &<< UInt64(width)) &- 1
    return UInt32(truncatingIfNeeded: (both &>> UInt64(bit & 31)) & mask)
  }

  /// Unpacks 128 values of `width` bits at `offset` of the region into those from `start` on.
  static func unpack(
    _ region: ByteRegion, at offset: Int, width: Int, into values: inout GrowableBuffer<UInt32>, from start: Int = 0
  ) throws(SearchError) {
    precondition(start >= 0 && values.count &- start >= blockSize)
    guard width <= 32 else { throw region.corrupt(at: offset, "bit width \(width)") }
    // Safe because: `address` checks that all `16 * width` bytes are in the region, and there are 128 values.
    let source = unsafe try region.address(at: offset, count: byteCount(width: width))
    unsafe values.withUnsafeBase { target in
      unsafe unpackRows(width: width, source, UnsafeMutableRawPointer(target + start))
    }
  }
}

// MARK: Rows

// What `BitPacking+Rows.swift` is made of. Each is inlined with constants for all but the pointers.
extension BitPacking {
  @inline(__always) @unsafe
  private static func load(_ source: UnsafeRawPointer, _ word: Int) -> Row {
    let row = unsafe source.loadUnaligned(fromByteOffset: 16 &* word, as: Row.self)
    #if _endian(little)
      return row
    #else
      return Row(row[0].byteSwapped, row[1].byteSwapped, row[2].byteSwapped, row[3].byteSwapped)
    #endif
  }

  @inline(__always) @unsafe
  private static func store(_ value: Row, _ target: UnsafeMutableRawPointer, _ row: Int) {
    unsafe target.storeBytes(of: value, toByteOffset: 16 &* row, as: Row.self)
  }

  /// The row is the whole word.
  @inline(__always) @unsafe
  static func copy(_ source: UnsafeRawPointer, word: Int, to target: UnsafeMutableRawPointer, row: Int) {
    unsafe store(load(source, word), target, row)
  }

  /// The row is the lowest bits of a word.
  @inline(__always) @unsafe
  static func bottom(
    _ source: UnsafeRawPointer, word: Int, mask: UInt32, to target: UnsafeMutableRawPointer, row: Int
  ) {
    unsafe store(load(source, word) & Row(repeating: mask), target, row)
  }

  /// The row is the highest bits of a word.
  @inline(__always) @unsafe
  static func top(
    _ source: UnsafeRawPointer, word: Int, shift: UInt32, to target: UnsafeMutableRawPointer, row: Int
  ) {
    unsafe store(load(source, word) &>> Row(repeating: shift), target, row)
  }

  /// The row lies in the middle of a word.
  @inline(__always) @unsafe
  static func inside(
    _ source: UnsafeRawPointer, word: Int, shift: UInt32, mask: UInt32, to target: UnsafeMutableRawPointer,
    row: Int
  ) {
    unsafe store((load(source, word) &>> Row(repeating: shift)) & Row(repeating: mask), target, row)
  }

  /// The row begins in one word and ends in the next.
  ///
  /// The halves are joined as 64-bit lanes: as 32-bit lanes the compiler takes the shifts for one rotation, which SSE2
  /// does not have, and writes many more instructions.
  @inline(__always) @unsafe
  static func across(
    _ source: UnsafeRawPointer, word: Int, shift: UInt32, mask: UInt32, to target: UnsafeMutableRawPointer,
    row: Int
  ) {
    let low = unsafe load(source, word) &>> Row(repeating: shift)
    let high = unsafe load(source, word &+ 1) &<< Row(repeating: 32 &- shift)
    let both =
      unsafe unsafeBitCast(low, to: SIMD2<UInt64>.self) | unsafeBitCast(high, to: SIMD2<UInt64>.self)
    unsafe store(unsafeBitCast(both, to: Row.self) & Row(repeating: mask), target, row)
  }
}

// MARK: Sums

extension BitPacking {
  /// Replaces 128 gaps from `start` on by the numbers they lead to: each by the sum of all up to it, of 1 for each, and of `before`.
  ///
  /// The sum within a row takes two shifted additions (Lemire, Boytsov and Kurz, "SIMD compression and the intersection
  /// of sorted integers", 2016).
  static func sumGaps(_ values: inout GrowableBuffer<UInt32>, from start: Int = 0, after before: UInt32) {
    precondition(start >= 0 && values.count &- start >= blockSize)
    unsafe values.withUnsafeBase { base in
      let rows = unsafe UnsafeMutableRawPointer(base + start)
      var last = Row(repeating: before)
      for row in 0..<BitPacking.rows {
        // Safe because: there are 32 rows of 16 bytes.
        let gaps = unsafe rows.loadUnaligned(fromByteOffset: 16 &* row, as: Row.self) &+ Row(repeating: 1)
        last = prefixSum(gaps) &+ Row(repeating: last[3])
        unsafe store(last, rows, row)
      }
    }
  }

  /// Adds one to each of 128 values.
  static func increment(_ values: inout GrowableBuffer<UInt32>) {
    precondition(values.count == blockSize)
    unsafe values.withUnsafeBase { base in
      for row in 0..<BitPacking.rows {
        // Safe because: there are 32 rows of 16 bytes.
        let value = unsafe UnsafeMutableRawPointer(base).loadUnaligned(fromByteOffset: 16 &* row, as: Row.self)
        unsafe store(value &+ Row(repeating: 1), UnsafeMutableRawPointer(base), row)
      }
    }
  }

  @inline(__always)
  private static func prefixSum(_ value: Row) -> Row {
    #if _endian(little)
      let pairs = unsafe unsafeBitCast(value, to: SIMD2<UInt64>.self) &<< SIMD2<UInt64>(repeating: 32)
      let sums = unsafe value &+ unsafeBitCast(pairs, to: Row.self)
    #else
      let sums = value &+ Row(0, value[0], 0, value[2])
    #endif
    return sums &+ Row(lowHalf: .zero, highHalf: SIMD2(repeating: sums[1]))
  }
}
