/// What it adds to a document's score that neighbouring words of the query stand side by side in it, in their order.
///
/// For each pair of neighbours, weight * (idf a + idf b) / 2 * y / (1 + y), where y = occurrences of the pair / K, as a word's
/// would be. Values below 0, above 4 and what is no number are taken as the nearest sound ones. The article <doc:Ranking>
/// has the measurements.
public struct Adjacency: Sendable, Hashable {
  /// Pairs in French text, and in any other but Vietnamese.
  public var french: Float { didSet { french = Adjacency.clamped(french) } }
  /// Pairs of Vietnamese syllables: a Vietnamese word is mostly two of them.
  public var vietnamese: Float { didSet { vietnamese = Adjacency.clamped(vietnamese) } }

  public init(french: Float = 0.4, vietnamese: Float = 0.75) {
    self.french = Adjacency.clamped(french)
    self.vietnamese = Adjacency.clamped(vietnamese)
  }

  /// Words count one by one.
  public static let off = Adjacency(french: 0, vietnamese: 0)

  private static func clamped(_ weight: Float) -> Float { weight.isNaN ? 0 : min(4, max(0, weight)) }

  var isOff: Bool { french == 0 && vietnamese == 0 }
}

/// Two neighbouring words of a query in one segment.
struct AdjacentPair: BitwiseCopyable {
  /// The place of the first word's clause; the second's is the next.
  let first: Int
  /// Weight of a pair in Vietnamese and in other text, mean idf included.
  let vietnamese: Float
  let other: Float

  /// The pairs of a plan that can add anything.
  static func pairs(of plan: QueryPlan, _ adjacency: Adjacency) -> [AdjacentPair] {
    guard !adjacency.isOff, plan.clauses.count > 1 else { return [] }
    return (0..<plan.clauses.count - 1).compactMap { first in
      let (a, b) = (plan.clauses[first], plan.clauses[first + 1])
      guard a.idf > 0, b.idf > 0 else { return nil }
      let idf = (a.idf + b.idf) / 2
      return AdjacentPair(first: first, vietnamese: adjacency.vietnamese * idf, other: adjacency.french * idf)
    }
  }

  /// What the pair adds.
  ///
  /// - Parameters:
  ///   - first, second: where the words stand in the document.
  ///   - normalizer: 1 / K of the document by language.
  @inline(__always)
  func score(
    _ first: WordPositions, _ second: WordPositions, _ lengthNorm: (other: Float, vietnamese: Float)
  ) -> Float {
    score(first.followed(by: second), lengthNorm)
  }

  /// What so many occurrences in Vietnamese text, of all in the document, add.
  @inline(__always)
  func score(_ inVietnamese: Int, of all: Int, _ lengthNorm: (other: Float, vietnamese: Float)) -> Float {
    score(SplitFrequency(other: Float(all - inVietnamese), vietnamese: Float(inVietnamese)), lengthNorm)
  }

  /// What so many occurrences add.
  @inline(__always)
  func score(_ frequency: SplitFrequency, _ lengthNorm: (other: Float, vietnamese: Float)) -> Float {
    AdjacentPair.part(other, frequency.other, lengthNorm.other)
      + AdjacentPair.part(vietnamese, frequency.vietnamese, lengthNorm.vietnamese)
  }

  private static func part(_ weight: Float, _ frequency: Float, _ lengthNorm: Float) -> Float {
    let y = frequency * lengthNorm
    return weight * (y / (1 + y))
  }
}

/// Where a word of the query stands in a document, ascending: in Vietnamese lists, and in all of them.
struct WordPositions {
  var vietnamese: [UInt32] = []
  var all: [UInt32] = []

  /// Adds the positions of one of the word's lists.
  mutating func add(_ positions: [UInt32], _ language: Language) {
    if language == .vietnamese { vietnamese = WordPositions.union(vietnamese, positions) }
    all = WordPositions.union(all, positions)
  }

  private static func union(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    if a.isEmpty { return b }
    if b.isEmpty { return a }
    var union: [UInt32] = []
    union.reserveCapacity(a.count + b.count)
    var (left, right) = (0, 0)
    while left < a.count || right < b.count {
      let takesLeft = right == b.count || (left < a.count && a[left] <= b[right])
      let next = takesLeft ? a[left] : b[right]
      if takesLeft { left += 1 } else { right += 1 }
      if union.last != next { union.append(next) }
    }
    return union
  }

  /// How many positions of `a` have the next one in `b`.
  static func adjacent(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var count = 0
    var place = 0
    for position in a {
      while place < b.count, b[place] <= position { place += 1 }
      if place < b.count, b[place] == position &+ 1 { count += 1 }
    }
    return count
  }
}
