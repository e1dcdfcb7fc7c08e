/// 1 / K by language and length code, K = k1 (1 - b + b length / average length): what frequencies are multiplied by.
struct LengthNorms: Sendable {
  /// Of each language, by its raw value, 256 values by length code.
  private let byLanguage: [[Float]]

  init(_ ranking: BM25, _ statistics: CollectionStatistics) {
    byLanguage = Language.allCases.map {
      LengthNorms.values(ranking, averageLength: statistics.averageLength($0))
    }
  }

  /// Returns 1 / K for every length code under an average length.
  static func values(_ ranking: BM25, averageLength: Double) -> [Float] {
    let (k1, b) = (Double(ranking.k1), Double(ranking.b))
    return LengthCode.lengths.map { length in
      let ratio = Double(length) / averageLength
      // k1 = 0 would divide by zero: a tiny K scores any frequency as one.
      return Float(1 / max(1e-9, k1 * (1 - b + b * ratio)))
    }
  }

  /// The norms of a language, by length code.
  subscript(language: Language) -> [Float] { byLanguage[Int(language.rawValue)] }

  /// The norms of pairs and phrases outside Vietnamese text.
  var other: [Float] { self[.french] }
  var vietnamese: [Float] { self[.vietnamese] }

  /// The norms of pairs and phrases in a document of a length code.
  func pairNorms(_ code: UInt8) -> PairNorms { PairNorms(other: other[Int(code)], vietnamese: vietnamese[Int(code)]) }

  /// The largest ratio between the languages' norms at any length.
  var maximumRatio: Float {
    var ratio: Float = 1
    for code in byLanguage[0].indices {
      let values = byLanguage.map { $0[code] }
      ratio = max(ratio, (values.max() ?? 1) / (values.min() ?? 1))
    }
    return ratio
  }

  /// The largest ratio of the norm of a language to that of another, over all lengths; at least 1.
  subscript(ratioOf language: Language, to other: Language) -> Float {
    let (own, others) = (self[language], self[other])
    return own.indices.reduce(1) { max($0, own[$1] / others[$1]) }
  }
}

/// 1 / K of a document for occurrences of pairs and phrases: in Vietnamese text, and in other text.
struct PairNorms: BitwiseCopyable {
  let other: Float
  let vietnamese: Float
}
