/// Finds the best documents of a segment for a query tree without scoring all that match, in windows of document numbers,
/// those of the highest bounds first (as `WordSearch` does for words).
///
/// In a window the nodes are evaluated from the rarest on, each only for the documents that are left: what must match
/// narrows down what else is looked at, and positions are read last, for documents that can still reach the worst of
/// the best hits. Documents that cannot may be lost from a leaf on the way; never from one that excludes them.
/// WindowCandidates are scored as the oracle does, leaf by leaf in query order: the same bits.
struct TreeSearch {
  let segment: Segment
  let nodes: TreeNodes
  let leaves: [LeafScorer]
  let pairs: [AdjacentPair]
  let pairLengthNorms: (other: [Float], vietnamese: [Float])
  /// How much larger y of a pair may be than x of one of its words.
  let stretch: Float
  private let allowed: DocumentSet?
  /// Every match counts: none may be lost.
  let countsAll: Bool
  private let control: SearchControl
  /// Hits with a lower score are not wanted.
  private var floor: Float
  let windowSize: Int
  private var top: TopHits
  private(set) var total = 0

  // The window at work.
  var window = 0
  var range = 0..<0
  /// Leaves that have been evaluated there, and for which documents each counts.
  var evaluated: [Bool]
  var matches: [DocumentSet]
  var slots = SlotBuffer()

  /// - Parameters:
  ///   - normalizers: 1 / K by language and length code.
  ///   - control: may end the search, and knows which hits are not wanted.
  init(
    _ segment: Segment, _ allowed: DocumentSet?, _ plan: TreePlan, _ lengthNorms: [[Float]], _ options: SearchOptions,
    _ control: SearchControl
  ) throws(SearchError) {
    let windowSize = TreeSearch.windowSize(segment.documentCount)
    var leaves: [LeafScorer] = []
    for leaf in plan.leaves {
      let fields = try FieldWeights.of(options.ranking, in: leaf.field, segment)
      leaves.append(
        try LeafScorer(leaf, plan, segment, lengthNorms, fields, windowSize: windowSize, control))
    }
    self.leaves = leaves
    nodes = try TreeNodes(plan.root, segment, costs: leaves.map(\.cost))
    pairs = AdjacentPair.pairs(of: plan, options.adjacency)
    pairLengthNorms = (
      lengthNorms[Int(Language.french.rawValue)], lengthNorms[Int(Language.vietnamese.rawValue)]
    )
    let lowest = leaves.reduce(1) { $1.words.reduce($0) { min($0, $1.lowestWeight) } }
    stretch = LeafScorer.stretch(lengthNorms) / max(lowest, .leastNormalMagnitude)
    self.segment = segment
    self.allowed = allowed
    countsAll = options.countsAll
    self.control = control
    floor = control.floor
    self.windowSize = windowSize
    top = TopHits(limit: options.limit)
    evaluated = [Bool](repeating: false, count: leaves.count)
    matches = [DocumentSet](repeating: DocumentSet(limit: windowSize), count: nodes.count)
  }

  /// Small windows have tight bounds, large ones cost less each.
  private static func windowSize(_ documents: Int) -> Int {
    var size = 256
    while size < 4096, size * 128 < documents { size *= 2 }
    return size
  }

  /// What a hit has to reach.
  var threshold: Float { max(floor, top.threshold) }

  /// How many documents match, or were found to, and the best hits, best first; documents by their places in the order
  /// of the keys.
  mutating func search() throws(SearchError) -> (total: Int, hits: [TopHits.Hit]) {
    for (bound, number) in windows() {
      if mustEnd() { break }
      let isHopeless = bound * BM25.margin < threshold
      if isHopeless, !countsAll { break }
      try search(window: number, isHopeless: isHopeless)
    }
    return (total, top.sorted)
  }

  /// Whether the search has to end. Tells other segments of the hits, and hears of theirs.
  private mutating func mustEnd() -> Bool {
    control.raiseFloor(to: top.threshold)
    floor = max(floor, control.floor)
    return control.mustEnd()
  }

  /// The windows that hold documents that may match, those of the highest bounds first.
  private func windows() -> [(bound: Float, window: Int)] {
    var windows: [(bound: Float, window: Int)] = []
    for window in 0..<(segment.documentCount + windowSize - 1) / windowSize {
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
    let found = try matches(window: number, mayLose: !countsAll)
    total += found.count
    guard !isHopeless, !found.isEmpty else { return }
    nodes.restrict(&matches, to: found)
    for slot in found { try score(slot) }
  }

  /// All documents that match, or those of the windows that were searched until the end came.
  mutating func matchingDocuments() throws(SearchError) -> DocumentSet {
    var set = DocumentSet(limit: segment.documentCount)
    for (_, number) in windows() {
      if control.mustEnd() { break }
      let start = number * windowSize
      for slot in try matches(window: number, mayLose: false) { set.insert(start + slot) }
    }
    return set
  }

  /// The documents of a window that match.
  private mutating func matches(window number: Int, mayLose: Bool) throws(SearchError) -> DocumentSet {
    window = number
    range = number * windowSize..<min((number + 1) * windowSize, segment.documentCount)
    for leaf in evaluated.indices { evaluated[leaf] = false }
    for node in matches.indices { matches[node] = DocumentSet(limit: windowSize) }
    let all =
      allowed.map { DocumentSet(limit: windowSize, $0, range) } ?? DocumentSet(limit: windowSize, first: range.count)
    guard !all.isEmpty else { return all }
    return try evaluate(0, all, mayLose: mayLose)
  }

  /// Scores a document as the oracle does.
  private mutating func score(_ slot: Int) throws(SearchError) {
    var score: Float = 0
    for (number, leaf) in leaves.enumerated() where counts(number, slot) {
      let x = leaf.x[slot]
      score += leaf.weight * (x / (1 + x))
    }
    let document = UInt32(range.lowerBound + slot)
    if !pairs.isEmpty {
      guard (score + pairBound(at: slot)) * BM25.margin >= threshold else { return }
      score = try addPairs(to: score, slot, document)
    }
    guard score >= threshold else { return }
    top.add(TopHits.Hit(score: score, document: try segment.keyRanks.rank(document)))
  }

  /// Whether a leaf counts for a document: it matches, and so do all groups around it.
  func counts(_ leaf: Int, _ slot: Int) -> Bool {
    nodes.isPositive[leaf] && evaluated[leaf] && matches[nodes.ofLeaf[leaf]].contains(slot)
  }

  private func addPairs(to score: Float, _ slot: Int, _ document: UInt32) throws(SearchError) -> Float {
    let code = Int(try segment.lengthCode(document))
    let lengthNorm = (pairLengthNorms.other[code], pairLengthNorms.vietnamese[code])
    var score = score
    var known: (leaf: Int, positions: WordPositions)?
    for pair in pairs where counts(pair.first, slot) && counts(pair.first + 1, slot) {
      let first: WordPositions
      if let known, known.leaf == pair.first {
        first = known.positions
      } else {
        first = try leaves[pair.first].positions(document)
      }
      let second = try leaves[pair.first + 1].positions(document)
      score += pair.score(
        try leaves[pair.first].frequency(first, followedBy: second, in: document), lengthNorm)
      known = (pair.first + 1, second)
    }
    return score
  }
}

/// Places of a window on their way to scorers. A class, as a buffer cannot be part of a copyable structure.
final class SlotBuffer {
  var slots = GrowableBuffer<UInt32>(capacity: 256)

  func fill(_ set: DocumentSet) {
    slots.removeAll()
    for slot in set { slots.append(UInt32(slot)) }
  }
}
