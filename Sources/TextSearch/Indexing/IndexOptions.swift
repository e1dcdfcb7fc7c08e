/// How an index is made.
public struct IndexOptions: Sendable {
  /// How text becomes terms. Stored in the index.
  public var analyzer: AnalyzerOptions
  /// Names of the text fields. Their order is the order of their positions; the default search scores them as one.
  public var fields: [String]
  /// Names of the fields whose texts are kept, so that results can show them and mark words in them; nil for all.
  public var storedFields: Set<String>?
  /// How they are compressed.
  public var storedCompression: StoredCompression
  /// Bytes of memory to collect postings and texts in before a segment is written.
  public var memoryBudget: Int

  public init(
    analyzer: AnalyzerOptions = AnalyzerOptions(), fields: [String] = ["title", "body"],
    storedFields: Set<String>? = nil, storedCompression: StoredCompression = .fast, memoryBudget: Int = 384 << 20
  ) {
    self.analyzer = analyzer
    self.fields = fields
    self.storedFields = storedFields
    self.storedCompression = storedCompression
    self.memoryBudget = memoryBudget
  }

  /// Numbers of the fields whose texts are kept.
  var storedFieldNumbers: [Int] { fields.indices.filter { storedFields?.contains(fields[$0]) ?? true } }
}
