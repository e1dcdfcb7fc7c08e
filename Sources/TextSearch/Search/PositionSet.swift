/// Where a word of the query stands in a document, ascending: in Vietnamese lists, and in all of them. What `WordPositions` is,
/// in memory that is used again for the next document.
struct PositionSet: ~Copyable {
  private(set) var vietnamese = GrowableBuffer<UInt32>(capacity: 16)
  private(set) var all = GrowableBuffer<UInt32>(capacity: 16)
  private var read = GrowableBuffer<UInt32>(capacity: 16)
  private var joined = GrowableBuffer<UInt32>(capacity: 16)

  mutating func removeAll() {
    vietnamese.removeAll()
    all.removeAll()
  }

  /// Adds the positions of a document in one of the word's lists.
  mutating func add(_ document: UInt32, _ list: ListScorer) throws(SearchError) {
    try list.readPositions(of: document, into: &read)
    if list.language == .vietnamese { PositionSet.unite(&vietnamese, read, &joined) }
    PositionSet.unite(&all, read, &joined)
  }

  /// Adds the numbers of `b` to those of `a`, both ascending.
  private static func unite(
    _ a: inout GrowableBuffer<UInt32>, _ b: borrowing GrowableBuffer<UInt32>, _ joined: inout GrowableBuffer<UInt32>
  ) {
    if a.isEmpty { return a.append(b) }
    joined.removeAll()
    var (left, right) = (0, 0)
    while left < a.count || right < b.count {
      let takesLeft = right == b.count || (left < a.count && a[left] <= b[right])
      let next = takesLeft ? a[left] : b[right]
      if takesLeft { left += 1 } else { right += 1 }
      if joined.isEmpty || joined[joined.count - 1] != next { joined.append(next) }
    }
    swap(&a, &joined)
  }

  /// How many positions of `a` have the next one in `b`.
  static func adjacent(_ a: borrowing GrowableBuffer<UInt32>, _ b: borrowing GrowableBuffer<UInt32>) -> Int {
    var count = 0
    var place = 0
    for index in 0..<a.count {
      let position = a[index]
      while place < b.count, b[place] <= position { place += 1 }
      if place < b.count, b[place] == position &+ 1 { count += 1 }
    }
    return count
  }
}
