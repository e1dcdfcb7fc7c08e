/// Takes the scores of documents of one segment apart, by the plan of the search that found them.
struct Explainer {
  private let context: SegmentContext
  private let plan: QueryPlan
  private let readers: [LeafReader]

  init(_ context: SegmentContext) throws(SearchError) {
    self.context = context
    plan = context.plan
    var readers: [LeafReader] = []
    for leaf in plan.leaves { readers.append(try LeafReader(leaf, context)) }
    self.readers = readers
  }

  /// Explains the score of a document.
  ///
  /// - Parameters:
  ///   - key: of the document.
  ///   - isTitled: its title is known to be the query; otherwise it is looked up.
  func explanation(
    _ document: UInt32, key: String, isTitled: Bool = false
  ) throws(SearchError) -> Explanation {
    var inputs: [Float] = []
    for reader in readers { inputs.append(try reader.input(document)) }
    var contributes = [Bool](repeating: false, count: plan.leaves.count)
    let isAllowed = context.allowed?.contains(Int(document)) ?? true
    let matches = try matches(plan.root, document, inputs) && isAllowed
    if matches { try activate(plan.root, document, inputs, into: &contributes) }
    var leaves: [Explanation.Leaf] = []
    for (ordinal, leaf) in plan.leaves.enumerated() {
      leaves.append(
        Explanation.Leaf(
          text: leaf.words.map(\.text).joined(separator: " "), field: leaf.field, idf: leaf.idf, boost: leaf.boost,
          lists: try readers[ordinal].lists(document), input: inputs[ordinal], contributes: contributes[ordinal]))
    }
    var pairs: [Explanation.Pair] = []
    for pair in context.pairs where contributes[pair.first] && contributes[pair.first + 1] {
      pairs.append(try explanation(pair, document))
    }
    return Explanation(
      key: key, length: LengthCode.decode(try context.segment.lengthCode(document)), matches: matches, leaves: leaves,
      pairs: pairs, titleBonus: matches ? try titleBonus(document, contributes, isTitled: isTitled) : 0)
  }

  private func titleBonus(
    _ document: UInt32, _ contributes: [Bool], isTitled: Bool
  ) throws(SearchError) -> Float {
    if !isTitled {
      guard try context.segment.titles.documents(withHash: plan.title).contains(document) else { return 0 }
    }
    return TitleBonus(plan, pairs: context.pairs).score(plan) { contributes[$0] }
  }

  private func explanation(_ pair: AdjacentPair, _ document: UInt32) throws(SearchError) -> Explanation.Pair {
    let first = try readers[pair.first].positions(document)[0]
    let second = try readers[pair.first + 1].positions(document)[0]
    let norms = try context.pairNorms(document)
    let found = first.followed(by: second)
    let weighted = try readers[pair.first].frequency(first, followedBy: second, in: document)
    return Explanation.Pair(
      first: plan.leaves[pair.first].word.text, second: plan.leaves[pair.first + 1].word.text,
      vietnamese: Int(found.vietnamese), other: Int(found.other),
      weightedFrequency: Explanation.WeightedFrequency(weighted), vietnameseWeight: pair.vietnamese,
      otherWeight: pair.other, vietnameseLengthNorm: norms.vietnamese, otherLengthNorm: norms.other)
  }

  private func matches(
    _ node: QueryPlan.Node, _ document: UInt32, _ inputs: [Float]
  ) throws(SearchError) -> Bool {
    switch node {
    case .leaf(let ordinal): return inputs[ordinal] > 0
    case .filter(let filter): return try filter.documents(in: context.segment).contains(Int(document))
    case .everything: return true
    case .group(let group):
      var optional = 0
      for part in group.parts {
        let found = try matches(part.node, document, inputs)
        switch part.occurrence {
        case .must: if !found { return false }
        case .mustNot: if found { return false }
        case .should: if found { optional += 1 }
        case .scoreOnly: break
        }
      }
      return optional >= group.minimum
    }
  }

  /// Sets the leaves that contribute: those that match, below groups that all match.
  private func activate(
    _ node: QueryPlan.Node, _ document: UInt32, _ inputs: [Float], into contributes: inout [Bool]
  ) throws(SearchError) {
    guard try matches(node, document, inputs) else { return }
    if case .leaf(let ordinal) = node { contributes[ordinal] = true }
    guard case .group(let group) = node else { return }
    for part in group.parts where part.occurrence != .mustNot {
      try activate(part.node, document, inputs, into: &contributes)
    }
  }
}

extension LeafReader {
  /// Returns what each word's lists contribute in a document.
  func lists(_ document: UInt32) throws(SearchError) -> [[Explanation.List]] {
    let ranges = try ranges(document)
    var words: [[Explanation.List]] = []
    for sources in self.words {
      var lists: [Explanation.List] = []
      for source in sources where try source.find(document) {
        let positions = source.positions
        let count = ranges.map { fields in positions.count { fields.contains($0) } } ?? positions.count
        guard count > 0 else { continue }
        let address = source.list.address
        lists.append(
          Explanation.List(
            language: address.language, key: String(decoding: address.key, as: UTF8.self),
            spelling: address.spelling.isEmpty ? nil : String(decoding: address.spelling, as: UTF8.self),
            frequency: count, weightedFrequency: ranges?.frequency(positions) ?? Float(count), weight: source.weight,
            lengthNorm: try lengthNorm(address.language, document)))
      }
      words.append(lists)
    }
    return words
  }
}
