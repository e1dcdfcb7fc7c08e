#if canImport(TextSearch)
  @testable import TextSearch
#endif

/// What fuzzers feed with any bytes: each takes them, and must neither trap, read out of bounds nor hang. `Tests/Fuzz/run`
/// builds a fuzzer of them; a test replays the kept corpus through them.
enum FuzzTargets {
  typealias Target = @Sendable ([UInt8]) throws -> Void

  static let all: [String: Target] = [
    "segment": segment, "postings": postings, "packing": packing, "decompression": decompression,
    "manifest": manifest, "query": query, "deletions": deletions, "statistics": statistics,
  ]

  /// Runs a body that may find damage, but nothing else.
  static func attempt(_ body: () throws -> Void) {
    do { try body() } catch { precondition(error is SearchError, "\(error)") }
  }

  private static func region(_ bytes: [UInt8]) -> ByteRegion { OwnedBytes.region(bytes.span, section: "fuzz") }

  // MARK: Files

  /// A folder of this process for the files of a target, in memory where the system has such a folder.
  static func folder(_ name: String) throws -> String {
    let base = try SystemCalls.kind(of: "/dev/shm") == .folder ? "/dev/shm" : "/tmp"
    let path = base + "/fts-fuzz-\(SystemCalls.processNumber())-\(name)"
    try SystemCalls.makeFolder(path)
    return path
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try SystemCalls.remove(path)
    var writer = try FileWriter(creating: path)
    try writer.write(bytes.span)
  }

  static func removeAll(in folder: String) throws {
    for name in try SystemCalls.names(in: folder) { try SystemCalls.remove(folder + "/" + name) }
    try SystemCalls.removeFolder(folder)
  }

  /// A segment file, its checksums made right: opened, searched, verified.
  static let segment: Target = { bytes in
    let folder = try folder("segment")
    defer { try? removeAll(in: folder) }
    let watch = SystemCalls.startWatching(folder) { call in call.operation == .map ? .copy : .proceed }
    defer { SystemCalls.stopWatching(watch) }
    let sealed = sealed(bytes)
    try write(sealed, to: folder + "/" + Manifest.segmentName(1))
    // The manifest repeats what the segment says, where that can be read.
    var settings = IndexSettings(fingerprint: 0)
    if let segment = try? Segment(folder + "/" + Manifest.segmentName(1)) {
      settings = IndexSettings(
        fingerprint: segment.fingerprint, fields: segment.fields, schema: segment.attributeColumns.schema)
    }
    var manifest = Manifest(settings: settings)
    manifest.nextSegment = 2
    manifest.segments = [Manifest.SegmentEntry(number: 1)]
    try manifest.write(in: folder)
    attempt { try readAll(folder) }
    attempt { _ = try SearchIndex.verify(folder) }
  }

  private static func readAll(_ path: String) throws {
    let index = try SearchIndex(path)
    for query in ["diplomatie nationaux", "đối ngoại", "doi hoa", "week-end 2025"] {
      attempt { _ = try index.search(query) }
    }
    let filter = AttributeFilter.range("date", from: .keyword("2024"), through: .keyword("2026"))
    attempt { _ = try index.search("la", SearchOptions(filter: filter)) }
    let segment = try Segment(path + "/" + Manifest.segmentName(1))
    for document in 0..<min(UInt32(segment.documentCount), 64) { attempt { _ = try segment.stored(document) } }
  }

  /// The bytes of a segment with its header's and its table's checksums right, where they are long enough to have some.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    guard bytes.count >= SegmentLayout.headerSize + SegmentLayout.footerSize else { return bytes }
    func set(_ value: UInt64, _ offset: Int) {
      for byte in 0..<8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
    }
    let header = SegmentLayout.headerSize - 8
    set(Checksum.of(Array(bytes[..<header]).span), header)
    let end = bytes.count - SegmentLayout.footerSize
    let offset = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[end + $1]) << UInt64(8 * $1) }
    guard offset <= UInt64(end) else { return bytes }
    set(Checksum.of(Array(bytes[Int(offset)..<end + 16]).span), end + 16)
    return bytes
  }

  static let manifest: Target = { bytes in
    let folder = try folder("manifest")
    defer { try? removeAll(in: folder) }
    let sealed = checksummed(bytes)
    for contents in [bytes, sealed] {
      try write(contents, to: folder + "/" + Manifest.fileName)
      attempt { _ = try SearchIndex(folder) }
      attempt { _ = try SearchIndex.verify(folder) }
    }
  }

  /// Bytes whose last eight are made the checksum of those before them, if there are eight.
  private static func checksummed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 8 else { return bytes }
    var sealed = bytes
    let sum = Checksum.of(Array(bytes.dropLast(8)).span)
    for byte in 0..<8 { sealed[bytes.count - 8 + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
    return sealed
  }

  /// A file of deletions, and its bytes as an attachment; what they are to hold is read from them.
  static let deletions: Target = { bytes in
    let folder = try folder("deletions")
    defer { try? removeAll(in: folder) }
    let sealed = checksummed(bytes)
    try write(sealed, to: folder + "/" + IndexFiles.deletions(1, 1))
    try write(sealed, to: folder + "/" + IndexFiles.attachment(1))
    for deleted in UInt32(1)...3 {
      let entry = Manifest.SegmentEntry(number: 1, deletions: 1, deleted: deleted)
      attempt {
        let found = try DeletedDocuments.read(entry, documents: 1000, in: folder)
        precondition(found.count == Int(deleted) && found.allSatisfy { $0 < 1000 })
      }
    }
    var manifest = Manifest(settings: IndexSettings(fingerprint: 0))
    manifest.attachment = 1
    attempt { _ = try Attachment.read(manifest, in: folder) }
  }

  static let statistics: Target = { bytes in
    attempt {
      let statistics = try SharedStatistics(checksummed(bytes))
      let again = try SharedStatistics(statistics.bytes)
      precondition(again == statistics)
      var options = SearchOptions()
      options.statistics = statistics
      attempt { _ = try index?.search("diplomatie đối ddoois", options) }
      var sum = statistics
      for _ in 0..<48 { try sum += sum }
    }
  }

  // MARK: Decoders

  /// The first bytes say what list it is; the others are its sections, one after the other.
  static let postings: Target = { bytes in
    guard bytes.count > 16 else { return }
    var list = PostingList()
    list.documents = 1 + (Int(bytes[0]) | Int(bytes[1]) << 8) % 9000
    list.positions = UInt64(list.documents) + UInt64(bytes[2]) * 8
    list.isInline = list.documents == 1 && bytes[3] & 1 == 1
    list.hasNeighbours = bytes[3] & 2 == 2
    list.neighbourOffset = UInt64(bytes[15])
    let limit = UInt32(list.documents) + UInt32(bytes[4]) * 64
    let body = region(Array(bytes[16...]))
    func size(_ index: Int) -> UInt64 { UInt64(bytes[5 + 2 * index]) | UInt64(bytes[6 + 2 * index]) << 8 }
    list.postings.count = size(0)
    list.positionBytes = PostingList.Extent(offset: size(0), count: size(1))
    list.blocks = PostingList.Extent(offset: size(0) + size(1), count: size(2))
    list.codes = PostingList.Extent(offset: size(0) + size(1) + size(2), count: size(3))
    let sections = PostingSections(
      postings: body, blocks: body, positions: body, forms: body, codes: body, neighbours: body)
    attempt { try read(list, sections, limit) }
    attempt { try seek(list, sections, limit) }
    attempt { _ = try FormSets(body, key: Array("national".utf8)) }
    attempt { _ = try FormWeights(body, key: Array("national".utf8), minimum: 0.5) { $0.count % 2 == 0 ? 1 : 0.5 } }
  }

  private static func read(_ list: PostingList, _ sections: PostingSections, _ limit: UInt32) throws {
    var cursor = try PostingCursor(list, in: sections, documentLimit: limit)
    var positions = GrowableBuffer<UInt32>()
    var neighbours = GrowableBuffer<UInt8>()
    var last: UInt32?
    while case let document = try cursor.advance(), document != PostingCursor.end {
      precondition(document < limit && last.map { $0 < document } ?? true, "documents must rise")
      last = document
      attempt { _ = try cursor.formCode }
      positions.removeAll()
      neighbours.removeAll()
      if document % 3 > 0 { try cursor.appendPositions(to: &positions) }
      if document % 3 > 1, list.hasNeighbours { attempt { try cursor.appendNeighbours(to: &neighbours) } }
    }
  }

  private static func seek(_ list: PostingList, _ sections: PostingSections, _ limit: UInt32) throws {
    var cursor = try PostingCursor(list, in: sections, documentLimit: limit)
    var target: UInt32 = 0
    while case let document = try cursor.seek(to: target), document != PostingCursor.end {
      precondition(document >= target && document < limit, "a seek must not stop before its target")
      attempt { _ = try cursor.frequency }
      attempt { _ = try cursor.formCode }
      if document % 5 == 0 { attempt { _ = try cursor.positions() } }
      target = document + 1 + document % 97
    }
  }

  static let packing: Target = { bytes in
    guard let first = bytes.first else { return }
    let body = region(Array(bytes.dropFirst()))
    var values = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
    values.append(repeating: 0, count: PostingFormat.blockSize)
    var offset = 0
    do {
      while offset < body.count { offset = try PatchedPacking.unpack(body, at: offset, into: &values) }
    } catch { precondition(error is SearchError) }
    var reader = BitReader(body, at: 0)
    attempt {
      for round in 0..<8 * bytes.count {
        switch (Int(first) + round) % 3 {
        case 0: _ = try reader.readGamma()
        case 1: _ = try reader.readRice(parameter: Int(first) % 32)
        default: _ = try reader.read(width: Int(first) % 40)
        }
      }
    }
    attempt { try readStrings(body) }
  }

  /// Prefix-coded strings, block indexes and columns.
  private static func readStrings(_ body: ByteRegion) throws {
    attempt {
      let lexicon = try Lexicon(words: body, index: body)
      var count = 0
      try lexicon.forEach(foldedPrefix: []) { folded, _, _ in
        count += 1
        return count < 1000 ? count % 7 == 0 ? .skip(folded.count / 2) : .next : .stop
      }
    }
    attempt {
      var offset = 0
      let dictionary = try AttributeDictionary(body, at: &offset, type: .date)
      for ordinal in 1..<min(100, dictionary.count) + 1 { attempt { _ = try dictionary.value(at: ordinal) } }
    }
    var reader = ByteReader(body)
    while !reader.isAtEnd { try reader.skip(try PrefixCoding.readCounts(&reader).added) }
  }

  static let decompression: Target = { bytes in
    attempt { _ = try BlockDecompressor.decompress(region(bytes)) }
    // The remainder as a block of each kind that says a right size of head.
    for kind in UInt8(1)...2 where bytes.count > 3 {
      let size = bytes.count + Int(bytes[0]) * 64
      let head = [kind, UInt8(truncatingIfNeeded: size), UInt8(truncatingIfNeeded: size >> 8)]
      attempt { _ = try BlockDecompressor.decompress(region(head + bytes)) }
      attempt { _ = try BlockDecompressor.decompress(region(head + bytes), upTo: size / 2) }
    }
  }

  // MARK: Queries

  /// A small index that queries are run on; it stays until the process ends.
  private static let index: SearchIndex? = {
    guard let folder = try? folder("query") else { return nil }
    defer { try? removeAll(in: folder) }
    do {
      let writer = try IndexWriter(folder)
      let texts = [
        "La diplomatie populaire à Hà Nội, week-end 2025", "Đối ngoại nhân dân, hòa bình", "O.N.U. XIXe œuvre",
      ]
      for (number, text) in texts.enumerated() { try writer.add(Document(key: "d\(number)", title: text, body: text)) }
      try writer.commit()
      return try SearchIndex(folder)
    } catch { return nil }
  }()

  /// Reads a text as the query language says, runs it and explains the best hit.
  private static func run(_ text: String, _ index: SearchIndex, _ options: SearchOptions) throws {
    let query = try index.parse(text, requiresAll: options.requiresAllWords)
    guard let best = try index.search(query, options).hits.first else { return }
    let explanation = try index.explain(query, key: best.key, options)
    precondition(explanation?.score == best.score, "the explanation differs")
  }

  static let query: Target = { bytes in
    guard let index, let first = bytes.first else { return }
    var options = SearchOptions(requiresAllWords: first & 1 == 1)
    options.strictness = first & 2 == 2 ? .exact : .folded
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    attempt { _ = try index.search(text, options) }
    attempt { try run(text, index, options) }
    attempt {
      options.synonyms = try Synonyms(text, options: index.options)
      _ = try index.search("diplomatie", options)
    }
    let tokens = TextAnalyzer().tokens(of: text)
    precondition(tokens.allSatisfy { $0.range.upperBound <= text.utf8.count }, "a token beyond the text")
  }
}
