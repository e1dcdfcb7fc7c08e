/// Pairs as bits: those whose first word says that the second may follow it in a document, and those whose second says that the
/// first may precede it. Pairs 32 and up have no bit.
struct NeighbourBits: BitwiseCopyable {
  var first: UInt32 = 0
  var second: UInt32 = 0

  @inline(__always)
  static subscript(pair: Int) -> UInt32 { pair < 32 ? 1 &<< UInt32(pair) : 0 }

  static func | (a: NeighbourBits, b: NeighbourBits) -> NeighbourBits {
    NeighbourBits(first: a.first | b.first, second: a.second | b.second)
  }

  /// What either flag of a test sets in the number of both.
  @inline(__always)
  var next: UInt64 { UInt64(first) }
  @inline(__always)
  var previous: UInt64 { UInt64(second) &<< 32 }

  /// Both in one number.
  @inline(__always)
  var word: UInt64 { next | previous }
}
