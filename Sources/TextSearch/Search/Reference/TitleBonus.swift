/// What a document scores beside its words if the query is its whole title, folded: more than any other document can score.
struct TitleBonus: BitwiseCopyable, Sendable {
  /// A little more than the bound of all sums, which are rounded.
  private static let margin: Float = 1 + 0x1p-10

  let score: Float
  /// The weights of the leaves that must contribute: half of all. A title of the same letters with other Vietnamese diacritics holds
  /// other words.
  private let minimumWeight: Float

  /// - Parameter pairs: those of the plan that can contribute.
  init(_ plan: QueryPlan, pairs: [AdjacentPair]) {
    let weight = plan.positiveLeaves.reduce(0) { $0 + $1.weight }
    score = pairs.reduce(weight) { $0 + $1.vietnamese + $1.other } * TitleBonus.margin
    minimumWeight = weight / 2
  }

  /// Returns the bonus of a document whose title has the query's hash.
  ///
  /// - Parameter contributes: whether a leaf, by its ordinal, contributes to the document's score.
  func score(_ plan: QueryPlan, where contributes: (Int) -> Bool) -> Float {
    let weight = plan.leaves.indices.reduce(0) { contributes($1) ? $0 + plan.leaves[$1].weight : $0 }
    return weight >= minimumWeight ? score : 0
  }
}
