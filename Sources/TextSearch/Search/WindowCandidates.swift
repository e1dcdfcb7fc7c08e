/// Documents of a window that may reach the hits, with what they score so far.
struct WindowCandidates: ~Copyable {
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 0)
  private(set) var scores = GrowableBuffer<Float>(capacity: 0)
  /// The most that pairs add.
  private(set) var pairs = GrowableBuffer<Float>(capacity: 0)
  /// Which pairs those are; empty where none count.
  private(set) var held = GrowableBuffer<UInt64>(capacity: 0)
  /// The clauses that each document holds, of those on the board.
  private var clauses = GrowableBuffer<UInt32>(capacity: 0)
  /// Whether the filter of each leaves the only pair open.
  private var isOpen = GrowableBuffer<Bool>(capacity: 0)
  private var minimum = GrowableBuffer<Float>(capacity: 0)
  private var x = GrowableBuffer<Float>(capacity: 0)

  mutating func removeAll() {
    documents.removeAll()
    scores.removeAll()
  }

  @inline(__always)
  mutating func add(_ document: UInt32, _ score: Float) {
    documents.append(document)
    scores.append(score)
  }

  /// No pairs count.
  mutating func boundNothing() {
    pairs.removeAll()
    pairs.append(repeating: 0, count: documents.count)
    held.removeAll()
  }

  /// Computes the most that pairs add, and lets go of the documents that do not reach `cut` by it: by the words that they may
  /// hold, then by their filters.
  ///
  /// - Parameter unread: bits of the clauses that are not on the board yet.
  mutating func bound(
    _ bounds: borrowing GrowableBuffer<PairBound>, _ board: borrowing WindowAccumulator, _ scorer: PairScorer,
    window base: Int, unread: UInt32, from cut: Float
  ) throws(SearchError) {
    boundNothing()
    board.readClauses(documents, from: base, into: &clauses)
    for place in 0..<bounds.count { addBound(bounds[place], unread: unread) }
    let count = documents.count
    precondition(scores.count == count && clauses.count == count)
    let hasOne = bounds.count == 1
    if hasOne { try scorer.questions.ask(bounds[0], documents, into: &isOpen) }
    let (places, scores, pairs) = unsafe (documents.unsafeBase, scores.unsafeBase, pairs.unsafeBase)
    let (clauses, isOpen, held) = unsafe (clauses.unsafeBase, isOpen.unsafeBase, held.extend(by: count))
    var kept = 0
    for index in 0..<count {
      // Safe because: there are as many of each as documents, and no more are kept than were read.
      let (document, score, maximum) = unsafe (places[index], scores[index], pairs[index])
      guard score + maximum >= cut else { continue }
      var found = PossiblePairs()
      if maximum > 0, hasOne {
        if unsafe isOpen[index] { found.add(bounds[0]) }
        guard score + found.maximum >= cut else { continue }
      } else if maximum > 0 {
        let may = unsafe try scorer.bound(
          bounds, in: document, clauses: clauses[index] | unread, maximum, minimum: cut - score)
        guard let may else { continue }
        found = may
      }
      unsafe places[kept] = document
      unsafe scores[kept] = score
      unsafe pairs[kept] = found.maximum
      unsafe held[kept] = found.pairs
      kept &+= 1
    }
    documents.truncate(to: kept)
    self.scores.truncate(to: kept)
    self.pairs.truncate(to: kept)
    self.held.truncate(to: kept)
  }

  /// Adds the bound of a pair to those of the documents that may hold its words.
  private mutating func addBound(_ bound: PairBound, unread: UInt32) {
    let needed = bound.clauses & ~unread
    let (clauses, sums) = unsafe (clauses.unsafeBase, pairs.unsafeBase)
    // Safe because: as many clauses and sums as documents.
    for index in 0..<documents.count { unsafe sums[index] += clauses[index] & needed == needed ? bound.maximum : 0 }
  }

  /// Adds what a clause scores; less for those that do not reach `cut` by it.
  mutating func add(_ clause: ClauseScorer, from cut: Float) throws(SearchError) {
    guard documents.count > 0 else { return }
    readLeast(clause, cut)
    try clause.readX(at: documents, minimum: minimum, into: &x)
    addX(clause)
  }

  /// The same, and marks all of the clause's documents in the window (`ClauseScorer.mark`); gives how many were on the board.
  mutating func add(
    _ clause: ClauseScorer, _ window: Range<UInt32>, marking board: borrowing WindowAccumulator, overlaps: Bool,
    from cut: Float
  ) throws(SearchError) -> Int {
    readLeast(clause, cut)
    let overlap = try clause.mark(
      window, on: board, overlaps: overlaps, at: documents, minimum: &minimum, into: &x)
    addX(clause)
    return overlap
  }

  /// The x that each needs from a clause.
  private mutating func readLeast(_ clause: ClauseScorer, _ cut: Float) {
    minimum.removeAll()
    let (sums, bounds, minimum) = unsafe (scores.unsafeBase, pairs.unsafeBase, minimum.extend(by: documents.count))
    // Safe because: there are as many scores, bounds and least x as documents.
    for index in 0..<documents.count { unsafe minimum[index] = clause.minimumInput(cut - sums[index] - bounds[index]) }
  }

  private mutating func addX(_ clause: ClauseScorer) {
    precondition(x.count == scores.count)
    let (sums, x) = unsafe (scores.unsafeBase, x.unsafeBase)
    // Safe because: there are as many scores and x as documents.
    for index in 0..<documents.count { unsafe sums[index] += BM25.saturated(x[index], clause.weight) }
  }

  /// Lets go of the pairs that are lost where a document does not hold the clause that was added last.
  mutating func drop(_ lost: UInt64, _ bounds: borrowing GrowableBuffer<PairBound>, _ scorer: PairScorer) {
    for index in 0..<documents.count where x[index] == 0 && held[index] & lost != 0 {
      held[index] &= ~lost
      pairs[index] = scorer.bound(bounds, of: held[index])
    }
  }

  /// Lets go of those that score less even with their pairs.
  mutating func keep(from cut: Float) {
    let count = documents.count
    precondition(scores.count == count && pairs.count >= count)
    if !held.isEmpty { keepHeld(from: cut) }
    let (places, scores, pairs) = unsafe (documents.unsafeBase, scores.unsafeBase, pairs.unsafeBase)
    var kept = 0
    for index in 0..<count {
      // Safe because: there are as many scores and bounds as documents, and no more are kept than were read.
      let (document, score, bound) = unsafe (places[index], scores[index], pairs[index])
      unsafe places[kept] = document
      unsafe scores[kept] = score
      unsafe pairs[kept] = bound
      kept &+= score + bound >= cut ? 1 : 0
    }
    documents.truncate(to: kept)
    self.scores.truncate(to: kept)
    self.pairs.truncate(to: kept)
  }

  private mutating func keepHeld(from cut: Float) {
    var kept = 0
    for index in 0..<documents.count where scores[index] + pairs[index] >= cut {
      held[kept] = held[index]
      kept += 1
    }
    held.truncate(to: kept)
  }
}
