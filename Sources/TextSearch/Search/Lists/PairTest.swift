/// What the neighbours of a clause's occurrences are tested for.
struct PairTest {
  /// nil where no neighbours are kept: each document that holds the word may contain its pairs.
  let neighbours: NeighbourTest?
  /// The pairs that the clause begins and ends, by what the test says.
  let bits: NeighbourBits

  /// - Parameters:
  ///   - next: the bits of the pair that the clause begins, and the codes of its second word.
  ///   - previous: those of the pair that the clause ends, and the codes of its first word.
  ///   - ofFrequent: what the occurrences of a frequent term say (`NeighbourTest`).
  init(
    next: (bits: NeighbourBits, codes: UInt16)?, previous: (bits: NeighbourBits, codes: UInt16)?, hasNeighbours: Bool,
    ofFrequent: UInt8
  ) {
    neighbours =
      hasNeighbours ? NeighbourTest(next: next?.codes, previous: previous?.codes, ofFrequent: ofFrequent) : nil
    bits = NeighbourBits(next: next?.bits.next ?? 0, previous: previous?.bits.previous ?? 0)
  }
}
