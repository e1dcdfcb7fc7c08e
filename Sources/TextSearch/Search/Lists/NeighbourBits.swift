/// Pairs as bits: those whose first word says that the second may follow it in a document, and those whose second says that the
/// first may precede it. Pairs 16 and up have no bit.
struct NeighbourBits: BitwiseCopyable {
  var first: UInt16 = 0
  var second: UInt16 = 0

  @inline(__always)
  static subscript(pair: Int) -> UInt16 { pair < 16 ? 1 &<< UInt16(pair) : 0 }

  init(first: UInt16 = 0, second: UInt16 = 0) { (self.first, self.second) = (first, second) }

  /// Both bits of a pair.
  @inline(__always)
  init(pair: Int) { self.init(first: NeighbourBits[pair], second: NeighbourBits[pair]) }

  static func | (a: NeighbourBits, b: NeighbourBits) -> NeighbourBits {
    NeighbourBits(first: a.first | b.first, second: a.second | b.second)
  }

  /// What either flag of a test sets in the number of both.
  @inline(__always)
  var next: UInt32 { UInt32(first) }
  @inline(__always)
  var previous: UInt32 { UInt32(second) &<< 16 }

  /// Both in one number.
  @inline(__always)
  var word: UInt32 { next | previous }
}

/// Upper bounds of the pair that a clause begins and of that which it ends.
struct PairSums: BitwiseCopyable {
  var next: Float = 0
  var previous: Float = 0

  @inline(__always)
  var isAny: Bool { next > 0 || previous > 0 }
}
