/// The parameters of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
public struct BM25: Sendable, Hashable {
  /// Saturation by repetitions of a word (k1), 0 to 1,000,000; 0 scores a word once. Default 1.2.
  public var k1: Float
  /// Normalization by length (b), 0 (none) to 1 (in full proportion). Default 0.75.
  public var b: Float
  /// Factor of an occurrence by the name of its field, 0 to ``maximumFieldWeight``; 1 for fields that are not named.
  ///
  /// The saturation input of a posting list is then the sum over the fields of weight * frequency in the field, over K of the whole
  /// document. A phrase and an adjacent pair are within one field. Nothing is found in a field of weight 0. Weights
  /// other than 1 read positions, which takes time; searches throw `SearchError.unknownField` for names that no field has and
  /// `.fieldWeight` for weights out of range.
  public var fieldWeights: [String: Float]

  /// The largest weight of a field.
  public static let maximumFieldWeight: Float = 1000

  /// Creates parameters; searches throw `SearchError.fieldWeight` for a weight of a field out of its range.
  public init(k1: Float = 1.2, b: Float = 0.75, fieldWeights: [String: Float] = [:]) {
    self.k1 = k1
    self.b = b
    self.fieldWeights = fieldWeights
  }

  /// Some field has another weight than 1.
  var weighsFields: Bool { fieldWeights.values.contains { $0 != 1 } }

  /// Factor of upper bounds: they are computed in another order than scores, with other rounding errors.
  static let margin: Float = 1 + 1 / 65_536

  /// Longer documents score no more, so the maxima of blocks are upper bounds.
  var hasBounds: Bool { k1 >= 0 && k1 <= 1_000_000 && b >= 0 && b <= 1 }

  // MARK: Saturation

  /// Returns the score of a saturation input (weighted term frequency over K): weight * x / (1 + x).
  @inline(__always)
  static func score(_ x: Float, _ weight: Float) -> Float { weight * (x / (1 + x)) }

  /// Returns the scores of four inputs, with the operations of the scalar function: the bits are equal.
  @inline(__always)
  static func score(_ x: SIMD4<Float>, _ weight: Float) -> SIMD4<Float> {
    SIMD4(repeating: weight) * (x / (1 + x))
  }

  /// Returns the upper bound of the score that follows from one of its input.
  ///
  /// An input that is not finite comes from an unknown block maximum: it is taken as saturated.
  @inline(__always)
  static func bound(_ x: Float, _ weight: Float) -> Float { x.isFinite ? weight * (x / (1 + x)) : weight }

  /// Returns the smallest input that may score `score`, a little less for rounding; infinite where none does.
  @inline(__always)
  static func minimumInput(_ score: Float, _ weight: Float) -> Float {
    guard score > 0 else { return 0 }
    return score < weight ? score / (weight - score) * (1 - 1 / 4096) : .infinity
  }
}
