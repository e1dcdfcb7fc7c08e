/// How to search.
public struct SearchOptions: Sendable {
  /// Hits to give at most.
  public var limit: Int
  /// Only documents that hold every word, instead of any.
  public var requiresAllWords: Bool
  public var ranking: BM25
  /// Give each hit a snippet; off saves the analysis of its text.
  public var makesSnippets: Bool

  public init(limit: Int = 10, requiresAllWords: Bool = false, ranking: BM25 = BM25(), makesSnippets: Bool = true) {
    self.limit = max(0, limit)
    self.requiresAllWords = requiresAllWords
    self.ranking = ranking
    self.makesSnippets = makesSnippets
  }
}

/// What a search found.
public struct SearchResults: Sendable, Equatable {
  public struct Hit: Sendable, Equatable {
    /// BM25 score; only its order means something.
    public let score: Float
    public let document: StoredDocument
    /// Text around the matched words.
    public let snippet: Snippet

    public var key: String { document.key }
    public var title: String? { document.text("title") }
  }

  /// Documents that match.
  public let total: Int
  /// The best of them, best first; equal scores in the order of their keys.
  public let hits: [Hit]
}
