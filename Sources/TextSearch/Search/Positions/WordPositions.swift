/// The positions of a word of the query in a document, ascending: in Vietnamese lists, and in all of them.
struct WordPositions {
  /// Positions in some lists, and those in lists of terms that are not frequent: two frequent terms side by side are no pair.
  private struct Lists {
    var all: [UInt32] = []
    var content: [UInt32] = []

    mutating func add(_ positions: [UInt32], isFrequent: Bool) {
      all = WordPositions.union(all, positions)
      if !isFrequent { content = WordPositions.union(content, positions) }
    }

    func within(_ range: Range<UInt32>) -> Lists {
      Lists(all: all.filter { range.contains($0) }, content: content.filter { range.contains($0) })
    }

    /// Returns the positions that are followed by one of `next`, where one of the two terms is not frequent.
    func followed(by next: Lists) -> [UInt32] {
      let followed = WordPositions.followed(all, by: next.all)
      if content.count == all.count || next.content.count == next.all.count { return followed }
      return WordPositions.union(
        WordPositions.followed(content, by: next.all), WordPositions.followed(all, by: next.content))
    }
  }

  private var ofVietnamese = Lists()
  /// In lists of no language.
  private var ofNone = Lists()
  private var ofAny = Lists()

  var vietnamese: [UInt32] { ofVietnamese.all }
  var all: [UInt32] { ofAny.all }

  /// Adds the positions of one of the word's lists.
  ///
  /// - Parameter isFrequent: those of a frequent term.
  mutating func add(_ positions: [UInt32], _ language: Language, isFrequent: Bool = false) {
    switch language {
    case .vietnamese: ofVietnamese.add(positions, isFrequent: isFrequent)
    case .none: ofNone.add(positions, isFrequent: isFrequent)
    case .french: break
    }
    ofAny.add(positions, isFrequent: isFrequent)
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
  static func adjacent(_ a: [UInt32], _ b: [UInt32]) -> Int { followed(a, by: b).count }

  /// Returns the positions of `a` that are followed by one of `b`.
  private static func followed(_ a: [UInt32], by b: [UInt32]) -> [UInt32] {
    var followed: [UInt32] = []
    var next = 0
    for position in a {
      while next < b.count, b[next] <= position { next += 1 }
      if next < b.count, b[next] == position &+ 1 { followed.append(position) }
    }
    return followed
  }

  /// Returns the positions that lie in a range.
  func within(_ range: Range<UInt32>) -> WordPositions {
    var own = WordPositions()
    (own.ofVietnamese, own.ofNone, own.ofAny) = (ofVietnamese.within(range), ofNone.within(range), ofAny.within(range))
    return own
  }

  /// Counts the occurrences of the pair with another word that follows at once.
  func followed(by next: WordPositions) -> SplitFrequency {
    var inVietnamese = ofVietnamese.followed(by: next.ofVietnamese)
    inVietnamese = WordPositions.union(inVietnamese, ofVietnamese.followed(by: next.ofNone))
    inVietnamese = WordPositions.union(inVietnamese, ofNone.followed(by: next.ofVietnamese))
    let inAll = ofAny.followed(by: next.ofAny)
    return SplitFrequency(other: Float(inAll.count - inVietnamese.count), vietnamese: Float(inVietnamese.count))
  }
}

/// Frequency of adjacent words: those of which one is in a Vietnamese list and none in a French one, and all others.
struct SplitFrequency: BitwiseCopyable {
  var other: Float = 0
  var vietnamese: Float = 0

  var all: Float { vietnamese + other }
}
