/// Finds the best documents that hold all words: those of the rarest word are looked up in the other lists, window by
/// window; documents that cannot be hits are dropped as soon as that is known.
struct ConjunctionSearch: ~Copyable {
  /// Documents of a window: few at first, so that there is soon a threshold; never more than keep buffers small.
  private static let sizes = (first: 1024, largest: 8192)
  /// Windows of a segment where not all matches are counted, about: smaller ones have tighter bounds.
  private static let windows = 32
  /// Documents of the rarest word for which a window pays.
  private static let minimumDocuments = 128
  /// Matches from which on dropping some pays.
  private static let manyMatches = 32

  private let context: SegmentContext
  private let clauses: [ClauseScorer]
  /// The clauses, the rarest first.
  private let order: [Int]
  /// Matches are counted in the window.
  private var isCounting: Bool
  private var matches: Intersection
  private var scores = GrowableBuffer<Float>(capacity: 128)
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)
  private var candidates = GrowableBuffer<UInt32>(capacity: 0)

  init(_ context: SegmentContext, _ clauses: [ClauseScorer]) {
    self.context = context
    self.clauses = clauses
    let order = clauses.indices.sorted { (clauses[$0].documentCount, $0) < (clauses[$1].documentCount, $1) }
    self.order = order
    isCounting = context.isCounting
    let largest = min(ConjunctionSearch.sizes.largest, context.segment.documentCount)
    matches = Intersection(clauses: clauses.count, windowSize: largest)
  }

  /// Documents of the largest window.
  private var windowSize: Int {
    if isCounting { return ConjunctionSearch.sizes.largest }
    let documents = context.segment.documentCount
    let rarest = max(1, clauses[order[0]].documentCount)
    let size = max(documents / ConjunctionSearch.windows, documents / rarest * ConjunctionSearch.minimumDocuments)
    return (min(ConjunctionSearch.sizes.largest, max(ConjunctionSearch.sizes.first, size)) + 63) / 64 * 64
  }

  /// Passes all candidates on, and counts the matches.
  mutating func search(_ collector: inout TopKCollector) throws(SearchError) {
    guard clauses.allSatisfy({ $0.documentCount > 0 }) else { return }
    var start = context.documents.lowerBound
    var size = min(windowSize, ConjunctionSearch.sizes.first)
    while start < context.documents.upperBound, !collector.mustEnd() {
      isCounting = context.isCounting
      let end = min(start + size, context.documents.upperBound)
      try search(UInt32(start)..<UInt32(end), &collector)
      start = end
      size = min(2 * size, windowSize)
    }
  }

  private mutating func search(_ window: Range<UInt32>, _ collector: inout TopKCollector) throws(SearchError) {
    let rarest = clauses[order[0]].bound(window).all
    guard rarest > 0, let others = boundOfOthers(window, collector) else { return }
    let minimum = clauses[order[0]].minimumInput(collector.threshold - others)
    if !isCounting, rarest < minimum { return }
    try begin(window, minimum: isCounting ? 0 : minimum)
    let hasOneList = clauses[order[0]].lists.count == 1
    var isRead = hasOneList && !isCounting ? try keepBest(minimum) : false
    for clause in order.dropFirst() {
      if matches.isEmpty { return }
      try matches.keepHolders(clause, clauses[clause])
    }
    guard !matches.isEmpty else { return }
    // Most documents of the rarest word are gone: their postings in several lists are looked up last.
    if !hasOneList { try matches.findPostings(order[0], clauses[order[0]]) }
    if isCounting { context.counter.add(matches.count) }
    if !isRead { isRead = try hasOneList ? keepBest(window, collector) : keepBest(minimum) }
    try score(window, isRead: isRead, &collector)
  }

  // MARK: Upper bounds

  /// Returns the upper bound of the other words and pairs in a window; nil where no document holds one of the words.
  private func boundOfOthers(_ window: Range<UInt32>, _ collector: borrowing TopKCollector) -> Float? {
    var others = boundOfPairs(window, collector)
    for clause in order.dropFirst() {
      let bound = clauses[clause].bound(window).all
      guard bound > 0 else { return nil }
      others += BM25.bound(bound, clauses[clause].weight)
    }
    return others
  }

  private func boundOfPairs(_ window: Range<UInt32>, _ collector: borrowing TopKCollector) -> Float {
    collector.hasPairs ? collector.pairs.bound { clauses[$0].bound(window) } : 0
  }

  // MARK: Matches

  /// Takes the documents of the rarest word.
  ///
  /// - Parameter minimum: blocks whose inputs stay below may be left out.
  private mutating func begin(_ window: Range<UInt32>, minimum: Float) throws(SearchError) {
    let scorer = clauses[order[0]]
    if scorer.lists.count == 1 {
      try matches.begin(window, order[0], scorer.lists[0], minimum: minimum)
    } else {
      try matches.begin(window, scorer.lists)
    }
    if let allowed = context.allowed { matches.keep(allowed) }
  }

  /// Reads the inputs of the rarest word and keeps the documents with `minimum` or more; false where that does not pay.
  private mutating func keepBest(_ minimum: Float) throws(SearchError) -> Bool {
    guard minimum > 0, matches.count >= ConjunctionSearch.manyMatches else { return false }
    try matches.readInputs(order[0], clauses[order[0]])
    matches.keep(minimum: minimum)
    return true
  }

  /// Reads the inputs of the rarest word and keeps the documents that can reach the threshold by the maxima of the blocks that
  /// hold them; false where that does not pay.
  private mutating func keepBest(
    _ window: Range<UInt32>, _ collector: borrowing TopKCollector
  ) throws(SearchError) -> Bool {
    guard collector.threshold > 0, matches.count >= ConjunctionSearch.manyMatches else { return false }
    var others = boundOfPairs(window, collector)
    for clause in order.dropFirst() where clauses[clause].lists.count != 1 {
      others += BM25.bound(clauses[clause].bound(window).all, clauses[clause].weight)
    }
    try matches.keepBest(clauses, order, threshold: collector.threshold - others)
    return true
  }

  // MARK: Scores

  /// Adds up the scores in query order, as the reference search does.
  private mutating func score(
    _ window: Range<UInt32>, isRead: Bool, _ collector: inout TopKCollector
  ) throws(SearchError) {
    let count = matches.count
    scores.removeAll()
    scores.append(repeating: 0, count: count)
    for (clause, scorer) in clauses.enumerated() {
      try matches.addScores(
        clause, scorer, isRead: isRead && clause == order[0], keepsInputs: collector.hasPairs, to: &scores)
    }
    guard collector.hasPairs else {
      for index in 0..<count where scores[index] >= collector.threshold {
        try collector.addExact(matches.documents[index], scores[index])
      }
      return
    }
    try scorePairs(window, &collector)
  }

  /// Passes on the matches that may be hits with their pairs.
  private mutating func scorePairs(_ window: Range<UInt32>, _ collector: inout TopKCollector) throws(SearchError) {
    let maximum = collector.pairs.setBounds(&pairBounds) { clauses[$0].bound(window) }
    candidates.removeAll()
    for index in 0..<matches.count where scores[index] + maximum >= collector.threshold {
      let document = matches.documents[index]
      var pairs = try collector.pairs.possiblePairs(
        pairBounds, maximum: maximum, minimum: collector.threshold - scores[index]
      ) { (clause, test) throws(SearchError) in try matches.neighbours(of: index, clause, clauses[clause], test) }
      if let possible = pairs?.pairs, possible != 0 {
        pairs?.maximum = collector.pairs.bound(pairBounds, of: possible) { matches.input(index, $0) }
      }
      if let pairs, collector.add(document, scores[index], pairs) {
        candidates.append(UInt32(truncatingIfNeeded: index))
      }
    }
    try collector.flush(matches, candidates, scores)
  }
}
