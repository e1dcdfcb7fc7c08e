/// Finds the best documents that hold any word without scoring all that match: MaxScore (Turtle and Flood 1995) in
/// windows of document numbers, with block maxima (Ding and Suel 2011).
///
/// Windows come in document order, so that each block is decoded once. In a window the non-essential clauses, which cannot
/// reach the threshold together, are looked up only for documents that hold one of the others; of these, blocks whose
/// documents cannot reach it are not scored. Where every match is counted, documents that are not scored are marked; of the longest list only
/// those documents are looked up that other clauses hold.
///
/// Clauses that only score are never essential, marked or counted. Where pairs contribute, all others are essential in windows
/// in which that takes less work (`EssentialChoice`).
///
/// Upper bounds of pairs would leave little of the threshold, if each document could contain all of them. So the bound of a pair is
/// added to the documents alone whose neighbours, of one of its words, allow the pair: an essential word while it is scored, else
/// the rarer one, whose neighbours are read for that. A document without essential words can be a candidate by its pairs.
///
///     for each window
///         split clauses into non-essential (those that only score, then the lowest bounds) and essential
///         accumulate the scores of the essential clauses, and the bounds of the pairs that neighbours allow
///         candidates = documents that can reach the threshold with all that is left
///         for each non-essential clause, highest bound first
///             add its scores to the candidates, drop those that cannot reach the threshold
///         pass the candidates on to the collector
struct DisjunctionSearch: ~Copyable {
  /// Documents of the first window and of the largest: the first ones are small so that few documents are scored before
  /// there is a threshold; of a large one, half of whose documents match, all that is used fits the first cache.
  private static let sizes = (first: 1024, dense: 4096, sparse: 8192)

  private let context: SegmentContext
  private let clauses: [ClauseScorer]
  private let documentCount: Int
  /// Documents of the largest window.
  private let largest: Int
  private var accumulator: WindowAccumulator
  /// Upper bounds of the input and of the score of each clause in the window.
  private var inputs = GrowableBuffer<SaturationInputs>(capacity: 8)
  private var bounds = GrowableBuffer<Float>(capacity: 8)
  /// Number of clauses that only score.
  private let scoringOnly: Int
  /// The clauses: those that only score, then those of the lowest bounds first.
  private var order = GrowableBuffer<Int>(capacity: 8)
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)
  /// For each clause the upper bounds that are added to scores with its neighbours, and whether it is essential in the window.
  private var added = GrowableBuffer<PairSums>(capacity: 8)
  private var isEssential = GrowableBuffer<Bool>(capacity: 8)
  private var candidates = WindowCandidates()
  /// The pairs whose words' neighbours are in the accumulator.
  private var tested = NeighbourBits()
  /// Which clauses are looked up, where that can be chosen.
  private var choice = EssentialChoice()
  /// The clause of the longest list, whose documents are counted once for all windows; -1 where they are marked like others.
  private let longest: Int
  /// Matches are counted in the window.
  private var isCounting: Bool

  /// - Parameter hasPairs: some pair contributes.
  init(_ context: SegmentContext, _ clauses: [ClauseScorer], hasPairs: Bool) {
    self.context = context
    self.clauses = clauses
    documentCount = context.segment.documentCount
    scoringOnly = clauses.count { $0.scoresOnly }
    let postings = clauses.reduce(0) { $0 + ($1.scoresOnly ? 0 : $1.documentCount) }
    largest = 2 * postings > documentCount ? DisjunctionSearch.sizes.dense : DisjunctionSearch.sizes.sparse
    accumulator = WindowAccumulator(
      capacity: min(largest, documentCount), hasInputs: clauses.contains { $0.lists.count != 1 },
      clauses: hasPairs ? clauses.count : 0)
    isCounting = context.isCounting
    let countsOverlap = isCounting && context.allowed == nil
    let matching = clauses.indices.filter { !clauses[$0].scoresOnly }
    longest =
      !countsOverlap ? -1 : matching.max { clauses[$0].largestList < clauses[$1].largestList } ?? -1
    inputs.append(repeating: SaturationInputs(), count: clauses.count)
    bounds.append(repeating: 0, count: clauses.count)
    order.append(repeating: 0, count: clauses.count)
    added.append(repeating: PairSums(), count: clauses.count)
    isEssential.append(repeating: false, count: clauses.count)
  }

  /// Passes all candidates on, and counts the matches.
  mutating func search(_ collector: inout TopKCollector) throws(SearchError) {
    if longest >= 0 { context.counter.add(clauses[longest].largestList) }
    var start = 0
    var size = DisjunctionSearch.sizes.first
    while start < documentCount, !collector.mustEnd() {
      let window = start..<min(start + size, documentCount)
      isCounting = context.isCounting
      try search(window, &collector)
      if collector.isFull { try collector.flush() }
      start = window.upperBound
      size = min(2 * size, largest)
    }
    try collector.flush()
  }

  /// Searches a window and counts its matches, except those of the longest list.
  private mutating func search(_ window: Range<Int>, _ collector: inout TopKCollector) throws(SearchError) {
    let range = UInt32(window.lowerBound)..<UInt32(window.upperBound)
    let all = setBounds(range)
    guard all > 0 else { return }
    let pairs = setPairBounds(collector.pairs)
    // Then matches are counted alone.
    let isHopeless = all + pairs.all < collector.threshold
    if isHopeless, !isCounting { return }
    let (count, tail) = isHopeless ? (order.count, all) : nonEssential(collector, openPairs: pairs.open)
    defer { choice.end(window.count) }
    if !isHopeless { chooseAdded(from: count, collector.pairs) }
    accumulator.threshold = max(collector.threshold - tail - pairs.open, Float.zero.nextUp)
    let found = try addEssential(range, from: count, all: all, pairs: pairs.all, collector)
    let tested = isHopeless ? 0 : try addPairs(range, nonEssential: count, collector.pairs)
    choice.effort += found.postings * EssentialChoice.costs.scored + tested * EssentialChoice.costs.tested
    takeCandidates(window, hasPostings: found.postings + tested > 0, nonEssential: count, tail: tail, collector)
    let overlap = try addNonEssential(count, range, tail: tail, collector)
    for index in 0..<candidates.documents.count {
      let pairs = PossiblePairs(
        pairs: collector.hasPairs ? candidates.possible[index] : 0, maximum: candidates.pairBounds[index])
      collector.add(candidates.documents[index], candidates.scores[index], pairs)
    }
    let matches = accumulator.finish(window, context.allowed)
    if isCounting { context.counter.add(matches - found.inLongest - overlap) }
  }

  // MARK: Upper bounds

  /// Sets the bounds of all clauses in a window and their order; returns the sum.
  private mutating func setBounds(_ window: Range<UInt32>) -> Float {
    var sum: Float = 0
    for clause in clauses.indices {
      let bound = clauses[clause].bound(window)
      let score = BM25.bound(bound.all, clauses[clause].weight)
      inputs[clause] = bound
      bounds[clause] = score
      sum += score
      var index = clause
      while index > 0, isBefore(clause, order[index - 1]) {
        order[index] = order[index - 1]
        index -= 1
      }
      order[index] = clause
    }
    return sum
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    clauses[a].scoresOnly == clauses[b].scoresOnly ? bounds[a] < bounds[b] : clauses[a].scoresOnly
  }

  /// Sets the upper bounds of the pairs; returns the sum of all, and of those that are not added to documents.
  private mutating func setPairBounds(_ pairs: PairScorer) -> (all: Float, open: Float) {
    let all = pairs.setBounds(&pairBounds) { inputs[$0] }
    var open: Float = 0
    for index in 0..<pairBounds.count where !pairBounds[index].canAdd { open += pairBounds[index].maximum }
    return (all, open)
  }

  /// Returns the number of non-essential clauses, whose upper bounds, the lowest ones, sum to less than the threshold; and that
  /// sum. Those that only score are among them whatever their bounds.
  ///
  /// - Parameter openPairs: upper bound of the pairs that are not added to the documents that may contain them.
  private func nonEssential(_ collector: borrowing TopKCollector, openPairs: Float) -> (count: Int, tail: Float) {
    let keepsAll = collector.hasPairs && order.count > scoringOnly + 1 && choice.allAreEssential
    var sum: Float = 0
    for index in 0..<order.count {
      if keepsAll, index == scoringOnly { return (index, sum) }
      let next = sum + bounds[order[index]]
      if index >= scoringOnly, next + openPairs >= collector.threshold { return (index, sum) }
      sum = next
    }
    return (order.count, sum)
  }

  /// Chooses for each pair that can be added the word with whose neighbours that is done: an essential one, the rarer one of two.
  private mutating func chooseAdded(from first: Int, _ pairs: PairScorer) {
    guard !pairs.isEmpty else { return }
    for index in 0..<order.count {
      added[order[index]] = PairSums()
      isEssential[order[index]] = index >= first
    }
    for index in 0..<pairBounds.count {
      let bound = pairBounds[index]
      switch site(bound, pairs) {
      case bound.first?:
        added[bound.first].next = bound.maximum
        pairBounds[index].added = NeighbourBits(first: NeighbourBits[bound.pair]).word
      case let second?:
        added[second].previous = bound.maximum
        pairBounds[index].added = NeighbourBits(second: NeighbourBits[bound.pair]).word
      case nil: pairBounds[index].added = 0
      }
    }
  }

  /// Returns the word of a pair with whose neighbours its bound is added.
  private func site(_ bound: PairBound, _ pairs: PairScorer) -> Int? {
    guard bound.canAdd else { return nil }
    let (first, second) = (bound.first, bound.first + 1)
    guard pairs.canAdd[first] else { return second }
    guard pairs.canAdd[second] else { return first }
    if isEssential[first] != isEssential[second] { return isEssential[first] ? first : second }
    return clauses[first].documentCount <= clauses[second].documentCount ? first : second
  }

  // MARK: Scores

  /// Accumulates the scores of the essential clauses; returns the number of their postings, and of those of the longest list.
  private mutating func addEssential(
    _ window: Range<UInt32>, from first: Int, all: Float, pairs: Float, _ collector: borrowing TopKCollector
  ) throws(SearchError) -> (postings: Int, inLongest: Int) {
    var found = (postings: 0, inLongest: 0)
    tested = NeighbourBits()
    for index in first..<order.count {
      let clause = order[index]
      let others = all - bounds[clause]
      let minimum = clauses[clause].minimumInput(collector.threshold - pairs - others)
      accumulator.clause = clause
      setTest(clause, collector.pairs, adding: added[clause])
      let read = try clauses[clause].addScores(
        window, bound: inputs[clause].all, minimum: minimum, isCounting: isCounting, to: &accumulator)
      found.postings += read.postings
      if clause == longest { found.inLongest = read.inLongest }
    }
    return found
  }

  /// Adds the upper bounds of the pairs whose words are both non-essential; returns the number of postings that were read.
  private mutating func addPairs(
    _ window: Range<UInt32>, nonEssential: Int, _ pairs: PairScorer
  ) throws(SearchError) -> Int {
    guard !pairs.isEmpty else { return 0 }
    var postings = 0
    for index in 0..<nonEssential {
      let clause = order[index]
      guard added[clause].isAny else { continue }
      setTest(clause, pairs, adding: added[clause])
      for list in clauses[clause].lists { postings += try list.addPairs(window, to: accumulator) }
    }
    return postings
  }

  /// Lets the accumulator test the neighbours of a clause.
  ///
  /// - Parameter sums: the upper bounds that it adds to scores with them.
  private mutating func setTest(_ clause: Int, _ pairs: PairScorer, adding sums: PairSums = PairSums()) {
    accumulator.test = pairs.isEmpty ? nil : pairs.tests[clause]
    accumulator.added = sums
    if let test = accumulator.test { tested = tested | test.bits }
  }

  /// Takes the scores of a window, if postings were accumulated, and keeps the documents that can reach the threshold.
  private mutating func takeCandidates(
    _ window: Range<Int>, hasPostings: Bool, nonEssential: Int, tail: Float, _ collector: borrowing TopKCollector
  ) {
    candidates.take(&accumulator, window, context.allowed, hasPostings: hasPostings)
    guard hasPostings, collector.hasPairs else { return candidates.setNoBounds() }
    var unread: UInt32 = 0
    for index in 0..<nonEssential { unread |= accumulator.bits[order[index]] }
    candidates.setBounds(
      pairBounds, accumulator, window: window.lowerBound, unread: unread, tested: tested,
      threshold: collector.threshold - tail)
  }

  /// Scores the non-essential clauses on the window's candidates, highest upper bound first, dropping candidates that can no
  /// longer enter the top k. When counting, also sets the match bits of all documents of these clauses; returns how many of
  /// the longest list were marked already.
  private mutating func addNonEssential(
    _ count: Int, _ window: Range<UInt32>, tail: Float, _ collector: borrowing TopKCollector
  ) throws(SearchError) -> Int {
    guard count > 0 else { return 0 }
    accumulator.clause = nil
    var tail = tail
    var overlap = 0
    candidates.keep(threshold: collector.threshold - tail)
    // The longest list comes when all others are marked.
    let last = (0..<count).first { order[$0] == longest } ?? 0
    for index in stride(from: count - 1, through: 0, by: -1) where index != last {
      overlap += try addNonEssential(order[index], window, tail: &tail, collector)
    }
    return overlap + (try addNonEssential(order[last], window, tail: &tail, collector))
  }

  /// Scores one non-essential clause of several lists by reading all its postings in the window, with their neighbours; false where
  /// there are so few candidates that looking them up takes less.
  private mutating func readWhole(
    _ clause: Int, _ window: Range<UInt32>, _ pairs: PairScorer
  ) throws(SearchError) -> Bool {
    let scorer = clauses[clause]
    guard scorer.lists.count > 1 else { return false }
    let lookUps = candidates.documents.count * scorer.lists.count * EssentialChoice.costs.lookUp
    let postings = scorer.documentCount * window.count / max(1, documentCount)
    guard lookUps > postings * EssentialChoice.costs.scored else { return false }
    setTest(clause, pairs)
    for list in scorer.lists {
      let read = try list.addInputs(window, minimum: 0, isCounting: false, to: &accumulator)
      choice.effort += read * EssentialChoice.costs.scored
    }
    candidates.takeInputs(of: scorer, &accumulator, from: window.lowerBound)
    guard !pairs.isEmpty else { return true }
    let bits = pairs.tests[clause]?.bits ?? NeighbourBits()
    candidates.keepPairs(
      pairBounds, accumulator, from: Int(window.lowerBound), tested: bits, lost: pairs.lostPairs[clause], pairs)
    return true
  }

  /// Scores one non-essential clause on the candidates.
  ///
  /// - Parameter tail: sum of its bound and those of the clauses after it; reduced by its own.
  private mutating func addNonEssential(
    _ clause: Int, _ window: Range<UInt32>, tail: inout Float, _ collector: borrowing TopKCollector
  ) throws(SearchError) -> Int {
    tail -= bounds[clause]
    let threshold = collector.threshold - max(tail, 0)
    var overlap = 0
    if !isCounting, try readWhole(clause, window, collector.pairs) {
      candidates.keep(threshold: threshold)
      return 0
    }
    choice.effort += EssentialChoice.costs.lookUp * candidates.documents.count * clauses[clause].lists.count
    if isCounting, !clauses[clause].scoresOnly {
      choice.effort +=
        clauses[clause].documentCount * window.count / max(1, documentCount) * EssentialChoice.costs.tested
      overlap = try candidates.add(
        clauses[clause], window, marking: accumulator, countsOverlap: clause == longest, threshold: threshold)
    } else {
      try candidates.add(clauses[clause], threshold: threshold)
    }
    if collector.hasPairs {
      candidates.removeLostPairs(collector.pairs.lostPairs[clause], pairBounds, collector.pairs)
    }
    candidates.keep(threshold: threshold)
    return overlap
  }
}

/// Chooses between two ways to search windows where pairs contribute: with non-essential clauses, which are looked up for
/// candidates alone, or with all clauses essential: then more postings are scored, but the neighbours of all words exclude most
/// pairs before anything is looked up. A word of many lists makes look-ups dear.
///
/// Both ways are tried, and the one that took less work for a document is taken; the other one is tried again now and then. Work is
/// counted, not timed: the choice depends on the documents alone.
private struct EssentialChoice {
  /// What a posting takes that is scored, one of which the neighbours alone are read, and a look-up in a list.
  static let costs = (scored: 3, tested: 1, lookUp: 9)
  /// Windows between two trials of the other way.
  private static let trials = 16

  /// The work for each document, of the last windows that were searched in either way; nil before the first.
  private var work: (some: Float?, all: Float?) = (nil, nil)
  private var windows = 0
  /// The work in the window at work, in `costs`.
  var effort = 0
  /// The window at work is searched with all clauses essential.
  private(set) var allAreEssential = false

  /// Ends a window, and chooses the way of the next one.
  mutating func end(_ documents: Int) {
    let own = Float(effort) / Float(max(1, documents))
    if allAreEssential {
      work.all = work.all.map { ($0 + own) / 2 } ?? own
    } else {
      work.some = work.some.map { ($0 + own) / 2 } ?? own
    }
    effort = 0
    windows += 1
    guard let some = work.some, let all = work.all else {
      allAreEssential = work.some != nil
      return
    }
    let isTrial = windows % EssentialChoice.trials == 0
    allAreEssential = (all < some) != isTrial
  }
}
