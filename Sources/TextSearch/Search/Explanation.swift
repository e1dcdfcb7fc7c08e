/// How a document's score comes about: every number of it, in the order in which they are added up.
///
/// The score is the sum of ``Leaf/score`` over the leaves that count and then of ``Pair/score`` over the pairs, in single
/// precision and in the order given: bit for bit what a search gives.
public struct Explanation: Sendable, Equatable {
  /// What a word of a leaf has in the document in one posting list.
  public struct List: Sendable, Equatable {
    public let language: Language
    /// The folded word; in French its stem.
    public let key: String
    /// The Vietnamese spelling, or `-` for a French list of compounds; nil for other lists.
    public let spelling: String?
    /// Occurrences in the document, or in the leaf's field.
    public let frequency: Int
    /// The same, each times the weight of its field (``BM25/fieldWeights``).
    public let weighedFrequency: Float
    /// How much the list agrees with what was typed, 0 to 1; of a French list, as far as the document's forms agree.
    public let weight: Float
    /// 1 / K, K = k1 (1 - b + b length / average length of the list's language).
    public let lengthNorm: Float

    /// What the list adds to x of a word.
    public var x: Float { weight * weighedFrequency * lengthNorm }
  }

  /// A word or phrase of the query.
  public struct Leaf: Sendable, Equatable {
    /// As typed; the words of a phrase one after the other.
    public let text: String
    /// The field that it is looked for in; nil for any.
    public let field: String?
    /// The inverse document frequency; of a phrase, the sum of those of its words.
    public let idf: Float
    /// Boosts of the query, times the weight of a stop word.
    public let boost: Float
    /// The lists of its words that hold the document, word by word.
    public let lists: [[List]]
    /// The sum of the lists' parts; of a phrase, its occurrences over K; 0 where the leaf does not match.
    public let x: Float
    /// The leaf matches, and so does every group around it; none of them excludes documents.
    public let counts: Bool

    /// boost idf x / (1 + x); 0 where it does not count.
    public var score: Float { counts ? boost * idf * (x / (1 + x)) : 0 }
  }

  /// Occurrences of a pair, each times the weight of its field.
  public struct Weighed: Sendable, Equatable {
    /// In Vietnamese text, and in other text.
    public let vietnamese: Float
    public let other: Float

    init(_ frequency: SplitFrequency) {
      vietnamese = frequency.vietnamese
      other = frequency.other
    }
  }

  /// Two neighbouring words of the query that stand side by side.
  public struct Pair: Sendable, Equatable {
    public let first: String
    public let second: String
    /// How often they stand so in Vietnamese text, and in other text.
    public let vietnamese: Int
    public let other: Int
    /// The same, each times the weight of its field.
    public let weighed: Weighed
    /// The factors of ``Adjacency`` times the mean of the words' idf.
    public let vietnameseWeight: Float
    public let otherWeight: Float
    /// 1 / K in Vietnamese and in other text.
    public let vietnameseLengthNorm: Float
    public let otherLengthNorm: Float

    /// For each of the two, weight y / (1 + y), where y = weighed occurrences / K.
    public var score: Float {
      Pair.part(otherWeight, weighed.other, otherLengthNorm)
        + Pair.part(vietnameseWeight, weighed.vietnamese, vietnameseLengthNorm)
    }

    private static func part(_ weight: Float, _ frequency: Float, _ lengthNorm: Float) -> Float {
      let y = frequency * lengthNorm
      return weight * (y / (1 + y))
    }
  }

  public let key: String
  /// The document's length that scoring works with, in tokens: exact up to 40, above a little less than it is.
  public let length: Int
  /// The query finds the document.
  public let matches: Bool
  /// In query order.
  public let leaves: [Leaf]
  /// Pairs whose words both count, in query order.
  public let pairs: [Pair]

  public var score: Float { pairs.reduce(leaves.reduce(0) { $0 + $1.score }) { $0 + $1.score } }
}

extension SearchIndex {
  /// Explains the score of a document.
  ///
  /// - Returns: nil if the index has no document with this key.
  /// - Throws: as ``search(_:_:)-(Query,_)`` does.
  public func explain(
    _ query: Query, key: String, _ options: SearchOptions = SearchOptions()
  ) throws(SearchError) -> Explanation? {
    try check(options.ranking)
    let statistics = try queryStatistics(options)
    let plan = try tools.withAnalyzer(self.options) { (analyzer) throws(SearchError) in
      try TreePlanner.plan(
        query, &analyzer, statistics, options.reading, requiresAll: options.requiresAllWords)
    }
    guard let (number, document) = try place(ofKey: key) else { return nil }
    let segment = segments[number]
    do {
      let passes = try options.filter?.documents(in: segment).contains(Int(document)) ?? true
      return try Explainer(plan, segment, document, options).explanation(key, passes: passes)
    } catch {
      throw error.inFile(segment.path)
    }
  }
}
