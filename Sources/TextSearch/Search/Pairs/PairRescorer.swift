/// Rescores documents with their pairs: those of the highest upper bounds first, so that the positions of fewer others need be
/// read, then those in document order, in which reading costs least.
struct PairRescorer: ~Copyable {
  /// Maximum number of documents of the first round, few enough for insertion sort. It doubles with each round up to the
  /// largest.
  private static let sizes = (best: 32, first: 32, largest: 512)

  /// Documents of the batch.
  private var size = 0
  /// Frequencies of each word in the batch's documents, in Vietnamese lists and in all others: two rows a clause.
  private var frequencies = GrowableBuffer<Float>(capacity: 0)
  private var inVietnamese = GrowableBuffer<Float>(capacity: 0)
  private var other = GrowableBuffer<Float>(capacity: 0)
  /// Upper bound of the score of each document of the batch; `-infinity` once it was rescored.
  private var bounds = GrowableBuffer<Float>(capacity: 0)
  private var heap = BoundHeap()
  /// Documents of the next round; 0 before the first.
  private var roundSize = 0
  /// The document that the next round starts at.
  private var next = 0
  private var chosen = GrowableBuffer<Int>(capacity: 0)
  /// The pairs that each document of the batch may contain.
  private var possible = GrowableBuffer<UInt64>(capacity: 0)
  /// The posting ordinals of the batch's documents, a row for each list; and where the rows of each clause start.
  private var ordinals = GrowableBuffer<UInt32>(capacity: 0)
  private var firstRows = GrowableBuffer<Int>(capacity: 0)
  private var counter = PairCounter()

  /// The documents of the last round and their scores.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 0)
  private(set) var scores = GrowableBuffer<Float>(capacity: 0)
  private var chosenPossible = GrowableBuffer<UInt64>(capacity: 0)

  // MARK: The batch

  /// Begins a batch.
  ///
  /// - Parameters:
  ///   - possible: the pairs that each document may contain.
  ///   - bounds: the upper bound of each document's score; empty where `bound` sets them.
  ///   - rows: the posting ordinals; empty where `readInputs` finds them.
  mutating func begin(
    possible: borrowing GrowableBuffer<UInt64>, bounds: borrowing GrowableBuffer<Float>, rows: borrowing OrdinalRows
  ) {
    size = possible.count
    precondition(bounds.isEmpty || bounds.count == size)
    frequencies.removeAll()
    ordinals.removeAll()
    ordinals.append(rows.ordinals)
    firstRows.removeAll()
    firstRows.append(rows.starts)
    self.bounds.removeAll()
    self.bounds.append(bounds)
    self.possible.removeAll()
    self.possible.append(possible)
    next = 0
    roundSize = 0
  }

  /// Sets `inputs` to those of the next clause in the batch's documents, and keeps its frequencies and posting ordinals.
  mutating func readInputs(
    _ clause: ClauseScorer, at batch: borrowing GrowableBuffer<UInt32>, into inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    firstRows.append(ordinals.count)
    try clause.readInputs(
      at: batch, into: &inputs, inVietnamese: &inVietnamese, other: &other, ordinals: &ordinals)
    frequencies.append(inVietnamese)
    frequencies.append(other)
  }

  /// Sets the upper bounds of the documents' scores.
  ///
  /// - Parameter scores: without pairs.
  mutating func bound(
    _ batch: borrowing GrowableBuffer<UInt32>, scores: borrowing GrowableBuffer<Float>, _ pairs: PairScorer,
    _ segment: Segment
  ) throws(SearchError) {
    for index in 0..<size {
      let found = try pairs.possiblePairs(possible[index], in: batch[index], segment) { clause in
        let row = 2 * clause * size + index
        return SplitFrequency(other: frequencies[row + size], vietnamese: frequencies[row])
      }
      bounds.append(scores[index] + found.maximum)
      possible[index] = found.pairs
    }
  }

  // MARK: Rounds

  /// Rescores the next documents of the batch; false if there are none whose bound reaches the threshold.
  ///
  /// - Parameters:
  ///   - scores: of the batch's documents, without pairs.
  ///   - limit: hits that are wanted.
  mutating func rescoreNext(
    _ batch: borrowing GrowableBuffer<UInt32>, scores: borrowing GrowableBuffer<Float>, limit: Int,
    threshold: Float, _ pairs: PairScorer, clauses: [ClauseScorer], segment: Segment
  ) throws(SearchError) -> Bool {
    if roundSize == 0 {
      chooseBest(min(limit, PairRescorer.sizes.best), threshold)
      roundSize = PairRescorer.sizes.first
    } else {
      chooseNext(roundSize, threshold)
      roundSize = min(2 * roundSize, PairRescorer.sizes.largest)
    }
    guard !chosen.isEmpty else { return false }
    take(batch, scores)
    for (clause, possible) in pairs.clausesInPairs {
      try readPositions(clause, clauses[clause], of: possible)
    }
    try pairs.add(
      to: &self.scores, at: documents, possible: chosenPossible, segment, clauses: clauses, counter: &counter)
    return true
  }

  /// Chooses the documents of the highest bounds.
  private mutating func chooseBest(_ count: Int, _ threshold: Float) {
    heap.removeAll()
    for index in 0..<size where bounds[index] >= threshold { heap.add(bounds[index], index) }
    heap.order()
    chosen.removeAll()
    for _ in 0..<min(count, size) {
      guard let item = heap.next() else { break }
      chosen.insert(item.index) { $0 < $1 }
    }
  }

  /// Chooses the next documents in document order.
  private mutating func chooseNext(_ count: Int, _ threshold: Float) {
    chosen.removeAll()
    while next < size, chosen.count < count {
      if bounds[next] >= threshold, bounds[next] > -.infinity { chosen.append(next) }
      next += 1
    }
  }

  /// Takes the chosen documents and their scores out of the batch.
  private mutating func take(_ batch: borrowing GrowableBuffer<UInt32>, _ own: borrowing GrowableBuffer<Float>) {
    documents.removeAll()
    scores.removeAll()
    chosenPossible.removeAll()
    for number in 0..<chosen.count {
      let index = chosen[number]
      bounds[index] = -.infinity
      documents.append(batch[index])
      scores.append(own[index])
      chosenPossible.append(possible[index])
    }
  }

  /// Reads the positions of a clause in the chosen documents that may contain one of some pairs.
  private func readPositions(_ clause: Int, _ scorer: ClauseScorer, of pairs: UInt64) throws(SearchError) {
    unsafe scorer.positions.pointee.reset(documents.count)
    for (number, list) in scorer.lists.enumerated() {
      let row = firstRows[clause] + number * size
      for index in 0..<documents.count where chosenPossible[index] & pairs != 0 {
        let ordinal = ordinals[row + chosen[index]]
        guard ordinal != PostingOrdinal.none else { continue }
        try unsafe list.readPositions(of: ordinal, asDocument: index, into: &scorer.positions.pointee)
      }
    }
  }
}

/// The posting ordinals of a batch's documents, a row for each list, and where the rows of each clause start.
struct OrdinalRows: ~Copyable {
  var ordinals = GrowableBuffer<UInt32>(capacity: 0)
  var starts = GrowableBuffer<Int>(capacity: 0)
}

/// Indices with bounds, the highest bound first: a binary heap.
struct BoundHeap: ~Copyable {
  struct Item: BitwiseCopyable {
    let bound: Float
    let index: Int
  }

  private var items = GrowableBuffer<Item>(capacity: 0)

  mutating func removeAll() { items.removeAll() }

  mutating func add(_ bound: Float, _ index: Int) { items.append(Item(bound: bound, index: index)) }

  /// Makes a heap of all items that were added.
  mutating func order() {
    for parent in stride(from: items.count / 2 - 1, through: 0, by: -1) { sink(parent) }
  }

  /// Removes the highest item.
  mutating func next() -> Item? {
    guard items.count > 0 else { return nil }
    let first = items[0]
    items[0] = items[items.count - 1]
    items.removeLast()
    sink(0)
    return first
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var child = 2 * parent + 1
      guard child < items.count else { return }
      if child + 1 < items.count, items[child + 1].bound > items[child].bound { child += 1 }
      guard items[child].bound > items[parent].bound else { return }
      let moved = items[child]
      items[child] = items[parent]
      items[parent] = moved
      parent = child
    }
  }
}
