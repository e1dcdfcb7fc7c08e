/// How to search.
public struct SearchOptions: Sendable {
  /// Hits to give at most.
  public var limit: Int
  /// Hits to pass over first: the pages before.
  public var offset = 0 { didSet { offset = max(0, offset) } }
  /// What hits are sorted by in the place of their scores; nil for the best first. All that match are sorted.
  public var order: AttributeOrder?
  /// Attributes whose values are counted over all documents that match.
  public var facets: [Facet] = []
  /// Only documents that hold every word, instead of any.
  public var requiresAllWords: Bool
  public var ranking: BM25
  /// Give each hit a snippet; off saves the analysis of its text.
  public var makesSnippets: Bool
  /// How the words of the query are read.
  public var reading: ReadingOptions
  /// Only documents whose attributes pass; nil for all.
  public var filter: AttributeFilter?
  /// What words that stand side by side add to a score.
  public var adjacency: Adjacency
  /// Count every document that matches; else only those that were scored are counted, at least as many match, and the
  /// search is faster.
  public var countsAll: Bool
  /// Statistics of a whole of which the index is a part; nil for its own.
  public var statistics: SharedStatistics?
  /// When the search has to end, with what it has found by then; nil to go on to the end.
  public var deadline: ContinuousClock.Instant?
  /// Ends the search from outside; nil where nobody will. The task that a search runs in ends it too when cancelled.
  public var cancellation: Cancellation?
  /// Segments that are searched at the same time at most, each by a thread that is started for it. Hits and scores are the
  /// same for any number. Pays for searches that take milliseconds, where processors are idle.
  public var threads = 1 { didSet { threads = min(max(1, threads), 64) } }
  /// Asked whether to end the search, for tests.
  var question: (@Sendable () -> Bool)?
  /// A document that is not to be found: its segment's place and its number.
  var excluded: (segment: Int, document: UInt32)?
  /// Score every document that matches, one word after the other: the definition that faster ways are tested against.
  var scoresAll = false

  public init(
    limit: Int = 10, requiresAllWords: Bool = false, ranking: BM25 = BM25(), makesSnippets: Bool = true,
    reading: ReadingOptions = ReadingOptions(), filter: AttributeFilter? = nil, adjacency: Adjacency = Adjacency(),
    countsAll: Bool = true
  ) {
    self.adjacency = adjacency
    self.countsAll = countsAll
    self.filter = filter
    self.reading = reading
    self.limit = max(0, limit)
    self.requiresAllWords = requiresAllWords
    self.ranking = ranking
    self.makesSnippets = makesSnippets
  }

  /// How strictly marks and accents are taken.
  public var strictness: ReadingOptions.Strictness {
    get { reading.strictness }
    set { reading.strictness = newValue }
  }

  /// How much lists and words count.
  public var weights: AgreementWeights {
    get { reading.weights }
    set { reading.weights = newValue }
  }

  /// What becomes of the query's stop words.
  public var stopWords: ReadingOptions.StopWordUse {
    get { reading.stopWords }
    set { reading.stopWords = newValue }
  }

  /// Words that are read beside those of the query.
  public var synonyms: Synonyms? {
    get { reading.synonyms }
    set { reading.synonyms = newValue }
  }
}

/// What a search found.
public struct SearchResults: Sendable, Equatable {
  public struct Hit: Sendable, Equatable {
    /// BM25 score; only its order means something. 0 where hits are sorted by an attribute.
    public let score: Float
    public let document: StoredDocument
    /// Text around the matched words.
    public let snippet: Snippet

    public var key: String { document.key }
    public var title: String? { document.text("title") }
  }

  /// Documents that match.
  public let total: Int
  /// If not, at least so many documents match (``SearchOptions/countsAll``, ``isPartial``).
  public let isTotalExact: Bool
  /// The search had to end (``SearchOptions/deadline``, ``SearchOptions/cancellation``) before all was done. What is here is
  /// right: each hit matches and has its score. But there may be better ones, more matches, and hits without snippet.
  public let isPartial: Bool
  /// Counts for each of ``SearchOptions/facets``.
  public let facets: [FacetCounts]
  /// The best of them, best first, or in the order asked for; equal ones in the order of their keys.
  public let hits: [Hit]
}
