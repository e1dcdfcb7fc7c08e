/// Runs a query tree on a segment leaf by leaf over all documents: the definition that faster ways are tested against.
struct ExhaustiveTree {
  private let segment: Segment
  private let plan: TreePlan
  private let lengthNorms: [[Float]]
  private let pairs: [AdjacentPair]
  private let ranking: BM25
  private let control: SearchControl

  init(_ segment: Segment, _ plan: TreePlan, _ ranking: BM25, _ adjacency: Adjacency, _ control: SearchControl) {
    self.segment = segment
    self.plan = plan
    self.ranking = ranking
    self.control = control
    lengthNorms = ranking.lengthNorms(of: plan.statistics)
    pairs = AdjacentPair.pairs(of: plan, adjacency)
  }

  /// Nothing where the search has to end before everything is scored.
  ///
  /// - Parameter allowed: no others match; nil for all.
  func search(limit: Int, in allowed: DocumentSet?) throws(SearchError) -> Exhaustive.Result {
    var x: [[Float]] = []
    for leaf in plan.leaves {
      x.append(try self.x(leaf))
      if control.mustEnd() { return Exhaustive.Result() }
    }
    var active = [DocumentSet](repeating: DocumentSet(limit: segment.documentCount), count: plan.leaves.count)
    var matches = try documents(plan.root, x)
    if let allowed { matches.formIntersection(allowed) }
    try mark(plan.root, within: matches, x, &active)
    var scores = [Float](repeating: 0, count: segment.documentCount)
    for (number, leaf) in plan.leaves.enumerated() {
      for document in active[number] {
        let x = x[number][document]
        scores[document] += leaf.weight * (x / (1 + x))
      }
    }
    for pair in pairs {
      try add(pair, active, to: &scores)
      if control.mustEnd() { return Exhaustive.Result() }
    }
    var result = Exhaustive.Result()
    var top = TopHits(limit: limit)
    for document in matches {
      result.total += 1
      top.add(TopHits.Hit(score: scores[document], document: try segment.keyRanks.rank(UInt32(document))))
    }
    result.hits = top.sorted
    return result
  }

  // MARK: Leaves

  /// x of every document; 0 where the leaf does not match.
  private func x(_ leaf: TreePlan.Leaf) throws(SearchError) -> [Float] {
    let holders = try holders(leaf.words[0], leaf)
    let reader = try reader(leaf)
    guard leaf.isPhrase || reader.needsPositions else { return holders }
    var x = [Float](repeating: 0, count: segment.documentCount)
    for document in holders.indices where holders[document] > 0 { x[document] = try reader.x(UInt32(document)) }
    return x
  }

  private func reader(_ leaf: TreePlan.Leaf) throws(SearchError) -> LeafReader {
    let fields = try FieldWeights.of(ranking, in: leaf.field, segment)
    return try LeafReader(leaf, segment, lengthNorms, fields, inflection: plan.inflection)
  }

  /// x of a word, as if it stood alone.
  private func holders(_ word: TreePlan.Word, _ leaf: TreePlan.Leaf) throws(SearchError) -> [Float] {
    var x = [Float](repeating: 0, count: segment.documentCount)
    for list in try segment.lists(word, inflection: plan.inflection, control) {
      if control.mustEnd() { break }
      let lengthNorm = lengthNorms[Int(list.language.rawValue)]
      var cursor = try segment.cursor(list.entry)
      while case let document = try cursor.advance(), document != PostingCursor.end {
        let weight = try list.weight(of: cursor.formCode, in: segment)
        x[Int(document)] += weight * Float(try cursor.frequency) * lengthNorm[Int(try segment.lengthCode(document))]
      }
    }
    return x
  }

  private func add(_ pair: AdjacentPair, _ active: [DocumentSet], to scores: inout [Float]) throws(SearchError) {
    let first = try reader(plan.leaves[pair.first])
    let second = try reader(plan.leaves[pair.first + 1])
    var both = active[pair.first]
    both.formIntersection(active[pair.first + 1])
    for document in both {
      let code = Int(try segment.lengthCode(UInt32(document)))
      scores[document] += pair.score(
        try first.frequency(
          try first.positions(UInt32(document))[0], followedBy: try second.positions(UInt32(document))[0],
          in: UInt32(document)),
        (
          lengthNorms[Int(Language.french.rawValue)][code], lengthNorms[Int(Language.vietnamese.rawValue)][code]
        ))
    }
  }

  // MARK: Nodes

  /// The documents that match a node.
  private func documents(_ node: TreePlan.Node, _ x: [[Float]]) throws(SearchError) -> DocumentSet {
    switch node {
    case .leaf(let number):
      var set = DocumentSet(limit: segment.documentCount)
      for document in x[number].indices where x[number][document] > 0 { set.insert(document) }
      return set
    case .filter(let filter): return try filter.documents(in: segment)
    case .everything: return DocumentSet(all: segment.documentCount)
    case .group(let group): return try documents(group, x)
    }
  }

  private func documents(_ group: TreePlan.Group, _ x: [[Float]]) throws(SearchError) -> DocumentSet {
    var counts = [Int](repeating: 0, count: segment.documentCount)
    var matches = DocumentSet(all: segment.documentCount)
    for part in group.parts {
      let own = try documents(part.node, x)
      switch part.occurrence {
      case .must: matches.formIntersection(own)
      case .mustNot: matches.subtract(own)
      case .should: for document in own { counts[document] += 1 }
      }
    }
    for document in counts.indices where counts[document] < group.minimum { matches.remove(document) }
    return matches
  }

  /// Notes for which documents each leaf counts: those that match it and all groups around it.
  private func mark(
    _ node: TreePlan.Node, within: DocumentSet, _ x: [[Float]], _ active: inout [DocumentSet]
  ) throws(SearchError) {
    var own = try documents(node, x)
    own.formIntersection(within)
    if case .leaf(let number) = node { active[number] = own }
    guard case .group(let group) = node else { return }
    for part in group.parts where part.occurrence != .mustNot { try mark(part.node, within: own, x, &active) }
  }
}

extension AdjacentPair {
  /// The pairs of a tree that can add anything.
  static func pairs(of plan: TreePlan, _ adjacency: Adjacency) -> [AdjacentPair] {
    plan.weighed(adjacency.french, adjacency.vietnamese).map {
      AdjacentPair(first: $0.first, vietnamese: $0.vietnamese, other: $0.french)
    }
  }
}
