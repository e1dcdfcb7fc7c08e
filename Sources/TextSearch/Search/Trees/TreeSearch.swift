/// Finds the best documents of a segment for a query tree without scoring all that match, in windows of document numbers,
/// those of the highest bounds first (as `WordSearch` does for words).
///
/// In a window the nodes are evaluated from the rarest on, each only for the documents that are left: what must match
/// narrows down what else is looked at, and positions are read last, for documents that can still reach the worst of
/// the best hits. Documents that cannot may be lost from a leaf on the way; never from one that excludes them.
/// Candidates are scored leaf by leaf in query order, bit-identical to the reference search.
struct TreeSearch {
  private let context: SegmentContext
  let nodes: TreeNodes
  let leaves: [LeafScorer]
  let pairs: [AdjacentPair]
  /// Upper bound of a pair's y over the saturation input of one of its words.
  let inputRatio: Float
  /// Lower scores cannot be hits, by what other segments have found.
  private var minimumScore: Float
  let windowSize: Int
  private var top: TopHits

  // The window at work.
  var window = 0
  var range = 0..<0
  /// Leaves that have been evaluated there, and the documents that each node matches.
  var evaluated: [Bool]
  var matches: [DocumentSet]
  var slots = SlotBuffer()
  /// For the slots of the window: sums of scores or of their bounds, and the upper bounds of the pairs.
  let sums: SlotSums
  let pairBounds: SlotSums

  init(_ context: SegmentContext) throws(SearchError) {
    let (plan, segment) = (context.plan, context.segment)
    let windowSize = TreeSearch.windowSize(segment.documentCount)
    var leaves: [LeafScorer] = []
    for leaf in plan.leaves { leaves.append(try LeafScorer(leaf, context, windowSize: windowSize)) }
    self.context = context
    self.leaves = leaves
    self.windowSize = windowSize
    sums = SlotSums(windowSize)
    pairBounds = SlotSums(windowSize)
    nodes = try TreeNodes(plan.root, segment, costs: leaves.map(\.cost))
    // Two frequent terms make no pair.
    pairs = context.pairs.filter { !(leaves[$0.first].words[0].isFrequent && leaves[$0.first + 1].words[0].isFrequent) }
    let lowest = leaves.reduce(1) { $1.words.reduce($0) { min($0, $1.lowestWeight) } }
    // No division by zero: the smallest normal number.
    inputRatio = context.lengthNorms.maximumRatio / max(lowest, 0x1p-126)
    minimumScore = context.control.minimumCompetitiveScore
    top = TopHits(limit: context.limit)
    evaluated = [Bool](repeating: false, count: leaves.count)
    matches = [DocumentSet](repeating: DocumentSet(limit: windowSize), count: nodes.count)
  }

  /// Documents of a window, a multiple of 64, in a segment of so many. Small windows have tight bounds, large ones cost less each.
  static func windowSize(_ documents: Int) -> Int {
    var size = 256
    while size < 4096, size * 128 < documents { size *= 2 }
    return size
  }

  /// The score that a hit must reach.
  var threshold: Float { max(minimumScore, top.threshold) }

  /// Counts the matches and returns the best hits.
  mutating func search() throws(SearchError) -> [TopHits.Hit] {
    for (bound, number) in windows() {
      if mustEnd() { break }
      let isHopeless = bound * BM25.margin < threshold
      if isHopeless, !context.isCounting { break }
      try search(window: number, isHopeless: isHopeless)
    }
    return top.sorted
  }

  /// Whether the search has to end. Exchanges the minimum competitive score with the searches of other segments.
  private mutating func mustEnd() -> Bool {
    context.control.raiseMinimumCompetitiveScore(to: top.threshold)
    minimumScore = max(minimumScore, context.control.minimumCompetitiveScore)
    return context.control.mustEnd()
  }

  /// The windows that hold documents that may match, those of the highest bounds first.
  private func windows() -> [(bound: Float, window: Int)] {
    var windows: [(bound: Float, window: Int)] = []
    let first = context.documents.lowerBound / windowSize
    for window in first..<(context.documents.upperBound + windowSize - 1) / windowSize {
      guard nodes.mayMatch(window, leaves) else { continue }
      var bound: Float = 0
      for leaf in leaves.indices where nodes.isPositive[leaf] { bound += leaves[leaf].bound(window) }
      for pair in pairs { bound += pairBound(pair, window) }
      windows.append((bound, window))
    }
    return windows.sorted { $0.bound != $1.bound ? $0.bound > $1.bound : $0.window < $1.window }
  }

  // MARK: One window

  private mutating func search(window number: Int, isHopeless: Bool) throws(SearchError) {
    let isCounting = context.isCounting
    let found = try matches(window: number, mayLose: !isCounting)
    if isCounting { context.counter.add(found.count) }
    guard !isHopeless, !found.isEmpty else { return }
    nodes.restrict(&matches, to: found)
    try score(found)
  }

  /// All documents that match, or those of the windows that were searched until the end came.
  mutating func matchingDocuments() throws(SearchError) -> DocumentSet {
    var set = DocumentSet(limit: context.segment.documentCount)
    for (_, number) in windows() {
      if context.control.mustEnd() { break }
      let start = number * windowSize
      for slot in try matches(window: number, mayLose: false) { set.insert(start + slot) }
    }
    return set
  }

  /// The documents of a window that match.
  private mutating func matches(window number: Int, mayLose: Bool) throws(SearchError) -> DocumentSet {
    window = number
    range = number * windowSize..<min((number + 1) * windowSize, context.segment.documentCount)
    for leaf in evaluated.indices { evaluated[leaf] = false }
    for node in matches.indices { matches[node] = DocumentSet(limit: windowSize) }
    let all =
      context.allowed.map { DocumentSet(limit: windowSize, $0, range) }
      ?? DocumentSet(limit: windowSize, first: range.count)
    guard !all.isEmpty else { return all }
    return try evaluate(0, all, mayLose: mayLose)
  }

  /// Scores the documents that match with the operations of the reference search, in their order: leaf by leaf, then their pairs.
  private mutating func score(_ found: DocumentSet) throws(SearchError) {
    sums.values.fill(0)
    for (ordinal, leaf) in leaves.enumerated() where contributes(ordinal) {
      leaf.addScores(at: matches[nodes.ofLeaf[ordinal]], to: &sums.values)
    }
    let ofPairs = pairs.reduce(0) { $0 + pairBound($1, window) }
    let lowest = threshold
    let candidates = sums.values.slots(among: found) { ($0 + ofPairs) * BM25.margin >= lowest }
    if !pairs.isEmpty { setPairBounds(candidates) }
    for slot in candidates {
      var score = sums.values[slot]
      let document = UInt32(range.lowerBound + slot)
      if !pairs.isEmpty {
        guard (score + pairBounds.values[slot]) * BM25.margin >= threshold else { continue }
        score = try addPairs(to: score, slot, document)
      }
      guard score >= threshold else { continue }
      top.add(try context.hit(document, score))
    }
  }

  /// Whether a leaf contributes to the scores of the documents that match it and all groups around it.
  func contributes(_ leaf: Int) -> Bool { nodes.isPositive[leaf] && evaluated[leaf] }

  /// Whether a leaf contributes to a document's score.
  private func contributes(_ leaf: Int, _ slot: Int) -> Bool {
    contributes(leaf) && matches[nodes.ofLeaf[leaf]].contains(slot)
  }

  private func addPairs(to score: Float, _ slot: Int, _ document: UInt32) throws(SearchError) -> Float {
    let norms = try context.pairNorms(document)
    var score = score
    var known: (leaf: Int, positions: WordPositions)?
    for pair in pairs where contributes(pair.first, slot) && contributes(pair.first + 1, slot) {
      let first: WordPositions
      if let known, known.leaf == pair.first {
        first = known.positions
      } else {
        first = try leaves[pair.first].positions(document)
      }
      let second = try leaves[pair.first + 1].positions(document)
      score += pair.score(
        try leaves[pair.first].frequency(first, followedBy: second, in: document), norms)
      known = (pair.first + 1, second)
    }
    return score
  }
}

/// A sum for each slot of a window. A class, as a buffer cannot be part of a copyable structure.
final class SlotSums {
  var values: GrowableBuffer<Float>

  init(_ count: Int) {
    values = GrowableBuffer(capacity: count)
    values.append(repeating: 0, count: count)
  }
}

/// Slots of a window on their way to scorers. A class, as a buffer cannot be part of a copyable structure.
final class SlotBuffer {
  var slots = GrowableBuffer<UInt32>(capacity: 256)

  func fill(_ set: DocumentSet) {
    slots.removeAll()
    for slot in set { slots.append(UInt32(slot)) }
  }
}
