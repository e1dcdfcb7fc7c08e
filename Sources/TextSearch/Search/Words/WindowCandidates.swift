/// Documents of a window that can still enter the top k, with their scores so far.
struct WindowCandidates: ~Copyable {
  private(set) var documents = GrowableBuffer<UInt32>(capacity: 0)
  private(set) var scores = GrowableBuffer<Float>(capacity: 0)
  /// Upper bound of the score of each document's pairs.
  private(set) var pairBounds = GrowableBuffer<Float>(capacity: 0)
  /// The pairs that each document may contain; empty where none contribute.
  private(set) var possible = GrowableBuffer<UInt64>(capacity: 0)
  /// The pairs that each document may contain by the neighbours of its words (`NeighbourBits.word`).
  private var allowed = GrowableBuffer<UInt64>(capacity: 0)
  private var minimum = GrowableBuffer<Float>(capacity: 0)
  private var inputs = GrowableBuffer<Float>(capacity: 0)

  /// Takes the documents that reach the accumulator's threshold; none where nothing was accumulated.
  mutating func take(
    _ accumulator: inout WindowAccumulator, _ window: Range<Int>, _ allowed: DocumentSet?, hasPostings: Bool
  ) {
    documents.removeAll()
    scores.removeAll()
    if hasPostings { accumulator.take(window, allowed, into: &documents, scores: &scores) }
  }

  // MARK: Pairs

  /// Sets the bounds where no pairs contribute.
  mutating func setNoBounds() {
    pairBounds.removeAll()
    pairBounds.append(repeating: 0, count: documents.count)
    possible.removeAll()
  }

  /// Sets the upper bounds of pairs, and drops the documents that cannot reach the threshold with them, by the neighbours of their
  /// words. Bounds that are in the scores are taken out of them.
  ///
  /// - Parameter tested: the pairs whose words' neighbours are in the accumulator.
  mutating func setBounds(
    _ maxima: borrowing PairMaxima, _ accumulator: borrowing WindowAccumulator, window base: Int,
    tested: NeighbourBits, threshold: Float
  ) {
    setNoBounds()
    accumulator.readNeighbours(documents, from: base, tested: tested, into: &allowed)
    let count = documents.count
    precondition(scores.count == count && allowed.count == count)
    let (documents, scores, pairBounds) = unsafe (
      documents.unsafeBase, scores.unsafeBase, pairBounds.unsafeBase
    )
    let (allowed, possible) = unsafe (allowed.unsafeBase, possible.extend(by: count))
    var kept = 0
    for index in 0..<count {
      // Safe because: there are as many of each as documents, and no more are kept than were read.
      let (document, word) = unsafe (documents[index], allowed[index])
      let (found, added) = maxima[word]
      let score = unsafe scores[index] - added
      guard score + found.maximum >= threshold else { continue }
      unsafe documents[kept] = document
      unsafe scores[kept] = score
      unsafe pairBounds[kept] = found.maximum
      unsafe possible[kept] = found.pairs
      kept &+= 1
    }
    truncate(to: kept)
    self.possible.truncate(to: kept)
  }

  /// Removes the pairs that a document cannot contain without the clause that was added last.
  mutating func removeLostPairs(_ lost: UInt64, _ maxima: borrowing PairMaxima) {
    for index in 0..<documents.count where inputs[index] == 0 && possible[index] & lost != 0 {
      possible[index] &= ~lost
      pairBounds[index] = maxima.sum(possible[index])
    }
  }

  /// Removes the pairs that a document cannot contain: without the clause that was added last, or by its neighbours.
  ///
  /// - Parameter tested: the pairs that the clause's neighbours in the accumulator say something of.
  mutating func keepPairs(
    _ maxima: borrowing PairMaxima, _ accumulator: borrowing WindowAccumulator, from base: Int, tested: NeighbourBits,
    lost: UInt64
  ) {
    accumulator.readNeighbours(documents, from: base, tested: tested, into: &allowed)
    for index in 0..<documents.count where possible[index] != 0 {
      let held = inputs[index] == 0 ? possible[index] & ~lost : possible[index]
      let kept = held & maxima.possible(allowed[index])
      guard kept != possible[index] else { continue }
      possible[index] = kept
      pairBounds[index] = maxima.sum(kept)
    }
  }

  // MARK: Non-essential clauses

  /// Adds the scores of a clause whose inputs are in the accumulator, where they are zero again.
  mutating func takeInputs(of clause: ClauseScorer, _ accumulator: inout WindowAccumulator, from base: UInt32) {
    accumulator.takeInputs(documents, from: base, into: &inputs)
    addInputs(clause)
  }

  /// Adds the scores of a clause, of the documents that can reach the threshold with it.
  mutating func add(_ clause: ClauseScorer, threshold: Float) throws(SearchError) {
    guard documents.count > 0 else { return }
    setMinimum(clause, threshold)
    try clause.readInputs(at: documents, minimum: minimum, into: &inputs)
    addInputs(clause)
  }

  /// Adds the scores of a clause, of the documents that can reach the threshold with it, and marks all of the clause's documents
  /// in the window as matches (`ClauseScorer.mark`); returns the number of those that were marked already.
  mutating func add(
    _ clause: ClauseScorer, _ window: Range<UInt32>, marking accumulator: borrowing WindowAccumulator,
    countsOverlap: Bool, threshold: Float
  ) throws(SearchError) -> Int {
    setMinimum(clause, threshold)
    let overlap = try clause.mark(
      window, in: accumulator, countsOverlap: countsOverlap, at: documents, minimum: &minimum, into: &inputs)
    addInputs(clause)
    return overlap
  }

  /// Sets the minimum input that each document needs from a clause.
  private mutating func setMinimum(_ clause: ClauseScorer, _ threshold: Float) {
    minimum.removeAll()
    let (sums, bounds, minimum) = unsafe (
      scores.unsafeBase, pairBounds.unsafeBase, minimum.extend(by: documents.count)
    )
    // Safe because: there are as many scores, bounds and minima as documents.
    for index in 0..<documents.count {
      unsafe minimum[index] = clause.minimumInput(threshold - sums[index] - bounds[index])
    }
  }

  private mutating func addInputs(_ clause: ClauseScorer) {
    precondition(inputs.count == scores.count)
    let (sums, inputs) = unsafe (scores.unsafeBase, inputs.unsafeBase)
    // Safe because: there are as many scores and inputs as documents.
    for index in 0..<documents.count { unsafe sums[index] += BM25.score(inputs[index], clause.weight) }
  }

  /// Keeps the documents that can reach the threshold with their pairs.
  mutating func keep(threshold: Float) {
    let count = documents.count
    precondition(scores.count == count && pairBounds.count >= count)
    precondition(possible.isEmpty || possible.count == count)
    let (documents, scores, pairBounds) = unsafe (
      documents.unsafeBase, scores.unsafeBase, pairBounds.unsafeBase
    )
    // Safe because: there are as many scores and bounds as documents.
    if !possible.isEmpty { possible.keep { index, _ in unsafe scores[index] + pairBounds[index] >= threshold } }
    let kept = Compaction.run(
      count: count, isKept: { unsafe scores[$0] + pairBounds[$0] >= threshold },
      move: { from, to in
        unsafe documents[to] = documents[from]
        unsafe scores[to] = scores[from]
        unsafe pairBounds[to] = pairBounds[from]
      })
    truncate(to: kept)
  }

  private mutating func truncate(to kept: Int) {
    documents.truncate(to: kept)
    scores.truncate(to: kept)
    pairBounds.truncate(to: kept)
  }
}
