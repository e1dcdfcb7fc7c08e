/// Finds the best documents that hold any word without scoring all that match: MaxScore (Turtle and Flood 1995) in
/// windows of document numbers, with the bounds of blocks (Ding and Suel 2011).
///
/// Windows come in document order, so that each block is decoded once. In a window the clauses that cannot reach the hits
/// together are asked only about documents that hold one of the others; of these, blocks whose documents cannot reach the
/// hits are not scored. Where every match is to be counted, what is not scored is marked.
struct UnionSearch: ~Copyable {
  /// Documents in the first window and in the largest: the first ones are small so that few documents are scored before
  /// there are hits to compare with; a large one fits the first cache.
  private static let sizes = (first: 1024, largest: 8192)

  /// Where at most one of so many documents matches, scores are looked at one by one.
  private static let sparsity = 12

  private let clauses: [ClauseScorer]
  /// Documents that may match; nil for all.
  private let allowed: DocumentSet?
  private let isCounting: Bool
  private let documentCount: Int
  private var board: ScoreBoard
  /// The most that x and the score of each clause are in the window.
  private var x = GrowableBuffer<WordX>(capacity: 8)
  private var most = GrowableBuffer<Float>(capacity: 8)
  /// The clauses, those of the lowest bounds first.
  private var order = GrowableBuffer<Int>(capacity: 8)
  private var pairBounds = GrowableBuffer<PairBound>(capacity: 8)
  private var survivors = Survivors()
  /// Documents that were scored.
  private(set) var scoredDocuments = 0

  init(
    _ clauses: [ClauseScorer], _ documentCount: Int, allowed: DocumentSet?, isCounting: Bool, hasPairs: Bool
  ) {
    self.clauses = clauses
    self.allowed = allowed
    self.isCounting = isCounting
    self.documentCount = documentCount
    board = ScoreBoard(
      capacity: min(UnionSearch.sizes.largest, documentCount), hasX: clauses.contains { $0.lists.count != 1 },
      isSparse: clauses.reduce(0) { $0 + $1.documentCount } * UnionSearch.sparsity < documentCount,
      clauses: hasPairs ? clauses.count : 0)
    x.append(repeating: WordX(), count: clauses.count)
    most.append(repeating: 0, count: clauses.count)
    order.append(repeating: 0, count: clauses.count)
  }

  /// Gives how many documents match, if they are to be counted.
  mutating func search(_ finalists: inout Finalists) throws(SearchError) -> Int {
    var total = 0
    var start = 0
    var size = UnionSearch.sizes.first
    while start < documentCount, !finalists.mustEnd() {
      let window = start..<min(start + size, documentCount)
      total += try search(window, &finalists)
      if finalists.hasPairs || finalists.isFull { try finalists.settle() }
      start = window.upperBound
      size = min(2 * size, UnionSearch.sizes.largest)
    }
    try finalists.settle()
    return total
  }

  private mutating func search(_ window: Range<Int>, _ finalists: inout Finalists) throws(SearchError) -> Int {
    let range = UInt32(window.lowerBound)..<UInt32(window.upperBound)
    let all = readBounds(range)
    guard all > 0 else { return 0 }
    let pairs = UnionSearch.bounds(finalists.pairs, x, &pairBounds)
    let (passive, rest) = passiveCount(finalists)
    let isIdle = passive == order.count
    if isIdle, !isCounting { return 0 }
    for place in 0..<passive {
      board.begin(order[place])
      if isCounting { try clauses[order[place]].mark(range, on: board) } else { board.noteAll(order[place]) }
    }
    for place in passive..<order.count {
      let clause = order[place]
      let least = clauses[clause].leastX(finalists.cut - pairs - (all - most[clause]))
      board.begin(clause)
      try clauses[clause].addScores(range, bound: x[clause].all, least: least, isCounting: isCounting, to: &board)
    }
    if let allowed { board.keep(allowed, window) }
    let count = try take(window, passive: passive, rest: rest, pairs: pairs, &finalists)
    board.clearNotes()
    return count
  }

  /// Reads the scores of a window and passes on the documents that may reach the hits.
  private mutating func take(
    _ window: Range<Int>, passive: Int, rest: Float, pairs: Float, _ finalists: inout Finalists
  ) throws(SearchError) -> Int {
    let isIdle = passive == order.count
    // What is only marked is no score.
    let least = passive == 0 ? Float.leastNonzeroMagnitude : ScoreBoard.mark * 4096
    let cut = isIdle ? Float.infinity : max(finalists.cut - pairs - rest, least)
    survivors.removeAll()
    let count = board.take(window, from: cut, into: &survivors)
    if isIdle { return count }
    scoredDocuments += count
    if finalists.hasPairs {
      let cut = finalists.cut - rest
      try survivors.bound(pairBounds, board, finalists.pairs, window: window.lowerBound, from: cut)
    } else {
      survivors.boundNothing()
    }
    if passive > 0 { try addPassive(passive, rest: rest, finalists) }
    for index in 0..<survivors.documents.count {
      finalists.add(survivors.documents[index], survivors.scores[index], pairs: survivors.pairs[index])
    }
    return count
  }

  private static func bounds(
    _ pairs: PairScorer, _ x: borrowing GrowableBuffer<WordX>, _ bounds: inout GrowableBuffer<PairBound>
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
      most[clause] = score
      sum += score
      var place = clause
      while place > 0, most[order[place - 1]] > score {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = clause
    }
    return sum
  }

  /// How many clauses, of those of the lowest bounds, cannot reach the hits together; and the most that they add.
  private func passiveCount(_ finalists: borrowing Finalists) -> (count: Int, most: Float) {
    var sum: Float = 0
    for place in 0..<order.count {
      let clause = order[place]
      let next = sum + most[clause]
      // Pairs of which a word is not among them add nothing.
      let pairs =
        !finalists.hasPairs
        ? 0
        : finalists.pairBound { other in
          var isPassive = false
          for earlier in 0...place { isPassive = isPassive || order[earlier] == other }
          return isPassive ? x[other] : WordX()
        }
      if next + pairs >= finalists.cut { return (place, sum) }
      sum = next
    }
    return (order.count, sum)
  }

  /// Adds to the survivors what the passive clauses score, the highest bound first; those that cannot reach the hits go.
  private mutating func addPassive(
    _ passive: Int, rest: Float, _ finalists: borrowing Finalists
  ) throws(SearchError) {
    var rest = rest
    survivors.keep(from: finalists.cut - rest)
    for place in stride(from: passive - 1, through: 0, by: -1) {
      let clause = order[place]
      rest -= most[clause]
      try survivors.add(clauses[clause], from: finalists.cut - max(rest, 0))
    }
  }
}
