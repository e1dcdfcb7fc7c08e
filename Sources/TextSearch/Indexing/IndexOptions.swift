/// How an index is made.
public struct IndexOptions: Sendable {
  /// How text becomes terms. Stored in the index.
  public var analyzer: AnalyzerOptions
  /// Names of the text fields. Their order is the order of their positions; the default search scores them as one.
  public var fields: [String]
  /// Keep the texts, so that results can show them and mark words in them.
  public var storesText: Bool
  /// Bytes of memory to collect postings and texts in before a segment is written. Decides, with the documents, where
  /// one segment ends and the next begins.
  public var memoryBudget: Int
  /// Threads that build, the caller's included. The index is the same, byte for byte, for any number.
  public var threads: Int

  public init(
    analyzer: AnalyzerOptions = AnalyzerOptions(), fields: [String] = ["title", "body"], storesText: Bool = true,
    memoryBudget: Int = 384 << 20, threads: Int = 1
  ) {
    self.analyzer = analyzer
    self.fields = fields
    self.storesText = storesText
    self.memoryBudget = memoryBudget
    self.threads = threads
  }
}
