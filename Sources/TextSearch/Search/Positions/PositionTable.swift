/// The positions of a word of the query in some documents, list by list as they were read: what `WordPositions` holds for one
/// document, for many documents in one buffer.
struct PositionTable: ~Copyable {
  /// The positions of a document in one list, ascending.
  struct Row: BitwiseCopyable {
    let start: Int
    let end: Int
    let language: Language
    /// The list's term is frequent: beside another such term it makes no pair.
    let isFrequent: Bool
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
    _ document: Int, _ language: Language, isFrequent: Bool,
    _ read: (inout GrowableBuffer<UInt32>) throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = positions.count
    try read(&positions)
    guard positions.count > start else { return }
    let row = Row(
      start: start, end: positions.count, language: language, isFrequent: isFrequent,
      previous: last[document])
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

  /// Returns the positions of a document.
  fileprivate func word(_ document: Int) -> WordPositions {
    var word = WordPositions()
    var row = last[document]
    while row >= 0 {
      let own = rows[row]
      word.add((own.start..<own.end).map { positions[$0] }, own.language, isFrequent: own.isFrequent)
      row = own.previous
    }
    return word
  }
}

/// Counts how often a word is followed by another: the positions of the second are stamped, those after the first's are looked up. No
/// list is merged with another, and no step depends on what the one before found.
struct PairCounter: ~Copyable {
  /// Positions from here on are not stamped: lists of them are compared.
  static let limit: UInt32 = 1 << 20
  /// Flags of a stamp, in its lowest bits: all lists, Vietnamese ones, Vietnamese ones and those of no language; then the same of
  /// terms that are not frequent. The other bits are the number of the comparison.
  private static let (any, vietnamese, notFrench): (UInt32, UInt32, UInt32) = (1, 2, 4)
  private static let (contentShift, flags): (UInt32, UInt32) = (3, 63)

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
    guard largest < PairCounter.limit else { return first.word(document).followed(by: second.word(document)) }
    begin(Int(largest) + 2)
    stamp(document, second)
    return lookUp(document, first)
  }

  /// Begins a comparison of positions that have `count` stamps.
  private mutating func begin(_ count: Int) {
    if stamps.count < count {
      stamps.append(repeating: 0, count: max(count, 2 * stamps.count, 1024) - stamps.count)
    }
    if number > .max - 128 {
      for position in 0..<stamps.count { stamps[position] = 0 }
      number = 0
    }
    number &+= 64
  }

  private func stamp(_ document: Int, _ table: borrowing PositionTable) {
    let last = stamps.count - 2
    let (stamps, positions) = unsafe (stamps.unsafeBase, table.positions.unsafeBase)
    var next = table.last[document]
    while next >= 0 {
      let row = table.rows[next]
      let lists =
        switch row.language {
        case .vietnamese: PairCounter.any | PairCounter.vietnamese | PairCounter.notFrench
        case .none: PairCounter.any | PairCounter.notFrench
        case .french: PairCounter.any
        }
      let flags = row.isFrequent ? lists : lists | lists &<< PairCounter.contentShift
      for index in row.start..<row.end {
        // Safe because: rows lie in the buffer, and there are stamps for all positions and one more; damaged lists may fall.
        let position = unsafe min(Int(positions[index]), last)
        let stamp = unsafe stamps[position]
        unsafe stamps[position] = (stamp & ~PairCounter.flags == number ? stamp : number) | flags
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
      // Beside a Vietnamese word the other one may be of no language.
      let partners =
        switch row.language {
        case .vietnamese: PairCounter.notFrench
        case .none: PairCounter.vietnamese
        case .french: 0 as UInt32
        }
      let flags = PairCounter.any | partners
      let allowed = row.isFrequent ? 0 : PairCounter.flags
      for index in row.start..<row.end {
        // Safe because: as in `stamp`.
        let position = unsafe min(Int(positions[index]), last) + 1
        let stamp = unsafe stamps[position]
        let content = stamp &>> PairCounter.contentShift | allowed
        let found = stamp & ~PairCounter.flags == number ? stamp & flags & content : 0
        all &+= found & PairCounter.any
        inVietnamese &+= found & partners == 0 ? 0 : 1
        // Lists may hold a position twice; it counts once.
        let counted = found & partners == 0 ? found : found | PairCounter.vietnamese | PairCounter.notFrench
        unsafe stamps[position] = stamp & ~counted
      }
      next = row.previous
    }
    return SplitFrequency(other: Float(all &- inVietnamese), vietnamese: Float(inVietnamese))
  }
}
