/// The positions of a word of the query in some documents, list by list as they were read: what `WordPositions` holds for one
/// document, for many documents in one buffer.
struct PositionTable: ~Copyable {
  /// The positions of a document in one list, ascending.
  struct Row: BitwiseCopyable {
    let start: Int
    let end: Int
    let isVietnamese: Bool
    /// The row of the same document that was added before; -1 if there is none.
    let previous: Int
  }

  fileprivate var positions = GrowableBuffer<UInt32>(capacity: 0)
  fileprivate var rows = GrowableBuffer<Row>(capacity: 0)
  /// The last row of each document; -1 where there is none.
  fileprivate var last = GrowableBuffer<Int>(capacity: 0)

  /// Starts anew with `count` documents.
  mutating func reset(_ count: Int) {
    positions.removeAll()
    rows.removeAll()
    last.removeAll()
    last.append(repeating: -1, count: count)
  }

  /// Adds what `read` appends: the positions of a document in one of the word's lists.
  ///
  /// - Parameter document: index among the documents.
  @inline(__always)
  mutating func add(
    _ document: Int, _ language: Language, _ read: (inout GrowableBuffer<UInt32>) throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = positions.count
    try read(&positions)
    guard positions.count > start else { return }
    let row = Row(
      start: start, end: positions.count, isVietnamese: language == .vietnamese, previous: last[document])
    last[document] = rows.count
    rows.append(row)
  }

  /// Returns the largest position of a document.
  fileprivate func largest(_ document: Int) -> UInt32 {
    var largest: UInt32 = 0
    var row = last[document]
    while row >= 0 {
      largest = max(largest, positions[rows[row].end - 1])
      row = rows[row].previous
    }
    return largest
  }

  /// Returns the positions of a document, in Vietnamese lists or in all.
  fileprivate func set(_ document: Int, inVietnamese: Bool) -> Set<UInt32> {
    var set: Set<UInt32> = []
    var row = last[document]
    while row >= 0 {
      if rows[row].isVietnamese || !inVietnamese {
        for index in rows[row].start..<rows[row].end { set.insert(positions[index]) }
      }
      row = rows[row].previous
    }
    return set
  }
}

/// Counts how often a word is followed by another: the positions of the second are stamped, those after the first's are looked up. No
/// list is merged with another, and no step depends on what the one before found.
struct PairCounter: ~Copyable {
  /// Positions from here on are not stamped: sets of them are compared.
  static let limit: UInt32 = 1 << 20
  /// Flags of a stamp, in its lowest bits; the other bits are the number of the comparison.
  private static let (any, vietnamese, both): (UInt32, UInt32, UInt32) = (1, 2, 3)

  /// A stamp for each position.
  private var stamps = GrowableBuffer<UInt32>(capacity: 0)
  private var number: UInt32 = 0

  /// Counts the occurrences of a word that another follows at once in a document.
  ///
  /// - Parameter document: index among the documents of both tables.
  mutating func count(
    _ document: Int, _ first: borrowing PositionTable, followedBy second: borrowing PositionTable
  ) -> SplitFrequency {
    guard first.last[document] >= 0, second.last[document] >= 0 else { return SplitFrequency() }
    let largest = max(first.largest(document), second.largest(document))
    guard largest < PairCounter.limit else { return PairCounter.countSets(document, first, second) }
    begin(Int(largest) + 2)
    stamp(document, second)
    return lookUp(document, first)
  }

  /// Begins a comparison of positions that have `count` stamps.
  private mutating func begin(_ count: Int) {
    if stamps.count < count {
      stamps.append(repeating: 0, count: max(count, 2 * stamps.count, 1024) - stamps.count)
    }
    if number > .max - 8 {
      for position in 0..<stamps.count { stamps[position] = 0 }
      number = 0
    }
    number &+= 4
  }

  private func stamp(_ document: Int, _ table: borrowing PositionTable) {
    let last = stamps.count - 2
    let (stamps, positions) = unsafe (stamps.unsafeBase, table.positions.unsafeBase)
    var next = table.last[document]
    while next >= 0 {
      let row = table.rows[next]
      let flags = row.isVietnamese ? PairCounter.both : PairCounter.any
      for index in row.start..<row.end {
        // Safe because: rows lie in the buffer, and there are stamps for all positions and one more; damaged lists may fall.
        let position = unsafe min(Int(positions[index]), last)
        let stamp = unsafe stamps[position]
        unsafe stamps[position] = (stamp & ~PairCounter.both == number ? stamp : number) | flags
      }
      next = row.previous
    }
  }

  private func lookUp(_ document: Int, _ table: borrowing PositionTable) -> SplitFrequency {
    let last = stamps.count - 2
    let (stamps, positions) = unsafe (stamps.unsafeBase, table.positions.unsafeBase)
    var (inVietnamese, all): (UInt32, UInt32) = (0, 0)
    var next = table.last[document]
    while next >= 0 {
      let row = table.rows[next]
      let flags = row.isVietnamese ? PairCounter.both : PairCounter.any
      for index in row.start..<row.end {
        // Safe because: as in `stamp`.
        let position = unsafe min(Int(positions[index]), last) + 1
        let stamp = unsafe stamps[position]
        let found = stamp & ~PairCounter.both == number ? stamp & flags : 0
        all &+= found & PairCounter.any
        inVietnamese &+= found &>> 1
        // Lists may hold a position twice; it counts once.
        unsafe stamps[position] = stamp & ~found
      }
      next = row.previous
    }
    return SplitFrequency(other: Float(all &- inVietnamese), vietnamese: Float(inVietnamese))
  }

  private static func countSets(
    _ document: Int, _ first: borrowing PositionTable, _ second: borrowing PositionTable
  ) -> SplitFrequency {
    let all = second.set(document, inVietnamese: false)
    let vietnamese = second.set(document, inVietnamese: true)
    let inVietnamese = first.set(document, inVietnamese: true).count { vietnamese.contains($0 &+ 1) }
    let inAll = first.set(document, inVietnamese: false).count { all.contains($0 &+ 1) }
    return SplitFrequency(other: Float(inAll - inVietnamese), vietnamese: Float(inVietnamese))
  }
}
