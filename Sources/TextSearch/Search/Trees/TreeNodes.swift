/// The nodes of a query tree in one segment, in a row: the root first, parents before their parts.
struct TreeNodes {
  enum Node {
    case leaf(Int)
    case documents(DocumentSet)
    case everything
    /// - Parameter parts: in the order in which they are best evaluated, the rarest first.
    case group(parts: [(occurrence: QueryPlan.Occurrence, node: Int)], minimum: Int)
  }

  private(set) var nodes: [Node] = []
  /// The node of each leaf, and whether it can contribute to scores: it is in no part that must not match.
  private(set) var ofLeaf: [Int]
  private(set) var isPositive: [Bool]

  var count: Int { nodes.count }

  /// - Parameter costs: an estimate of the number of documents that each leaf matches.
  init(_ root: QueryPlan.Node, _ segment: Segment, costs: [Int]) throws(SearchError) {
    ofLeaf = [Int](repeating: 0, count: costs.count)
    isPositive = [Bool](repeating: false, count: costs.count)
    _ = try add(root, segment, costs, isPositive: true)
  }

  /// Adds a node and its descendants; returns an estimate of the number of documents that match it.
  private mutating func add(
    _ node: QueryPlan.Node, _ segment: Segment, _ costs: [Int], isPositive: Bool
  ) throws(SearchError) -> Int {
    let number = nodes.count
    switch node {
    case .leaf(let leaf):
      nodes.append(.leaf(leaf))
      ofLeaf[leaf] = number
      self.isPositive[leaf] = isPositive
      return costs[leaf]
    case .filter(let filter):
      nodes.append(.documents(try filter.documents(in: segment)))
      return 0
    case .everything:
      nodes.append(.everything)
      return segment.documentCount
    case .group(let group):
      nodes.append(.everything)
      return try add(group, at: number, segment, costs, isPositive: isPositive)
    }
  }

  private mutating func add(
    _ group: QueryPlan.Group, at number: Int, _ segment: Segment, _ costs: [Int], isPositive: Bool
  ) throws(SearchError) -> Int {
    var parts: [(part: (occurrence: QueryPlan.Occurrence, node: Int), cost: Int)] = []
    for part in group.parts {
      let own = nodes.count
      let cost = try add(part.node, segment, costs, isPositive: isPositive && part.occurrence != .mustNot)
      parts.append(((part.occurrence, own), cost))
    }
    parts.sort { $0.cost != $1.cost ? $0.cost < $1.cost : $0.part.node < $1.part.node }
    nodes[number] = .group(parts: parts.map(\.part), minimum: group.minimum)
    let must = parts.filter { $0.part.occurrence == .must }.map(\.cost).min()
    let should = parts.filter { $0.part.occurrence == .should }.reduce(0) { $0 + $1.cost }
    return must ?? (group.minimum > 0 ? min(should, segment.documentCount) : segment.documentCount)
  }

  /// Whether a document of a window may match.
  func mayMatch(_ window: Int, _ leaves: [LeafScorer], _ node: Int = 0) -> Bool {
    switch nodes[node] {
    case .leaf(let leaf): return leaves[leaf].mayMatch(window)
    case .documents, .everything: return true
    case .group(let parts, let minimum):
      var optional = 0
      for part in parts where part.occurrence != .mustNot {
        let may = mayMatch(window, leaves, part.node)
        if part.occurrence == .must, !may { return false }
        if part.occurrence == .should, may { optional += 1 }
      }
      return optional >= minimum
    }
  }

  /// Leaves to each node the documents for which all groups around it match too.
  func restrict(_ matches: inout [DocumentSet], to set: DocumentSet, _ node: Int = 0) {
    matches[node].formIntersection(set)
    guard case .group(let parts, _) = nodes[node] else { return }
    let own = matches[node]
    for part in parts where part.occurrence != .mustNot { restrict(&matches, to: own, part.node) }
  }
}
