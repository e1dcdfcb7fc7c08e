/// What an index holds and how many bytes each part of it takes: what can be told without decoding anything.
/// ``SearchIndex/countPostings()`` counts the rest.
public struct IndexInformation: Sendable, Equatable {
  /// One segment file.
  public struct SegmentFile: Sendable, Equatable {
    public let name: String
    /// Documents, deleted ones included.
    public let documents: Int
    public let deletedDocuments: Int
    public let bytes: Int
  }

  /// A section of all segments together; the article <doc:IndexFormat> tells what it holds.
  public struct Section: Sendable, Equatable {
    public let name: String
    public let bytes: Int
  }

  /// An attribute that some document has.
  public struct Attribute: Sendable, Equatable {
    public let name: String
    public let type: AttributeType
    /// Different values in each segment, added up.
    public let values: Int
  }

  /// The texts and attributes that are kept for showing.
  public struct StoredTexts: Sendable, Equatable {
    /// The fields whose texts are kept.
    public let fields: [String]
    public let compression: StoredCompression
    /// Bytes before compression, and in the files.
    public let rawBytes: UInt64
    public let bytes: Int
  }

  public let path: String
  /// Rises with every commit.
  public let generation: UInt64
  public let analyzer: AnalyzerOptions
  /// Text fields in the order of their positions; none in an index that never held a document.
  public let fields: [String]
  /// Documents that searches can find.
  public let documents: Int
  /// Documents that are deleted and still take room.
  public let deletedDocuments: Int
  /// Counts for ranking, deleted documents included.
  public let statistics: CollectionStatistics
  /// Inflected forms in the lexicons of all segments.
  public let lexiconForms: Int
  /// Bytes of all files.
  public let bytes: Int
  public let segments: [SegmentFile]
  /// All sections that the format knows, in the order of their numbers.
  public let sections: [Section]
  /// By name, in the order of the bytes.
  public let attributes: [Attribute]
  public let stored: StoredTexts

  /// Bytes of a section, by its name in <doc:IndexFormat>; 0 for a name that is not there.
  public func bytes(ofSection name: String) -> Int { sections.first { $0.name == name }?.bytes ?? 0 }
}

extension SearchIndex {
  /// What the index holds; reads heads and tables only.
  ///
  /// - Throws: `SearchError.corrupt` where these are damaged.
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

  private static func file(_ segment: Segment, deleted: [UInt32]) -> IndexInformation.SegmentFile {
    IndexInformation.SegmentFile(
      name: segment.path.split(separator: "/").last.map(String.init) ?? segment.path, documents: segment.documentCount,
      deletedDocuments: deleted.count, bytes: segment.byteCount)
  }

  private func attributeInformation() throws(SearchError) -> [IndexInformation.Attribute] {
    var values: [String: Int] = [:]
    var types: [String: AttributeType] = [:]
    for segment in segments {
      for name in segment.attributeColumns.names {
        do {
          guard let column = try segment.attributeColumns.column(name) else { continue }
          values[name, default: 0] += column.dictionary.count
          types[name] = column.type
        } catch {
          throw error.inFile(segment.path)
        }
      }
    }
    return types.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, type in
      IndexInformation.Attribute(name: name, type: type, values: values[name] ?? 0)
    }
  }

  private func storedTexts(_ sections: [IndexInformation.Section]) throws(SearchError) -> IndexInformation.StoredTexts {
    var raw: UInt64 = 0
    for segment in segments { raw += try segment.storedBytes() }
    return IndexInformation.StoredTexts(
      fields: segments.first?.storedFields ?? [], compression: segments.first?.storedCompression ?? .none,
      rawBytes: raw, bytes: sections.first { $0.name == "\(SegmentLayout.Section.documents.name)" }?.bytes ?? 0)
  }
}
