/// Takes the score of one document apart.
struct Explainer {
  private let plan: TreePlan
  private let segment: Segment
  private let document: UInt32
  private let readers: [LeafReader]
  private let pairs: [AdjacentPair]
  /// 1 / K of the document by language.
  private let lengthNorms: [Float]
  private var x: [Float] = []

  init(
    _ plan: TreePlan, _ segment: Segment, _ document: UInt32, _ options: SearchOptions
  ) throws(SearchError) {
    self.plan = plan
    self.segment = segment
    self.document = document
    let all = options.ranking.lengthNorms(of: plan.statistics)
    let code = Int(try segment.lengthCode(document))
    lengthNorms = all.map { $0[code] }
    pairs = AdjacentPair.pairs(of: plan, options.adjacency)
    var readers: [LeafReader] = []
    for leaf in plan.leaves {
      let fields = try FieldWeights.of(options.ranking, in: leaf.field, segment)
      readers.append(try LeafReader(leaf, segment, all, fields, inflection: plan.inflection))
    }
    self.readers = readers
    for reader in readers { x.append(try reader.x(document)) }
  }

  /// - Parameter passes: the document passes the filter of the search.
  func explanation(_ key: String, passes: Bool) throws(SearchError) -> Explanation {
    var counts = [Bool](repeating: false, count: plan.leaves.count)
    let isFound = try self.matches(plan.root)
    let matches = passes && isFound
    if matches { try mark(plan.root, &counts) }
    var leaves: [Explanation.Leaf] = []
    for (number, leaf) in plan.leaves.enumerated() {
      leaves.append(
        Explanation.Leaf(
          text: leaf.words.map(\.text).joined(separator: " "), field: leaf.field, idf: leaf.idf, boost: leaf.boost,
          lists: try readers[number].lists(document), x: x[number], counts: counts[number]))
    }
    var pairs: [Explanation.Pair] = []
    for pair in self.pairs where counts[pair.first] && counts[pair.first + 1] { pairs.append(try explain(pair)) }
    return Explanation(
      key: key, length: LengthCode.decode(try segment.lengthCode(document)), matches: matches, leaves: leaves,
      pairs: pairs)
  }

  private func explain(_ pair: AdjacentPair) throws(SearchError) -> Explanation.Pair {
    let first = try readers[pair.first].positions(document)[0]
    let second = try readers[pair.first + 1].positions(document)[0]
    let vietnamese = WordPositions.adjacent(first.vietnamese, second.vietnamese)
    return Explanation.Pair(
      first: plan.leaves[pair.first].words[0].text, second: plan.leaves[pair.first + 1].words[0].text,
      vietnamese: vietnamese, other: WordPositions.adjacent(first.all, second.all) - vietnamese,
      weighed: Explanation.Weighed(try readers[pair.first].frequency(first, followedBy: second, in: document)),
      vietnameseWeight: pair.vietnamese, otherWeight: pair.other,
      vietnameseLengthNorm: lengthNorms[Int(Language.vietnamese.rawValue)],
      otherLengthNorm: lengthNorms[Int(Language.french.rawValue)])
  }

  private func matches(_ node: TreePlan.Node) throws(SearchError) -> Bool {
    switch node {
    case .leaf(let number): return x[number] > 0
    case .filter(let filter): return try filter.documents(in: segment).contains(Int(document))
    case .everything: return true
    case .group(let group):
      var optional = 0
      for part in group.parts {
        let found = try matches(part.node)
        switch part.occurrence {
        case .must: if !found { return false }
        case .mustNot: if found { return false }
        case .should: if found { optional += 1 }
        }
      }
      return optional >= group.minimum
    }
  }

  /// Notes the leaves that count below a node around which all groups match.
  private func mark(_ node: TreePlan.Node, _ counts: inout [Bool]) throws(SearchError) {
    guard try matches(node) else { return }
    if case .leaf(let number) = node { counts[number] = true }
    guard case .group(let group) = node else { return }
    for part in group.parts where part.occurrence != .mustNot { try mark(part.node, &counts) }
  }
}

extension LeafReader {
  /// What each word's lists have of a document.
  func lists(_ document: UInt32) throws(SearchError) -> [[Explanation.List]] {
    let code = Int(try segment.lengthCode(document))
    let stretches = try stretches(document)
    var words: [[Explanation.List]] = []
    for sources in self.words {
      var lists: [Explanation.List] = []
      for source in sources where try source.find(document) {
        let positions = source.positions
        let count = stretches.map { fields in positions.count { fields.contains($0) } } ?? positions.count
        guard count > 0 else { continue }
        let address = source.list.address
        lists.append(
          Explanation.List(
            language: address.language, key: String(decoding: address.key, as: UTF8.self),
            spelling: address.spelling.isEmpty ? nil : String(decoding: address.spelling, as: UTF8.self),
            frequency: count, weighedFrequency: stretches?.frequency(positions) ?? Float(count), weight: source.weight,
            lengthNorm: lengthNorms[Int(address.language.rawValue)][code]))
      }
      words.append(lists)
    }
    return words
  }
}
