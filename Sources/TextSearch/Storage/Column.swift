/// Unsigned integers of one width (1, 2, 4 or 8 bytes) that follow each other in a section.
struct Column: Sendable {
  /// The bytes of the values alone.
  let region: ByteRegion
  /// Bytes of a value.
  let width: Int

  /// Opens the column of `count` values at `offset` and moves `offset` past it.
  ///
  /// - Throws: `SearchError.corrupt` for an unknown width, or a column that ends beyond the region.
  init(_ region: ByteRegion, at offset: inout Int, count: Int) throws(SearchError) {
    let layout = try ColumnLayout(region, at: &offset, count: count)
    width = layout.width
    self.region = try region.slice(at: layout.start, count: count * width)
  }

  /// Returns the value at `index`.
  ///
  /// - Throws: `SearchError.corrupt` if there is none.
  func value(at index: Int) throws(SearchError) -> UInt64 {
    switch width {
    case 1: UInt64(try region.byte(at: index))
    case 2: UInt64(try region.load(at: 2 * index, as: UInt16.self))
    case 4: UInt64(try region.load(at: 4 * index, as: UInt32.self))
    default: try region.load(at: 8 * index, as: UInt64.self)
    }
  }

  /// Creates the error for values that contradict the format; its offset is that of the first value.
  func corrupt(_ reason: String) -> SearchError { region.corrupt(at: 0, reason) }

  /// Writes values as a column, in the smallest width that holds them all.
  static func write(_ values: [UInt64], to writer: inout ByteWriter) {
    var column = ColumnWriter(maximum: values.max() ?? 0)
    for value in values { column.add(value) }
    writer.write(column.bytes)
  }
}

/// Writes a column value by value; the greatest one is known before.
struct ColumnWriter: ~Copyable {
  private let width: Int
  /// The column as far as no `ByteSink` has taken it.
  var bytes = ByteWriter()

  /// Begins a column in the smallest width that holds `maximum`.
  init(maximum: UInt64) {
    width = maximum < 1 << 8 ? 1 : maximum < 1 << 16 ? 2 : maximum < 1 << 32 ? 4 : 8
    bytes.write(UInt8(width))
  }

  /// Adds a value, which is not greater than the maximum.
  @inline(__always)
  mutating func add(_ value: UInt64) {
    switch width {
    case 1: bytes.write(UInt8(truncatingIfNeeded: value))
    case 2: bytes.write(UInt16(truncatingIfNeeded: value))
    case 4: bytes.write(UInt32(truncatingIfNeeded: value))
    default: bytes.write(value)
    }
  }
}

/// Offset and width of a column, without its region: for types with several columns in one region.
struct ColumnLayout: BitwiseCopyable, Sendable {
  /// Offset of the first value in the region.
  let start: Int
  /// Bytes of a value.
  let width: Int

  /// Reads the head of the column of `count` values at `offset` and moves `offset` past the column.
  ///
  /// - Throws: `SearchError.corrupt` for an unknown width, or a column that ends beyond the region.
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
