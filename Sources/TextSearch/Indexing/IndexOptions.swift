/// How an index is built. All options but ``memoryBudget`` and ``threads`` are stored in the index.
public struct IndexOptions: Sendable {
  /// How text becomes terms.
  public var analyzer: AnalyzerOptions
  /// Names of the text fields, in the order of their positions. By default a search scores them as one field.
  public var fields: [String]
  /// Names of the fields whose texts are stored, so that results can show them and mark matches in them; nil for all.
  public var storedFields: Set<String>?
  /// Compression of the stored texts and attributes.
  public var storedCompression: StoredCompression
  /// Bytes of memory that building may take, and up to a fifth more; at least ``minimumMemoryBudget``. With the
  /// documents it determines where a segment ends. More than 32 GiB has no further effect.
  public var memoryBudget: Int
  /// Bytes that determine where a segment ends, instead of the budget: tests want small segments.
  var segmentBudget: Int?
  /// Types of attributes by name. An attribute without a type here is a date if it is called `date`, else a keyword. A
  /// value that cannot be read as its type is no error: ``AttributeSchema/misfits(_:of:)`` returns such values.
  public var attributes: [String: AttributeType]
  /// Whether to store which inflected forms of a French word each document holds: for ranking, and for words that must
  /// match exactly.
  public var keepsForms: Bool
  /// Whether to keep which words are beside each occurrence (a byte for half of them), and in how many documents pairs of
  /// words are adjacent. Without, adjacent words of a query score no more than others, and phrases are slower.
  public var keepsPairs: Bool
  /// Number of threads that build, the caller's included; fewer where ``memoryBudget`` leaves less than 8 MiB for each of
  /// the others. The index is byte-identical for any number.
  public var threads: Int

  /// Creates options.
  ///
  /// - Parameters:
  ///   - analyzer: default: French and Vietnamese.
  ///   - fields: default: `title` and `body`.
  ///   - storedFields: default: all fields.
  ///   - storedCompression: default: ``StoredCompression/fast``.
  ///   - memoryBudget: bytes; default: 384 MiB.
  ///   - attributes: default: no declared types.
  ///   - keepsForms: default: true.
  ///   - keepsPairs: default: true.
  ///   - threads: default: 1.
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

  /// The minimum of ``memoryBudget``: 64 MiB.
  public static let minimumMemoryBudget = 64 << 20
  /// Bytes of the budget for each thread but the first: its analyzer, its batch and its share of a segment's tables.
  private static let threadBytes = 8 << 20

  /// Number of threads that the budget allows.
  var affordableThreads: Int {
    let spare = max(0, memoryBudget - IndexOptions.minimumMemoryBudget)
    return segmentBudget == nil ? min(threads, 1 + spare / IndexOptions.threadBytes) : threads
  }

  /// Indexes of the fields whose texts are stored, ascending.
  var storedFieldNumbers: [Int] { fields.indices.filter { storedFields?.contains(fields[$0]) ?? true } }

  /// The types of attributes, declared or by default.
  public var schema: AttributeSchema { AttributeSchema(attributes) }
}

extension IndexOptions {
  /// The options that are stored in the index.
  var settings: IndexSettings {
    IndexSettings(
      fingerprint: analyzer.fingerprint, fields: fields, storedFields: storedFieldNumbers,
      compression: storedCompression, keepsForms: keepsForms, keepsPairs: keepsPairs, schema: schema)
  }

  /// Creates the options of an existing index.
  init(_ settings: IndexSettings, analyzer: AnalyzerOptions, memoryBudget: Int, threads: Int) {
    self.init(
      analyzer: analyzer, fields: settings.fields, storedFields: Set(settings.storedFields.map { settings.fields[$0] }),
      storedCompression: settings.compression, memoryBudget: memoryBudget, attributes: settings.schema.declared,
      keepsForms: settings.keepsForms, keepsPairs: settings.keepsPairs, threads: threads)
  }

  /// Creates options with a bound on segments that is no memory budget: tests want small segments.
  init(
    analyzer: AnalyzerOptions = AnalyzerOptions(), fields: [String] = ["title", "body"],
    storedFields: Set<String>? = nil, storedCompression: StoredCompression = .fast, segmentBudget: Int,
    attributes: [String: AttributeType] = [:], keepsForms: Bool = true, keepsPairs: Bool = true, threads: Int = 1
  ) {
    self.init(
      analyzer: analyzer, fields: fields, storedFields: storedFields, storedCompression: storedCompression,
      attributes: attributes, keepsForms: keepsForms, keepsPairs: keepsPairs, threads: threads)
    self.segmentBudget = segmentBudget
  }

  /// Returns a name for the first option that differs in an existing index; nil if none does.
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
