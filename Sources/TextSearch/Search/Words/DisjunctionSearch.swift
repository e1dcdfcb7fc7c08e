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
/// Upper bounds of pairs would leave little of the threshold, if each document could contain all of them. So the bound of a pair with
/// an essential word is added to the documents alone whose neighbours, of that word, allow the pair. Those of the other pairs are
/// taken off the threshold, as those of the non-essential clauses are.
///
///     for each window
///         split clauses into non-essential (those that only score, then the lowest bounds) and essential
///         accumulate the scores of the essential clauses, and the bounds of the pairs that neighbours allow
///         candidates = documents that can reach the threshold with all that is left
///         for each non-essential clause, highest bound first
///             add its scores to the candidates, drop those that cannot reach the threshold
///         pass the candidates on to the collector
struct DisjunctionSearch: ~Copyable {
  /// Documents of the first window: few, so that few documents are scored before there is a threshold.
  private static let firstSize = 2048
  /// Documents of the largest window: of all a share that makes what a window takes whatever it holds little, within limits. What is used
  /// of a window fits the second cache.
  private static func largestSize(_ documents: Int) -> Int { min(max(documents / 16, 4096), 32_768) / 64 * 64 }

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
  private var pairMaxima: PairMaxima
  /// For each clause the upper bounds that are added to scores with its neighbours, and whether it is essential in the window.
  private var added = GrowableBuffer<PairSums>(capacity: 8)
  private var isEssential = GrowableBuffer<Bool>(capacity: 8)
  private var candidates = WindowCandidates()
  /// The pairs whose words' neighbours are in the accumulator.
  private var tested = NeighbourBits()
  /// Which clauses are looked up, where that can be chosen.
  private var choice: EssentialChoice
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
    choice = EssentialChoice(postings: postings, documents: documentCount)
    pairMaxima = PairMaxima(pairBounds, areTwoSided: true)
    largest = DisjunctionSearch.largestSize(documentCount)
    accumulator = WindowAccumulator(
      capacity: min(largest, documentCount), hasInputs: clauses.contains { $0.lists.count > 1 },
      hasPairs: hasPairs)
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
    if longest >= 0, context.isFirstPart { context.counter.add(clauses[longest].largestList) }
    var start = context.documents.lowerBound
    var size = DisjunctionSearch.firstSize
    while start < context.documents.upperBound, !collector.mustEnd() {
      let window = start..<min(start + size, context.documents.upperBound)
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
    let pairs = collector.pairs.setBounds(&pairBounds) { inputs[$0] }
    // Then matches are counted alone.
    let isHopeless = all + pairs < collector.threshold
    if isHopeless, !isCounting { return }
    let (count, tail, open) = isHopeless ? (order.count, all, pairs) : nonEssential(collector)
    defer { choice.end(window.count) }
    if !isHopeless { chooseAdded(collector.pairs) }
    accumulator.threshold = max(collector.threshold - tail - open, Float.zero.nextUp)
    let found = try addEssential(range, from: count, all: all, pairs: pairs, collector)
    choice.effort += found.postings * EssentialChoice.costs.scored
    takeCandidates(window, hasPostings: found.postings > 0, tail: tail, collector)
    choice.effort += candidates.documents.count * EssentialChoice.costs.candidate
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

  /// Chooses the non-essential clauses: those of the lowest upper bounds, which sum to less than the threshold, with the bounds of the
  /// pairs that no essential clause is in. Those that only score are among them whatever their bounds.
  ///
  /// - Returns: their number, the sum of their bounds, and of those of the pairs that are not added to documents.
  private mutating func nonEssential(_ collector: borrowing TopKCollector) -> (count: Int, tail: Float, open: Float) {
    for index in 0..<order.count { isEssential[order[index]] = index >= scoringOnly }
    var count = scoringOnly
    var tail: Float = 0
    for index in 0..<count { tail += bounds[order[index]] }
    var open = openPairs(collector.pairs)
    if collector.hasPairs, choice.allAreEssential { return (count, tail, open) }
    while count < order.count {
      let clause = order[count]
      isEssential[clause] = false
      let others = openPairs(collector.pairs)
      guard tail + bounds[clause] + others < collector.threshold else {
        isEssential[clause] = true
        break
      }
      tail += bounds[clause]
      open = others
      count += 1
    }
    return (count, tail, open)
  }

  /// Returns the sum of the upper bounds of the pairs that are not added to documents.
  private func openPairs(_ pairs: PairScorer) -> Float {
    var sum: Float = 0
    for index in 0..<pairBounds.count where site(pairBounds[index], pairs) == nil { sum += pairBounds[index].maximum }
    return sum
  }

  /// Sets for each clause the pairs that are added with its neighbours: each pair with an essential word, the rarer one of two.
  private mutating func chooseAdded(_ pairs: PairScorer) {
    guard !pairs.isEmpty else { return }
    for clause in clauses.indices { added[clause] = PairSums() }
    for index in 0..<pairBounds.count {
      let bound = pairBounds[index]
      switch site(bound, pairs) {
      case bound.first?:
        added[bound.first].next = bound.maximum
        pairBounds[index].added = bound.bits.next
      case let second?:
        added[second].previous = bound.maximum
        pairBounds[index].added = bound.bits.previous
      case nil: pairBounds[index].added = 0
      }
    }
    pairMaxima = PairMaxima(pairBounds, areTwoSided: pairs.areTwoSided)
  }

  /// Returns the essential word of a pair with whose neighbours its bound is added; nil where there is none.
  private func site(_ bound: PairBound, _ pairs: PairScorer) -> Int? {
    let (first, second) = (bound.first, bound.first + 1)
    let isFirst = bound.bits.next != 0 && isEssential[first] && pairs.hasTest[first]
    let isSecond = bound.bits.previous != 0 && isEssential[second] && pairs.hasTest[second]
    guard isFirst, isSecond else { return isFirst ? first : isSecond ? second : nil }
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
      setTest(clause, collector.pairs, adding: added[clause])
      let read = try clauses[clause].addScores(
        window, bound: inputs[clause].all, minimum: minimum, isCounting: isCounting, to: &accumulator)
      found.postings += read.postings
      if clause == longest { found.inLongest = read.inLongest }
    }
    return found
  }

  /// Lets the accumulator test the neighbours of a clause.
  ///
  /// - Parameter sums: the upper bounds that it adds to scores with them.
  private mutating func setTest(_ clause: Int, _ pairs: PairScorer, adding sums: PairSums = PairSums()) {
    let test = pairs.isEmpty ? nil : pairs.tests[clause]
    accumulator.test = test
    accumulator.added = sums
    if let test { tested = tested | test.bits }
  }

  /// Takes the scores of a window, if postings were accumulated, and keeps the documents that can reach the threshold.
  private mutating func takeCandidates(
    _ window: Range<Int>, hasPostings: Bool, tail: Float, _ collector: borrowing TopKCollector
  ) {
    candidates.take(&accumulator, window, context.allowed, hasPostings: hasPostings)
    guard hasPostings, collector.hasPairs else { return candidates.setNoBounds() }
    candidates.setBounds(
      pairMaxima, accumulator, window: window.lowerBound, tested: tested, threshold: collector.threshold - tail)
  }

  /// Scores the non-essential clauses on the window's candidates, highest upper bound first, dropping candidates that can no
  /// longer enter the top k. When counting, also sets the match bits of all documents of these clauses; returns how many of
  /// the longest list were marked already.
  private mutating func addNonEssential(
    _ count: Int, _ window: Range<UInt32>, tail: Float, _ collector: borrowing TopKCollector
  ) throws(SearchError) -> Int {
    guard count > 0 else { return 0 }
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
      pairMaxima, accumulator, from: Int(window.lowerBound), tested: bits, lost: pairs.lostPairs[clause])
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
        clauses[clause].documentCount * window.count / max(1, documentCount) * EssentialChoice.costs.marked
      overlap = try candidates.add(
        clauses[clause], window, marking: accumulator, countsOverlap: clause == longest, threshold: threshold)
    } else {
      try candidates.add(clauses[clause], threshold: threshold)
    }
    if collector.hasPairs {
      candidates.removeLostPairs(collector.pairs.lostPairs[clause], pairMaxima)
    }
    candidates.keep(threshold: threshold)
    return overlap
  }
}

/// Chooses between two ways to search windows where pairs contribute: with non-essential clauses, which are looked up for
/// candidates alone, or with all clauses essential: then more postings are scored, but the neighbours of all words exclude most
/// pairs before anything is looked up. A word of many lists makes look-ups dear.
///
/// Both ways are tried, and the one that took less work for a document is taken; the other one is tried again now and then, but not
/// the second where its postings alone take more. Work is counted, not timed: the choice depends on the documents alone.
private struct EssentialChoice {
  /// What takes about as many nanoseconds: a posting that is scored, one that is marked, a candidate, a look-up in a list.
  static let costs = (scored: 5, marked: 3, candidate: 35, lookUp: 30)
  /// Windows between two trials of the other way.
  private static let trials = 64

  /// The work for each document of scoring all postings.
  private let postings: Float
  /// The work for each document, of the last windows that were searched in either way; nil before the first.
  private var work: (some: Float?, all: Float?) = (nil, nil)
  private var windows = 0
  /// The work in the window at work, in `costs`.
  var effort = 0
  /// The window at work is searched with all clauses essential.
  private(set) var allAreEssential = false

  /// - Parameter postings: those of all clauses that match.
  init(postings: Int, documents: Int) {
    self.postings = Float(EssentialChoice.costs.scored * postings) / Float(max(1, documents))
  }

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
    guard let some = work.some else { return }
    guard let all = work.all else {
      allAreEssential = postings < some
      return
    }
    let isTrial = windows % EssentialChoice.trials == 0
    allAreEssential = (all < some) != isTrial && postings < some
  }
}
