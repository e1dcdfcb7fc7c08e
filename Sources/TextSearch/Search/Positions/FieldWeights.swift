/// Weights of occurrences by their field.
struct FieldWeights {
  /// The positions of a field with a weight above 0, in one document.
  struct FieldRange {
    let positions: Range<UInt32>
    let weight: Float
  }

  private let segment: Segment
  /// By the ordinal of the field.
  private let weights: [Float]

  /// Makes the weights of a ranking, or of a leaf that is looked for in one field.
  ///
  /// - Parameter field: the only one that counts; nil for all.
  /// - Returns: nil where every occurrence counts 1.
  /// - Throws: `SearchError.unknownField`.
  static func of(_ ranking: BM25, in field: String?, _ segment: Segment) throws(SearchError) -> FieldWeights? {
    guard field != nil || ranking.weighsFields else { return nil }
    if let field, !segment.fields.contains(field) { throw .unknownField(name: field, known: segment.fields) }
    let weights = segment.fields.map { field == nil || field == $0 ? ranking.fieldWeights[$0] ?? 1 : 0 }
    return FieldWeights(segment: segment, weights: weights)
  }

  /// The highest weight.
  var maximum: Float { weights.max() ?? 1 }

  /// Returns the ranges of a document's fields with a weight above 0, in their order.
  func ranges(_ document: UInt32) throws(SearchError) -> [FieldRange] {
    var ranges: [FieldRange] = []
    for field in weights.indices where weights[field] > 0 {
      ranges.append(FieldRange(positions: try segment.positions(of: field, in: document), weight: weights[field]))
    }
    return ranges
  }
}

extension [FieldWeights.FieldRange] {
  func contains(_ position: UInt32) -> Bool { contains { $0.positions.contains(position) } }

  /// Returns the sum over the fields, in their order, of weight * positions in the field.
  func frequency(_ positions: [UInt32]) -> Float {
    reduce(0) { sum, range in sum + range.weight * Float(positions.count { range.positions.contains($0) }) }
  }

  /// Returns the sum over the fields, in their order, of weight * what `count` finds of some words in the field.
  func frequency(_ words: [WordPositions], _ count: ([WordPositions]) -> SplitFrequency) -> SplitFrequency {
    var sum = SplitFrequency()
    for range in self {
      let own = count(words.map { $0.within(range.positions) })
      sum.other += range.weight * own.other
      sum.vietnamese += range.weight * own.vietnamese
    }
    return sum
  }
}
