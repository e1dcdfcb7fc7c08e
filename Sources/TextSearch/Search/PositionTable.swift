/// Where a word of the query stands in some documents: the positions of each of its lists, as they were read. What
/// `WordPositions` is, for many documents in one buffer.
struct PositionTable: ~Copyable {
  /// Positions that one list has in a document, ascending.
  struct Run: BitwiseCopyable {
    let start: Int
    let end: Int
    let isVietnamese: Bool
    /// The document's run that was added before; -1 if there is none.
    let before: Int
  }

  fileprivate var positions = GrowableBuffer<UInt32>(capacity: 0)
  fileprivate var runs = GrowableBuffer<Run>(capacity: 0)
  /// The last run of each document, -1 where there is none.
  fileprivate var last = GrowableBuffer<Int>(capacity: 0)

  /// Begins anew with so many documents.
  mutating func reset(_ count: Int) {
    positions.removeAll()
    runs.removeAll()
    last.removeAll()
    last.append(repeating: -1, count: count)
  }

  /// Adds what `read` appends: the positions of document `place` in one of the word's lists.
  @inline(__always)
  mutating func add(
    _ place: Int, _ language: Language, _ read: (inout GrowableBuffer<UInt32>) throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = positions.count
    try read(&positions)
    guard positions.count > start else { return }
    let run = Run(start: start, end: positions.count, isVietnamese: language == .vietnamese, before: last[place])
    last[place] = runs.count
    runs.append(run)
  }

  /// The greatest position of a document.
  fileprivate func highest(_ place: Int) -> UInt32 {
    var highest: UInt32 = 0
    var run = last[place]
    while run >= 0 {
      highest = max(highest, positions[runs[run].end - 1])
      run = runs[run].before
    }
    return highest
  }

  /// The positions of a document in Vietnamese lists, or in all.
  fileprivate func set(_ place: Int, inVietnamese: Bool) -> Set<UInt32> {
    var set: Set<UInt32> = []
    var run = last[place]
    while run >= 0 {
      if runs[run].isVietnamese || !inVietnamese {
        for index in runs[run].start..<runs[run].end { set.insert(positions[index]) }
      }
      run = runs[run].before
    }
    return set
  }
}

/// Counts how often a word is followed by another: the places of one are marked, those before them looked up. No list is put
/// in order with another, and no step depends on what the one before found.
struct PairCounter: ~Copyable {
  /// Positions from here on are not marked: sets of them are compared.
  static let limit: UInt32 = 1 << 20
  /// What a mark of the comparison at work tells, in its lowest bits; the others are the comparison's number.
  private static let (any, vietnamese, both): (UInt32, UInt32, UInt32) = (1, 2, 3)

  /// For each position a mark.
  private var marks = GrowableBuffer<UInt32>(capacity: 0)
  private var number: UInt32 = 0

  /// How often a word is followed by that of `second` in document `place`: in Vietnamese lists, and in all.
  mutating func count(
    _ place: Int, _ first: borrowing PositionTable, followedBy second: borrowing PositionTable
  ) -> (inVietnamese: Int, all: Int) {
    guard first.last[place] >= 0, second.last[place] >= 0 else { return (0, 0) }
    let highest = max(first.highest(place), second.highest(place))
    guard highest < PairCounter.limit else { return PairCounter.countSets(place, first, second) }
    begin(Int(highest) + 2)
    mark(place, second)
    return lookUp(place, first)
  }

  /// Begins a comparison of positions whose marks are that many.
  private mutating func begin(_ count: Int) {
    if marks.count < count { marks.append(repeating: 0, count: max(count, 2 * marks.count, 1024) - marks.count) }
    if number > .max - 8 {
      for position in 0..<marks.count { marks[position] = 0 }
      number = 0
    }
    number &+= 4
  }

  private func mark(_ place: Int, _ table: borrowing PositionTable) {
    let last = marks.count - 2
    let (marks, positions) = unsafe (marks.unsafeBase, table.positions.unsafeBase)
    var next = table.last[place]
    while next >= 0 {
      let run = table.runs[next]
      let flags = run.isVietnamese ? PairCounter.both : PairCounter.any
      for index in run.start..<run.end {
        // Safe because: runs lie in the buffer, and there are marks for all positions and one more; damaged lists may fall.
        let position = unsafe min(Int(positions[index]), last)
        let mark = unsafe marks[position]
        unsafe marks[position] = (mark & ~PairCounter.both == number ? mark : number) | flags
      }
      next = run.before
    }
  }

  private func lookUp(_ place: Int, _ table: borrowing PositionTable) -> (inVietnamese: Int, all: Int) {
    let last = marks.count - 2
    let (marks, positions) = unsafe (marks.unsafeBase, table.positions.unsafeBase)
    var (inVietnamese, all): (UInt32, UInt32) = (0, 0)
    var next = table.last[place]
    while next >= 0 {
      let run = table.runs[next]
      let flags = run.isVietnamese ? PairCounter.both : PairCounter.any
      for index in run.start..<run.end {
        // Safe because: as above.
        let position = unsafe min(Int(positions[index]), last) + 1
        let mark = unsafe marks[position]
        let found = mark & ~PairCounter.both == number ? mark & flags : 0
        all &+= found & PairCounter.any
        inVietnamese &+= found &>> 1
        // Lists may hold a position twice; it counts once.
        unsafe marks[position] = mark & ~found
      }
      next = run.before
    }
    return (Int(inVietnamese), Int(all))
  }

  private static func countSets(
    _ place: Int, _ first: borrowing PositionTable, _ second: borrowing PositionTable
  ) -> (inVietnamese: Int, all: Int) {
    let all = second.set(place, inVietnamese: false)
    let vietnamese = second.set(place, inVietnamese: true)
    return (
      first.set(place, inVietnamese: true).count { vietnamese.contains($0 &+ 1) },
      first.set(place, inVietnamese: false).count { all.contains($0 &+ 1) }
    )
  }
}
