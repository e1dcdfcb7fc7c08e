/// How often a document holds a word, in Vietnamese lists and in all others.
struct WordCount: BitwiseCopyable {
  let inVietnamese: Float
  let other: Float

  var isHeld: Bool { inVietnamese + other > 0 }
}

/// The most that a pair adds somewhere, the bits of its clauses, and how filters are asked for it.
struct PairBound: BitwiseCopyable {
  let place: Int
  let bit: UInt64
  let asked: ProbedPair
  let isOnly: Bool
  let clauses: UInt32
  let maximum: Float

  init(
    _ place: Int, _ first: Int, _ maximum: Float, _ way: (first: ProbedPair, isOnly: Bool), _ bits: ClauseBits
  ) {
    self.place = place
    self.maximum = maximum
    bit = PossiblePairs.bit(place)
    asked = way.first
    isOnly = way.isOnly
    clauses = bits.bit(first) | bits.bit(first + 1)
  }
}

/// Pairs that a document may hold, a bit for each, and the most that they add.
struct PossiblePairs: BitwiseCopyable {
  var pairs: UInt64 = 0
  var maximum: Float = 0

  /// The bit of a pair; those far behind share one.
  @inline(__always)
  static func bit(_ place: Int) -> UInt64 { 1 &<< UInt64(min(place, 63)) }

  static let sharedBit: UInt64 = 1 &<< 63

  @inline(__always)
  mutating func add(_ bound: PairBound) {
    pairs |= bound.bit
    maximum += bound.maximum
  }
}

/// Clauses of a query as bits: for few of them those of a byte are enough.
struct ClauseBits: BitwiseCopyable {
  /// They fit into a byte, of which one bit is taken; the last ones share one.
  let areFew: Bool

  init(_ clauses: Int) { areFew = clauses <= 8 }

  @inline(__always)
  func bit(_ clause: Int) -> UInt32 { 1 &<< UInt32(areFew ? min(clause, 6) : clause & 31) }
}
