/// How an index is made.
public struct IndexOptions: Sendable {
  /// How text becomes terms. Stored in the index.
  public var analyzer: AnalyzerOptions
  /// Names of the text fields. Their order is the order of their positions; the default search scores them as one.
  public var fields: [String]
  /// Keep the texts, so that results can show them and mark words in them.
  public var storesText: Bool
  /// Bytes of memory to collect postings and texts in before a segment is written.
  public var memoryBudget: Int
  /// Types of attributes. One that is not named here is a date if it is called `date`, else a keyword. Stored in the
  /// index. A value that cannot be read as its type is no error: ``AttributeSchema/misfits(_:of:)`` tells.
  public var attributes: [String: AttributeType]

  public init(
    analyzer: AnalyzerOptions = AnalyzerOptions(), fields: [String] = ["title", "body"], storesText: Bool = true,
    memoryBudget: Int = 384 << 20, attributes: [String: AttributeType] = [:]
  ) {
    self.analyzer = analyzer
    self.fields = fields
    self.storesText = storesText
    self.memoryBudget = memoryBudget
    self.attributes = attributes
  }

  /// The types of all attributes.
  public var schema: AttributeSchema { AttributeSchema(attributes) }
}
