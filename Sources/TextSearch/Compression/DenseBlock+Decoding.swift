extension DenseBlock {
  /// Decodes `count` bytes at `input` into the window; false if they are not what the grammar allows.
  @unsafe
  static func decode(_ input: UnsafeRawPointer, count: Int, into window: inout BlockWindow, dictionary: Int) -> Bool {
    var bits = unsafe BitStream(input, count: count)
    guard let literals = code(BlockLayout.Dense.literals, &bits), let lengths = code(BlockLayout.Dense.lengths, &bits),
      let distances = code(BlockLayout.Dense.distances, &bits)
    else { return false }
    return decode(&bits, literals.table(), lengths.table(), distances.table(), &window, dictionary)
  }

  private static func decode(
    _ bits: inout BitStream, _ literals: borrowing GrowableBuffer<UInt16>,
    _ lengths: borrowing GrowableBuffer<UInt16>, _ distances: borrowing GrowableBuffer<UInt16>,
    _ window: inout BlockWindow, _ dictionary: Int
  ) -> Bool {
    typealias Layout = BlockLayout.Dense
    while !window.isFull {
      guard bits.refill(), let symbol = bits.symbol(lengths) else { return false }
      var literalCount = symbol & Layout.manyLiterals
      var length = Layout.shortest &+ symbol &>> 3
      if literalCount == Layout.manyLiterals { literalCount &+= bits.take(Layout.restBits) }
      if length == Layout.shortest &+ Layout.manyLength { length &+= bits.take(Layout.restBits) }
      guard literalCount <= window.room else { return false }
      while literalCount > 0 {
        guard bits.refill() else { return false }
        // A refill gives 57 bits or more: five codes of at most eleven.
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
      let offset = width < Layout.dictionaryDistances ? value : value &+ window.place &- dictionary
      guard window.repeatBytes(offset: offset, length: length) else { return false }
    }
    return bits.isAtEnd
  }

  /// Reads the lengths of a code.
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

/// Bits from memory, low ones first.
@safe
struct BitStream: ~Copyable {
  // Safe because: `BlockLayout.slack` bytes behind the input may be read, and `refill` loads only up to its end.
  private let base: UnsafeRawPointer
  private let count: Int
  /// Bits taken so far.
  private var place = 0
  private var bits: UInt64 = 0

  @unsafe
  init(_ base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = 8 * count
  }

  /// Makes the next 57 bits or more ready to be taken; false if more than all have been taken already.
  @inline(__always)
  mutating func refill() -> Bool {
    guard place <= count else { return false }
    let word = unsafe UInt64(littleEndian: (base + place &>> 3).loadUnaligned(as: UInt64.self))
    bits = word &>> UInt64(place & 7)
    return true
  }

  /// The next `width` bits as a number.
  @inline(__always)
  mutating func take(_ width: Int) -> Int {
    let value = Int(truncatingIfNeeded: bits) & (1 &<< width &- 1)
    bits &>>= UInt64(width)
    place &+= width
    return value
  }

  /// The symbol that the next bits code; nil if they code none.
  @inline(__always)
  mutating func symbol(_ table: borrowing GrowableBuffer<UInt16>) -> Int? {
    let index = Int(truncatingIfNeeded: bits) & (1 << BlockLayout.Dense.maximumBits - 1)
    // Safe because: a table has an entry for every value of that many bits.
    let entry = unsafe Int(table[unchecked: index])
    bits &>>= UInt64(entry & 15)
    place &+= entry & 15
    return entry == 0 ? nil : entry &>> 4
  }

  /// Everything is taken but the zero bits that fill the last byte.
  var isAtEnd: Bool { place <= count && count - place < 8 }
}
