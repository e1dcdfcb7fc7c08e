/// Documents of a window that hold some words of the query, and their places in the words' lists.
///
/// Which documents hold a word is found without their frequencies; these are read of the ones that are left.
struct Matches: ~Copyable {
  private(set) var rows = MatchRows()
  /// The first row of each clause.
  private var firstRows: GrowableBuffer<Int>
  private var window: Range<UInt32> = 0..<0
  private var found = FoundPostings()
  /// The numbers of documents that are kept, ascending.
  private var kept = GrowableBuffer<UInt32>(capacity: 0)
  private var isHeld = GrowableBuffer<UInt8>(capacity: 0)
  /// A document set of the window, empty between uses.
  private var bits = GrowableBuffer<UInt64>(capacity: 0)
  /// A byte for each document of a window.
  private var slots: GrowableBuffer<UInt64>
  private var x = GrowableBuffer<Float>(capacity: 128)
  /// x of each clause, a row for each, as they were added to scores.
  private var keptX = GrowableBuffer<Float>(capacity: 0)

  /// - Parameter windowSize: documents of a window at most.
  init(clauses: Int, windowSize: Int) {
    firstRows = GrowableBuffer(capacity: clauses)
    firstRows.append(repeating: 0, count: clauses)
    let words = (windowSize + 7) / 8
    slots = GrowableBuffer(capacity: words)
    slots.append(repeating: 0, count: words)
  }

  var count: Int { rows.count }
  var isEmpty: Bool { rows.count == 0 }

  // MARK: Documents

  /// Makes the documents those of a window that hold a clause of one list.
  ///
  /// - Parameter least: those of blocks whose x stays below may be left out.
  mutating func begin(_ window: Range<UInt32>, _ clause: Int, _ list: ListScorer, minimum: Float) throws(SearchError) {
    precondition(window.count <= 8 * slots.count)
    self.window = window
    try rows.fill(list, window, minimum: minimum)
    firstRows[clause] = 0
  }

  /// Makes the documents those of a window that any list holds. Where they stand in them is not known yet.
  mutating func begin(_ window: Range<UInt32>, _ lists: [ListScorer]) throws(SearchError) {
    precondition(window.count <= 8 * slots.count)
    self.window = window
    if bits.isEmpty { bits.append(repeating: 0, count: (slots.count + 7) / 8) }
    for list in lists {
      kept.removeAll()
      try list.append(window, to: &kept)
      let (words, base) = unsafe (bits.unsafeBase, window.lowerBound)
      for index in 0..<kept.count {
        // Safe because: the documents lie in the window, for each of which there is a bit.
        let slot = unsafe kept[unchecked: index] &- base
        unsafe words[Int(slot &>> 6)] |= 1 &<< UInt64(slot & 63)
      }
    }
    rows.fill(&bits, from: window.lowerBound)
  }

  /// Keeps the documents of a set.
  mutating func keep(_ allowed: DocumentSet) {
    kept.removeAll()
    for index in 0..<rows.count where allowed.contains(Int(rows.documents[index])) {
      kept.append(UInt32(truncatingIfNeeded: index))
    }
    rows.keep(kept)
  }

  /// Keeps the documents that hold a clause, and where.
  mutating func keepHolders(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    if scorer.lists.count == 1 {
      try find(scorer.lists[0])
      rows.keep(found.numbers)
      firstRows[clause] = rows.rowCount
      return rows.addWholeRow(found)
    }
    try readPlaces(clause, scorer)
    kept.removeAll()
    for index in 0..<isHeld.count where isHeld[index] != 0 { kept.append(UInt32(truncatingIfNeeded: index)) }
    rows.keep(kept)
  }

  /// Finds where the documents stand in the lists of a clause.
  mutating func readPlaces(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    firstRows[clause] = rows.rowCount
    isHeld.removeAll()
    isHeld.append(repeating: 0, count: rows.count)
    for list in scorer.lists {
      try find(list)
      rows.addRow(found)
      for index in 0..<found.count { isHeld[Int(found.numbers[index])] = 1 }
    }
  }

  private mutating func find(_ list: ListScorer) throws(SearchError) {
    // Safe because: the documents lie in the window, for each of whose documents there is a slot.
    let wanted = unsafe WantedDocuments(
      documents: rows.documents.unsafeBase, count: rows.count, window: window,
      slots: UnsafeMutableRawPointer(slots.unsafeBase))
    try unsafe list.find(wanted, into: &found)
  }

  // MARK: Scores

  /// Reads x of a clause, once for all.
  mutating func readX(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    try rows.readX(scorer, from: firstRows[clause])
  }

  /// Keeps the documents whose x, which was read, is at least so much.
  mutating func keep(minimum: Float) {
    Matches.choose(rows.x, from: minimum, &kept)
    rows.keep(kept)
  }

  /// Reads x of the first clause, of one list, and keeps the documents that may score `cut`; `MatchRows.readBestX`.
  mutating func keepBest(_ clauses: [ClauseScorer], _ order: [Int], cut: Float) throws(SearchError) {
    try rows.readBestX(clauses, order, firstRows, cut: cut)
    keep(minimum: 0)
  }

  /// Keeps the documents that the weights of a clause's lists let hold it.
  mutating func keepWeighing(_ clause: Int, _ scorer: ClauseScorer) throws(SearchError) {
    try rows.readX(scorer, from: firstRows[clause], into: &x)
    Matches.choose(x, from: .leastNonzeroMagnitude, &kept)
    rows.keep(kept)
  }

  /// The numbers of those that are at least `least`.
  private static func choose(
    _ x: borrowing GrowableBuffer<Float>, from minimum: Float, _ numbers: inout GrowableBuffer<UInt32>
  ) {
    numbers.removeAll()
    // Safe because: as many as there are x; each number is written before the next is kept.
    let target = unsafe numbers.extend(by: x.count)
    var count = 0
    for index in 0..<x.count {
      unsafe target[count] = UInt32(truncatingIfNeeded: index)
      count &+= unsafe x[unchecked: index] >= minimum ? 1 : 0
    }
    numbers.truncate(to: count)
  }

  /// Adds what a clause scores.
  ///
  /// - Parameters:
  ///   - isRead: its x was read.
  ///   - keepsX: x will be asked for (`x`).
  mutating func addScores(
    _ clause: Int, _ scorer: ClauseScorer, isRead: Bool, keepsX: Bool, to scores: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    if clause == 0 { keptX.removeAll() }
    if isRead {
      if keepsX { keptX.append(rows.x) }
      return Matches.add(rows.x, scorer.weight, to: &scores)
    }
    try rows.readX(scorer, from: firstRows[clause], into: &x)
    if keepsX { keptX.append(x) }
    Matches.add(x, scorer.weight, to: &scores)
  }

  /// x of a document in a clause, if it was kept.
  func x(_ index: Int, _ clause: Int) -> Float { keptX[clause * count + index] }

  /// Appends where some documents stand in the lists of a clause, a row for each.
  func appendPlaces(
    of numbers: borrowing GrowableBuffer<UInt32>, _ clause: Int, _ scorer: ClauseScorer,
    to places: inout GrowableBuffer<UInt32>
  ) {
    for list in scorer.lists.indices {
      let row = unsafe rows.row(firstRows[clause] + list)
      for index in 0..<numbers.count {
        let number = Int(numbers[index])
        precondition(number < count)
        // Safe because: a row has a place for each document.
        places.append(unsafe row[number])
      }
    }
  }

  private static func add(
    _ x: borrowing GrowableBuffer<Float>, _ weight: Float, to scores: inout GrowableBuffer<Float>
  ) {
    precondition(x.count == scores.count)
    let (own, target) = unsafe (UnsafeMutableRawPointer(x.unsafeBase), UnsafeMutableRawPointer(scores.unsafeBase))
    var index = 0
    while index &+ 4 <= x.count {
      // Safe because: four x and four scores from there on.
      let four = unsafe own.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Float>.self)
      let before = unsafe target.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Float>.self)
      let sum = before + BM25.saturated(four, weight)
      unsafe target.storeBytes(of: sum, toByteOffset: 4 &* index, as: SIMD4<Float>.self)
      index &+= 4
    }
    while index < x.count {
      scores[index] += BM25.saturated(x[index], weight)
      index &+= 1
    }
  }
}
