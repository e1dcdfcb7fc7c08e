/// The best hits so far, and the documents that may yet be among them.
///
/// Searches add scores up in whatever order is fast; what they pass on here is nearly the score. Documents that may reach
/// the hits are kept, and decided on together (`settle`) by scores that are added up as the oracle does: the same bits.
struct TopKCollector: ~Copyable {
  /// Candidates that are decided on at once.
  private static let chunk = 1024
  /// Candidates whose pairs are looked at together at least: their scores raise what the next ones must reach.
  private static let few = 64

  private let segment: Segment
  private let clauses: [ClauseScorer]
  let pairs: PairScorer
  private let limit: Int
  private let control: SearchControl
  /// Lower scores are not wanted.
  private var floor: Float
  /// Sums in another order differ by less, relatively.
  private let slack: Float
  /// Hits with their scores.
  private var top: TopHits
  /// The best scores that were passed on, whatever pairs add: what is below them all is no hit.
  private var nearly: TopHits
  private var documents = GrowableBuffer<UInt32>(capacity: 0)
  /// The most that each may score.
  private var maximum = GrowableBuffer<Float>(capacity: 0)
  /// The pairs that each may hold; none are kept where no pairs count.
  private var held = GrowableBuffer<UInt64>(capacity: 0)
  private var batch = GrowableBuffer<UInt32>(capacity: 0)
  private var scores = GrowableBuffer<Float>(capacity: 0)
  private var x = GrowableBuffer<Float>(capacity: 0)
  private var numbers = GrowableBuffer<UInt32>(capacity: 0)
  private var pairing = PairRescorer()
  /// What a nearly exact score must reach.
  private(set) var cut: Float

  init(
    _ segment: Segment, _ clauses: [ClauseScorer], _ pairs: PairScorer, limit: Int, _ control: SearchControl
  ) {
    self.segment = segment
    self.clauses = clauses
    self.pairs = pairs
    self.limit = limit
    self.control = control
    floor = control.floor
    // Margin 1 + 2^-16 on either side of a sum; very long queries sum up more errors.
    slack = 1 / 32_768 + Float(clauses.count) / 1_048_576
    top = TopHits(limit: limit)
    nearly = TopHits(limit: limit)
    cut = -.infinity
    raiseCut()
  }

  var hasPairs: Bool { !pairs.isEmpty }

  /// Asked before each window: whether the search has to end. Tells other segments of the hits, and hears of theirs.
  mutating func mustEnd() -> Bool {
    control.raiseFloor(to: top.threshold)
    let shared = control.floor
    if shared > floor {
      floor = shared
      raiseCut()
    }
    return control.mustEnd()
  }

  /// Best first; nothing is left to be decided.
  var hits: [TopHits.Hit] { top.sorted }

  private mutating func raiseCut() {
    let threshold = max(floor, max(top.threshold, nearly.threshold))
    cut = threshold > 0 ? threshold * (1 - slack) : threshold
  }

  /// The most that pairs add where the x of each clause is at most as given.
  @inline(__always)
  func pairBound(_ x: (Int) -> SaturationInputs) -> Float { pairs.bound(x) }

  /// Makes `bounds` the most that each pair adds, `x` as above; gives the sum.
  @inline(__always)
  func pairBounds(_ bounds: inout GrowableBuffer<PairBound>, _ x: (Int) -> SaturationInputs) -> Float {
    pairs.bounds(&bounds, x)
  }

  /// Takes in a document that nearly scores `score`, without its pairs; false if it is no candidate.
  @inline(__always)
  @discardableResult
  mutating func add(_ document: UInt32, _ score: Float, _ pairs: PossiblePairs) -> Bool {
    guard score + pairs.maximum >= cut else { return false }
    documents.append(document)
    maximum.append(score + pairs.maximum)
    if hasPairs { held.append(pairs.pairs) }
    if score > nearly.threshold {
      nearly.add(TopHits.Hit(score: score, document: document))
      raiseCut()
    }
    return true
  }

  /// There are so many candidates that it pays to decide on them.
  var isFull: Bool { documents.count > (hasPairs ? TopKCollector.few : 4 * max(TopKCollector.chunk, limit)) }

  /// Decides on all candidates.
  mutating func settle() throws(SearchError) {
    var start = 0
    while start < documents.count {
      batch.removeAll()
      pairing.held.removeAll()
      while start < documents.count, batch.count < TopKCollector.chunk {
        if maximum[start] >= cut {
          batch.append(documents[start])
          if hasPairs { pairing.held.append(held[start]) }
        }
        start += 1
      }
      try decide()
    }
    removeCandidates()
  }

  /// Decides on documents that are all that were found since, with their exact scores.
  ///
  /// - Parameters:
  ///   - found: their numbers among the matches.
  ///   - exact: the scores of all matches, without pairs.
  mutating func settle(
    _ matches: borrowing Matches, _ found: borrowing GrowableBuffer<UInt32>, _ exact: borrowing GrowableBuffer<Float>
  ) throws(SearchError) {
    precondition(found.count == documents.count)
    batch.removeAll()
    scores.removeAll()
    numbers.removeAll()
    pairing.held.removeAll()
    pairing.reset(0)
    for index in 0..<found.count where maximum[index] >= cut {
      batch.append(documents[index])
      scores.append(exact[Int(found[index])])
      numbers.append(found[index])
      pairing.add(maximum[index], held[index])
    }
    pairing.setPlaces(matches, numbers, clauses)
    try addAllPairs()
    removeCandidates()
  }

  private mutating func removeCandidates() {
    documents.removeAll()
    maximum.removeAll()
    held.removeAll()
  }

  /// Takes some documents (ascending) for a beginning: there are hits that score at least as much as they do. They come
  /// again.
  mutating func raiseFloor(by found: borrowing GrowableBuffer<UInt32>) throws(SearchError) {
    batch.removeAll()
    batch.append(found)
    pairing.held.removeAll()
    if hasPairs {
      for index in 0..<found.count { pairing.held.append(try pairs.questions.held(found[index])) }
    }
    try decide()
    floor = max(floor, top.threshold)
    top = TopHits(limit: limit)
    raiseCut()
  }

  /// Takes in a document with its score, added up as the oracle does; where no pairs count.
  mutating func addExact(_ document: UInt32, _ score: Float) throws(SearchError) {
    try offer(document, score)
    raiseCut()
  }

  private mutating func offer(_ document: UInt32, _ score: Float) throws(SearchError) {
    guard score >= floor, score >= top.threshold else { return }
    top.add(TopHits.Hit(score: score, document: try segment.keyRanks.rank(document)))
  }

  // MARK: Decisions

  /// Scores the documents of the batch, clause by clause in query order.
  private mutating func decide() throws(SearchError) {
    guard !batch.isEmpty else { return }
    scores.removeAll()
    scores.append(repeating: 0, count: batch.count)
    if hasPairs { pairing.reset(batch.count) }
    for clause in clauses {
      if hasPairs {
        try pairing.read(clause, at: batch, into: &x)
      } else {
        try clause.readX(at: batch, into: &x)
      }
      for index in 0..<batch.count { scores[index] += BM25.saturated(x[index], clause.weight) }
    }
    if hasPairs {
      try pairing.bound(batch, scores, pairs, segment)
      return try addAllPairs()
    }
    for index in 0..<batch.count { try offer(batch[index], scores[index]) }
    raiseCut()
  }

  /// Reads positions: first of the documents that may score most, so that fewer of the others need be read, then of those
  /// in document order, in which it costs least.
  private mutating func addAllPairs() throws(SearchError) {
    // Few enough to be put in order by insertion.
    if pairing.best(min(limit, 32), from: cut) { try addPairs() }
    var size = 32
    while pairing.next(size, from: cut) {
      try addPairs()
      size = min(2 * size, 512)
    }
  }

  /// Scores the chosen documents with their pairs.
  private mutating func addPairs() throws(SearchError) {
    pairing.choose(batch, scores)
    for (clause, held) in pairs.clausesInPairs {
      try pairing.readPositions(clause, clauses[clause], of: held)
    }
    try pairs.add(to: &pairing.scores, pairing.documents, pairing.chosenHeld, segment, clauses, &pairing.counter)
    for index in 0..<pairing.documents.count { try offer(pairing.documents[index], pairing.scores[index]) }
    raiseCut()
  }
}
