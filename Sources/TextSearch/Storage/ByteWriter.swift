/// Collects bytes in memory, in the coding that `ByteReader` reads.
struct ByteWriter: ~Copyable {
  /// The bytes written, without those that a `ByteSink` has taken.
  private(set) var bytes: GrowableBuffer<UInt8>
  /// Number of bytes that were taken.
  private var taken = 0

  /// Creates a writer without bytes.
  ///
  /// - Parameter capacity: bytes to make room for.
  init(capacity: Int = 256) { bytes = GrowableBuffer(capacity: capacity) }

  /// Number of bytes written, taken ones included: the offset of the next byte.
  var count: Int { taken &+ bytes.count }

  /// Removes all bytes and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll()
    taken = 0
  }

  /// Forgets the bytes, which were written elsewhere. `count` stays.
  mutating func noteTaken() {
    taken += bytes.count
    bytes.removeAll()
  }

  /// Writes a byte.
  @inline(__always)
  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  /// Writes an integer, little-endian.
  @inline(__always)
  mutating func write<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(_ value: Value) {
    bytes.append(integer: value.littleEndian)
  }

  /// Writes an integer in one to ten bytes: seven bits in each, the lowest first, and bit 7 where more follow.
  @inline(__always)
  mutating func writeVariable(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  /// Writes an integer that must not be negative in one to nine bytes.
  mutating func writeVariable(_ value: Int) { writeVariable(UInt64(value)) }

  /// Writes the bytes of a span.
  mutating func write(_ other: Span<UInt8>) { bytes.append(other) }

  /// Writes the bytes of another writer.
  mutating func write(_ other: borrowing ByteWriter) { bytes.append(other.bytes) }

  /// Writes a range of the bytes of a buffer.
  mutating func write(_ other: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>) {
    bytes.append(other.span.extracting(range))
  }

  /// Writes the bytes of an array.
  mutating func write(contentsOf other: [UInt8]) { bytes.append(other.span) }

  /// Writes the length of a string in bytes, then its UTF-8.
  mutating func writeString(_ text: String) {
    writeVariable(text.utf8.count)
    bytes.append(text.utf8.span)
  }

  /// Writes zero bytes until the number of bytes is a multiple of `alignment`.
  mutating func pad(to alignment: Int) {
    while count % alignment != 0 { bytes.append(0) }
  }
}
