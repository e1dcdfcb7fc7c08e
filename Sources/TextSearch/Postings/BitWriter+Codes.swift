extension BitWriter {
  /// Quotients from here on are followed by the whole value instead of its remainder.
  static let maximumUnary = 24

  /// Writes a number from 1 in the gamma code (Elias 1975): its width less one in ones, a zero, and the bits after its first.
  mutating func writeGamma(_ value: UInt32) {
    let tailWidth = BitPacking.width(of: value) - 1
    writeUnary(tailWidth)
    write(UInt64(value) & ((1 << UInt64(tailWidth)) - 1), tailWidth)
  }

  /// Writes a number in the Rice code (Rice 1979): the quotient by `1 << parameter` as ones and a zero, then the remainder.
  mutating func writeRice(_ value: UInt32, parameter: Int) {
    let quotient = Int(value >> UInt32(parameter))
    guard quotient < BitWriter.maximumUnary else {
      write((1 << UInt64(BitWriter.maximumUnary)) - 1, BitWriter.maximumUnary)
      return write(UInt64(value), 32)
    }
    writeUnary(quotient)
    write(UInt64(value) & ((1 << UInt64(parameter)) - 1), parameter)
  }

  private mutating func writeUnary(_ ones: Int) { write((1 << UInt64(ones)) - 1, ones + 1) }

  /// Fills the last byte with zeros, appends all bytes to `writer` and removes them here.
  mutating func flush(into writer: inout ByteWriter) {
    finish()
    writer.write(coded)
    removeAll()
  }
}
