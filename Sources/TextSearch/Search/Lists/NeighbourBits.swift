/// Pairs as bits of one number, whose highest bit is free: what the neighbours of a word say of the pair that it begins, and of that which
/// it ends.
///
/// Up to 31 pairs have two bits each: their first word says that the second may follow it in a document, and their second that the
/// first may precede it. Of more pairs one of both words says so, with one bit; pairs 63 and up have none.
struct NeighbourBits: BitwiseCopyable {
  /// Maximum number of pairs that have two bits each, the second one 32 above the first.
  static let twoSidedLimit = 31
  /// Number of pairs from which on they have none.
  private static let limit = 63

  var next: UInt64 = 0
  var previous: UInt64 = 0

  init(next: UInt64 = 0, previous: UInt64 = 0) { (self.next, self.previous) = (next, previous) }

  /// The bits of a pair.
  ///
  /// - Parameters:
  ///   - count: number of pairs.
  ///   - bySecond: the second word says more, if one of both can.
  init(pair: Int, of count: Int, bySecond: Bool) {
    if count <= NeighbourBits.twoSidedLimit {
      self.init(next: 1 &<< UInt64(pair), previous: 1 &<< UInt64(pair &+ 32))
    } else if pair < NeighbourBits.limit {
      let bit: UInt64 = 1 &<< UInt64(pair)
      self.init(next: bySecond ? 0 : bit, previous: bySecond ? bit : 0)
    } else {
      self.init()
    }
  }

  static func | (a: NeighbourBits, b: NeighbourBits) -> NeighbourBits {
    NeighbourBits(next: a.next | b.next, previous: a.previous | b.previous)
  }

  /// Both in one number.
  @inline(__always)
  var word: UInt64 { next | previous }

  /// What the flags of a test set in the number.
  @inline(__always)
  subscript(flags: UInt8) -> UInt64 {
    (flags & NeighbourTest.next != 0 ? next : 0) | (flags & NeighbourTest.previous != 0 ? previous : 0)
  }
}

/// Upper bounds of the pair that a clause begins and of that which it ends.
struct PairSums: BitwiseCopyable {
  var next: Float = 0
  var previous: Float = 0

  @inline(__always)
  var isAny: Bool { next > 0 || previous > 0 }

  /// The bounds that the flags of a test add.
  @inline(__always)
  subscript(flags: UInt8) -> Float {
    (flags & NeighbourTest.next != 0 ? next : 0) + (flags & NeighbourTest.previous != 0 ? previous : 0)
  }
}
