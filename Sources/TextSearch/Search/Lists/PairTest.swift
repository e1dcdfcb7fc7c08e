/// What the neighbours of a clause's occurrences are tested for.
struct PairTest {
  let neighbours: NeighbourTest
  /// The pairs that the clause begins and ends, by what the test says.
  let bits: NeighbourBits

  /// - Parameters:
  ///   - next: index of the pair that the clause begins, and the codes of its second word.
  ///   - previous: index of the pair that the clause ends, and the codes of its first word.
  init(next: (pair: Int, codes: UInt16)?, previous: (pair: Int, codes: UInt16)?) {
    neighbours = NeighbourTest(next: next?.codes, previous: previous?.codes)
    bits = NeighbourBits(
      first: next.map { NeighbourBits[$0.pair] } ?? 0, second: previous.map { NeighbourBits[$0.pair] } ?? 0)
  }
}
