/// Packs 128 integers of up to 32 bits into `16 * width` bytes, four lanes side by side.
///
/// Integer `i` lies in lane `i % 4`, row `i / 4`; a lane is a stream of 32-bit words, rows one after the other, low
/// bits first (the vertical layout of Lemire and Boytsov, "Decoding billions of integers per second", 2015).
enum BitPacking {
  static let blockSize = 128
  static let rows = 32

  typealias Row = SIMD4<UInt32>

  static func byteCount(width: Int) -> Int { 16 * width }

  /// Bits that the largest value needs.
  static func width(of values: borrowing GrowableBuffer<UInt32>) -> Int {
    var all: UInt32 = 0
    for index in 0..<values.count { all |= values[index] }
    return 32 - all.leadingZeroBitCount
  }

  /// Appends 128 values, each below `1 << width`.
  static func pack(_ values: borrowing GrowableBuffer<UInt32>, width: Int, into writer: inout ByteWriter) {
    precondition(values.count == blockSize && width >= 0 && width <= 32)
    guard width > 0 else { return }
    var word = Row.zero
    var filled = 0
    for row in 0..<rows {
      let value = Row(values[4 * row], values[4 * row + 1], values[4 * row + 2], values[4 * row + 3])
      word |= value &<< UInt32(truncatingIfNeeded: filled)
      filled += width
      guard filled >= 32 else { continue }
      write(word, into: &writer)
      filled -= 32
      word = filled == 0 ? .zero : value &>> UInt32(truncatingIfNeeded: width - filled)
    }
  }

  private static func write(_ word: Row, into writer: inout ByteWriter) {
    for lane in 0..<4 { writer.write(word[lane]) }
  }

  /// Unpacks 128 values of `width` bits at `offset` of the region.
  static func unpack(
    _ region: ByteRegion, at offset: Int, width: Int, into values: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    precondition(values.count == blockSize)
    guard width <= 32 else { throw region.corrupt(at: offset, "bit width \(width)") }
    // Safe because: `address` checks that all `16 * width` bytes are in the region.
    let base = unsafe try region.address(at: offset, count: byteCount(width: width))
    let mask = Row(repeating: width == 32 ? .max : (1 &<< UInt32(width)) &- 1)
    var filled = 0
    var word = 0
    for row in 0..<rows {
      var value = Row.zero
      if width > 0 {
        value = unsafe load(base, word) &>> UInt32(truncatingIfNeeded: filled)
        filled &+= width
        if filled >= 32 {
          word &+= 1
          filled &-= 32
          if filled > 0 {
            value |= unsafe load(base, word) &<< UInt32(truncatingIfNeeded: width &- filled)
          }
        }
        value &= mask
      }
      for lane in 0..<4 { values[4 &* row &+ lane] = value[lane] }
    }
  }

  @inline(__always) @unsafe
  private static func load(_ base: UnsafeRawPointer, _ word: Int) -> Row {
    let row = unsafe base.loadUnaligned(fromByteOffset: 16 &* word, as: Row.self)
    #if _endian(little)
      return row
    #else
      return Row(row[0].byteSwapped, row[1].byteSwapped, row[2].byteSwapped, row[3].byteSwapped)
    #endif
  }
}
