/// Finds the best documents that hold any word without scoring all that match: MaxScore (Turtle and Flood 1995) in
/// windows of document numbers, with the bounds of blocks (Ding and Suel 2011).
///
/// Windows come in document order, so that each block is decoded once. In a window the clauses that cannot reach the hits
/// together are asked only about documents that hold one of the others; of these, blocks whose documents cannot reach the
/// hits are not scored. Where every match is to be counted, what is not scored is marked; of the longest list only those
/// documents are looked up that others hold.
struct DisjunctionSearch: ~Copyable {
  /// Documents in the first window and in the largest: the first ones are small so that few documents are scored before
  /// there are hits to compare with; of a large one, half of whose documents match, all that is used fits the first cache.
  private static let sizes = (first: 1024, dense: 4096, sparse: 8192)

  /// Steps towards the least score, of which the last is a 64th of what the pairs add.
  private static let halvings = 6
  /// Of more clauses none is passive where pairs count: a document holds few of them, and which ones tells its pairs.
  private static let maximumPassive = 16

  private let clauses: [ClauseScorer]
  /// Documents that may match; nil for all.
  private let allowed: DocumentSet?
  private let isCounting: Bool
  private let documentCount: Int
  /// Documents of a window at most.
  private let largest: Int
  private var board: WindowAccumulator
  /// The most that x and the score of each clause are in the window.
  private var x = GrowableBuffer<SaturationInputs>(capacity: 8)
  private var maximum = GrowableBuffer<Float>(capacity: 8)
  /// The clauses, those of the lowest bounds first.
  private var order = GrowableBuffer<Int>(capacity: 8)
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)
  private var survivors = WindowCandidates()
  /// The clause of the longest list, whose documents are counted once for all windows; -1 where they are marked as others.
  private let longest: Int
  /// Documents that were scored; without counting.
  private(set) var scoredDocuments = 0

  init(
    _ clauses: [ClauseScorer], _ documentCount: Int, allowed: DocumentSet?, isCounting: Bool, hasPairs: Bool
  ) {
    self.clauses = clauses
    self.allowed = allowed
    self.isCounting = isCounting
    self.documentCount = documentCount
    let postings = clauses.reduce(0) { $0 + $1.documentCount }
    largest = 2 * postings > documentCount ? DisjunctionSearch.sizes.dense : DisjunctionSearch.sizes.sparse
    board = WindowAccumulator(
      capacity: min(largest, documentCount), hasX: clauses.contains { $0.lists.count != 1 },
      clauses: hasPairs ? clauses.count : 0)
    let overlaps = isCounting && allowed == nil
    longest = !overlaps ? -1 : clauses.indices.max { clauses[$0].largestList < clauses[$1].largestList } ?? -1
    x.append(repeating: SaturationInputs(), count: clauses.count)
    maximum.append(repeating: 0, count: clauses.count)
    order.append(repeating: 0, count: clauses.count)
  }

  /// Gives how many documents match, if they are to be counted.
  mutating func search(_ finalists: inout TopKCollector) throws(SearchError) -> Int {
    var total = longest < 0 ? 0 : clauses[longest].largestList
    var start = 0
    var size = DisjunctionSearch.sizes.first
    while start < documentCount, !finalists.mustEnd() {
      let window = start..<min(start + size, documentCount)
      total += try search(window, &finalists)
      if finalists.isFull { try finalists.settle() }
      start = window.upperBound
      size = min(2 * size, largest)
    }
    try finalists.settle()
    return total
  }

  /// Gives how many documents of a window match, but for those of the longest list.
  private mutating func search(_ window: Range<Int>, _ finalists: inout TopKCollector) throws(SearchError) -> Int {
    let range = UInt32(window.lowerBound)..<UInt32(window.upperBound)
    let all = readBounds(range)
    guard all > 0 else { return 0 }
    let pairs = DisjunctionSearch.bounds(finalists.pairs, x, &pairBounds)
    let (passive, rest) = passiveCount(finalists, all: all, pairs: pairs)
    if passive == order.count, !isCounting { return 0 }
    board.cut = max(minimumScore(passive, rest: rest, pairs: pairs, finalists), .leastNonzeroMagnitude)
    let found = try addScores(range, passive, all: all, pairs: pairs, finalists)
    survivors.removeAll()
    if found.postings > 0 { try take(window, passive, rest: rest, finalists) }
    let overlap = try addAllPassive(passive, range, rest: rest, finalists)
    for index in 0..<survivors.documents.count {
      let pairs = PossiblePairs(pairs: finalists.hasPairs ? survivors.held[index] : 0, maximum: survivors.pairs[index])
      finalists.add(survivors.documents[index], survivors.scores[index], pairs)
    }
    let count = board.finish(window, allowed)
    if !isCounting { scoredDocuments += count }
    return count - found.inLongest - overlap
  }

  /// The least that the active clauses must score for a document to reach the hits: that score bounds x of each of them, and
  /// so what their pairs add.
  private func minimumScore(_ passive: Int, rest: Float, pairs: Float, _ finalists: borrowing TopKCollector) -> Float {
    let needed = finalists.cut - rest
    var low = needed - pairs
    guard pairs > 0, needed > 0 else { return low }
    low = max(low, 0)
    var high = needed
    for _ in 0..<DisjunctionSearch.halvings {
      let score = (low + high) / 2
      let maximum = finalists.pairBound { clause in
        for place in 0..<passive where order[place] == clause { return x[clause] }
        return x[clause].limited(to: clauses[clause].maximumInput(score))
      }
      if score + maximum < needed { low = score } else { high = score }
    }
    return low
  }

  /// Adds the scores of all other clauses; gives how many postings those have, and how many of the longest list.
  private mutating func addScores(
    _ window: Range<UInt32>, _ passive: Int, all: Float, pairs: Float, _ finalists: borrowing TopKCollector
  ) throws(SearchError) -> (postings: Int, inLongest: Int) {
    var found = (postings: 0, inLongest: 0)
    for place in passive..<order.count {
      let clause = order[place]
      let minimum = clauses[clause].minimumInput(finalists.cut - pairs - (all - maximum[clause]))
      board.begin(clause)
      let added = try clauses[clause].addScores(
        window, bound: x[clause].all, minimum: minimum, isCounting: isCounting, to: &board)
      found.postings += added.postings
      if clause == longest { found.inLongest = added.inLongest }
    }
    return found
  }

  /// Reads the scores of a window, and keeps the documents that may reach the hits.
  private mutating func take(
    _ window: Range<Int>, _ passive: Int, rest: Float, _ finalists: borrowing TopKCollector
  ) throws(SearchError) {
    board.take(window, allowed, into: &survivors)
    guard finalists.hasPairs else { return survivors.boundNothing() }
    var unread: UInt32 = 0
    for place in 0..<passive { unread |= board.bits.bit(order[place]) }
    try survivors.bound(
      pairBounds, board, finalists.pairs, window: window.lowerBound, unread: unread, from: finalists.cut - rest)
  }

  private static func bounds(
    _ pairs: PairScorer, _ x: borrowing GrowableBuffer<SaturationInputs>, _ bounds: inout GrowableBuffer<PairBound>
  ) -> Float {
    pairs.bounds(&bounds) { x[$0] }
  }

  /// Sets the bounds of all clauses in a window and their order; gives the sum.
  private mutating func readBounds(_ window: Range<UInt32>) -> Float {
    var sum: Float = 0
    for clause in clauses.indices {
      let bound = clauses[clause].bound(window)
      let score = ClauseScorer.score(bound.all, clauses[clause].weight)
      x[clause] = bound
      maximum[clause] = score
      sum += score
      var place = clause
      while place > 0, maximum[order[place - 1]] > score {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = clause
    }
    return sum
  }

  /// How many clauses, of those of the lowest bounds, cannot reach the hits together; and the most that they add.
  private func passiveCount(
    _ finalists: borrowing TopKCollector, all: Float, pairs: Float
  ) -> (count: Int, maximum: Float) {
    if finalists.hasPairs, order.count > DisjunctionSearch.maximumPassive {
      return all + pairs < finalists.cut ? (order.count, all) : (0, 0)
    }
    var sum: Float = 0
    for place in 0..<order.count {
      let clause = order[place]
      let next = sum + maximum[clause]
      // Pairs of which a word is not among them add nothing.
      let pairs =
        !finalists.hasPairs
        ? 0
        : finalists.pairBound { other in
          var isPassive = false
          for earlier in 0...place { isPassive = isPassive || order[earlier] == other }
          return isPassive ? x[other] : SaturationInputs()
        }
      if next + pairs >= finalists.cut { return (place, sum) }
      sum = next
    }
    return (order.count, sum)
  }

  /// Adds to the survivors what the passive clauses score, the highest bound first, those that cannot reach the hits go;
  /// and marks the others' documents. Gives how many of the longest list were on the board.
  private mutating func addAllPassive(
    _ passive: Int, _ window: Range<UInt32>, rest: Float, _ finalists: borrowing TopKCollector
  ) throws(SearchError) -> Int {
    guard passive > 0 else { return 0 }
    board.beginCounting()
    var rest = rest
    var overlap = 0
    survivors.keep(from: finalists.cut - rest)
    // The longest list comes when all others are marked.
    let last = (0..<passive).first { order[$0] == longest } ?? 0
    for place in stride(from: passive - 1, through: 0, by: -1) where place != last {
      overlap += try addPassive(order[place], window, rest: &rest, finalists)
    }
    return overlap + (try addPassive(order[last], window, rest: &rest, finalists))
  }

  /// The same for one clause.
  ///
  /// - Parameter rest: the most that it and those behind it add.
  private mutating func addPassive(
    _ clause: Int, _ window: Range<UInt32>, rest: inout Float, _ finalists: borrowing TopKCollector
  ) throws(SearchError) -> Int {
    rest -= maximum[clause]
    let cut = finalists.cut - max(rest, 0)
    var overlap = 0
    if isCounting {
      overlap = try survivors.add(
        clauses[clause], window, marking: board, overlaps: clause == longest, from: cut)
    } else {
      try survivors.add(clauses[clause], from: cut)
    }
    if finalists.hasPairs { survivors.drop(finalists.pairs.lostPairs[clause], pairBounds, finalists.pairs) }
    survivors.keep(from: cut)
    return overlap
  }
}
