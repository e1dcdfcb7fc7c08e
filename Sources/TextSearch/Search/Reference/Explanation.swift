/// The parts of a document's score, in the order in which they are added up.
///
/// The score is the sum of ``Leaf/score`` over the leaves that contribute, then of ``Pair/score`` over the pairs, then of
/// ``titleBonus``, in single precision and in this order: bit-identical to the score that a search returns.
public struct Explanation: Sendable, Equatable {
  /// The contribution of a posting list of a leaf's word in the document.
  public struct List: Sendable, Equatable {
    /// Language of the list.
    public let language: Language
    /// The folded word; in French its stem.
    public let key: String
    /// The Vietnamese spelling, or `-` for a French list of compounds; nil for other lists.
    public let spelling: String?
    /// Occurrences in the document, or in the leaf's field.
    public let frequency: Int
    /// Sum of the occurrences, each times the weight of its field (``BM25/fieldWeights``).
    public let weightedFrequency: Float
    /// Agreement of the list with the typed word, 0 to 1; in a French list, that of the document's forms.
    public let weight: Float
    /// 1 / K, K = k1 (1 - b + b length / average length of the list's language).
    public let lengthNorm: Float

    /// Contribution of the list to the word's saturation input.
    public var input: Float { weight * weightedFrequency * lengthNorm }
  }

  /// A word or phrase of the query.
  public struct Leaf: Sendable, Equatable {
    /// The text as typed; the words of a phrase in their order.
    public let text: String
    /// The field that it is looked for in; nil for any.
    public let field: String?
    /// The inverse document frequency; of a phrase, the sum of those of its words.
    public let idf: Float
    /// Boosts of the query, times the weight of a stop word.
    public let boost: Float
    /// The lists of its words that hold the document, word by word.
    public let lists: [[List]]
    /// The saturation input x: sum of the lists' inputs; of a phrase, its occurrences over K; 0 where the leaf does not match.
    public let input: Float
    /// The leaf matches, and so does every group around it; none of them excludes documents.
    public let contributes: Bool

    /// boost idf x / (1 + x); 0 where the leaf does not contribute.
    public var score: Float { contributes ? BM25.score(input, boost * idf) : 0 }
  }

  /// Occurrences of a pair, each times the weight of its field.
  public struct WeightedFrequency: Sendable, Equatable {
    /// In Vietnamese text.
    public let vietnamese: Float
    /// In other text.
    public let other: Float

    init(_ frequency: SplitFrequency) {
      vietnamese = frequency.vietnamese
      other = frequency.other
    }
  }

  /// Two neighbouring words of the query that are adjacent in the document.
  public struct Pair: Sendable, Equatable {
    /// The first word as typed.
    public let first: String
    /// The second word as typed.
    public let second: String
    /// Occurrences in Vietnamese text.
    public let vietnamese: Int
    /// Occurrences in other text.
    public let other: Int
    /// Sums of the occurrences, each times the weight of its field.
    public let weightedFrequency: WeightedFrequency
    /// ``Adjacency/vietnamese`` times the mean of the words' idf.
    public let vietnameseWeight: Float
    /// ``Adjacency/french`` times the mean of the words' idf.
    public let otherWeight: Float
    /// 1 / K in Vietnamese text.
    public let vietnameseLengthNorm: Float
    /// 1 / K in other text.
    public let otherLengthNorm: Float

    /// For each of the two, weight y / (1 + y), where y = weighted occurrences / K.
    public var score: Float {
      BM25.score(weightedFrequency.other * otherLengthNorm, otherWeight)
        + BM25.score(weightedFrequency.vietnamese * vietnameseLengthNorm, vietnameseWeight)
    }
  }

  /// Key of the document.
  public let key: String
  /// The document's length that scoring works with, in tokens: exact up to 40, above at most an eleventh too small.
  public let length: Int
  /// The query finds the document.
  public let matches: Bool
  /// In query order.
  public let leaves: [Leaf]
  /// Pairs whose words both contribute, in query order.
  public let pairs: [Pair]

  /// What the document scores more because the query is its whole title (<doc:Ranking>); else 0.
  public let titleBonus: Float

  /// The document's score.
  public var score: Float { pairs.reduce(leaves.reduce(0) { $0 + $1.score }) { $0 + $1.score } + titleBonus }
}
