/// The upper bounds of the pairs in a window as a table: what a document can get from some of them is a sum over set bits.
struct PairMaxima: ~Copyable {
  /// By the bit of a pair in `PossiblePairs`; that of the last one is of all pairs that share it.
  private var values = GrowableBuffer<Float>(repeating: 0, count: 64)
  /// Pairs have two bits each in a word (`NeighbourBits`).
  private let areTwoSided: Bool
  /// The pairs that neighbours are tested for, and those that they are not.
  private var tested: UInt64 = 0
  private var untested: UInt64 = 0
  /// The bits of words that say whether a pair's bound is in a document's accumulated score (`PairBound.added`).
  private var added: UInt64 = 0
  /// Some pair's bound is in no score.
  private var isAnyOpen = false

  /// Takes the bounds of a window.
  ///
  /// - Parameter areTwoSided: pairs have two bits each in a word.
  init(_ bounds: borrowing GrowableBuffer<PairBound>, areTwoSided: Bool) {
    self.areTwoSided = areTwoSided
    for index in 0..<bounds.count {
      let bound = bounds[index]
      values[bound.bit.trailingZeroBitCount] += bound.maximum
      if bound.bits.word != 0 { tested |= bound.bit } else { untested |= bound.bit }
      added |= bound.added
      if bound.added == 0 { isAnyOpen = true }
    }
  }

  /// Returns the sum of the bounds of some pairs.
  @inline(__always)
  func sum(_ pairs: UInt64) -> Float {
    var (sum, left) = (Float(0), pairs)
    while left != 0 {
      sum += values[left.trailingZeroBitCount]
      left &= left &- 1
    }
    return sum
  }

  /// Returns the pairs that a document may contain by the neighbours of its words.
  ///
  /// - Parameter word: as `NeighbourBits.word`.
  @inline(__always)
  func possible(_ word: UInt64) -> UInt64 { (areTwoSided ? word & word &>> 32 : word) & tested | untested }

  /// The pairs that a document may contain by the neighbours of its words, with the sum of their bounds; and the sum of those that are
  /// in its accumulated score.
  ///
  /// - Parameter word: as `NeighbourBits.word`.
  @inline(__always)
  subscript(word: UInt64) -> (possible: PossiblePairs, added: Float) {
    let bits = word & added
    guard isAnyOpen || bits != 0 else { return (PossiblePairs(), 0) }
    let possible = possible(word)
    return (
      PossiblePairs(pairs: possible, maximum: sum(possible)),
      sum(areTwoSided ? (bits | bits &>> 32) & 0xFFFF_FFFF : bits)
    )
  }
}
