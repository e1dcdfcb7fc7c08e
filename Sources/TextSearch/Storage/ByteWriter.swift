/// Collects bytes in the order and coding that `ByteReader` reads.
struct ByteWriter: ~Copyable {
  private(set) var bytes: GrowableBuffer<UInt8>

  init(capacity: Int = 256) { bytes = GrowableBuffer(capacity: capacity) }

  var count: Int { bytes.count }

  mutating func removeAll() { bytes.removeAll() }

  @inline(__always)
  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  /// A little-endian integer.
  @inline(__always)
  mutating func write<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(_ value: Value) {
    bytes.append(integer: value.littleEndian)
  }

  @inline(__always)
  mutating func writeVariable(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  mutating func writeVariable(_ value: Int) { writeVariable(UInt64(value)) }

  mutating func write(_ other: Span<UInt8>) { bytes.append(other) }

  mutating func write(_ other: borrowing ByteWriter) { bytes.append(other.bytes) }

  /// Some bytes of a buffer.
  mutating func write(_ other: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>) {
    bytes.append(other.span.extracting(range))
  }

  mutating func write(contentsOf other: [UInt8]) { bytes.append(other.span) }

  mutating func writeString(_ text: String) {
    writeVariable(text.utf8.count)
    bytes.append(text.utf8.span)
  }

  /// Zero bytes up to a multiple of `alignment`.
  mutating func pad(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
