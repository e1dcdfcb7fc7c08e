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
  /// Bytes of memory to collect postings and texts in before a segment is written. Decides, with the documents, where
  /// one segment ends and the next begins. More than 32 GiB has no further effect.
  public var memoryBudget: Int
  /// Types of attributes. One that is not named here is a date if it is called `date`, else a keyword. Stored in the
  /// index. A value that cannot be read as its type is no error: ``AttributeSchema/misfits(_:of:)`` tells.
  public var attributes: [String: AttributeType]
  /// Keep which inflected forms of a French word each document holds: for ranking, and for words that are to match as
  /// they are written.
  public var keepsForms: Bool
  /// Keep for each document a filter of the pairs of neighbouring words that it holds (six bits a token): phrases, and
  /// words side by side, are then looked for only where they may stand.
  public var keepsPairs: Bool
  /// Threads that build, the caller's included. The index is the same, byte for byte, for any number.
  public var threads: Int

  public init(
    analyzer: AnalyzerOptions = AnalyzerOptions(), fields: [String] = ["title", "body"],
    storedFields: Set<String>? = nil, storedCompression: StoredCompression = .fast, memoryBudget: Int = 384 << 20,
    attributes: [String: AttributeType] = [:], keepsForms: Bool = true, keepsPairs: Bool = true,
    threads: Int = 1
  ) {
    self.analyzer = analyzer
    self.fields = fields
    self.storedFields = storedFields
    self.storedCompression = storedCompression
    self.memoryBudget = memoryBudget
    self.attributes = attributes
    self.keepsForms = keepsForms
    self.keepsPairs = keepsPairs
    self.threads = threads
  }

  /// Numbers of the fields whose texts are kept.
  var storedFieldNumbers: [Int] { fields.indices.filter { storedFields?.contains(fields[$0]) ?? true } }

  /// The types of all attributes.
  public var schema: AttributeSchema { AttributeSchema(attributes) }
}

extension IndexOptions {
  /// What of the options is stored in the index.
  var settings: IndexSettings {
    IndexSettings(
      fingerprint: analyzer.fingerprint, fields: fields, storedFields: storedFieldNumbers,
      compression: storedCompression, keepsForms: keepsForms, keepsPairs: keepsPairs, schema: schema)
  }

  /// The options of an index.
  init(_ settings: IndexSettings, analyzer: AnalyzerOptions, memoryBudget: Int, threads: Int) {
    self.init(
      analyzer: analyzer, fields: settings.fields, storedFields: Set(settings.storedFields.map { settings.fields[$0] }),
      storedCompression: settings.compression, memoryBudget: memoryBudget, attributes: settings.schema.declared,
      keepsForms: settings.keepsForms, keepsPairs: settings.keepsPairs, threads: threads)
  }

  /// The first option that an index was made with differently; nil if none.
  func difference(from settings: IndexSettings) -> String? {
    let own = self.settings
    if own.fingerprint != settings.fingerprint { return "analyzer" }
    if own.fields != settings.fields { return "list of fields" }
    if own.storedFields != settings.storedFields { return "choice of stored fields" }
    if own.compression != settings.compression { return "compression" }
    if own.keepsForms != settings.keepsForms { return "keeping of forms" }
    if own.keepsPairs != settings.keepsPairs { return "keeping of pairs" }
    return own.schema != settings.schema ? "schema of attributes" : nil
  }
}
