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
    least.removeAll()
    for index in 0..<documents.count { least.append(clause.leastX(cut - scores[index] - pairs[index])) }
    try clause.readX(at: documents, least: least, into: &x)
    for index in 0..<documents.count { scores[index] += BM25.saturated(x[index], clause.weight) }
    keep(from: cut)
  }

  /// Lets go of those that score less even with their pairs.
  mutating func keep(from cut: Float) {
    var kept = 0
    for index in 0..<documents.count where scores[index] + pairs[index] >= cut {
      documents[kept] = documents[index]
      scores[kept] = scores[index]
      pairs[kept] = pairs[index]
      kept += 1
    }
    documents.truncate(to: kept)
    scores.truncate(to: kept)
    pairs.truncate(to: kept)
  }
}
