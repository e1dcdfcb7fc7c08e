/// Pairs as bits: those whose first word says that the second may follow it in a document, and those whose second says that the
/// first may precede it. Pairs 32 and up have no bit.
struct NeighbourBits: BitwiseCopyable {
  var first: UInt32 = 0
  var second: UInt32 = 0

  @inline(__always)
  static func bit(_ pair: Int) -> UInt32 { pair < 32 ? 1 &<< UInt32(pair) : 0 }

  static func | (a: NeighbourBits, b: NeighbourBits) -> NeighbourBits {
    NeighbourBits(first: a.first | b.first, second: a.second | b.second)
  }

  /// Both in one number.
  @inline(__always)
  var word: UInt64 { UInt64(second) &<< 32 | UInt64(first) }
}
