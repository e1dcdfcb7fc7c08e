/// Scores all documents of a segment leaf by leaf: the definition of matching and ranking that every faster search must equal, bit
/// by bit.
///
/// score = sum over the leaves that count for the document, in query order, of weight * x / (1 + x); then, for each pair of
/// neighbouring leaves in query order, what `AdjacentPair` adds; then `TitleBonus`. x of a word is the sum over its lists, in dictionary order, of
/// weight * frequency / K; where expansions score alike, x of a word that expands to many is 1 instead. A document matches a leaf if x > 0.
struct ReferenceSearch {
  private let context: SegmentContext
  private let plan: QueryPlan
  private let segment: Segment

  init(_ context: SegmentContext) {
    self.context = context
    plan = context.plan
    segment = context.segment
  }

  /// Counts all matches and returns the best hits; none where the search has to end before everything is scored.
  func search() throws(SearchError) -> [TopHits.Hit] {
    var inputs: [[Float]] = []
    for leaf in plan.leaves {
      inputs.append(try self.inputs(leaf))
      if context.control.mustEnd() { return [] }
    }
    var active = [DocumentSet](repeating: DocumentSet(limit: segment.documentCount), count: plan.leaves.count)
    var matches = try documents(plan.root, inputs)
    if let allowed = context.allowed { matches.formIntersection(allowed) }
    try activate(plan.root, within: matches, inputs, into: &active)
    var scores = [Float](repeating: 0, count: segment.documentCount)
    for (ordinal, leaf) in plan.leaves.enumerated() {
      for document in active[ordinal] { scores[document] += BM25.score(inputs[ordinal][document], leaf.weight) }
    }
    for pair in context.pairs {
      try add(pair, active, to: &scores)
      if context.control.mustEnd() { return [] }
    }
    let bonus = TitleBonus(plan, pairs: context.pairs)
    for document in try segment.titles.documents(withHash: plan.title) where matches.contains(Int(document)) {
      scores[Int(document)] += bonus.score(plan) { active[$0].contains(Int(document)) }
    }
    var top = TopHits(limit: context.limit)
    for document in matches { top.add(try context.hit(UInt32(document), scores[document])) }
    context.counter.add(matches.count)
    return top.sorted
  }

  // MARK: Leaves

  /// Returns the saturation input of every document; 0 where the leaf does not match.
  private func inputs(_ leaf: QueryPlan.Leaf) throws(SearchError) -> [Float] {
    let first = try inputs(leaf.word)
    let reader = try LeafReader(leaf, context)
    guard leaf.isPhrase || reader.needsPositions else {
      return context.isConstant(leaf) ? first.map { $0 > 0 ? 1 : 0 } : first
    }
    var inputs = [Float](repeating: 0, count: segment.documentCount)
    for document in first.indices where first[document] > 0 { inputs[document] = try reader.input(UInt32(document)) }
    return inputs
  }

  /// Returns the saturation input of every document for a word alone, in any field.
  private func inputs(_ word: ResolvedWord) throws(SearchError) -> [Float] {
    var inputs = [Float](repeating: 0, count: segment.documentCount)
    for list in try context.lists(word, mayEnd: true) {
      if context.control.mustEnd() { break }
      let lengthNorms = context.lengthNorms[list.language]
      var cursor = try segment.cursor(list.entry)
      while case let document = try cursor.advance(), document != PostingCursor.end {
        let weight = try list.weight(ofCode: cursor.formCode, in: segment)
        let lengthNorm = lengthNorms[Int(try segment.lengthCode(document))]
        inputs[Int(document)] += weight * Float(try cursor.frequency) * lengthNorm
      }
    }
    return inputs
  }

  private func add(_ pair: AdjacentPair, _ active: [DocumentSet], to scores: inout [Float]) throws(SearchError) {
    let first = try LeafReader(plan.leaves[pair.first], context)
    let second = try LeafReader(plan.leaves[pair.first + 1], context)
    var both = active[pair.first]
    both.formIntersection(active[pair.first + 1])
    for index in both {
      let document = UInt32(index)
      let frequency = try first.frequency(
        try first.positions(document)[0], followedBy: try second.positions(document)[0], in: document)
      scores[index] += pair.score(frequency, try context.pairNorms(document))
    }
  }

  // MARK: Nodes

  /// Returns the documents that match a node.
  private func documents(_ node: QueryPlan.Node, _ inputs: [[Float]]) throws(SearchError) -> DocumentSet {
    switch node {
    case .leaf(let ordinal):
      var set = DocumentSet(limit: segment.documentCount)
      for document in inputs[ordinal].indices where inputs[ordinal][document] > 0 { set.insert(document) }
      return set
    case .filter(let filter): return try filter.documents(in: segment)
    case .everything: return DocumentSet(all: segment.documentCount)
    case .group(let group): return try documents(group, inputs)
    }
  }

  private func documents(_ group: QueryPlan.Group, _ inputs: [[Float]]) throws(SearchError) -> DocumentSet {
    var counts = [Int](repeating: 0, count: segment.documentCount)
    var matches = DocumentSet(all: segment.documentCount)
    for part in group.parts {
      let own = try documents(part.node, inputs)
      switch part.occurrence {
      case .must: matches.formIntersection(own)
      case .mustNot: matches.subtract(own)
      case .should: for document in own { counts[document] += 1 }
      case .scoreOnly: break
      }
    }
    for document in counts.indices where counts[document] < group.minimum { matches.remove(document) }
    return matches
  }

  /// Sets the documents that each leaf counts for: those that match it and all groups around it.
  private func activate(
    _ node: QueryPlan.Node, within outer: DocumentSet, _ inputs: [[Float]], into active: inout [DocumentSet]
  ) throws(SearchError) {
    var own = try documents(node, inputs)
    own.formIntersection(outer)
    if case .leaf(let ordinal) = node { active[ordinal] = own }
    guard case .group(let group) = node else { return }
    for part in group.parts where part.occurrence != .mustNot {
      try activate(part.node, within: own, inputs, into: &active)
    }
  }
}
