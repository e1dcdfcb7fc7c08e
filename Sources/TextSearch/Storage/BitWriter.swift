/// Collects bits in memory, the lowest first; `BitReader` reads them.
struct BitWriter: ~Copyable {
  private var bytes: ByteWriter
  /// Bits that are not in `bytes` yet, from bit 0 on.
  private var pending: UInt64 = 0
  private var pendingBits: UInt64 = 0

  init() { bytes = ByteWriter(capacity: 1 << 14) }

  /// The bytes written; fewer than 32 bits are missing until `finish`.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.bytes.span }
  }

  /// Writes the low bits of `value`, whose higher bits must be zero.
  ///
  /// - Parameter bits: 0 to 32.
  @inline(__always)
  mutating func write(_ value: UInt64, _ bits: Int) {
    pending |= value &<< pendingBits
    pendingBits &+= UInt64(bits)
    if pendingBits >= 32 {
      bytes.write(UInt32(truncatingIfNeeded: pending))
      pending &>>= 32
      pendingBits &-= 32
    }
  }

  /// Removes everything written and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll()
    pending = 0
    pendingBits = 0
  }

  /// Writes the pending bits, padded with zero bits to a whole byte.
  mutating func finish() {
    while pendingBits > 0 {
      bytes.write(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingBits -= min(8, pendingBits)
    }
  }
}
