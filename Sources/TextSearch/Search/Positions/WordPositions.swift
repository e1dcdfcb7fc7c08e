/// The positions of a word of the query in a document, ascending: in Vietnamese lists, and in all of them.
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

  /// Returns the number of positions of `a` that are followed by one of `b`.
  static func adjacent(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var count = 0
    var next = 0
    for position in a {
      while next < b.count, b[next] <= position { next += 1 }
      if next < b.count, b[next] == position &+ 1 { count += 1 }
    }
    return count
  }

  /// Returns the positions that lie in a range.
  func within(_ range: Range<UInt32>) -> WordPositions {
    WordPositions(vietnamese: vietnamese.filter { range.contains($0) }, all: all.filter { range.contains($0) })
  }

  /// Counts the occurrences that another word follows at once.
  func followed(by next: WordPositions) -> SplitFrequency {
    let inVietnamese = WordPositions.adjacent(vietnamese, next.vietnamese)
    return SplitFrequency(
      other: Float(WordPositions.adjacent(all, next.all) - inVietnamese), vietnamese: Float(inVietnamese))
  }
}

/// Frequency of adjacent words: in Vietnamese lists alone, and in all other combinations of lists.
struct SplitFrequency: BitwiseCopyable {
  var other: Float = 0
  var vietnamese: Float = 0

  var all: Float { vietnamese + other }
}
