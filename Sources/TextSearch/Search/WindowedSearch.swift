/// Finds the best documents of a segment without scoring all that match: MaxScore (Turtle and Flood 1995) in windows of
/// document numbers, with the bounds of blocks (Ding and Suel 2011), the windows of the highest bounds first.
///
/// A window's bound is the sum of its clauses' bounds and of what adjacent words may add. Windows that cannot reach the worst of the best hits so
/// far end the search. In a window, clauses that together cannot reach it are asked only about documents that hold one of the others.
/// Survivors are scored as the oracle does, clause by clause in query order: the same bits.
struct WindowedSearch: ~Copyable {
  /// Bounds are computed in another order than scores: they count a little more.
  private static let margin: Float = 1 + 1 / 65_536
  /// Documents of a word that may be looked at before all others.
  private static let fewDocuments = 4096

  private let segment: Segment
  private let clauses: [ClauseScorer]
  private let pairs: [AdjacentPair]
  private let pairNormalizers: (other: [Float], vietnamese: [Float])
  /// Documents that may match; nil for all.
  private let allowed: DocumentSet?
  private let requiresAll: Bool
  private let stretch: Float
  private let windowSize: Int
  private var top: TopHits
  private var floor: Float
  private let limit: Int
  private var slots = GrowableBuffer<UInt32>(capacity: 256)
  private var kept = GrowableBuffer<UInt32>(capacity: 256)
  private var sums: GrowableBuffer<Float>
  /// Documents whose score was computed.
  private(set) var scoredDocuments = 0

  /// - Parameters:
  ///   - floor: hits with a lower score are not wanted.
  init(
    _ segment: Segment, allowed: DocumentSet?, _ plan: QueryPlan, _ ranking: BM25, _ adjacency: Adjacency, limit: Int,
    all: Bool, floor: Float = -.infinity
  ) throws(SearchError) {
    let windowSize = WindowedSearch.windowSize(segment.documentCount)
    let normalizers = ranking.normalizers(of: plan.statistics)
    var clauses: [ClauseScorer] = []
    for clause in plan.clauses {
      clauses.append(try ClauseScorer(clause, plan, segment, normalizers, windowSize: windowSize))
    }
    self.init(
      segment, allowed, clauses, AdjacentPair.pairs(of: plan, adjacency), normalizers, limit, all, floor, windowSize)
  }

  private init(
    _ segment: Segment, _ allowed: DocumentSet?, _ clauses: [ClauseScorer], _ pairs: [AdjacentPair],
    _ normalizers: [[Float]], _ limit: Int, _ all: Bool, _ floor: Float, _ windowSize: Int
  ) {
    self.segment = segment
    self.allowed = allowed
    self.clauses = clauses
    self.pairs = pairs
    pairNormalizers = (
      normalizers[Int(Language.french.rawValue)], normalizers[Int(Language.vietnamese.rawValue)]
    )
    stretch = WindowedSearch.stretch(clauses, normalizers)
    requiresAll = all
    self.windowSize = windowSize
    self.floor = floor
    self.limit = limit
    top = TopHits(limit: limit)
    sums = GrowableBuffer(capacity: windowSize)
    sums.append(repeating: 0, count: windowSize)
  }

  /// Small windows have tight bounds, large ones cost less each.
  private static func windowSize(_ documents: Int) -> Int {
    var size = 256
    while size < 4096, size * 128 < documents { size *= 2 }
    return size
  }

  /// The best hits, best first; documents by their places in the order of the keys.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    let windows = windows()
    if let rare = rareClause() {
      try search(windows, only: rare)
      floor = max(floor, top.threshold)
      top = TopHits(limit: limit)
    }
    try search(windows, only: nil)
    return top.sorted
  }

  private mutating func search(_ windows: [(bound: Float, window: Int)], only: Int?) throws(SearchError) {
    for (bound, window) in windows {
      guard bound * WindowedSearch.margin >= threshold else { return }
      if let only, clauses[only].bounds[window] == 0 { continue }
      let start = window * windowSize
      try search(start..<min(start + windowSize, segment.documentCount), window, only: only)
    }
  }

  /// The rare word whose documents are looked at before all others: their scores are a floor from which on common words
  /// need not be read. None where no word has both enough documents for all hits and few enough to be cheap.
  private func rareClause() -> Int? {
    guard !requiresAll, clauses.count > 1, limit > 0 else { return nil }
    let most = clauses.reduce(0) { max($0, $1.documentCount) }
    let rare = clauses.indices.filter {
      let count = clauses[$0].documentCount
      return count >= limit && count <= WindowedSearch.fewDocuments && count * 4 <= most
    }
    return rare.max { clauses[$0].weight < clauses[$1].weight }
  }

  /// What a hit has to reach.
  private var threshold: Float { max(floor, top.threshold) }

  /// The windows that hold documents that may match, those of the highest bounds first.
  private func windows() -> [(bound: Float, window: Int)] {
    guard let first = clauses.first else { return [] }
    var windows: [(bound: Float, window: Int)] = []
    for window in 0..<first.bounds.count {
      var bound: Float = 0
      var isMissing = false
      for clause in clauses {
        bound += clause.bounds[window]
        isMissing = isMissing || clause.bounds[window] == 0
      }
      guard bound > 0, !(requiresAll && isMissing) else { continue }
      for pair in pairs { bound += pairBound(pair, window) }
      windows.append((bound, window))
    }
    windows.sort { $0.bound != $1.bound ? $0.bound > $1.bound : $0.window < $1.window }
    return windows
  }

  /// The most that a pair adds in a window: nothing where one of its words is missing.
  private func pairBound(_ pair: AdjacentPair, _ window: Int) -> Float {
    let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
    guard a.bounds[window] > 0, b.bounds[window] > 0 else { return 0 }
    return bound(pair, min(a.saturation(window), b.saturation(window)))
  }

  /// The most that a pair adds where x / (1 + x) of one of its words is at most `saturation`.
  ///
  /// A pair occurs at most as often as each of its words. Its y is at most `stretch` times the word's x, and so is
  /// y / (1 + y) of x / (1 + x).
  private func bound(_ pair: AdjacentPair, _ saturation: Float) -> Float {
    let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
    let weight =
      (a.hasVietnamese && b.hasVietnamese ? pair.vietnamese : 0) + (a.hasOthers || b.hasOthers ? pair.other : 0)
    return weight * min(1, saturation * stretch)
  }

  /// How much larger a pair's y may be than the x of one of its words: lists weigh less than 1, and languages differ in
  /// their average lengths.
  private static func stretch(_ clauses: [ClauseScorer], _ normalizers: [[Float]]) -> Float {
    let lowest = clauses.reduce(1) { min($0, $1.lowestWeight) }
    var ratio: Float = 1
    for code in normalizers[0].indices {
      let values = normalizers.map { $0[code] }
      ratio = max(ratio, (values.max() ?? 1) / (values.min() ?? 1))
    }
    return ratio / max(lowest, .leastNormalMagnitude)
  }

  // MARK: One window

  /// - Parameter only: the documents of this clause only; nil for all.
  private mutating func search(_ range: Range<Int>, _ window: Int, only: Int?) throws(SearchError) {
    var order = evaluationOrder(window)
    if let only { order = [only] + order.filter { $0 != only } }
    let essential = requiresAll || only != nil ? 1 : essentialCount(order, window)
    for clause in order[..<essential] { try clauses[clause].score(range) }
    collect(order[..<essential], range)
    for place in essential..<order.count {
      prune(order, place, window)
      if slots.isEmpty { return }
      try clauses[order[place]].score(at: slots, range)
      if requiresAll { keepHolders(of: order[place]) }
    }
    try scoreSlots(range)
  }

  /// The clauses as they are asked: for any word, those of the highest bounds first; for all words, the rarest first.
  private func evaluationOrder(_ window: Int) -> [Int] {
    clauses.indices.sorted { a, b in
      if requiresAll { return (clauses[a].documentCount, a) < (clauses[b].documentCount, b) }
      let (x, y) = (clauses[a].bounds[window], clauses[b].bounds[window])
      return x != y ? x > y : a < b
    }
  }

  /// How many clauses, of those of the highest bounds, must be read in full: the rest cannot reach the threshold alone.
  private func essentialCount(_ order: [Int], _ window: Int) -> Int {
    var rest: Float = 0
    var count = order.count
    while count > 1 {
      let next = order[count - 1]
      rest += clauses[next].bounds[window]
      for pair in pairs where touches(pair, next, order[count...]) { rest += pairBound(pair, window) }
      if rest * WindowedSearch.margin >= threshold { break }
      count -= 1
    }
    return count
  }

  /// Whether a pair joins a clause with one of some others.
  private func touches(_ pair: AdjacentPair, _ clause: Int, _ others: ArraySlice<Int>) -> Bool {
    pair.first == clause ? others.contains(clause + 1) : pair.first + 1 == clause && others.contains(pair.first)
  }

  /// The documents that hold one of the clauses and may match.
  private mutating func collect(_ read: ArraySlice<Int>, _ range: Range<Int>) {
    slots.removeAll()
    for slot in 0..<range.count {
      var x: Float = 0
      for clause in read { x += clauses[clause].x[slot] }
      guard x > 0 else { continue }
      if let allowed, !allowed.contains(range.lowerBound + slot) { continue }
      slots.append(UInt32(slot))
    }
  }

  /// Lets go of the documents that cannot reach the threshold whatever the clauses from `place` on add.
  private mutating func prune(_ order: [Int], _ place: Int, _ window: Int) {
    guard threshold > 0 else { return }
    var rest: Float = 0
    for clause in order[place...] { rest += clauses[clause].bounds[window] }
    for pair in pairs { rest += pairBound(pair, window) }
    kept.removeAll()
    for index in 0..<slots.count {
      var sum = rest
      for clause in order[..<place] {
        sum += ClauseScorer.score(clauses[clause].x[Int(slots[index])], clauses[clause].weight)
      }
      if sum * WindowedSearch.margin >= threshold { kept.append(slots[index]) }
    }
    swap(&slots, &kept)
  }

  private mutating func keepHolders(of clause: Int) {
    kept.removeAll()
    for index in 0..<slots.count where clauses[clause].x[Int(slots[index])] > 0 { kept.append(slots[index]) }
    swap(&slots, &kept)
  }

  /// Scores the documents that are left as the oracle does.
  private mutating func scoreSlots(_ range: Range<Int>) throws(SearchError) {
    for index in 0..<slots.count {
      let slot = Int(slots[index])
      var score: Float = 0
      for clause in clauses {
        let x = clause.x[slot]
        score += clause.weight * (x / (1 + x))
      }
      scoredDocuments += 1
      let document = UInt32(range.lowerBound + slot)
      if !pairs.isEmpty {
        guard (score + slotPairBound(slot)) * WindowedSearch.margin >= threshold else { continue }
        score = try addPairs(to: score, slot, document)
      }
      guard score >= threshold else { continue }
      top.add(TopHits.Hit(score: score, document: try segment.keyRanks.rank(document)))
    }
  }

  private func slotPairBound(_ slot: Int) -> Float {
    var sum: Float = 0
    for pair in pairs {
      let x = min(clauses[pair.first].x[slot], clauses[pair.first + 1].x[slot])
      if x > 0 { sum += bound(pair, x / (1 + x)) }
    }
    return sum
  }

  private func addPairs(to score: Float, _ slot: Int, _ document: UInt32) throws(SearchError) -> Float {
    let code = Int(try segment.lengthCode(document))
    let normalizer = (pairNormalizers.other[code], pairNormalizers.vietnamese[code])
    var score = score
    var positions: [Int: WordPositions] = [:]
    for pair in pairs where clauses[pair.first].x[slot] > 0 && clauses[pair.first + 1].x[slot] > 0 {
      for clause in [pair.first, pair.first + 1] where positions[clause] == nil {
        positions[clause] = try clauses[clause].positions(in: document)
      }
      score += pair.score(
        positions[pair.first] ?? WordPositions(), positions[pair.first + 1] ?? WordPositions(), normalizer)
    }
    return score
  }
}
