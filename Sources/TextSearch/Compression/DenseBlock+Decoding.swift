extension DenseBlock {
  /// Decodes `count` bytes at `input` into the window. Returns false for bytes that the grammar does not allow.
  ///
  /// Safe only if `BlockLayout.slack` bytes behind the input may be read too.
  ///
  /// - Parameter dictionary: bytes of the dictionary at the start of the window.
  @unsafe
  static func decode(_ input: UnsafeRawPointer, count: Int, into window: inout BlockWindow, dictionary: Int) -> Bool {
    var bits = unsafe BitStream(input, count: count)
    guard let literals = code(BlockLayout.Dense.literals, &bits), let lengths = code(BlockLayout.Dense.lengths, &bits),
      let distances = code(BlockLayout.Dense.distances, &bits)
    else { return false }
    return decode(
      &bits, literals: literals.table(), lengths: lengths.table(), distances: distances.table(), into: &window,
      dictionary: dictionary)
  }

  /// Decodes the sequences of a block with the decoding tables of its three codes.
  private static func decode(
    _ bits: inout BitStream, literals: borrowing GrowableBuffer<UInt16>,
    lengths: borrowing GrowableBuffer<UInt16>, distances: borrowing GrowableBuffer<UInt16>,
    into window: inout BlockWindow, dictionary: Int
  ) -> Bool {
    typealias Layout = BlockLayout.Dense
    while !window.isFull {
      guard bits.refill(), let symbol = bits.symbol(lengths) else { return false }
      var literalCount = symbol & Layout.escapeLiterals
      var length = Layout.minimumLength &+ symbol &>> 3
      if literalCount == Layout.escapeLiterals { literalCount &+= bits.take(Layout.remainderBits) }
      if length == Layout.minimumLength &+ Layout.escapeLength { length &+= bits.take(Layout.remainderBits) }
      guard literalCount <= window.room else { return false }
      while literalCount > 0 {
        guard bits.refill() else { return false }
        // A refill provides at least 57 bits: five codes of at most eleven.
        for _ in 0..<min(5, literalCount) {
          guard let literal = bits.symbol(literals), window.append(UInt8(truncatingIfNeeded: literal)) else {
            return false
          }
        }
        literalCount &-= 5
      }
      if window.isFull { break }
      guard bits.refill(), let width = bits.symbol(distances) else { return false }
      let value = 1 &<< (width & 15) | bits.take(width & 15)
      let offset = width < Layout.dictionaryDistances ? value : value &+ window.position &- dictionary
      guard window.repeatBytes(offset: offset, length: length) else { return false }
    }
    return bits.isAtEnd
  }

  /// Reads the lengths of a code for `symbols` symbols; returns nil if they are not those of a complete code.
  private static func code(_ symbols: Int, _ bits: inout BitStream) -> HuffmanCode? {
    var lengths: [UInt8] = []
    while lengths.count < symbols {
      guard bits.refill() else { return nil }
      switch bits.take(4) {
      case let length where length <= BlockLayout.Dense.maximumBits: lengths.append(UInt8(length))
      case 12: lengths += repeatElement(0, count: 2 + bits.take(4))
      case 13: lengths += repeatElement(0, count: 18 + bits.take(8))
      default: return nil
      }
    }
    return lengths.count == symbols ? HuffmanCode(lengths: lengths) : nil
  }
}

/// Reads bits from memory, the lowest of each byte first.
@safe
struct BitStream: ~Copyable {
  // Safe because: `BlockLayout.slack` bytes behind the input may be read, and `refill` loads eight bytes at its end at
  // the latest.
  private let base: UnsafeRawPointer
  /// Bits of the input.
  private let count: Int
  /// Bits taken so far.
  private var position = 0
  /// The bits loaded by the last refill that were not taken since.
  private var bits: UInt64 = 0

  /// Creates a stream over `count` bytes at `base`.
  ///
  /// Safe only if `BlockLayout.slack` bytes behind them may be read too.
  @unsafe
  init(_ base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = 8 * count
  }

  /// Loads the next bits, at least 57. Returns false if more bits were taken than there are.
  @inline(__always)
  mutating func refill() -> Bool {
    guard position <= count else { return false }
    let word = unsafe UInt64(littleEndian: (base + position &>> 3).loadUnaligned(as: UInt64.self))
    bits = word &>> UInt64(position & 7)
    return true
  }

  /// Takes the next `width` bits as a number.
  @inline(__always)
  mutating func take(_ width: Int) -> Int {
    let value = Int(truncatingIfNeeded: bits) & (1 &<< width &- 1)
    bits &>>= UInt64(width)
    position &+= width
    return value
  }

  /// Takes the code of a symbol and returns the symbol; nil if the next bits are no code.
  ///
  /// - Parameter table: from `HuffmanCode.table()`.
  @inline(__always)
  mutating func symbol(_ table: borrowing GrowableBuffer<UInt16>) -> Int? {
    let index = Int(truncatingIfNeeded: bits) & (1 << BlockLayout.Dense.maximumBits - 1)
    // Safe because: a table has an entry for every value of `maximumBits` bits.
    let entry = unsafe Int(table[unchecked: index])
    bits &>>= UInt64(entry & 15)
    position &+= entry & 15
    return entry == 0 ? nil : entry &>> 4
  }

  /// Whether all bits are taken but those that pad the last byte.
  var isAtEnd: Bool { position <= count && count - position < 8 }
}
