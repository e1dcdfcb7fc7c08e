/// Finds the best documents that hold all words: those of the rarest word are looked up in the other lists, window by
/// window; what cannot be a hit is left out as soon as that is known.
struct ConjunctionSearch: ~Copyable {
  /// Documents that are looked at together: few at first, so that there are soon hits to compare with; as many as keep
  /// buffers small.
  private static let sizes = (first: 1024, largest: 8192)
  /// Windows of a segment where not all matches are looked at, about: smaller ones have tighter bounds.
  private static let windows = 32
  /// Documents of the rarest word for which a window pays.
  private static let minimumDocuments = 128
  /// From so many on some are left out.
  private static let many = 32

  private let clauses: [ClauseScorer]
  /// The places of the clauses, the rarest first.
  private let order: [Int]
  private let allowed: DocumentSet?
  private let documentCount: Int
  private let isCounting: Bool
  private let windowSize: Int
  /// Clauses whose lists hold documents that weigh nothing.
  private let unsure: [Int]
  private var matches: Matches
  private var scores = GrowableBuffer<Float>(capacity: 128)
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)
  private var candidates = GrowableBuffer<UInt32>(capacity: 0)

  /// - Parameter clauses: with bounds.
  init(_ clauses: [ClauseScorer], _ documentCount: Int, allowed: DocumentSet?, isCounting: Bool) {
    self.clauses = clauses
    let order = clauses.indices.sorted { (clauses[$0].documentCount, $0) < (clauses[$1].documentCount, $1) }
    self.order = order
    self.allowed = allowed
    self.documentCount = documentCount
    self.isCounting = isCounting
    unsure = clauses.indices.filter { clauses[$0].mayWeighNothing }
    let rarest = max(1, clauses[order[0]].documentCount)
    windowSize = ConjunctionSearch.windowSize(documentCount, rarest: rarest, isCounting: isCounting)
    matches = Matches(clauses: clauses.count, windowSize: min(windowSize, documentCount))
  }

  private static func windowSize(_ documents: Int, rarest: Int, isCounting: Bool) -> Int {
    if isCounting { return sizes.largest }
    let size = max(documents / windows, documents / rarest * minimumDocuments)
    return (min(sizes.largest, max(sizes.first, size)) + 63) / 64 * 64
  }

  /// Gives how many documents match; of those that may be hits, where matches are not counted.
  mutating func search(_ finalists: inout TopKCollector) throws(SearchError) -> Int {
    guard clauses.allSatisfy({ $0.documentCount > 0 }) else { return 0 }
    var total = 0
    var start = 0
    var size = min(windowSize, ConjunctionSearch.sizes.first)
    while start < documentCount, !finalists.mustEnd() {
      let end = min(start + size, documentCount)
      total += try search(UInt32(start)..<UInt32(end), &finalists)
      start = end
      size = min(2 * size, windowSize)
    }
    return total
  }

  private mutating func search(_ window: Range<UInt32>, _ finalists: inout TopKCollector) throws(SearchError) -> Int {
    let rarest = clauses[order[0]].bound(window).all
    guard rarest > 0, let others = boundOfOthers(window, finalists) else { return 0 }
    let minimum = clauses[order[0]].minimumInput(finalists.cut - others)
    if !isCounting, rarest < minimum { return 0 }
    try begin(window, minimum: isCounting ? 0 : minimum)
    let isSimple = clauses[order[0]].lists.count == 1
    var isRead = isSimple && !isCounting ? try keepBest(minimum) : false
    for clause in order.dropFirst() {
      if matches.isEmpty { return 0 }
      try matches.keepHolders(clause, clauses[clause])
    }
    guard !matches.isEmpty else { return 0 }
    // Most documents of the rarest word are gone: where they stand in several lists is looked up last.
    if !isSimple { try matches.readPlaces(order[0], clauses[order[0]]) }
    for clause in unsure { try matches.keepWeighing(clause, clauses[clause]) }
    let total = matches.count
    if !isRead { isRead = try isSimple ? keepBest(window, finalists) : keepBest(minimum) }
    try score(window, isRead: isRead, &finalists)
    return total
  }

  /// The most that the other words and pairs add in a window; nil where no document holds one of the words.
  private func boundOfOthers(_ window: Range<UInt32>, _ finalists: borrowing TopKCollector) -> Float? {
    var others = boundOfPairs(window, finalists)
    for clause in order.dropFirst() {
      let bound = clauses[clause].bound(window).all
      guard bound > 0 else { return nil }
      others += ClauseScorer.score(bound, clauses[clause].weight)
    }
    return others
  }

  private func boundOfPairs(_ window: Range<UInt32>, _ finalists: borrowing TopKCollector) -> Float {
    finalists.hasPairs ? finalists.pairBound { clauses[$0].bound(window) } : 0
  }

  /// Takes the documents of the rarest word.
  ///
  /// - Parameter least: those of blocks whose x stays below may be left out.
  private mutating func begin(_ window: Range<UInt32>, minimum: Float) throws(SearchError) {
    let scorer = clauses[order[0]]
    if scorer.lists.count == 1 {
      try matches.begin(window, order[0], scorer.lists[0], minimum: minimum)
    } else {
      try matches.begin(window, scorer.lists)
    }
    if let allowed { matches.keep(allowed) }
  }

  /// Reads x of the rarest word and keeps the documents of which it is enough; false where that does not pay.
  private mutating func keepBest(_ minimum: Float) throws(SearchError) -> Bool {
    guard minimum > 0, matches.count >= ConjunctionSearch.many else { return false }
    try matches.readX(order[0], clauses[order[0]])
    matches.keep(minimum: minimum)
    return true
  }

  /// The same by the bounds of the blocks that hold the documents.
  private mutating func keepBest(
    _ window: Range<UInt32>, _ finalists: borrowing TopKCollector
  ) throws(SearchError) -> Bool {
    guard finalists.cut > 0, matches.count >= ConjunctionSearch.many else { return false }
    var others = boundOfPairs(window, finalists)
    for clause in order.dropFirst() where clauses[clause].lists.count != 1 {
      others += ClauseScorer.score(clauses[clause].bound(window).all, clauses[clause].weight)
    }
    try matches.keepBest(clauses, order, cut: finalists.cut - others)
    return true
  }

  /// Adds the scores up in query order, as the oracle does.
  private mutating func score(
    _ window: Range<UInt32>, isRead: Bool, _ finalists: inout TopKCollector
  ) throws(SearchError) {
    let count = matches.count
    scores.removeAll()
    scores.append(repeating: 0, count: count)
    for (clause, scorer) in clauses.enumerated() {
      try matches.addScores(
        clause, scorer, isRead: isRead && clause == order[0], keepsX: finalists.hasPairs, to: &scores)
    }
    guard finalists.hasPairs else {
      for index in 0..<count where scores[index] >= finalists.cut {
        try finalists.addExact(matches.rows.documents[index], scores[index])
      }
      return
    }
    try scorePairs(window, &finalists)
  }

  /// Adds what pairs score, of the matches that may be hits with them.
  private mutating func scorePairs(_ window: Range<UInt32>, _ finalists: inout TopKCollector) throws(SearchError) {
    let maximum = finalists.pairBounds(&pairBounds) { clauses[$0].bound(window) }
    candidates.removeAll()
    for index in 0..<matches.count where scores[index] + maximum >= finalists.cut {
      let document = matches.rows.documents[index]
      let minimum = finalists.cut - scores[index]
      var pairs = try finalists.pairs.bound(
        pairBounds, in: document, clauses: .max, maximum, minimum: minimum)
      if let held = pairs?.pairs, held != 0 {
        pairs?.maximum = finalists.pairs.bound(pairBounds, of: held) { matches.x(index, $0) }
      }
      if let pairs, finalists.add(document, scores[index], pairs) {
        candidates.append(UInt32(truncatingIfNeeded: index))
      }
    }
    try finalists.settle(matches, candidates, scores)
  }
}
