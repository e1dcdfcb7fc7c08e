/// The entropy coding of a block: its sequences under three Huffman codes, in one stream of bits.
struct DenseBlock: ~Copyable {
  private typealias Layout = BlockLayout.Dense
  private var bits = BitWriter()

  /// The bytes of the block that was encoded last.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get { bits.coded }
  }

  /// A match distance as a symbol and extra bits, those below its highest one.
  struct Distance {
    let symbol: Int
    let extra: UInt64
    let extraBits: Int

    /// Codes the distance of a match.
    ///
    /// - Parameters:
    ///   - offset: distance from `position` back to the bytes that the match repeats, at least 1.
    ///   - position: raw bytes of the block before the match.
    @inline(__always)
    init(_ offset: Int, at position: Int) {
      // The most valuable strings of the dictionary are at its end: distances into it are measured from there.
      let isOutside = offset > position
      let value = isOutside ? offset &- position : offset
      extraBits = Int.bitWidth &- 1 &- value.leadingZeroBitCount
      symbol = (isOutside ? BlockLayout.Dense.dictionaryDistances : 0) &+ extraBits
      extra = UInt64(value & (1 &<< extraBits &- 1))
    }
  }

  /// Returns the symbol for the literals and the match length of a sequence, each up to its escape value.
  @inline(__always)
  private static func lengthSymbol(_ sequence: BlockSequence) -> Int {
    let literals = min(Int(sequence.literals), Layout.escapeLiterals)
    let more = sequence.length == 0 ? 0 : min(Int(sequence.length) &- Layout.minimumLength, Layout.escapeLength)
    return literals &+ (Layout.escapeLiterals + 1) &* more
  }

  /// Encodes a block that was parsed into `sequences`.
  mutating func encode(
    _ block: Span<UInt8>, _ sequences: borrowing GrowableBuffer<BlockSequence>
  ) {
    let codes = DenseBlock.codes(block, sequences)
    bits.removeAll()
    for code in [codes.literals, codes.lengths, codes.distances] { DenseBlock.write(code.lengths, to: &bits) }
    var position = 0
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      let (literals, length) = (Int(sequence.literals), Int(sequence.length))
      if literals == 0, length == 0 { break }
      let symbol = DenseBlock.lengthSymbol(sequence)
      bits.write(UInt64(codes.lengths.codes[symbol]), Int(codes.lengths.lengths[symbol]))
      if literals >= Layout.escapeLiterals {
        bits.write(UInt64(literals - Layout.escapeLiterals), Layout.remainderBits)
      }
      if length >= Layout.minimumLength + Layout.escapeLength {
        bits.write(UInt64(length - Layout.minimumLength - Layout.escapeLength), Layout.remainderBits)
      }
      for offset in position..<position + literals {
        let byte = Int(block[offset])
        bits.write(UInt64(codes.literals.codes[byte]), Int(codes.literals.lengths[byte]))
      }
      position += literals
      guard length > 0 else { break }
      let distance = Distance(Int(sequence.offset), at: position)
      bits.write(UInt64(codes.distances.codes[distance.symbol]), Int(codes.distances.lengths[distance.symbol]))
      bits.write(distance.extra, distance.extraBits)
      position += length
    }
    bits.finish()
  }

  /// Builds the three codes from the frequencies of their symbols in a block.
  private static func codes(
    _ block: Span<UInt8>, _ sequences: borrowing GrowableBuffer<BlockSequence>
  ) -> (literals: HuffmanCode, lengths: HuffmanCode, distances: HuffmanCode) {
    var literals = [UInt32](repeating: 0, count: Layout.literals)
    var lengths = [UInt32](repeating: 0, count: Layout.lengths)
    var distances = [UInt32](repeating: 0, count: Layout.distances)
    var position = 0
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      if sequence.literals == 0, sequence.length == 0 { break }
      for offset in position..<position + Int(sequence.literals) { literals[Int(block[offset])] += 1 }
      position += Int(sequence.literals)
      lengths[lengthSymbol(sequence)] += 1
      if sequence.length > 0 { distances[Distance(Int(sequence.offset), at: position).symbol] += 1 }
      position += Int(sequence.length)
    }
    return (HuffmanCode(counts: literals), HuffmanCode(counts: lengths), HuffmanCode(counts: distances))
  }

  /// Writes the lengths of a code, four bits each. 12 and four bits stand for 2 to 17 zeros, 13 and eight bits for 18
  /// to 273 zeros.
  private static func write(_ lengths: [UInt8], to bits: inout BitWriter) {
    var symbol = 0
    while symbol < lengths.count {
      let zeros = lengths[symbol...].prefix { $0 == 0 }.count
      switch zeros {
      case 0...1: bits.write(UInt64(lengths[symbol]), 4)
      case 2...17:
        bits.write(12, 4)
        bits.write(UInt64(zeros - 2), 4)
      default:
        bits.write(13, 4)
        bits.write(UInt64(zeros - 18), 8)
      }
      symbol += max(1, zeros)
    }
  }
}
