/// A verifier of everything in a segment file except the contents of its sections: header, section table, footer,
/// checksums, and zero bytes between the sections.
struct FrameVerifier {
  private let file: ByteRegion

  /// An entry of the section table.
  private struct Entry {
    let number: UInt32
    let offset: UInt64
    let count: UInt64
    let checksum: UInt64

    /// The name of a known section.
    var name: StaticString { SegmentLayout.Section(rawValue: number)?.name ?? "unknown" }
  }

  init(_ file: ByteRegion) { self.file = file }

  /// Checks the file and adds a finding for each part and each section with a problem.
  func verify(_ findings: inout Findings) {
    findings.check { () throws(SearchError) in try verifyHeader() }
    var entries: [Entry] = []
    var tableOffset = 0
    let isReadable = findings.check { () throws(SearchError) in (entries, tableOffset) = try readTable() }
    guard isReadable else { return }
    findings.check { () throws(SearchError) in try verifyOrder(entries, tableOffset) }
    for entry in entries { findings.check { () throws(SearchError) in try verifyChecksum(entry) } }
  }

  private static func checksum(_ region: ByteRegion) throws(SearchError) -> UInt64 {
    try region.withSpan { (span: Span<UInt8>) throws(SearchError) in Checksum.of(span) }
  }

  private func verifyHeader() throws(SearchError) {
    let header = try file.slice(at: 0, count: SegmentLayout.headerSize).named("header")
    guard try header.array(at: 0, count: SegmentLayout.magic.count) == SegmentLayout.magic else {
      throw header.corrupt(at: 0, "not a segment file")
    }
    guard try header.load(at: SegmentLayout.versionOffset, as: UInt32.self) == SegmentLayout.version else {
      throw header.corrupt(at: SegmentLayout.versionOffset, "another format version")
    }
    let end = SegmentLayout.headerSize - 8
    let checksum: UInt64 = try header.load(at: end)
    guard try FrameVerifier.checksum(try header.slice(at: 0, count: end)) == checksum else {
      throw header.corrupt(at: end, "checksum differs")
    }
    try FrameVerifier.requireZeros(try header.slice(at: 32, count: end - 32))
  }

  /// Checks that all bytes are zero.
  private static func requireZeros(_ region: ByteRegion) throws(SearchError) {
    for index in 0..<region.count where try region.byte(at: index) != 0 {
      throw region.corrupt(at: index, "not zero")
    }
  }

  // MARK: The section table

  private func readTable() throws(SearchError) -> ([Entry], offset: Int) {
    let footerStart = file.count - SegmentLayout.footerSize
    let footer = try file.slice(at: footerStart, count: SegmentLayout.footerSize).named("footer")
    guard try footer.array(at: 24, count: 8) == SegmentLayout.footerMagic else {
      throw footer.corrupt(at: 24, "the end of the file is missing")
    }
    let offset: UInt64 = try footer.load(at: 0)
    guard offset <= UInt64(footerStart) else { throw footer.corrupt(at: 0, "no section table at \(offset)") }
    let table = try file.slice(at: Int(offset), count: footerStart - Int(offset)).named("section table")
    let checked = try file.slice(at: Int(offset), count: table.count + 16)
    guard try FrameVerifier.checksum(checked) == footer.load(at: 16) else {
      throw footer.corrupt(at: 16, "checksum of the section table differs")
    }
    try FrameVerifier.requireZeros(try footer.slice(at: 12, count: 4))
    guard try Int(footer.load(at: 8, as: UInt32.self)) * SegmentLayout.tableEntrySize == table.count else {
      throw footer.corrupt(at: 8, "the number of sections differs from the size of the table")
    }
    return (try FrameVerifier.entries(table), Int(offset))
  }

  private static func entries(_ table: ByteRegion) throws(SearchError) -> [Entry] {
    var entries: [Entry] = []
    for start in stride(from: 0, to: table.count, by: SegmentLayout.tableEntrySize) {
      let number: UInt32 = try table.load(at: start)
      guard !entries.contains(where: { $0.number == number }) else {
        throw table.corrupt(at: start, "section \(number) comes twice")
      }
      try requireZeros(try table.slice(at: start + 4, count: 4))
      entries.append(
        Entry(
          number: number, offset: try table.load(at: start + 8), count: try table.load(at: start + 16),
          checksum: try table.load(at: start + 24)))
    }
    return entries
  }

  /// Checks that the sections and their padding fill the file from the header to the section table.
  private func verifyOrder(_ entries: [Entry], _ tableOffset: Int) throws(SearchError) {
    var offset = SegmentLayout.headerSize
    for entry in entries.sorted(by: { $0.offset < $1.offset }) {
      guard entry.offset == UInt64(offset), offset <= tableOffset, entry.count <= UInt64(tableOffset - offset) else {
        throw file.corrupt(at: offset, "section \(entry.name) begins at \(entry.offset), has \(entry.count) bytes")
      }
      let end = offset + Int(entry.count)
      offset = SegmentLayout.paddedEnd(end)
      try FrameVerifier.requireZeros(try file.slice(at: end, count: offset - end))
    }
    guard offset == tableOffset else { throw file.corrupt(at: offset, "the section table begins at \(tableOffset)") }
  }

  private func verifyChecksum(_ entry: Entry) throws(SearchError) {
    let section = try file.slice(at: entry.offset, count: entry.count).named(entry.name)
    guard try FrameVerifier.checksum(section) == entry.checksum else {
      throw section.corrupt(at: 0, "checksum of the \(section.count) bytes differs")
    }
  }
}
