/// The positions of a word of the query in a document, ascending: in Vietnamese lists, and in all of them.
struct WordPositions {
  var vietnamese: [UInt32] = []
  var all: [UInt32] = []
  /// Those in lists of terms that are not frequent: two frequent terms side by side are no pair.
  private var vietnameseContent: [UInt32] = []
  private var content: [UInt32] = []

  /// Adds the positions of one of the word's lists.
  ///
  /// - Parameter isFrequent: those of a frequent term.
  mutating func add(_ positions: [UInt32], _ language: Language, isFrequent: Bool = false) {
    if language == .vietnamese {
      vietnamese = WordPositions.union(vietnamese, positions)
      if !isFrequent { vietnameseContent = WordPositions.union(vietnameseContent, positions) }
    }
    all = WordPositions.union(all, positions)
    if !isFrequent { content = WordPositions.union(content, positions) }
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
    func within(_ positions: [UInt32]) -> [UInt32] { positions.filter { range.contains($0) } }
    var own = WordPositions()
    (own.vietnamese, own.all) = (within(vietnamese), within(all))
    (own.vietnameseContent, own.content) = (within(vietnameseContent), within(content))
    return own
  }

  /// Counts the occurrences of the pair with another word that follows at once.
  func followed(by next: WordPositions) -> SplitFrequency {
    let inVietnamese = WordPositions.pairs(
      vietnamese, content: vietnameseContent, next.vietnamese, content: next.vietnameseContent)
    let inAll = WordPositions.pairs(all, content: content, next.all, content: next.content)
    return SplitFrequency(other: Float(inAll - inVietnamese), vietnamese: Float(inVietnamese))
  }

  /// Returns the number of positions of `a` that are followed by one of `b`, where one of the two terms is not frequent.
  private static func pairs(_ a: [UInt32], content: [UInt32], _ b: [UInt32], content nextContent: [UInt32]) -> Int {
    if content.count == a.count || nextContent.count == b.count { return adjacent(a, b) }
    let (own, next, nextOwn) = (Set(content), Set(b), Set(nextContent))
    return a.count { next.contains($0 &+ 1) && (own.contains($0) || nextOwn.contains($0 &+ 1)) }
  }
}

/// Frequency of adjacent words: in Vietnamese lists alone, and in all other combinations of lists.
struct SplitFrequency: BitwiseCopyable {
  var other: Float = 0
  var vietnamese: Float = 0

  var all: Float { vietnamese + other }
}
