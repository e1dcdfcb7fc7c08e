/// Evaluation of the tree: the documents of a window that match.
extension TreeSearch {
  /// The documents among `candidates` that match a node.
  ///
  /// - Parameter mayLose: documents that cannot become hits may be left out.
  mutating func evaluate(_ node: Int, _ candidates: DocumentSet, mayLose: Bool) throws(SearchError) -> DocumentSet {
    var found = candidates
    switch nodes.nodes[node] {
    case .leaf(let leaf): found = try evaluate(leaf: leaf, candidates, mayLose: mayLose)
    case .documents(let set): found.formIntersection(DocumentSet(limit: windowSize, set, range))
    case .everything: break
    case .group(let parts, let minimum):
      found = try evaluate(parts, minimum: minimum, candidates, mayLose: mayLose, isRoot: node == 0)
    }
    matches[node] = found
    return found
  }

  private mutating func evaluate(
    _ parts: [(occurrence: QueryPlan.Occurrence, node: Int)], minimum: Int, _ candidates: DocumentSet, mayLose: Bool,
    isRoot: Bool
  ) throws(SearchError) -> DocumentSet {
    var left = candidates
    for part in parts where part.occurrence == .must {
      left = try evaluate(part.node, left, mayLose: mayLose)
      if mayLose { left = competitive(left) }
      if left.isEmpty { return left }
    }
    for part in parts where part.occurrence == .mustNot {
      if left.isEmpty { return left }
      left.subtract(try evaluate(part.node, left, mayLose: false))
    }
    let optional = parts.filter { $0.occurrence == .should }
    if !optional.isEmpty {
      let isUnion = isRoot && mayLose && minimum == 1 && !parts.contains { $0.occurrence == .must }
      left = try evaluate(optional: optional.map(\.node), minimum, left, mayLose: mayLose, isUnion: isUnion)
    }
    if minimum > optional.count { return DocumentSet(limit: windowSize) }
    for part in parts where part.occurrence == .scoreOnly {
      if left.isEmpty { return left }
      _ = try evaluate(part.node, left, mayLose: mayLose)
    }
    return left
  }

  /// The documents that match enough of the parts.
  ///
  /// - Parameter isUnion: the whole query is any of the parts. Parts are evaluated by descending upper bound: documents that
  ///   match none of the first are dropped once the upper bounds of the others sum to less than the threshold.
  private mutating func evaluate(
    optional parts: [Int], _ minimum: Int, _ candidates: DocumentSet, mayLose: Bool, isUnion: Bool
  ) throws(SearchError) -> DocumentSet {
    let parts = isUnion ? parts.sorted { bound($0) > bound($1) } : parts
    var any = DocumentSet(limit: windowSize)
    var counts = minimum > 1 ? [Int](repeating: 0, count: windowSize) : []
    for part in parts {
      var remaining = candidates
      if isUnion, openBound() * BM25.margin < threshold {
        remaining.formIntersection(competitive(any))
        if remaining.isEmpty { break }
      }
      let found = try evaluate(part, remaining, mayLose: mayLose)
      any.formUnion(found)
      if minimum > 1 { for slot in found { counts[slot] += 1 } }
    }
    guard minimum > 0 else { return candidates }
    guard minimum > 1 else { return any }
    var enough = DocumentSet(limit: windowSize)
    for slot in any where counts[slot] >= minimum { enough.insert(slot) }
    return enough
  }

  // MARK: Bounds

  /// Upper bound of what a node contributes to a score in the window.
  private func bound(_ node: Int) -> Float {
    switch nodes.nodes[node] {
    case .leaf(let leaf): nodes.isPositive[leaf] ? leaves[leaf].bound(window) : 0
    case .documents, .everything: 0
    case .group(let parts, _): parts.reduce(0) { $0 + bound($1.node) }
    }
  }

  /// Upper bound of what the leaves that have not been evaluated and the pairs contribute to a score in the window.
  private func openBound(except leaf: Int? = nil) -> Float {
    var sum: Float = 0
    for other in leaves.indices where other != leaf && !evaluated[other] && nodes.isPositive[other] {
      sum += leaves[other].bound(window)
    }
    for pair in pairs { sum += pairBound(pair, window) }
    return sum
  }

  /// Sets the sums to the upper bounds of what the evaluated leaves contribute to the scores of some documents.
  private func setKnownBounds(_ set: DocumentSet) {
    sums.values.fill(0)
    for leaf in leaves.indices where contributes(leaf) { leaves[leaf].addBounds(at: set, to: &sums.values) }
  }

  /// The documents that can still enter the top k.
  private func competitive(_ set: DocumentSet) -> DocumentSet {
    guard threshold > 0 else { return set }
    let (open, threshold) = (openBound(), threshold)
    setKnownBounds(set)
    return sums.values.slots(among: set) { (open + $0) * BM25.margin >= threshold }
  }

  /// Upper bound of what a pair contributes in a window: 0 where one of its words is missing.
  func pairBound(_ pair: AdjacentPair, _ window: Int) -> Float {
    let (a, b) = (leaves[pair.first], leaves[pair.first + 1])
    guard a.mayMatch(window), b.mayMatch(window) else { return 0 }
    return bound(pair, min(a.inputBound(window), b.inputBound(window)))
  }

  /// Sets the upper bounds of what the pairs contribute to the scores of some evaluated documents.
  func setPairBounds(_ candidates: DocumentSet) {
    pairBounds.values.fill(0)
    for pair in pairs where contributes(pair.first) && contributes(pair.first + 1) {
      var both = candidates
      both.formIntersection(matches[nodes.ofLeaf[pair.first]])
      both.formIntersection(matches[nodes.ofLeaf[pair.first + 1]])
      let (first, second) = (leaves[pair.first], leaves[pair.first + 1])
      first.inputs.addMinima(with: second.inputs, at: both, to: &pairBounds.values) { bound(pair, $0) }
    }
  }

  /// Upper bound of what a pair contributes where the saturation input of one of its words is at most `input`: a pair occurs
  /// at most as often as the word.
  private func bound(_ pair: AdjacentPair, _ input: Float) -> Float {
    let (a, b) = (leaves[pair.first].words[0], leaves[pair.first + 1].words[0])
    let weight =
      (a.hasVietnamese || b.hasVietnamese ? pair.vietnamese : 0) + (a.hasOthers || b.hasOthers ? pair.other : 0)
    return weight * min(1, BM25.bound(input, 1) * inputRatio)
  }

  // MARK: Leaves

  private mutating func evaluate(leaf number: Int, _ candidates: DocumentSet, mayLose: Bool) throws(SearchError)
    -> DocumentSet
  {
    let leaf = leaves[number]
    guard leaf.mayMatch(window) else { return DocumentSet(limit: windowSize) }
    defer { evaluated[number] = true }
    var found = candidates
    for (number, word) in leaf.words.sorted(by: { $0.documentCount < $1.documentCount }).enumerated() {
      // Where few documents are left, only their blocks are read.
      if number == 0, found.count * 8 > range.count {
        try word.score(range)
      } else {
        slots.fill(found)
        try word.score(at: slots.slots, range)
      }
      found = word.holders(among: found)
      if found.isEmpty { break }
    }
    guard leaf.needsPositions else {
      leaf.takeInputs(at: found)
      return found
    }
    leaf.clear()
    return try confirm(leaf, number, found, mayLose: mayLose && nodes.isPositive[number])
  }

  /// Reads positions of the documents that hold all words.
  private func confirm(
    _ leaf: LeafScorer, _ number: Int, _ holders: DocumentSet, mayLose: Bool
  ) throws(SearchError) -> DocumentSet {
    var found = DocumentSet(limit: windowSize)
    let open = mayLose ? openBound(except: number) : 0
    if mayLose { setKnownBounds(holders) }
    for slot in holders {
      if mayLose {
        let maximum = open + sums.values[slot] + BM25.bound(leaf.inputBound(at: slot), leaf.weight)
        guard maximum * BM25.margin >= threshold else { continue }
      }
      try leaf.confirm(slot, UInt32(range.lowerBound + slot))
      if leaf.inputs[slot] > 0 { found.insert(slot) }
    }
    return found
  }
}
