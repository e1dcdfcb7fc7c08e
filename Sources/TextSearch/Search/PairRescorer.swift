/// Documents whose pairs are to be looked at.
struct PairRescorer: ~Copyable {
  private var size = 0
  /// How often the batch's documents hold each word, in Vietnamese lists and in all others: two rows a clause.
  private var counts = GrowableBuffer<Float>(capacity: 0)
  private var inVietnamese = GrowableBuffer<Float>(capacity: 0)
  private var other = GrowableBuffer<Float>(capacity: 0)
  /// The most that each document of the batch may score; less than anything once it was chosen.
  private var bounds = GrowableBuffer<Float>(capacity: 0)
  private var heap = BoundHeap()
  private var following = 0
  private var chosen = GrowableBuffer<Int>(capacity: 0)
  /// The pairs that each document of the batch may hold.
  var held = GrowableBuffer<UInt64>(capacity: 0)
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 0)
  private(set) var chosenHeld = GrowableBuffer<UInt64>(capacity: 0)
  /// Where the batch's documents are found, a row for each list; and where the rows of each clause begin.
  private var rows = GrowableBuffer<UInt32>(capacity: 0)
  private var firstRows = GrowableBuffer<Int>(capacity: 0)
  var counter = PairCounter()
  var scores = GrowableBuffer<Float>(capacity: 0)

  /// Begins a batch of so many documents.
  mutating func reset(_ count: Int) {
    size = count
    counts.removeAll()
    rows.removeAll()
    firstRows.removeAll()
    bounds.removeAll()
    following = 0
  }

  /// Adds a document to the batch: the most that it may score, and the pairs that it may hold.
  mutating func add(_ maximum: Float, _ pairs: UInt64) {
    bounds.append(maximum)
    held.append(pairs)
  }

  /// Takes over where the added documents stand in all lists.
  mutating func setPlaces(
    _ matches: borrowing Matches, _ numbers: borrowing GrowableBuffer<UInt32>, _ clauses: [ClauseScorer]
  ) {
    size = numbers.count
    for clause in clauses.indices {
      firstRows.append(rows.count)
      matches.appendPlaces(of: numbers, clause, clauses[clause], to: &rows)
    }
  }

  /// Makes `x` that of the batch's documents, and keeps how often they hold the word.
  mutating func read(
    _ clause: ClauseScorer, at batch: borrowing GrowableBuffer<UInt32>, into x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    firstRows.append(rows.count)
    try clause.readX(at: batch, into: &x, inVietnamese: &inVietnamese, other: &other, places: &rows)
    counts.append(inVietnamese)
    counts.append(other)
  }

  /// Computes what the documents may score at most.
  mutating func bound(
    _ batch: borrowing GrowableBuffer<UInt32>, _ scores: borrowing GrowableBuffer<Float>, _ pairs: PairScorer,
    _ segment: Segment
  ) throws(SearchError) {
    for index in 0..<size {
      let found = try pairs.bound(held[index], in: batch[index], segment) { clause in
        let start = 2 * clause * size + index
        return WordCount(inVietnamese: counts[start], other: counts[start + size])
      }
      bounds.append(scores[index] + found.maximum)
      held[index] = found.pairs
    }
  }

  /// Chooses those of the highest bounds; false if there are none.
  mutating func best(_ count: Int, from cut: Float) -> Bool {
    heap.removeAll()
    for index in 0..<size where bounds[index] >= cut { heap.add(bounds[index], index) }
    heap.order()
    chosen.removeAll()
    for _ in 0..<min(count, size) {
      guard let item = heap.next() else { break }
      chosen.append(item.place)
    }
    sortChosen()
    return !chosen.isEmpty
  }

  /// Puts the few that were chosen in order.
  private mutating func sortChosen() {
    for place in 1..<max(1, chosen.count) {
      let moved = chosen[place]
      var free = place
      while free > 0, chosen[free - 1] > moved {
        chosen[free] = chosen[free - 1]
        free -= 1
      }
      chosen[free] = moved
    }
  }

  /// Chooses the next ones in document order; false at the end.
  mutating func next(_ count: Int, from cut: Float) -> Bool {
    chosen.removeAll()
    while following < size, chosen.count < count {
      if bounds[following] >= cut, bounds[following] > -.infinity { chosen.append(following) }
      following += 1
    }
    return !chosen.isEmpty
  }

  /// Takes over the chosen documents and their scores so far.
  mutating func choose(_ batch: borrowing GrowableBuffer<UInt32>, _ own: borrowing GrowableBuffer<Float>) {
    documents.removeAll()
    scores.removeAll()
    chosenHeld.removeAll()
    for place in 0..<chosen.count {
      let index = chosen[place]
      bounds[index] = -.infinity
      documents.append(batch[index])
      scores.append(own[index])
      chosenHeld.append(held[index])
    }
  }

  /// Reads the positions of a clause in the chosen documents that may hold one of some pairs.
  func readPositions(_ clause: Int, _ scorer: ClauseScorer, of pairs: UInt64) throws(SearchError) {
    unsafe scorer.positions.pointee.reset(documents.count)
    for (number, list) in scorer.lists.enumerated() {
      let row = firstRows[clause] + number * size
      for place in 0..<documents.count where chosenHeld[place] & pairs != 0 {
        let found = rows[row + chosen[place]]
        guard found != PostingOrdinal.none else { continue }
        try unsafe list.readPositions(found, place, into: &scorer.positions.pointee)
      }
    }
  }
}
