/// Collects bits, low ones first.
struct BitWriter: ~Copyable {
  private var bytes: ByteWriter
  private var waiting: UInt64 = 0
  private var count: UInt64 = 0

  init() { bytes = ByteWriter(capacity: 1 << 14) }

  /// The whole bytes so far; all of them after `finish`.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.bytes.span }
  }

  /// At most 32 bits, the others zero.
  @inline(__always)
  mutating func write(_ value: UInt64, _ bits: Int) {
    waiting |= value &<< count
    count &+= UInt64(bits)
    if count >= 32 {
      bytes.write(UInt32(truncatingIfNeeded: waiting))
      waiting &>>= 32
      count &-= 32
    }
  }

  mutating func removeAll() {
    bytes.removeAll()
    waiting = 0
    count = 0
  }

  /// Writes what is left, filled with zero bits up to a whole byte.
  mutating func finish() {
    while count > 0 {
      bytes.write(UInt8(truncatingIfNeeded: waiting))
      waiting >>= 8
      count -= min(8, count)
    }
  }
}
