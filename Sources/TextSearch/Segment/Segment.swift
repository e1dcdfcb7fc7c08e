/// One immutable segment file, memory-mapped.
///
/// Opening reads the header, the footer, the section table, the statistics and the heads of some sections, nothing
/// else.
final class Segment: Sendable {
  let path: String
  /// Device and inode number of the file; nil if the system reports none.
  let identity: (UInt64, UInt64)?
  /// Number of documents, deleted ones included.
  let documentCount: Int
  /// Fingerprint of the analyzer.
  let fingerprint: UInt64
  /// Fingerprint of the attribute schema.
  let schemaFingerprint: UInt64
  let statistics: CollectionStatistics
  /// Names of the text fields, in the order of their positions.
  let fields: [String]
  /// Names of the stored attributes.
  let attributes: [String]
  let attributeColumns: AttributeColumns
  let dictionary: TermDictionary
  let postings: PostingSections
  // Safe because: only `unownedBlock` reads it, and its callers keep the segment, and so the mapping, alive.
  private let unownedPostings: PostingSections
  let lexicon: Lexicon
  private let lengths: ByteRegion
  private let fieldLengths: [Column]
  let keys: KeyTable
  let keyRanks: KeyRanks
  let pairFrequencies: PairFrequencies
  let titles: TitleTable
  /// Orders that searches have made.
  let keptRanks = KeptRanks()
  private let documentStore: DocumentStore
  private let file: MappedFile
  private let sections: [SegmentLayout.Section: SectionEntry]

  /// An entry of the section table.
  struct SectionEntry {
    /// Offset of the section in the file.
    var offset: Int
    /// Bytes of the section without its padding.
    var count: Int
    /// XXH64 of these bytes.
    var checksum: UInt64
  }

  /// Maps and opens a segment file.
  ///
  /// - Throws: `SearchError.system` if the file cannot be mapped, `.unsupportedVersion` for another format version,
  ///   `.corrupt` if what opening reads contradicts the format.
  convenience init(_ path: String) throws(SearchError) {
    do {
      try self.init(mapping: path)
    } catch {
      throw error.inFile(path)
    }
  }

  private init(mapping path: String) throws(SearchError) {
    self.path = path
    identity = SystemCalls.identity(of: path)
    let file = try MappedFile(path)
    self.file = file
    let header = try Segment.readHeader(file)
    let documentCount = header.documents
    self.documentCount = documentCount
    fingerprint = header.fingerprint
    schemaFingerprint = header.schema
    let sections = try Segment.readTable(file.bytes)
    self.sections = sections
    func region(_ section: SegmentLayout.Section) throws(SearchError) -> ByteRegion {
      guard let entry = sections[section] else {
        throw file.bytes.corrupt(at: file.count, "section \(section.name) is missing")
      }
      return try file.bytes.slice(at: entry.offset, count: entry.count).named(section.name)
    }

    var reader = ByteReader(try region(.statistics))
    statistics = try CollectionStatistics(&reader)
    guard statistics.documents == UInt64(documentCount) else {
      throw reader.region.corrupt(at: 0, "document count differs from the header's")
    }
    fields = try Segment.readNames(&reader)
    attributes = try Segment.readNames(&reader)
    dictionary = try TermDictionary(terms: try region(.terms), index: try region(.termIndex))
    postings = PostingSections(
      postings: try region(.postings), blocks: try region(.blocks), positions: try region(.positions),
      forms: try region(.forms), codes: try region(.codes), neighbours: try region(.neighbours))
    unsafe unownedPostings = postings.unowned
    lexicon = try Lexicon(words: try region(.lexicon), index: try region(.lexiconIndex))
    lengths = try region(.lengths)
    try lengths.check(0, documentCount)

    let fieldRegion = try region(.fieldLengths)
    var columns: [Column] = []
    var offset = 0
    for _ in fields.dropLast() { columns.append(try Column(fieldRegion, at: &offset, count: documentCount)) }
    fieldLengths = columns

    keys = try KeyTable(keys: try region(.keys), index: try region(.keyIndex), documents: documentCount)
    keyRanks = try KeyRanks(try region(.keyRanks), documents: documentCount)
    pairFrequencies = try PairFrequencies(try region(.pairFrequencies))
    titles = try TitleTable(try region(.titles), documents: documentCount)
    documentStore = try DocumentStore(try region(.documents), documents: documentCount, fields: fields.count)
    attributeColumns = try AttributeColumns(
      try region(.attributes), documents: documentCount, fingerprint: header.schema)
  }

  // MARK: Posting lists

  /// Returns the sections with the list of a dictionary entry of this segment. The postings of an inline list are its
  /// bytes in the dictionary.
  func sections(of entry: TermDictionary.Entry) -> PostingSections {
    var sections = postings
    if entry.list.isInline { sections.postings = entry.inline }
    return sections
  }

  /// Returns a cursor over the list of a dictionary entry of this segment.
  func cursor(_ entry: TermDictionary.Entry) throws(SearchError) -> PostingCursor {
    try PostingCursor(entry.list, in: sections(of: entry), documentLimit: UInt32(documentCount))
  }

  /// Returns a decoder of the blocks of the list of a dictionary entry of this segment.
  ///
  /// - Parameter sumsPositions: positions are decoded as running sums.
  func block(_ entry: TermDictionary.Entry, sumsPositions: Bool = false) throws(SearchError) -> PostingBlock {
    try PostingBlock(
      entry.list, in: sections(of: entry), documentLimit: UInt32(documentCount), sumsPositions: sumsPositions)
  }

  /// Inserts the documents of the list of a dictionary entry of this segment into a set.
  func insertDocuments(of entry: TermDictionary.Entry, into set: inout DocumentSet) throws(SearchError) {
    var block = try block(entry)
    for number in 0..<block.blockCount {
      try block.loadDocuments(of: number)
      for index in 0..<block.count { set.insert(Int(block.documents[index])) }
    }
  }

  /// Returns a decoder of blocks that does not retain the mapping.
  ///
  /// Safe as long as the caller keeps the segment alive while the decoder is used.
  @unsafe
  func unownedBlock(_ entry: TermDictionary.Entry) throws(SearchError) -> PostingBlock {
    var sections = unownedPostings
    if entry.list.isInline { unsafe sections.postings = entry.inline.unowned }
    return try PostingBlock(entry.list, in: sections, documentLimit: UInt32(documentCount))
  }

  // MARK: Documents

  /// Returns the length codes of all documents, one byte each.
  func lengthCodes() throws(SearchError) -> ByteRegion { try lengths.slice(at: 0, count: documentCount) }

  /// Returns the length code of a document.
  @inline(__always)
  func lengthCode(_ document: UInt32) throws(SearchError) -> UInt8 { try lengths.byte(at: Int(document)) }

  /// Returns the number of tokens of a field in a document.
  ///
  /// The length of the last field is derived from the length code of the document: it may be too small by up to an
  /// eleventh of the document's length.
  func fieldLength(_ field: Int, _ document: UInt32) throws(SearchError) -> Int {
    if field < fieldLengths.count { return Int(clamping: try fieldLengths[field].value(at: Int(document))) }
    var others: UInt64 = 0
    for column in fieldLengths { others &+= try column.value(at: Int(document)) }
    let all = UInt64(LengthCode.decode(try lengthCode(document)))
    return others < all ? Int(all - others) : 0
  }

  /// Returns the error for a damaged length of a field in a document; for the last field, the offset is that of the
  /// section.
  func corrupt(lengthOfField field: Int, in document: Int, _ reason: String) throws(SearchError) -> SearchError {
    guard field < fieldLengths.count else { return try region(.fieldLengths).corrupt(at: 0, reason) }
    return fieldLengths[field].corrupt(at: document, reason)
  }

  /// Returns the key of a document.
  func key(_ document: UInt32) throws(SearchError) -> [UInt8] {
    try keys.key(Int(try keyRanks.rank(document)))
  }

  /// Returns the document with a key; nil if there is none.
  func document(withKey key: [UInt8]) throws(SearchError) -> UInt32? {
    guard let rank = try keys.rank(of: key) else { return nil }
    return try keyRanks.document(rank)
  }

  /// Returns the stored texts and attributes of a document; decompresses the blocks of its record.
  func stored(_ document: UInt32) throws(SearchError) -> StoredDocument {
    do {
      let record = try documentStore.record(Int(document))
      return try StoredDocument(document, record, key: try key(document), in: self)
    } catch {
      throw error.inFile(path)
    }
  }

  /// Returns the attributes of a document: the numbers of their names, ascending, and values as they were added. Those of an empty
  /// record are in the columns.
  ///
  /// - Parameter record: of the document.
  func attributes(
    of document: UInt32, _ record: ByteRegion
  ) throws(SearchError) -> [(name: Int, value: String)] {
    if record.count == 0 { return try columnAttributes(of: document) }
    let stored = try StoredDocument.attributes(of: record, fields: documentStore.fields.count)
    for (name, _) in stored where name >= attributes.count {
      throw record.corrupt(at: 0, "attribute \(name) has no name")
    }
    return stored
  }

  private func columnAttributes(of document: UInt32) throws(SearchError) -> [(name: Int, value: String)] {
    var found: [(name: Int, value: String)] = []
    for (number, name) in attributes.enumerated() {
      guard let column = try attributeColumns.column(name) else { continue }
      for value in try column.values(of: Int(document)) { found.append((number, value.text)) }
    }
    return found
  }

  /// Returns the beginning of a document's text of a stored field, as many bytes as columns keep of a text.
  ///
  /// - Parameters:
  ///   - field: counted among the stored fields.
  ///   - records: reads records of this segment.
  func beginning(
    ofField field: Int, of document: Int, _ records: inout DocumentStore.Reader
  ) throws(SearchError) -> [UInt8] {
    if let text = try StoredDocument.beginning(ofField: field, in: try records.beginning(of: document)) { return text }
    var reader = ByteReader(try records.record(document))
    for _ in 0..<field { try reader.skip(try reader.readCount()) }
    let count = min(try reader.readCount(), AttributeKey.maximumTextBytes + 1)
    return AttributeKey.truncated(try reader.region.array(at: reader.offset, count: count))
  }

  /// A new reader of the stored records.
  var records: DocumentStore.Reader { DocumentStore.Reader(documentStore) }

  /// Returns the bytes of the stored documents before compression. Reads the head of each block and decompresses
  /// nothing.
  func storedBytes() throws(SearchError) -> UInt64 {
    do { return try documentStore.rawBytes() } catch { throw error.inFile(path) }
  }

  /// How the stored documents are compressed.
  var storedCompression: StoredCompression { documentStore.compression }

  /// Names of the fields whose texts are stored.
  var storedFields: [String] { documentStore.fields.map { fields[$0] } }

  /// Passes every stored record to `body`, in the order of the documents. Decompresses each block once.
  func forEachRecord(_ body: (UInt32, ByteRegion) throws(SearchError) -> Void) throws(SearchError) {
    do {
      var records = DocumentStore.Reader(documentStore)
      for document in 0..<documentCount { try body(UInt32(document), try records.record(document)) }
    } catch {
      throw error.inFile(path)
    }
  }

  /// Compares the bytes of every section with its checksum; reads all of them.
  ///
  /// - Throws: `SearchError.corrupt` for the first section that differs.
  func verifyChecksums() throws(SearchError) {
    for section in SegmentLayout.Section.allCases {
      guard let entry = sections[section] else { continue }
      let bytes = try file.bytes.slice(at: entry.offset, count: entry.count).named(section.name)
      let found = try bytes.withSpan { (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }
      guard found == entry.checksum else { throw bytes.corrupt(at: 0, "checksum differs").inFile(path) }
    }
  }

  /// All bytes of the file.
  var fileRegion: ByteRegion { file.bytes }

  /// Returns the bytes of a section; none if the file has no such section.
  func region(_ section: SegmentLayout.Section) throws(SearchError) -> ByteRegion {
    guard let entry = sections[section] else { return ByteRegion.empty.named(section.name) }
    return try file.bytes.slice(at: entry.offset, count: entry.count).named(section.name)
  }

  /// Checks that the blocks of stored records contain exactly `recordBytes` bytes. Decompresses all blocks.
  func verifyRecordBlocks(recordBytes: Int) throws(SearchError) {
    try documentStore.verifyBlocks(recordBytes: recordBytes)
  }

  /// Returns a copy of the bytes of a section, for tools and tests.
  func bytes(of section: SegmentLayout.Section) throws(SearchError) -> [UInt8] {
    guard let entry = sections[section] else { return [] }
    return try file.bytes.array(at: entry.offset, count: entry.count)
  }

  /// Returns a copy of all bytes of the file, for tests.
  func fileBytes() throws(SearchError) -> [UInt8] { try file.bytes.array(at: 0, count: file.count) }

  /// Number of bytes of each section that the format knows; 0 for those that the file does not have.
  var sectionSizes: [(section: SegmentLayout.Section, count: Int)] {
    SegmentLayout.Section.allCases.map { ($0, sections[$0]?.count ?? 0) }
  }

  /// Bytes of the file.
  var byteCount: Int { file.count }
}

// MARK: Reading the frame

extension Segment {
  private static func readHeader(
    _ file: MappedFile
  ) throws(SearchError) -> (documents: Int, fingerprint: UInt64, schema: UInt64) {
    let header = file.bytes.named("header")
    guard header.count >= SegmentLayout.headerSize + SegmentLayout.footerSize else {
      throw header.corrupt(at: header.count, "the file is too short")
    }
    guard try header.array(at: 0, count: 8) == SegmentLayout.magic else {
      throw header.corrupt(at: 0, "not a segment file")
    }
    let version: UInt32 = try header.load(at: 8)
    guard version == SegmentLayout.version else {
      throw .unsupportedVersion(file: file.path, found: Int(version), supported: Int(SegmentLayout.version))
    }
    let checked = try header.slice(at: 0, count: SegmentLayout.headerSize - 8)
    let checksum: UInt64 = try header.load(at: SegmentLayout.headerSize - 8)
    guard try checked.withSpan({ (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }) == checksum else {
      throw header.corrupt(at: SegmentLayout.headerSize - 8, "checksum differs")
    }
    let documents: UInt32 = try header.load(at: 12)
    guard documents <= SegmentLayout.maximumDocuments else { throw header.corrupt(at: 12, "too many documents") }
    return (Int(documents), try header.load(at: 16), try header.load(at: 24))
  }

  private static func readTable(_ file: ByteRegion) throws(SearchError) -> [SegmentLayout.Section: SectionEntry] {
    let footerStart = file.count - SegmentLayout.footerSize
    let footer = try file.slice(at: footerStart, count: SegmentLayout.footerSize).named("footer")
    guard try footer.array(at: 24, count: 8) == SegmentLayout.footerMagic else {
      throw footer.corrupt(at: 24, "the end of the file is missing")
    }
    let offset: UInt64 = try footer.load(at: 0)
    let count: UInt32 = try footer.load(at: 8)
    let size = UInt64(count) * UInt64(SegmentLayout.tableEntrySize)
    guard offset <= UInt64(footerStart), size == UInt64(footerStart) - offset else {
      throw footer.corrupt(at: 0, "section table does not end at the footer")
    }
    let checked = try file.slice(at: offset, count: size + 16)
    let checksum: UInt64 = try footer.load(at: 16)
    guard try checked.withSpan({ (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }) == checksum else {
      throw footer.corrupt(at: 16, "checksum of the section table differs")
    }
    var sections: [SegmentLayout.Section: SectionEntry] = [:]
    var reader = ByteReader(checked.named("section table"))
    for _ in 0..<count {
      let number: UInt32 = try reader.read()
      let _: UInt32 = try reader.read()
      let start: UInt64 = try reader.read()
      let length: UInt64 = try reader.read()
      let checksum: UInt64 = try reader.read()
      guard start <= offset, length <= offset - start, UInt64(SegmentLayout.padding) <= offset - start - length else {
        throw reader.region.corrupt(at: reader.offset - SegmentLayout.tableEntrySize, "section beyond the file")
      }
      // Unknown sections are skipped: a later minor version may add some.
      guard let section = SegmentLayout.Section(rawValue: number) else { continue }
      sections[section] = SectionEntry(offset: Int(start), count: Int(length), checksum: checksum)
    }
    return sections
  }

  private static func readNames(_ reader: inout ByteReader) throws(SearchError) -> [String] {
    var names: [String] = []
    for _ in 0..<(try reader.readCount()) { names.append(try reader.readString()) }
    return names
  }
}
