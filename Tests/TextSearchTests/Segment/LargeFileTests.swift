import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Files and sections of more than 4 GiB, made of holes.
@Suite struct LargeFileTests {
  /// What stands before the first list of each posting section.
  private static let base: UInt64 = 1 << 32 + 12_345

  /// The dictionary of the segment, for lists that begin `base` bytes later.
  private func movedTerms(_ segment: Segment) throws -> (terms: [UInt8], index: [UInt8]) {
    var base = PostingList()
    base.postings.offset = Self.base
    base.blocks.offset = Self.base
    base.positionBytes.offset = Self.base
    base.forms.offset = Self.base
    base.codes.offset = Self.base
    var writer = TermDictionaryWriter()
    var cursor = segment.dictionary.start
    while try cursor.next() {
      let inline = cursor.value.inline
      if cursor.value.list.isInline { writer.inline.write(contentsOf: try inline.array(at: 0, count: inline.count)) }
      writer.add(cursor.text, cursor.value.list.moved(by: base))
    }
    return (MappedBytes.array(writer.terms), MappedBytes.array(writer.index()))
  }

  private static let holed: Set<SegmentLayout.Section> = [.postings, .blocks, .positions, .forms, .codes]

  /// Writes the segment again, with holes of 4 GiB at the heads of its posting sections.
  private func rewrite(_ segment: Segment) throws {
    let moved = try movedTerms(segment)
    let head = Array(try segment.fileBytes().prefix(SegmentLayout.headerSize))
    let bytes = try SegmentLayout.Section.allCases.map { section in
      (section, section == .terms ? moved.terms : section == .termIndex ? moved.index : try segment.bytes(of: section))
    }
    // The segment stays mapped: the new file takes its name.
    try FileManager.default.removeItem(atPath: segment.path)
    #expect(FileManager.default.createFile(atPath: segment.path, contents: Data(head)))
    let file = try #require(FileHandle(forUpdatingAtPath: segment.path))
    defer { try? file.close() }
    var table = ByteWriter()
    var end = UInt64(head.count)
    for (section, bytes) in bytes {
      let hole = Self.holed.contains(section) ? Self.base : 0
      table.write(section.rawValue)
      table.write(UInt32(0))
      table.write(end)
      table.write(hole + UInt64(bytes.count))
      table.write(Checksum.of(bytes.span))
      try file.seek(toOffset: end + hole)
      try file.write(contentsOf: Data(bytes))
      end = (end + hole + UInt64(bytes.count) + 127) / 64 * 64
    }
    try file.truncate(atOffset: end)
    try file.seek(toOffset: end)
    try file.write(contentsOf: Data(footed(&table, at: end)))
  }

  /// The section table and the footer.
  private func footed(_ table: inout ByteWriter, at offset: UInt64) -> [UInt8] {
    table.write(offset)
    table.write(UInt32(SegmentLayout.Section.allCases.count))
    table.write(UInt32(0))
    table.write(Checksum.of(table.bytes.span))
    table.write(contentsOf: SegmentLayout.footerMagic)
    return MappedBytes.array(table)
  }

  private func dump(_ index: SearchIndex) throws -> [String] {
    var lines: [String] = []
    try index.forEachTerm { (term) throws(SearchError) in
      lines.append("\(term)")
      return true
    }
    try index.forEachPosting { (posting) throws(SearchError) in
      lines.append("\(posting)")
      return true
    }
    try index.forEachDocument { (document) throws(SearchError) in
      lines.append("\(document.key) \(document.lengths) \(document.stored.fields)")
      return true
    }
    return lines
  }

  @Test func sectionsBeyondFourGibibytes() throws {
    var random = SeededRandom(seed: 911)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(400, &random))
    let small = try index.open()
    let expected = try dump(small)
    let hits = try small.search("diplomatie đối ngoại", SearchOptions(limit: 1000)).hits.map(\.key)
    let segment = small.segments[0]
    #expect(segment.postings.blocks.count > 0 && segment.postings.codes.count > 0)
    try rewrite(segment)
    let large = try index.open()
    #expect(large.summary.bytes > 5 << 32)
    #expect(try large.information().bytes(ofSection: "positions") > 1 << 32)
    #expect(try dump(large) == expected)
    #expect(try large.search("diplomatie đối ngoại", SearchOptions(limit: 1000)).hits.map(\.key) == hits)
    #expect(!hits.isEmpty && expected.count > 1000)
  }

  @Test func columnsOfEightBytes() throws {
    let values: [UInt64] = [0, 1 << 32, 1 << 32 - 1, .max, 1 << 40, 7]
    for count in [0, 2, 3, values.count] {
      var writer = ByteWriter()
      Column.write(Array(values.prefix(count)), to: &writer)
      var offset = 0
      let column = try Column(try MappedBytes.region(writer), at: &offset, count: count)
      #expect(column.width == (count < 2 ? 1 : 8) && offset == writer.count)
      for index in 0..<count { #expect(try column.value(at: index) == values[index]) }
    }
  }

  @Test func moreDocumentsThanASegmentCanHaveAreAnError() throws {
    let folder = try TemporaryFolder()
    let maximum = SegmentLayout.maximumDocuments
    #expect(maximum == 1 << 31 - 1)
    #expect(throws: SearchError.limit(what: "documents of one segment", value: maximum + 1, maximum: maximum)) {
      _ = try SegmentWriter(creating: folder.path + "/s.fts", documents: maximum + 1, fingerprint: 0, schema: 0)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/s.fts"))
  }
}
