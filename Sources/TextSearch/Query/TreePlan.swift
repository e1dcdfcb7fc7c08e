/// A query tree resolved against the vocabulary and the statistics of a whole collection: what each leaf reads and weighs,
/// and how the leaves combine. Holds no numbers of segments, so parts of the collection can run it one by one.
struct TreePlan: Sendable {
  /// The lists of one word.
  enum Word: Sendable, Hashable {
    case read(QueryWord)
    case expanded(ExpandedWord)

    var text: String {
      switch self {
      case .read(let word): word.text
      case .expanded(let word): word.text
      }
    }
  }

  /// What adds to scores: a word, or a phrase of several.
  struct Leaf: Sendable {
    let words: [Word]
    /// Places by which the words of a phrase may be moved altogether.
    var slop = 0
    /// The text field that matches have to be in; nil for any.
    var field: String?
    /// The word's inverse document frequency, or the sum of those of the phrase's words.
    let idf: Float
    /// What the idf is multiplied by: boosts, less for stop words.
    var boost: Float
    /// Documents that hold each word, by language.
    let frequencies: [LanguageCounts]

    var weight: Float { boost * idf }
    var isPhrase: Bool { words.count > 1 }
  }

  indirect enum Node: Sendable {
    case leaf(Int)
    case filter(AttributeFilter)
    case everything
    case group(Group)

    /// Holds no words: it narrows a search and says nothing of what is looked for.
    var isCondition: Bool {
      switch self {
      case .leaf: false
      case .filter, .everything: true
      case .group(let group): group.parts.allSatisfy(\.node.isCondition)
      }
    }
  }

  struct Part: Sendable {
    let occurrence: Query.Part.Occurrence
    let node: Node
  }

  struct Group: Sendable {
    var parts: [Part] = []
    /// How many of the parts that should match have to.
    var minimum = 0
  }

  /// Two leaves whose words count more where they stand side by side.
  struct Pair: Sendable {
    /// The place of the first leaf; the second is the next.
    let first: Int
    let boost: Float
  }

  var leaves: [Leaf] = []
  var pairs: [Pair] = []
  var root = Node.everything
  let inflection: Float
  let statistics: CollectionStatistics

  init(inflection: Float, statistics: CollectionStatistics) {
    self.inflection = inflection
    self.statistics = statistics
  }

  /// The pairs with their weights.
  func weighed(_ french: Float, _ vietnamese: Float) -> [(first: Int, french: Float, vietnamese: Float)] {
    guard french != 0 || vietnamese != 0 else { return [] }
    return pairs.compactMap { pair in
      let (a, b) = (leaves[pair.first].idf, leaves[pair.first + 1].idf)
      guard a > 0, b > 0, pair.boost > 0 else { return nil }
      let idf = (a + b) / 2
      return (pair.first, pair.boost * (french * idf), pair.boost * (vietnamese * idf))
    }
  }
}

extension Segment {
  /// The lists of a word of a tree, in dictionary order; not all of them where the search has to end.
  func lists(
    _ word: TreePlan.Word, inflection: Float, _ control: SearchControl? = nil
  ) throws(SearchError) -> [SelectedList] {
    switch word {
    case .read(let word): try lists(word, inflection: inflection)
    case .expanded(let word): try lists(word, control)
    }
  }
}
