/// Options of a search.
public struct SearchOptions: Sendable {
  /// Maximum number of hits to return, 0 or more. Default 10.
  public var limit: Int
  /// Hits to skip first: the pages before. 0 or more, default 0.
  public var offset = 0 { didSet { offset = max(0, offset) } }
  /// Attribute or stored field that hits are sorted by instead of their scores; nil for the best first. All that match are sorted.
  public var order: AttributeOrder?
  /// Attributes whose values are counted over all documents that match.
  public var facets: [Facet] = []
  /// Only documents that hold every word, instead of any. Default false.
  public var requiresAllWords: Bool
  /// Parameters of the ranking.
  public var ranking: BM25
  /// Make a snippet for each hit, which analyses its text. Default true.
  public var makesSnippets: Bool
  /// The reading of the words of the query.
  public var reading: ReadingOptions
  /// Only documents whose attributes pass; nil for all.
  public var filter: AttributeFilter?
  /// Scores of adjacent words.
  public var adjacency: Adjacency
  /// Number of documents up to which matches are counted, 0 or more; default ``standardCountLimit``. The pages up to the one
  /// asked for are always counted, and all matches where they are counted by attributes or sorted. `Int.max` counts all, 0 none.
  ///
  /// Beyond it ``SearchResults/total`` is this number. The fewer are counted, the faster is the search; hits and scores do not
  /// depend on it.
  public var countLimit: Int { didSet { countLimit = max(0, countLimit) } }
  /// Statistics of a larger collection of which the index is a part; nil for its own.
  public var statistics: SharedStatistics?
  /// Time at which the search has to end, with what it has found by then; nil to go on to the end.
  public var deadline: ContinuousClock.Instant?
  /// Ends the search from outside; nil where nobody will. Cancelling the task that a search runs in ends it too.
  public var cancellation: Cancellation?
  /// Maximum number of threads that search at once, segments or ranges of the documents of large ones, each started for the search; 1 to
  /// 64, default 1. Hits and scores are equal for any number. Pays for searches that take milliseconds, where processors are idle.
  public var threads = 1 { didSet { threads = min(max(1, threads), 64) } }
  /// Whether documents whose whole title is the query come first (<doc:Ranking>). Default true.
  public var ranksTitlesFirst = true
  /// The score of words that expand to many.
  public var expansionScore = ExpansionScore.bm25
  /// Documents of a segment for which a thread of its own pays.
  var documentsPerThread = 65_536
  /// Whether to end the search, for tests.
  var interruption: (@Sendable () -> Bool)?
  /// A document that is not to be found: the ordinal of its segment, and its number.
  var excluded: (segment: Int, document: UInt32)?
  /// Score every document that matches by the definition, for tests.
  var usesReference = false

  /// How a word of a query scores that expands to many words: a prefix, a pattern, a similar word.
  public enum ExpansionScore: String, Sendable, CaseIterable {
    /// As a word that occurs wherever one of the words does.
    case bm25
    /// Half of the leaf's weight in each document that holds one of the words, however often: no frequencies are read.
    case constant
  }

  /// The default of ``countLimit``: 10,000.
  public static let standardCountLimit = 10_000

  /// Creates options; what is not named has its default.
  public init(
    limit: Int = 10, requiresAllWords: Bool = false, ranking: BM25 = BM25(), makesSnippets: Bool = true,
    reading: ReadingOptions = ReadingOptions(), filter: AttributeFilter? = nil, adjacency: Adjacency = Adjacency(),
    countLimit: Int = standardCountLimit
  ) {
    self.adjacency = adjacency
    self.countLimit = max(0, countLimit)
    self.filter = filter
    self.reading = reading
    self.limit = max(0, limit)
    self.requiresAllWords = requiresAllWords
    self.ranking = ranking
    self.makesSnippets = makesSnippets
  }

  /// The strictness about diacritics; part of ``reading``.
  public var strictness: ReadingOptions.Strictness {
    get { reading.strictness }
    set { reading.strictness = newValue }
  }

  /// Weights of lists and words; part of ``reading``.
  public var weights: AgreementWeights {
    get { reading.weights }
    set { reading.weights = newValue }
  }

  /// The use of the query's stop words; part of ``reading``.
  public var stopWords: ReadingOptions.StopWordUse {
    get { reading.stopWords }
    set { reading.stopWords = newValue }
  }

  /// Words that are read beside those of the query; part of ``reading``.
  public var synonyms: Synonyms? {
    get { reading.synonyms }
    set { reading.synonyms = newValue }
  }

  /// Every match is looked at, not the best alone.
  var needsMatches: Bool { order != nil || !facets.isEmpty }

  /// The largest total that is exact; 0 where nothing is counted.
  var exactLimit: Int {
    if needsMatches { return .max }
    if countLimit == 0 { return 0 }
    return max(countLimit, endOfPage)
  }

  /// The number of hits up to the end of the page.
  var endOfPage: Int {
    let end = offset.addingReportingOverflow(limit)
    return end.overflow ? .max : end.partialValue
  }

  /// Names of the attributes that facets and filter use.
  var attributeNames: Set<String> { Set(facets.map(\.name)).union(filter?.names ?? []) }
}

extension SearchControl {
  /// The control of a search with some options.
  convenience init(_ options: borrowing SearchOptions) {
    self.init(deadline: options.deadline, options.cancellation, options.interruption)
  }
}
