/// Unsigned integers of one width (1, 2, 4 or 8 bytes), as many as the segment has documents (or one more).
struct Column: Sendable {
  let region: ByteRegion
  let width: Int

  /// Reads the column of `count` values that begins at `offset`; `offset` moves past it.
  init(_ region: ByteRegion, at offset: inout Int, count: Int) throws(SearchError) {
    let place = try ColumnLayout(region, at: &offset, count: count)
    width = place.width
    self.region = try region.slice(at: place.start, count: count * width)
  }

  func value(at index: Int) throws(SearchError) -> UInt64 {
    switch width {
    case 1: UInt64(try region.byte(at: index))
    case 2: UInt64(try region.load(at: 2 * index, as: UInt16.self))
    case 4: UInt64(try region.load(at: 4 * index, as: UInt32.self))
    default: try region.load(at: 8 * index, as: UInt64.self)
    }
  }

  /// Damage that shows in the values.
  func corrupt(_ reason: String) -> SearchError { region.corrupt(at: 0, reason) }

  static func write(_ values: [UInt64], to writer: inout ByteWriter) {
    let maximum = values.max() ?? 0
    let width = maximum < 1 << 8 ? 1 : maximum < 1 << 16 ? 2 : maximum < 1 << 32 ? 4 : 8
    writer.write(UInt8(width))
    for value in values {
      for byte in 0..<width { writer.write(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
    }
  }
}

/// Where a column stands in a region: for what holds several columns of one region, and keeps it once.
struct ColumnLayout: BitwiseCopyable, Sendable {
  /// Where the first value is, and bytes of each.
  let start: Int
  let width: Int

  /// Reads where the column of `count` values is that begins at `offset`; `offset` moves past it.
  init(_ region: ByteRegion, at offset: inout Int, count: Int) throws(SearchError) {
    let width = Int(try region.byte(at: offset))
    guard width == 1 || width == 2 || width == 4 || width == 8 else {
      throw region.corrupt(at: offset, "column width \(width)")
    }
    (start, self.width) = (offset + 1, width)
    try region.check(start, count * width)
    offset = start + count * width
  }
}
