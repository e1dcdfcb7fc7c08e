/// What ranking needs to know of a collection; sums of integers, so statistics of parts add up to those of the whole.
public struct CollectionStatistics: Sendable, Equatable {
  /// What is counted for each language.
  public struct ByLanguage: Sendable, Equatable {
    /// Documents that hold at least one token of the language.
    public var documents: UInt64 = 0
    /// Documents most of whose tokens are of the language (ties: French, Vietnamese, none).
    public var mainDocuments: UInt64 = 0
    /// Tokens of any language in those documents.
    public var mainLength: UInt64 = 0

    /// Creates the statistics of no documents.
    public init() {}
  }

  /// Documents, deleted ones included until compaction.
  public var documents: UInt64 = 0
  /// Tokens in all documents.
  public var length: UInt64 = 0
  private var languages = [ByLanguage](repeating: ByLanguage(), count: Language.allCases.count)

  /// Creates the statistics of no documents.
  public init() {}

  /// The statistics of a language.
  public subscript(language: Language) -> ByLanguage {
    get { languages[Int(language.rawValue)] }
    set { languages[Int(language.rawValue)] = newValue }
  }

  /// Average document length to normalise by for a language, in tokens; never zero.
  ///
  /// French and Vietnamese: over the documents that are mainly of the language. Words of neither language are in
  /// documents of both, and the few documents that hold little else (lists, tables) say nothing about those: for them
  /// the average of all documents with words is taken.
  public func averageLength(_ language: Language) -> Double {
    let own = self[language]
    if language != .none, own.mainDocuments > 0 { return max(1, Double(own.mainLength) / Double(own.mainDocuments)) }
    let holding = Language.allCases.reduce(0) { $0 + self[$1].mainDocuments }
    return holding > 0 ? max(1, Double(length) / Double(holding)) : 1
  }

  /// How much a language is one of the collection's: 0 where up to a twentieth of the documents are mainly of it, 1 from a
  /// tenth on.
  func share(of language: Language) -> Double {
    guard documents > 0 else { return 0 }
    return min(1, max(0, 20 * Double(self[language].mainDocuments) / Double(documents) - 1))
  }

  /// The number of documents that the documents of a word are compared with: those that hold the language, if it is one of the
  /// collection's, so that a word of one language does not count as rare for the documents of another. Few documents with a stray
  /// run of another language are no collection of it: their words are compared with all documents.
  func population(of language: Language) -> Double {
    guard language != .none else { return Double(documents) }
    let share = share(of: language)
    return share * Double(self[language].documents) + (1 - share) * Double(documents)
  }

  /// Adds the statistics of a part of the collection.
  public static func += (total: inout CollectionStatistics, part: CollectionStatistics) {
    total.documents += part.documents
    total.length += part.length
    for language in Language.allCases {
      total[language].documents += part[language].documents
      total[language].mainDocuments += part[language].mainDocuments
      total[language].mainLength += part[language].mainLength
    }
  }

  /// Removes the statistics of a part; returns false, and removes nothing, if they are no part of these.
  mutating func subtract(_ part: CollectionStatistics) -> Bool {
    var isPart = true
    func difference(_ total: UInt64, _ part: UInt64) -> UInt64 {
      isPart = isPart && part <= total
      return total &- part
    }
    var rest = self
    rest.documents = difference(documents, part.documents)
    rest.length = difference(length, part.length)
    for language in Language.allCases {
      let (own, other) = (self[language], part[language])
      rest[language].documents = difference(own.documents, other.documents)
      rest[language].mainDocuments = difference(own.mainDocuments, other.mainDocuments)
      rest[language].mainLength = difference(own.mainLength, other.mainLength)
    }
    if isPart { self = rest }
    return isPart
  }

  /// Counts a document by its tokens of each language.
  mutating func add(_ tokens: [Int]) {
    let total = tokens.reduce(0, +)
    documents += 1
    length += UInt64(total)
    guard total > 0 else { return }
    var main = Language.french
    for language in [Language.vietnamese, .none] where tokens[Int(language.rawValue)] > tokens[Int(main.rawValue)] {
      main = language
    }
    for language in Language.allCases where tokens[Int(language.rawValue)] > 0 { self[language].documents += 1 }
    self[main].mainDocuments += 1
    self[main].mainLength += UInt64(total)
  }
}

extension CollectionStatistics {
  func write(to writer: inout ByteWriter) {
    writer.write(documents)
    writer.write(length)
    for language in Language.allCases {
      writer.write(self[language].documents)
      writer.write(self[language].mainDocuments)
      writer.write(self[language].mainLength)
    }
  }

  /// Writes the section of the statistics, with the names of a segment's fields and stored attributes.
  func write(fields: [String], attributes: [String], to writer: inout SegmentWriter) throws(SearchError) {
    var section = ByteWriter()
    write(to: &section)
    for names in [fields, attributes] {
      section.writeVariable(names.count)
      for name in names { section.writeString(name) }
    }
    try writer.write(.statistics, section.bytes.span)
  }

  /// - Parameters:
  ///   - reader: a reader before the statistics.
  ///   - maximum: the maximum number of documents: that of a segment or of a collection.
  init(_ reader: inout ByteReader, maximumDocuments maximum: UInt64 = UInt64(UInt32.max)) throws(SearchError) {
    self.init()
    let start = reader.offset
    documents = try reader.read()
    length = try reader.read()
    for language in Language.allCases {
      self[language].documents = try reader.read()
      self[language].mainDocuments = try reader.read()
      self[language].mainLength = try reader.read()
    }
    // Totals of the whole index are sums; these bounds keep them from overflowing.
    guard documents <= maximum, length <= UInt64.max / UInt64(Manifest.maximumSegments) else {
      throw reader.region.corrupt(at: start, "statistics too large")
    }
    for (index, language) in Language.allCases.enumerated() {
      let own = self[language]
      guard own.documents <= documents, own.mainDocuments <= documents, own.mainLength <= length else {
        throw reader.region.corrupt(at: start + 16 + 24 * index, "statistics contradict each other")
      }
    }
  }
}
