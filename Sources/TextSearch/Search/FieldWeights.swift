/// How much an occurrence counts by the field that it stands in.
struct FieldWeights {
  /// The positions of a field that counts, in one document.
  struct Stretch {
    let positions: Range<UInt32>
    let weight: Float
  }

  private let segment: Segment
  /// By the number of the field.
  private let weights: [Float]

  /// - Parameters:
  ///   - field: the only one that counts; nil for all.
  /// - Returns: nil where every occurrence counts 1.
  static func of(_ ranking: BM25, in field: String?, _ segment: Segment) throws(SearchError) -> FieldWeights? {
    guard field != nil || ranking.weighsFields else { return nil }
    if let field, !segment.fields.contains(field) { throw .unknownField(name: field, known: segment.fields) }
    let weights = segment.fields.map { field == nil || field == $0 ? ranking.fieldWeights[$0] ?? 1 : 0 }
    return FieldWeights(segment: segment, weights: weights)
  }

  /// The most that an occurrence counts.
  var maximum: Float { weights.max() ?? 1 }

  /// Where a document's fields that count are, in their order.
  func stretches(_ document: UInt32) throws(SearchError) -> [Stretch] {
    var stretches: [Stretch] = []
    for field in weights.indices where weights[field] > 0 {
      stretches.append(
        Stretch(positions: try segment.positions(of: field, in: document), weight: weights[field]))
    }
    return stretches
  }
}

extension [FieldWeights.Stretch] {
  func contains(_ position: UInt32) -> Bool { contains { $0.positions.contains(position) } }

  /// Positions of a word, each counted by the weight of its field: field by field, in their order.
  func frequency(_ positions: [UInt32]) -> Float {
    reduce(0) { sum, stretch in sum + stretch.weight * Float(positions.count { stretch.positions.contains($0) }) }
  }

  /// The same of what `count` finds of some words in each field.
  func frequency(_ words: [WordPositions], _ count: ([WordPositions]) -> SplitFrequency) -> SplitFrequency {
    var sum = SplitFrequency()
    for stretch in self {
      let own = count(words.map { $0.within(stretch.positions) })
      sum.other += stretch.weight * own.other
      sum.vietnamese += stretch.weight * own.vietnamese
    }
    return sum
  }
}

/// How often words stand together: in Vietnamese lists, and in any other way.
struct SplitFrequency {
  var other: Float = 0
  var vietnamese: Float = 0
}

extension WordPositions {
  func within(_ range: Range<UInt32>) -> WordPositions {
    WordPositions(vietnamese: vietnamese.filter { range.contains($0) }, all: all.filter { range.contains($0) })
  }

  /// How often another word follows at once.
  func followed(by next: WordPositions) -> SplitFrequency {
    let inVietnamese = WordPositions.adjacent(vietnamese, next.vietnamese)
    return SplitFrequency(
      other: Float(WordPositions.adjacent(all, next.all) - inVietnamese), vietnamese: Float(inVietnamese))
  }
}
