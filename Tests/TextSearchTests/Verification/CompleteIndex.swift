import TestSupport

@testable import TextSearch

/// A small index in which no section is empty: a segment with lists of several blocks, forms, columns, documents that do not
/// stand in the order of their keys; a second one in that order; deletions in both; an attachment.
struct CompleteIndex {
  let index: TestIndex
  let name: String
  let bytes: [UInt8]

  static let documents = 132
  /// Documents of the second segment.
  static let others = 3
  static let deleted = 3
  static let queries = ["diplomatie", "đối ngoại", "doi", "nationaux eau", "2025 Bui Son", "hòa bình week-end"]

  var path: String { index.path }

  init() throws {
    var random = SeededRandom(seed: 511)
    var documents: [Document] = []
    for number in 0..<CompleteIndex.documents {
      let text = RandomDocuments.text(&random, maximum: 8)
      let word = random.pick(["national", "nationale", "nationaux", "Nationaux et national"])
      documents.append(
        Document(
          key: "k\(number)", title: number % 9 == 0 ? "Week-end" : "", body: "La \(word) est dans les eaux.\n\(text)",
          attributes: ["year": ["\(1990 + number % 7)"], "tags": number % 20 == 0 ? ["a", "b"] : []]))
    }
    let options = IndexOptions(attributes: ["year": .integer])
    index = try TestIndex()
    try index.build(documents, options)
    let old = try Segment(index.path + "/" + Manifest.segmentName(1))
    let order = (0..<UInt32(documents.count)).shuffled(using: &random)
    var merger = try SegmentMerger([SegmentMerger.Source(segment: old)]) { _ in order }
    name = Manifest.segmentName(2)
    _ = try merger.write(options.settings, to: index.path + "/" + name)
    try CompleteIndex.write(options, in: index)
    bytes = try index.bytes(of: name)
  }

  /// Writes all but the first segment.
  private static func write(_ options: IndexOptions, in index: TestIndex) throws {
    let other = try TestIndex()
    try other.build((0..<others).map { Document(key: "m\($0)", body: "Công tác đối ngoại \(2000 + $0)") }, options)
    try index.write(other.bytes(of: Manifest.segmentName(1)), to: Manifest.segmentName(3))
    var manifest = Manifest(settings: options.settings)
    (manifest.generation, manifest.nextSegment, manifest.attachment) = (2, 4, 1)
    manifest.segments = [
      Manifest.SegmentEntry(number: 2, deletions: 2, deleted: 2),
      Manifest.SegmentEntry(number: 3, deletions: 1, deleted: 1),
    ]
    try DeletedDocuments([3, 4], limit: documents).write(segment: 2, generation: 2, in: index.path)
    try DeletedDocuments([0], limit: others).write(segment: 3, generation: 1, in: index.path)
    try Attachment.write(Array("what an application keeps".utf8), 1, in: index.path)
    try manifest.write(in: index.path)
    try SystemCalls.remove(index.path + "/" + Manifest.segmentName(1))
  }

  /// The files of the index with their bytes, in the order of their names.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    try index.names().filter { $0 != IndexFiles.lock }.map { ($0, try index.bytes(of: $0)) }
  }

  func replace(_ name: String, _ bytes: [UInt8]) throws {
    try SystemCalls.remove(path + "/" + name)
    try index.write(bytes, to: name)
  }

  /// Opens the index and reads all that can be read, from copies in the heap, so that a sanitizer sees reads beyond a file.
  /// Errors of damage are welcome; the compiler excludes others.
  static func readAll(_ path: String) {
    let watch = SystemCalls.startWatching(path) { call in call.operation == .map ? .copy : .proceed }
    defer { SystemCalls.stopWatching(watch) }
    do throws(SearchError) {
      let index = try SearchIndex(path)
      for query in queries { attempt { _ = try index.search(query, SearchOptions(limit: 20)) } }
      let filters: [AttributeFilter] = [
        .equals("tags", .keyword("a")), .range("year", from: .integer(1991), through: .integer(1993)),
      ]
      for filter in filters {
        attempt { _ = try index.search("national", SearchOptions(filter: filter)) }
      }
      guard let manifest = try Manifest.read(in: path) else { return }
      attempt { _ = try Attachment.read(manifest, in: path) }
      for entry in manifest.segments {
        let segment = try Segment(path + "/" + Manifest.segmentName(entry.number))
        for document in 0..<min(UInt32(segment.documentCount), 1000) { attempt { _ = try segment.stored(document) } }
        for name in segment.attributeColumns.names {
          guard let column = try segment.attributeColumns.column(name) else { continue }
          for document in 0..<min(segment.documentCount, 1000) { attempt { _ = try column.values(of: document) } }
        }
      }
    } catch {}
  }

  private static func attempt(_ body: () throws -> Void) {
    do { try body() } catch { precondition(error is SearchError) }
  }
}

/// A segment's bytes, to be changed with or without their checksums.
struct SegmentBytes {
  var bytes: [UInt8]

  /// A section: the offset of its entry in the table, the range of its bytes.
  struct SectionEntry {
    let offset: Int
    let range: Range<Int>
  }

  private func integer(_ offset: Int, _ size: Int) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private mutating func set(_ value: UInt64, at offset: Int) {
    for byte in 0..<8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
  }

  var tableOffset: Int { Int(integer(bytes.count - SegmentLayout.footerSize, 8)) }

  func entry(of section: SegmentLayout.Section) -> SectionEntry? {
    for entry in stride(
      from: tableOffset, to: bytes.count - SegmentLayout.footerSize, by: SegmentLayout.tableEntrySize)
    where integer(entry, 4) == UInt64(section.rawValue) {
      let start = Int(integer(entry + 8, 8))
      return SectionEntry(offset: entry, range: start..<start + Int(integer(entry + 16, 8)))
    }
    return nil
  }

  /// Makes all checksums right again.
  mutating func seal() {
    for section in SegmentLayout.Section.allCases {
      guard let entry = entry(of: section) else { continue }
      set(Checksum.of(Array(bytes[entry.range]).span), at: entry.offset + 24)
    }
    let end = bytes.count - SegmentLayout.footerSize
    set(Checksum.of(Array(bytes[tableOffset..<end + 16]).span), at: end + 16)
    let header = SegmentLayout.headerSize - 8
    set(Checksum.of(Array(bytes[..<header]).span), at: header)
  }
}
