/// Writes a segment file: header, sections, section table, footer.
struct SegmentWriter: ~Copyable {
  private var file: FileWriter
  private var table: ByteWriter
  private var sections: UInt32

  init(creating path: String, documents: Int, fingerprint: UInt64, schema: UInt64) throws(SearchError) {
    var header = ByteWriter()
    header.write(contentsOf: SegmentLayout.magic)
    header.write(SegmentLayout.version)
    header.write(UInt32(documents))
    header.write(fingerprint)
    header.write(schema)
    while header.count < SegmentLayout.headerSize - 8 { header.write(UInt8(0)) }
    header.write(Checksum.of(header.bytes.span))
    var file = try FileWriter(creating: path)
    try file.write(header)
    self.file = file
    table = ByteWriter()
    sections = 0
  }

  mutating func write(_ section: SegmentLayout.Section, _ bytes: Span<UInt8>) throws(SearchError) {
    table.write(section.rawValue)
    table.write(UInt32(0))
    table.write(UInt64(file.count))
    table.write(UInt64(bytes.count))
    table.write(Checksum.of(bytes))
    sections += 1
    if !bytes.isEmpty { try file.write(bytes) }
    var filler = ByteWriter()
    let end = file.count + SegmentLayout.padding
    let aligned = (end + SegmentLayout.alignment - 1) / SegmentLayout.alignment * SegmentLayout.alignment
    for _ in file.count..<aligned { filler.write(UInt8(0)) }
    try file.write(filler)
  }

  /// Writes table and footer and waits until the file is on the disk.
  mutating func finish() throws(SearchError) -> Int {
    let offset = file.count
    try file.write(table)
    var footer = ByteWriter()
    footer.write(UInt64(offset))
    footer.write(sections)
    footer.write(UInt32(0))
    var checked = ByteWriter()
    checked.write(table)
    checked.write(footer)
    footer.write(Checksum.of(checked.bytes.span))
    footer.write(contentsOf: SegmentLayout.footerMagic)
    try file.write(footer)
    try file.synchronize()
    return file.count
  }
}
