/// A query resolved against the vocabulary and the statistics of a collection: the lists and weight of each leaf, and how the
/// leaves combine.
///
/// Searches, explanations and snippets all use this plan. A bag of words, which is a group of leaves of one word each, runs
/// as a word search; a single phrase runs as a phrase search; all other plans are trees.
final class QueryPlan: Sendable {
  /// A word, or a phrase of several; only leaves contribute to scores.
  struct Leaf: Sendable {
    /// One word, or several for a phrase.
    let words: ArraySlice<ResolvedWord>
    /// Number of positions that the words of a phrase may be moved by altogether.
    var slop = 0
    /// The text field that matches must be in; nil for any.
    var field: String?
    /// The word's inverse document frequency, or the sum of those of the phrase's words.
    let idf: Float
    /// Factor of the idf: the product of the query's boosts and the weight of a stop word.
    let boost: Float

    var weight: Float { boost * idf }
    var isPhrase: Bool { words.count > 1 }
    /// The only word, or the first of a phrase.
    var word: ResolvedWord { words[words.startIndex] }
  }

  enum Node: Sendable {
    /// Index of a leaf.
    case leaf(Int)
    case filter(AttributeFilter)
    case everything
    case group(Group)

    /// Whether the node has no words, so that it only restricts which documents match.
    var isCondition: Bool {
      switch self {
      case .leaf: false
      case .filter, .everything: true
      case .group(let group): group.parts.allSatisfy(\.node.isCondition)
      }
    }
  }

  /// How the documents of a part combine with those of the other parts of its group.
  enum Occurrence: Sendable {
    case must
    case should
    case mustNot
    /// Adds to the score of documents that match the group by its other parts; makes none match.
    case scoreOnly

    init(_ occurrence: Query.Part.Occurrence) {
      switch occurrence {
      case .must: self = .must
      case .should: self = .should
      case .mustNot: self = .mustNot
      }
    }
  }

  struct Part: Sendable {
    let occurrence: Occurrence
    let node: Node
  }

  struct Group: Sendable {
    var parts: [Part] = []
    /// Number of `.should` parts that must match.
    var minimum = 0
  }

  /// Two neighbouring leaves, whose words score more where they are adjacent.
  struct Pair: Sendable {
    /// Index of the first leaf; the second leaf follows it.
    let first: Int
    let boost: Float
    /// The pair's inverse document frequency in Vietnamese and in other text; 0 if no document holds the pair.
    var vietnameseIdf: Float = 0
    var otherIdf: Float = 0
  }

  let leaves: [Leaf]
  /// Ascending.
  let pairs: [Pair]
  let root: Node
  /// Factor of the weight of documents that hold a French word in other forms only than the typed one.
  let inflection: Float
  let statistics: CollectionStatistics
  /// The kind of bag that the plan is; nil for phrases and trees.
  let bag: Bag?

  init(leaves: [Leaf], pairs: [Pair], root: Node, inflection: Float, statistics: CollectionStatistics) {
    self.leaves = leaves
    self.pairs = pairs
    self.root = root
    self.inflection = inflection
    self.statistics = statistics
    bag = Bag(leaves, root, inflection: inflection)
  }

  /// The plan of a bag of words without pairs: any word matches.
  convenience init(bag words: [ResolvedWord], inflection: Float, statistics: CollectionStatistics) {
    self.init(
      leaves: words.indices.map { Leaf(words: words[$0...$0], idf: words[$0].idf, boost: words[$0].boost) },
      pairs: [],
      root: .group(Group(parts: words.indices.map { Part(occurrence: .should, node: .leaf($0)) }, minimum: 1)),
      inflection: inflection, statistics: statistics)
  }

  /// The leaves outside of all `.mustNot` parts, which contribute to scores, in query order.
  var positiveLeaves: [Leaf] {
    var ordinals: [Int] = []
    QueryPlan.collectPositive(root, &ordinals)
    return ordinals.sorted().map { leaves[$0] }
  }

  private static func collectPositive(_ node: Node, _ ordinals: inout [Int]) {
    switch node {
    case .leaf(let ordinal): ordinals.append(ordinal)
    case .filter, .everything: break
    case .group(let group):
      for part in group.parts where part.occurrence != .mustNot { collectPositive(part.node, &ordinals) }
    }
  }
}

extension QueryPlan {
  /// A plan that is one group of single words: which of the words must match.
  struct Bag: Sendable {
    /// All words; otherwise any of those that do not only score.
    let requiresAll: Bool
    /// For each leaf, whether it only scores; some leaf does not.
    let scoreOnly: [Bool]
  }
}

extension QueryPlan.Bag {
  /// The kind of bag that some leaves and their root are.
  ///
  /// A word or list of weight 0 makes documents match without contributing to their scores. Upper bounds of scores do not
  /// show such documents, so the plan is then a tree.
  fileprivate init?(_ leaves: [QueryPlan.Leaf], _ root: QueryPlan.Node, inflection: Float) {
    guard inflection > 0, !leaves.isEmpty, leaves.allSatisfy(\.isPlainWord) else { return nil }
    switch root {
    case .leaf:
      guard leaves.count == 1 else { return nil }
      self.init(requiresAll: false, scoreOnly: [false])
    case .filter, .everything: return nil
    case .group(let group): self.init(group, leaves: leaves.count)
    }
  }

  private init?(_ group: QueryPlan.Group, leaves: Int) {
    guard group.parts.count == leaves else { return nil }
    var counts = (must: 0, should: 0)
    for (ordinal, part) in group.parts.enumerated() {
      guard case .leaf(ordinal) = part.node else { return nil }
      switch part.occurrence {
      case .must: counts.must += 1
      case .should: counts.should += 1
      case .mustNot: return nil
      case .scoreOnly: break
      }
    }
    let requiresAll = counts.must == leaves && group.minimum == 0
    guard requiresAll || counts.must == 0 && counts.should > 0 && group.minimum == 1 else { return nil }
    self.init(requiresAll: requiresAll, scoreOnly: group.parts.map { $0.occurrence == .scoreOnly })
  }
}

extension QueryPlan.Leaf {
  /// Whether the leaf is a typed word in any field that contributes to the score of every document that holds it.
  fileprivate var isPlainWord: Bool {
    guard words.count == 1, field == nil, case .read = word.terms else { return false }
    return weight > 0 || idf <= 0
  }
}
