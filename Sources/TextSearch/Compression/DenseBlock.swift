/// The entropy-coded form of a block: the same sequences under three Huffman codes, in one stream of bits.
struct DenseBlock: ~Copyable {
  private typealias Layout = BlockLayout.Dense
  private var bits = BitWriter()

  /// What `encode` made.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get { bits.coded }
  }

  /// A distance as its symbol and the bits below its highest one.
  struct Distance {
    let symbol: Int
    let rest: UInt64
    let bits: Int

    /// - Parameters:
    ///   - offset: bytes back from `place`.
    ///   - place: raw bytes of the block before the repetition.
    @inline(__always)
    init(_ offset: Int, at place: Int) {
      // The dictionary's best strings stand at its end, so its distances are counted from there.
      let isOutside = offset > place
      let value = isOutside ? offset &- place : offset
      bits = Int.bitWidth &- 1 &- value.leadingZeroBitCount
      symbol = (isOutside ? BlockLayout.Dense.dictionaryDistances : 0) &+ bits
      rest = UInt64(value & (1 &<< bits &- 1))
    }
  }

  @inline(__always)
  private static func lengthSymbol(_ sequence: BlockSequence) -> Int {
    let literals = min(Int(sequence.literals), Layout.manyLiterals)
    let more = sequence.length == 0 ? 0 : min(Int(sequence.length) &- Layout.shortest, Layout.manyLength)
    return literals &+ (Layout.manyLiterals + 1) &* more
  }

  mutating func encode(
    _ block: Span<UInt8>, _ sequences: borrowing GrowableBuffer<BlockSequence>
  ) {
    let codes = DenseBlock.codes(block, sequences)
    bits.removeAll()
    for code in [codes.literals, codes.lengths, codes.distances] { DenseBlock.write(code.lengths, to: &bits) }
    var place = 0
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      let (literals, length) = (Int(sequence.literals), Int(sequence.length))
      if literals == 0, length == 0 { break }
      let symbol = DenseBlock.lengthSymbol(sequence)
      bits.write(UInt64(codes.lengths.codes[symbol]), Int(codes.lengths.lengths[symbol]))
      if literals >= Layout.manyLiterals { bits.write(UInt64(literals - Layout.manyLiterals), Layout.restBits) }
      if length >= Layout.shortest + Layout.manyLength {
        bits.write(UInt64(length - Layout.shortest - Layout.manyLength), Layout.restBits)
      }
      for place in place..<place + literals {
        let byte = Int(block[place])
        bits.write(UInt64(codes.literals.codes[byte]), Int(codes.literals.lengths[byte]))
      }
      place += literals
      guard length > 0 else { break }
      let distance = Distance(Int(sequence.offset), at: place)
      bits.write(UInt64(codes.distances.codes[distance.symbol]), Int(codes.distances.lengths[distance.symbol]))
      bits.write(distance.rest, distance.bits)
      place += length
    }
    bits.finish()
  }

  private static func codes(
    _ block: Span<UInt8>, _ sequences: borrowing GrowableBuffer<BlockSequence>
  ) -> (literals: HuffmanCode, lengths: HuffmanCode, distances: HuffmanCode) {
    var literals = [UInt32](repeating: 0, count: Layout.literals)
    var lengths = [UInt32](repeating: 0, count: Layout.lengths)
    var distances = [UInt32](repeating: 0, count: Layout.distances)
    var place = 0
    for index in 0..<sequences.count {
      let sequence = sequences[index]
      if sequence.literals == 0, sequence.length == 0 { break }
      for place in place..<place + Int(sequence.literals) { literals[Int(block[place])] += 1 }
      place += Int(sequence.literals)
      lengths[lengthSymbol(sequence)] += 1
      if sequence.length > 0 { distances[Distance(Int(sequence.offset), at: place).symbol] += 1 }
      place += Int(sequence.length)
    }
    return (HuffmanCode(counts: literals), HuffmanCode(counts: lengths), HuffmanCode(counts: distances))
  }

  /// Lengths of a code: four bits each; 12 and four bits: 2 to 17 zeros; 13 and eight bits: 18 to 273 zeros.
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
