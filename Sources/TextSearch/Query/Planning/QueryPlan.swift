/// A query resolved against the vocabulary and the statistics of a collection: the lists and weight of each leaf, and how the
/// leaves combine.
///
/// Searches, explanations and snippets all use this plan. A bag of words, and of phrases and expanded words beside them (`Bag`), runs as
/// a word search; a single phrase and a single expanded word have searches of their own; all other plans are trees.
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
    /// Whether the leaf is one word of a pattern, a similar word or an exact spelling.
    var isExpanded: Bool {
      guard !isPhrase, case .expanded = word.terms else { return false }
      return true
    }
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
  /// Words that no document holds, in query order, with those that are searched instead.
  let replaced: [ReplacedWord]
  /// Hash of the title that the query is, if it is one (`TitleTable`).
  let title: UInt64
  /// The kind of bag that the plan is; nil for phrases and trees.
  let bag: Bag?

  init(
    leaves: [Leaf], pairs: [Pair], root: Node, inflection: Float, statistics: CollectionStatistics,
    replaced: [ReplacedWord] = [], title: UInt64 = TitleTable.none
  ) {
    self.title = title
    self.replaced = replaced
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
  /// A plan in which all words must match, or any word or phrase does.
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
    guard inflection > 0, !leaves.isEmpty, leaves.allSatisfy(\.contributes) else { return nil }
    switch root {
    case .leaf:
      guard leaves.count == 1, !leaves[0].isPhrase, !leaves[0].isExpanded else { return nil }
      self.init(requiresAll: false, scoreOnly: [false])
    case .filter, .everything: return nil
    case .group(let group):
      if let scoreOnly = QueryPlan.Bag.any(group), scoreOnly.count == leaves.count {
        self.init(requiresAll: false, scoreOnly: scoreOnly)
      } else if QueryPlan.Bag.isConjunction(group, leaves) {
        self.init(requiresAll: true, scoreOnly: group.parts.map { _ in false })
      } else {
        return nil
      }
    }
  }

  /// Returns for each leaf of a group whether it only scores, if documents match that match any of the others; else nil. A part may
  /// be a group of that kind itself, of leaves that all match.
  private static func any(_ group: QueryPlan.Group) -> [Bool]? {
    guard group.minimum == 1 else { return nil }
    var scoreOnly: [Bool] = []
    for part in group.parts {
      switch (part.occurrence, part.node) {
      case (.should, .leaf): scoreOnly.append(false)
      case (.scoreOnly, .leaf): scoreOnly.append(true)
      case (.should, .group(let inner)):
        guard let own = any(inner), !own.contains(true) else { return nil }
        scoreOnly += own
      default: return nil
      }
    }
    return scoreOnly.contains(false) ? scoreOnly : nil
  }

  /// Whether documents match that hold all leaves, which are words, of a group.
  private static func isConjunction(_ group: QueryPlan.Group, _ leaves: [QueryPlan.Leaf]) -> Bool {
    group.minimum == 0 && group.parts.count == leaves.count && !leaves.contains { $0.isPhrase || $0.isExpanded }
      && group.parts.allSatisfy { part in
        guard part.occurrence == .must, case .leaf = part.node else { return false }
        return true
      }
  }
}

extension QueryPlan.Leaf {
  /// Whether the leaf is a word or a plain phrase that contributes to the score of every document that matches it.
  fileprivate var contributes: Bool {
    // No score of such a phrase or expanded word is rounded to 0.
    if isPhrase { return isPlainPhrase && weight > 0x1p-60 }
    guard field == nil else { return false }
    if isExpanded { return weight > 0x1p-60 || word.frequencies.isZero }
    return weight > 0 || idf <= 0
  }

  /// Whether the leaf is a phrase in any field whose words follow each other at once.
  var isPlainPhrase: Bool { isPhrase && slop == 0 && field == nil }
}
