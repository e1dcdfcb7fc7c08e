/// Documents of a window that may reach the hits, with what they score so far.
struct Survivors: ~Copyable {
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 0)
  private(set) var scores = GrowableBuffer<Float>(capacity: 0)
  /// The most that pairs add.
  private(set) var pairs = GrowableBuffer<Float>(capacity: 0)
  private var least = GrowableBuffer<Float>(capacity: 0)
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
  }

  /// Computes the most that pairs add, and lets go of the documents that do not reach `cut` by it: first by the words that
  /// they hold, then those that are left by their filters.
  mutating func bound(
    _ bounds: borrowing GrowableBuffer<PairBound>, _ board: borrowing ScoreBoard, _ scorer: PairScorer,
    window base: Int, from cut: Float
  ) throws(SearchError) {
    boundNothing()
    addBounds(bounds, board, window: base)
    keep(from: cut)
    for index in 0..<documents.count where pairs[index] > 0 {
      var sum: Float = 0
      for place in 0..<bounds.count where board.holds(bounds[place], Int(documents[index]) - base) {
        sum += try scorer.bound(place, bounds[place].most, in: documents[index])
      }
      pairs[index] = sum
    }
  }

  /// Adds the bounds of the pairs whose words each document holds both, 64 documents at a time.
  private mutating func addBounds(
    _ bounds: borrowing GrowableBuffer<PairBound>, _ board: borrowing ScoreBoard, window base: Int
  ) {
    let (places, sums) = unsafe (documents.unsafeBase, pairs.unsafeBase)
    var start = 0
    while start < documents.count {
      let word = (Int(documents[start]) - base) >> 6
      let last = base + word << 6 + 63
      var end = start + 1
      // Safe because: below the count of the documents, as many as there are sums.
      while end < documents.count, unsafe Int(places[end]) <= last { end &+= 1 }
      for pair in 0..<bounds.count {
        let (held, most) = (board.both(bounds[pair], word), bounds[pair].most)
        if held == 0 { continue }
        for index in start..<end {
          let slot = unsafe UInt64(truncatingIfNeeded: Int(places[index]) &- base) & 63
          unsafe sums[index] += held &>> slot & 1 == 0 ? 0 : most
        }
      }
      start = end
    }
  }

  /// Adds what a clause scores, and lets go of those that do not reach `cut` by it.
  mutating func add(_ clause: ClauseScorer, from cut: Float) throws(SearchError) {
    guard documents.count > 0 else { return }
    readLeast(clause, cut)
    try clause.readX(at: documents, least: least, into: &x)
    addX(clause, cut)
  }

  /// The same, and marks all of the clause's documents in the window (`ClauseScorer.mark`); gives how many were on the board.
  mutating func add(
    _ clause: ClauseScorer, _ window: Range<UInt32>, marking board: borrowing ScoreBoard, overlaps: Bool,
    from cut: Float
  ) throws(SearchError) -> Int {
    readLeast(clause, cut)
    let overlap = try clause.mark(
      window, on: board, overlaps: overlaps, at: documents, least: &least, into: &x)
    addX(clause, cut)
    return overlap
  }

  /// The x that each needs from a clause.
  private mutating func readLeast(_ clause: ClauseScorer, _ cut: Float) {
    least.removeAll()
    let (sums, bounds, least) = unsafe (scores.unsafeBase, pairs.unsafeBase, least.extend(by: documents.count))
    // Safe because: there are as many scores, bounds and least x as documents.
    for index in 0..<documents.count { unsafe least[index] = clause.leastX(cut - sums[index] - bounds[index]) }
  }

  private mutating func addX(_ clause: ClauseScorer, _ cut: Float) {
    precondition(x.count == scores.count)
    let (sums, x) = unsafe (scores.unsafeBase, x.unsafeBase)
    // Safe because: there are as many scores and x as documents.
    for index in 0..<documents.count { unsafe sums[index] += BM25.saturated(x[index], clause.weight) }
    keep(from: cut)
  }

  /// Lets go of those that score less even with their pairs.
  mutating func keep(from cut: Float) {
    let count = documents.count
    precondition(scores.count == count && pairs.count >= count)
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
}
