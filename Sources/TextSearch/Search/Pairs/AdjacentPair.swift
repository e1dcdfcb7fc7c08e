/// Two neighbouring words of a query, with the weights of their occurrences side by side.
struct AdjacentPair: BitwiseCopyable {
  /// Index of the first word's leaf; the second's is the next.
  let first: Int
  /// Weight of a pair in Vietnamese and in other text, its idf included.
  let vietnamese: Float
  let other: Float

  /// Returns the pairs of a plan that can contribute anything, ascending.
  static func pairs(of plan: QueryPlan, _ adjacency: Adjacency) -> [AdjacentPair] {
    guard !plan.pairs.isEmpty, !adjacency.isOff else { return [] }
    return plan.pairs.compactMap { pair in
      let (a, b) = (plan.leaves[pair.first].idf, plan.leaves[pair.first + 1].idf)
      guard a > 0, b > 0, pair.boost > 0, pair.vietnameseIdf > 0 || pair.otherIdf > 0 else { return nil }
      return AdjacentPair(
        first: pair.first, vietnamese: pair.boost * (adjacency.vietnamese * pair.vietnameseIdf),
        other: pair.boost * (adjacency.french * pair.otherIdf))
    }
  }

  /// Returns the score of occurrences of the pair.
  @inline(__always)
  func score(_ frequency: SplitFrequency, _ norms: PairNorms) -> Float {
    BM25.score(frequency.other * norms.other, other)
      + BM25.score(frequency.vietnamese * norms.vietnamese, vietnamese)
  }
}
