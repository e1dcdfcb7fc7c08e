/// The parameters of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
public struct BM25: Sendable, Hashable {
  /// How fast repetitions stop to count; 0 counts a word once.
  public var k1: Float
  /// How much long documents are held back, 0 (not at all) to 1 (in full proportion).
  public var b: Float
  /// What an occurrence in a field counts, 0 to ``maximumFieldWeight``; 1 in fields that are not named.
  ///
  /// x of a posting list is then the sum over the fields of weight * frequency in the field, over K of the whole document. A
  /// phrase and a pair of neighbours stand in one field. What stands in a field of weight 0 is not found. Weights other than
  /// 1 read positions, which takes time; searches throw `SearchError.unknownField` and `.fieldWeight` for what cannot be.
  public var fieldWeights: [String: Float]

  /// The largest weight of a field.
  public static let maximumFieldWeight: Float = 1000

  public init(k1: Float = 1.2, b: Float = 0.75, fieldWeights: [String: Float] = [:]) {
    self.k1 = k1
    self.b = b
    self.fieldWeights = fieldWeights
  }

  /// Occurrences do not all count the same.
  var weighsFields: Bool { fieldWeights.values.contains { $0 != 1 } }

  /// Bounds are computed in another order than scores: they count a little more.
  static let margin: Float = 1 + 1 / 65_536

  /// Longer documents score no more, so the bounds of blocks hold.
  var hasBounds: Bool { k1 >= 0 && k1 <= 1_000_000 && b >= 0 && b <= 1 }

  /// The normalizers of each language.
  func lengthNorms(of statistics: CollectionStatistics) -> [[Float]] {
    Language.allCases.map { lengthNorms(averageLength: statistics.averageLength($0)) }
  }

  /// 1 / K for every length code, K = k1 (1 - b + b length / average): what a frequency is multiplied by.
  func lengthNorms(averageLength: Double) -> [Float] {
    LengthCode.lengths.map { length in
      let ratio = Double(length) / averageLength
      // k1 = 0 would divide by zero: a tiny K counts any frequency as one.
      return Float(1 / max(1e-9, Double(k1) * (1 - Double(b) + Double(b) * ratio)))
    }
  }

  /// What x adds to a score.
  @inline(__always)
  static func saturated(_ x: Float, _ weight: Float) -> Float { weight * (x / (1 + x)) }

  /// The same for four documents at once.
  @inline(__always)
  static func saturated(_ x: SIMD4<Float>, _ weight: Float) -> SIMD4<Float> {
    SIMD4(repeating: weight) * (x / (1 + x))
  }
}
