/// Collects the best hits of a bag of words, and the documents that may yet be among them.
///
/// Searches accumulate scores in whatever order is fast; what they pass on here is an approximate score. Documents that may enter
/// the top k are kept, and rescored together (`flush`) in the order of the reference search: the bits are equal.
struct TopKCollector: ~Copyable {
  /// Maximum number of candidates that are rescored at once, unless more hits are wanted.
  private static let batchSize = 1024
  /// Candidates of the first round, and from which on those with pairs are rescored: their scores raise the threshold for the next
  /// ones.
  private static let fewCandidates = 64

  private let context: SegmentContext
  private let clauses: [ClauseScorer]
  let pairs: PairScorer
  /// Lower scores cannot be hits, by what other searches have found.
  private var minimumScore: Float
  /// Upper bound of the relative difference between approximate and exact scores.
  private let slack: Float
  /// Hits with their exact scores.
  private var top: TopHits
  /// The best approximate scores without pairs: no score below them all is a hit.
  private var approximate: TopHits
  private var documents = GrowableBuffer<UInt32>(capacity: 0)
  /// Upper bound of each candidate's score.
  private var maxima = GrowableBuffer<Float>(capacity: 0)
  /// The pairs that each candidate may contain; none are kept where no pairs contribute.
  private var possible = GrowableBuffer<UInt64>(capacity: 0)
  /// The candidates that are rescored together; their possible pairs, and their bounds where they are known.
  private var batch = GrowableBuffer<UInt32>(capacity: 0)
  private var batchPossible = GrowableBuffer<UInt64>(capacity: 0)
  private var batchMaxima = GrowableBuffer<Float>(capacity: 0)
  private var batchRows = OrdinalRows()
  private var scores = GrowableBuffer<Float>(capacity: 0)
  private var inputs = GrowableBuffer<Float>(capacity: 0)
  private var indices = GrowableBuffer<UInt32>(capacity: 0)
  private var rescorer = PairRescorer()
  private var heap = BoundHeap()
  /// For each candidate whether it is in the batch.
  private var isChosen = GrowableBuffer<Bool>(capacity: 0)
  /// Minimum approximate score of a candidate.
  private(set) var threshold: Float

  init(_ context: SegmentContext, _ clauses: [ClauseScorer], _ pairs: PairScorer) {
    self.context = context
    self.clauses = clauses
    self.pairs = pairs
    minimumScore = context.control.minimumCompetitiveScore
    // A margin of 1 + 2^-16 on either side of a sum; very long queries add up more errors.
    slack = 1 / 32_768 + Float(clauses.count) / 1_048_576
    top = TopHits(limit: context.limit)
    approximate = TopHits(limit: context.limit)
    threshold = -.infinity
    raiseThreshold()
  }

  var hasPairs: Bool { !pairs.isEmpty }

  /// The hits, best first; all candidates have been flushed.
  var hits: [TopHits.Hit] { top.sorted }

  /// Whether the search has to end; called before each window. Exchanges the minimum competitive score with the searches of other
  /// segments.
  mutating func mustEnd() -> Bool {
    context.control.raiseMinimumCompetitiveScore(to: top.threshold)
    let shared = context.control.minimumCompetitiveScore
    if shared > minimumScore {
      minimumScore = shared
      raiseThreshold()
    }
    return context.control.mustEnd()
  }

  private mutating func raiseThreshold() {
    let exact = max(minimumScore, max(top.threshold, approximate.threshold))
    threshold = exact > 0 ? exact * (1 - slack) : exact
  }

  // MARK: Candidates

  /// Adds a document with its approximate score without pairs; false if it is no candidate.
  @inline(__always)
  @discardableResult
  mutating func add(_ document: UInt32, _ score: Float, _ pairs: PossiblePairs) -> Bool {
    guard score + pairs.maximum >= threshold else { return false }
    documents.append(document)
    maxima.append(score + pairs.maximum)
    if hasPairs { possible.append(pairs.pairs) }
    if score > approximate.threshold {
      approximate.add(TopHits.Hit(score: score, document: document))
      raiseThreshold()
    }
    return true
  }

  /// Whether there are enough candidates for a rescoring.
  var isFull: Bool {
    let few = hasPairs ? TopKCollector.fewCandidates : 4 * max(TopKCollector.batchSize, context.limit)
    return documents.count > few
  }

  private mutating func removeCandidates() {
    documents.removeAll()
    maxima.removeAll()
    possible.removeAll()
  }

  private mutating func removeBatch() {
    batch.removeAll()
    batchPossible.removeAll()
    batchMaxima.removeAll()
    batchRows.ordinals.removeAll()
    batchRows.starts.removeAll()
  }

  /// Rescores all candidates that may be hits, in rounds, those of the highest upper bounds first: their scores raise the threshold
  /// for the others.
  mutating func flush() throws(SearchError) {
    heap.removeAll()
    for index in 0..<documents.count where maxima[index] >= threshold { heap.add(maxima[index], index) }
    heap.order()
    var size = max(TopKCollector.fewCandidates, context.limit)
    while takeBest(size) {
      try rescore()
      size = min(2 * size, max(TopKCollector.batchSize, context.limit))
    }
    removeCandidates()
  }

  /// Takes the candidates of the highest upper bounds into the batch, in document order; false if none may be a hit.
  private mutating func takeBest(_ count: Int) -> Bool {
    removeBatch()
    isChosen.set(repeating: false, count: documents.count)
    var found = 0
    while found < count, let item = heap.next(), item.bound >= threshold {
      isChosen[item.index] = true
      found += 1
    }
    guard found > 0 else { return false }
    for index in 0..<documents.count where isChosen[index] {
      batch.append(documents[index])
      if hasPairs { batchPossible.append(possible[index]) }
    }
    return true
  }

  /// Rescores the candidates, which were found by an intersection, with their exact scores.
  ///
  /// - Parameters:
  ///   - found: indices of the candidates among the matches.
  ///   - exact: the scores of all matches, without pairs.
  mutating func flush(
    _ matches: borrowing Intersection, _ found: borrowing GrowableBuffer<UInt32>,
    _ exact: borrowing GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(found.count == documents.count)
    removeBatch()
    scores.removeAll()
    indices.removeAll()
    for index in 0..<found.count where maxima[index] >= threshold {
      batch.append(documents[index])
      scores.append(exact[Int(found[index])])
      indices.append(found[index])
      batchPossible.append(possible[index])
      batchMaxima.append(maxima[index])
    }
    for clause in clauses.indices {
      batchRows.starts.append(batchRows.ordinals.count)
      matches.appendOrdinals(of: indices, clause, clauses[clause], to: &batchRows.ordinals)
    }
    rescorer.begin(possible: batchPossible, bounds: batchMaxima, rows: batchRows)
    try addPairs()
    removeCandidates()
  }

  /// Seeds the threshold from a sample (ascending): the k-th best exact score is a lower bound for every hit. The main scan
  /// visits these documents again.
  mutating func seedThreshold(_ sample: borrowing GrowableBuffer<UInt32>) throws(SearchError) {
    removeBatch()
    batch.append(sample)
    if hasPairs {
      batchPossible.append(repeating: .max, count: sample.count)
    }
    try rescore()
    minimumScore = max(minimumScore, top.threshold)
    top = TopHits(limit: context.limit)
    raiseThreshold()
  }

  /// Adds a document with its exact score; where no pairs contribute.
  mutating func addExact(_ document: UInt32, _ score: Float) throws(SearchError) {
    try offer(document, score)
    raiseThreshold()
  }

  private mutating func offer(_ document: UInt32, _ score: Float) throws(SearchError) {
    guard score >= minimumScore, score >= top.threshold else { return }
    top.add(try context.hit(document, score))
  }

  // MARK: Rescoring

  /// Scores the documents of the batch, clause by clause in query order.
  private mutating func rescore() throws(SearchError) {
    guard !batch.isEmpty else { return }
    scores.removeAll()
    scores.append(repeating: 0, count: batch.count)
    if hasPairs { rescorer.begin(possible: batchPossible, bounds: batchMaxima, rows: batchRows) }
    for clause in clauses {
      if hasPairs {
        try rescorer.readInputs(clause, at: batch, into: &inputs)
      } else {
        try clause.readInputs(at: batch, into: &inputs)
      }
      for index in 0..<batch.count { scores[index] += BM25.score(inputs[index], clause.weight) }
    }
    if hasPairs {
      try rescorer.bound(batch, scores: scores, pairs, context.segment)
      return try addPairs()
    }
    for index in 0..<batch.count { try offer(batch[index], scores[index]) }
    raiseThreshold()
  }

  /// Adds the scores of pairs, round by round: each raises the threshold for the next.
  private mutating func addPairs() throws(SearchError) {
    while try rescorer.rescoreNext(
      batch, scores: scores, limit: context.limit, threshold: threshold, pairs, clauses: clauses,
      segment: context.segment)
    {
      for index in 0..<rescorer.documents.count { try offer(rescorer.documents[index], rescorer.scores[index]) }
      raiseThreshold()
    }
  }
}
