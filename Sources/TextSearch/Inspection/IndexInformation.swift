/// The contents of an index and the bytes of each part: what can be read without decoding postings or texts.
/// ``SearchIndex/countPostings()`` counts terms, postings and positions.
public struct IndexInformation: Sendable, Equatable {
  /// One segment file.
  public struct SegmentFile: Sendable, Equatable {
    /// Name of the file in the folder of the index.
    public let name: String
    /// Number of documents, deleted ones included.
    public let documents: Int
    /// Number of deleted documents.
    public let deletedDocuments: Int
    /// Bytes of the file.
    public let bytes: Int
  }

  /// A section of all segments together; the article <doc:IndexFormat> specifies its contents.
  public struct Section: Sendable, Equatable {
    /// Name of the section.
    public let name: String
    /// Bytes without padding.
    public let bytes: Int
  }

  /// An attribute that some document has.
  public struct Attribute: Sendable, Equatable {
    /// Name of the attribute.
    public let name: String
    /// Type of its values.
    public let type: AttributeType
    /// Number of distinct values; those of deleted documents count until they are merged away.
    public let values: Int
  }

  /// The texts and attributes that are stored for results.
  public struct StoredTexts: Sendable, Equatable {
    /// Names of the fields whose texts are stored.
    public let fields: [String]
    /// The compression of the first segment; none in an index without segments.
    public let compression: StoredCompression
    /// Bytes before compression.
    public let rawBytes: UInt64
    /// Bytes in the files.
    public let bytes: Int
  }

  /// Path of the folder.
  public let path: String
  /// Number of the commit; ascending.
  public let generation: UInt64
  /// Options of the analyzer.
  public let analyzer: AnalyzerOptions
  /// Names of the text fields, in the order of their positions; none in an index without segments.
  public let fields: [String]
  /// Number of documents that searches can find.
  public let documents: Int
  /// Number of deleted documents that are still in the segments.
  public let deletedDocuments: Int
  /// Statistics for ranking, deleted documents included.
  public let statistics: CollectionStatistics
  /// Number of inflected forms in the lexicons of all segments, added up.
  public let lexiconForms: Int
  /// Bytes of the segment files and the manifest.
  public let bytes: Int
  /// The segment files, in the order of the manifest.
  public let segments: [SegmentFile]
  /// All sections that the format knows, in the order of their numbers.
  public let sections: [Section]
  /// Attributes in the order of the bytes of their names.
  public let attributes: [Attribute]
  /// Stored texts and attributes.
  public let stored: StoredTexts

  /// Returns the bytes of a section by its name in <doc:IndexFormat>; 0 for an unknown name.
  public func bytes(ofSection name: String) -> Int { sections.first { $0.name == name }?.bytes ?? 0 }
}

extension SearchIndex {
  /// Returns the contents and sizes of the index. Reads heads and tables only.
  ///
  /// - Throws: `SearchError.corrupt` if these are damaged.
  public func information() throws(SearchError) -> IndexInformation {
    let sizes = sectionSizes.map { IndexInformation.Section(name: $0.name, bytes: $0.bytes) }
    let summary = summary
    return IndexInformation(
      path: path, generation: generation, analyzer: options, fields: segments.first?.fields ?? [],
      documents: summary.documents, deletedDocuments: deleted.reduce(0) { $0 + $1.count }, statistics: statistics,
      lexiconForms: segments.reduce(0) { $0 + $1.lexicon.count }, bytes: summary.bytes,
      segments: zip(segments, deleted).map(SearchIndex.file), sections: sizes, attributes: try attributeInformation(),
      stored: try storedTexts(sizes))
  }

  private static func file(_ segment: Segment, deleted: DeletedDocuments) -> IndexInformation.SegmentFile {
    IndexInformation.SegmentFile(
      name: segment.path.split(separator: "/").last.map(String.init) ?? segment.path, documents: segment.documentCount,
      deletedDocuments: deleted.count, bytes: segment.byteCount)
  }

  private func attributeInformation() throws(SearchError) -> [IndexInformation.Attribute] {
    var dictionaries: [String: [AttributeDictionary]] = [:]
    var types: [String: AttributeType] = [:]
    for segment in segments {
      for name in segment.attributeColumns.names {
        do {
          guard let column = try segment.attributeColumns.column(name) else { continue }
          dictionaries[name, default: []].append(column.dictionary)
          types[name] = column.type
        } catch {
          throw error.inFile(segment.path)
        }
      }
    }
    var attributes: [IndexInformation.Attribute] = []
    for (name, type) in types.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let values = try SearchIndex.distinctValues(dictionaries[name] ?? [])
      attributes.append(IndexInformation.Attribute(name: name, type: type, values: values))
    }
    return attributes
  }

  /// Returns the number of distinct values of some dictionaries. Those of several segments are read side by side.
  private static func distinctValues(_ dictionaries: [AttributeDictionary]) throws(SearchError) -> Int {
    if dictionaries.count < 2 { return dictionaries.first?.count ?? 0 }
    var cursors = dictionaries.map { AttributeDictionary.Cursor($0) }
    var order = MergeOrder(sequences: cursors.count)
    for source in cursors.indices where try cursors[source].next() { order.push(source, cursors[source].key.order) }
    var count = 0
    var last: [UInt8]?
    while !order.isEmpty {
      let head = order.head(order.first)
      if head != last { count += 1 }
      last = head
      let source = order.pop()
      if try cursors[source].next() { order.push(source, cursors[source].key.order) }
    }
    return count
  }

  private func storedTexts(_ sections: [IndexInformation.Section]) throws(SearchError) -> IndexInformation.StoredTexts {
    var raw: UInt64 = 0
    for segment in segments { raw += try segment.storedBytes() }
    return IndexInformation.StoredTexts(
      fields: segments.first?.storedFields ?? [], compression: segments.first?.storedCompression ?? .none,
      rawBytes: raw, bytes: sections.first { $0.name == "\(SegmentLayout.Section.documents.name)" }?.bytes ?? 0)
  }
}
