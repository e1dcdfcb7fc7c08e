import TextSearch

/// The effect of each part of the ranking: nDCG@10 with the defaults, and the difference with one of them changed.
enum QualityAblation {
  /// A change of the default options.
  private struct Variant: Sendable {
    let name: String
    /// Whether each word makes documents match, stop words too: the query is a tree.
    let isTree: Bool
    let change: @Sendable (inout SearchOptions) -> Void

    init(_ name: String, isTree: Bool = false, _ change: @escaping @Sendable (inout SearchOptions) -> Void) {
      self.name = name
      self.isTree = isTree
      self.change = change
    }
  }

  private static let variants = [
    Variant("no bonus of titles") { $0.ranksTitlesFirst = false },
    Variant("no pairs") { $0.adjacency = .off },
    Variant("pair weights halved") { $0.adjacency = Adjacency(french: 0.2, vietnamese: 0.375) },
    Variant("pair weights doubled") { $0.adjacency = Adjacency(french: 0.8, vietnamese: 1.5) },
    Variant("all forms weigh the same") { $0.weights.inflection = 1 },
    Variant("other forms .3") { $0.weights.inflection = 0.3 },
    Variant("other forms .8") { $0.weights.inflection = 0.8 },
    Variant("stop words match", isTree: true) { _ in },
    Variant("stop words in full") { $0.stopWords = .keep },
    Variant("stop words dropped") { $0.stopWords = .drop },
    Variant("stop words .15, .25") {
      $0.weights.frenchStopWord = 0.15
      $0.weights.vietnameseStopWord = 0.25
    },
    Variant("stop words .6, .75") {
      $0.weights.frenchStopWord = 0.6
      $0.weights.vietnameseStopWord = 0.75
    },
    Variant("diacritics exactly as typed") { $0.strictness = .exact },
    Variant("diacritics ignored") { $0.strictness = .folded },
    Variant("without diacritics in full") { $0.weights.withoutDiacritics = 1 },
    Variant("no i for y") { $0.weights.otherSpelling = 0 },
    Variant("k1 .9") { $0.ranking.k1 = 0.9 },
    Variant("k1 1.6") { $0.ranking.k1 = 1.6 },
    Variant("b .5") { $0.ranking.b = 0.5 },
    Variant("b .9") { $0.ranking.b = 0.9 },
    Variant("plain BM25: all of it off") {
      $0.adjacency = .off
      $0.ranksTitlesFirst = false
      $0.weights.inflection = 1
      $0.stopWords = .keep
    },
  ]

  /// Prints a row for each variant; columns are the query lists of the sets, and their mean.
  static func run(_ sets: [RetrievalSet]) throws {
    try require(!sets.isEmpty, "quality takes folders of retrieval sets")
    let indexes = try sets.map { try QualityBenchmark.index([$0], prefixed: false) }
    func figures(_ options: SearchOptions, isTree: Bool = false) throws -> [Double] {
      let tree: (String) -> Query = { .any($0.split(separator: " ").map { .words(String($0)) }) }
      return try zip(sets, indexes).flatMap { set, index in
        try set.queries.map {
          try QualityBenchmark.evaluate(
            set, $0.queries, in: index.0, prefix: "", options, depth: 10, as: isTree ? tree : { .words($0) }
          ).meanNDCG
        }
      }
    }
    let columns = sets.flatMap { set in set.queries.map { (set: set.name, label: $0.label) } }
    print("nDCG@10 and what changes it; " + columns.map { "\($0.set) \($0.label)" }.joined(separator: ", ") + ", mean")
    let base = try figures(SearchOptions())
    printRow("default", base) { fixed($0, 4) }
    for variant in variants {
      var options = SearchOptions()
      variant.change(&options)
      let changed = zip(try figures(options, isTree: variant.isTree), base).map { $0 - $1 }
      printRow(variant.name, changed) { ($0 < 0 ? "-" : "+") + fixed(abs($0), 4) }
    }
  }

  private static func printRow(_ name: String, _ values: [Double], _ text: (Double) -> String) {
    let cells = (values + [values.reduce(0, +) / Double(max(1, values.count))]).map { text($0).padding(-9) }
    print(name.padding(27) + cells.joined())
  }
}
