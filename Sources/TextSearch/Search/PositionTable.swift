/// Where a word of the query stands in some documents: ascending positions, in Vietnamese lists and in all of them. What
/// `WordPositions` is, for many documents in one buffer.
struct PositionTable: ~Copyable {
  /// A stretch of the buffer.
  struct Stretch: BitwiseCopyable, Equatable {
    var start = 0
    var end = 0

    var isEmpty: Bool { start == end }
  }

  private var positions = GrowableBuffer<UInt32>(capacity: 0)
  private var all = GrowableBuffer<Stretch>(capacity: 0)
  private var vietnamese = GrowableBuffer<Stretch>(capacity: 0)

  /// Begins anew with so many documents.
  mutating func reset(_ count: Int) {
    positions.removeAll()
    all.removeAll()
    all.append(repeating: Stretch(), count: count)
    vietnamese.removeAll()
    vietnamese.append(repeating: Stretch(), count: count)
  }

  /// Adds what `read` appends: the positions of document `place` in one of the word's lists.
  @inline(__always)
  mutating func add(
    _ place: Int, _ language: Language, _ read: (inout GrowableBuffer<UInt32>) throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = positions.count
    try read(&positions)
    let added = Stretch(start: start, end: positions.count)
    guard language == .vietnamese else {
      all[place] = united(all[place], added)
      return
    }
    // Most words stand in Vietnamese lists alone, or in none.
    let isAlike = vietnamese[place] == all[place]
    vietnamese[place] = united(vietnamese[place], added)
    all[place] = isAlike ? vietnamese[place] : united(all[place], added)
  }

  /// A stretch with the positions of two.
  private mutating func united(_ a: Stretch, _ b: Stretch) -> Stretch {
    if a.isEmpty { return b }
    if b.isEmpty { return a }
    let start = positions.count
    var (left, right) = (a.start, b.start)
    while left < a.end || right < b.end {
      let takesLeft = right == b.end || (left < a.end && positions[left] <= positions[right])
      let next = takesLeft ? positions[left] : positions[right]
      if takesLeft { left += 1 } else { right += 1 }
      if positions.count == start || positions[positions.count - 1] != next { positions.append(next) }
    }
    return Stretch(start: start, end: positions.count)
  }

  /// How often the word is followed by that of `next` in document `place`: in Vietnamese lists, and in all.
  func pairs(_ place: Int, followedBy next: borrowing PositionTable) -> (inVietnamese: Int, all: Int) {
    let all = count(self.all[place], next, next.all[place])
    let (own, other) = (vietnamese[place], next.vietnamese[place])
    if own.isEmpty || other.isEmpty { return (0, all) }
    return (own == self.all[place] && other == next.all[place] ? all : count(own, next, other), all)
  }

  /// How many positions of a stretch have the next one in a stretch of another word's.
  private func count(_ stretch: Stretch, _ next: borrowing PositionTable, _ other: Stretch) -> Int {
    precondition(stretch.end <= positions.count && other.end <= next.positions.count)
    var count = 0
    var (left, right) = (stretch.start, other.start)
    // Without branches that nothing could foresee.
    while left < stretch.end, right < other.end {
      // Safe because: both stretches lie in their buffers.
      let wanted = unsafe positions[unchecked: left] &+ 1
      let found = unsafe next.positions[unchecked: right]
      count &+= wanted == found ? 1 : 0
      left &+= wanted <= found ? 1 : 0
      right &+= found <= wanted ? 1 : 0
    }
    return count
  }
}
