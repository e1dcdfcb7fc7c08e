/// Writes a segment file: header, sections, section table, footer.
struct SegmentWriter: ~Copyable {
  private var file: FileWriter
  private var table: ByteWriter
  private var sections: UInt32
  /// The section that is being written: where it began, its checksum so far, and bytes that wait to be written.
  private var start = 0
  private var checksum = Checksum()
  private var waiting: ByteWriter

  /// Bytes that wait at most, a multiple of the checksum's stripe.
  private static let waitingBytes = 1 << 17

  /// Creates the file.
  ///
  /// - Throws: `SearchError.limit` for more documents than a segment can have; errors of the file system.
  init(creating path: String, documents: Int, fingerprint: UInt64, schema: UInt64) throws(SearchError) {
    guard documents <= SegmentLayout.maximumDocuments else {
      throw .limit(what: "documents of one segment", value: documents, maximum: SegmentLayout.maximumDocuments)
    }
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
    waiting = ByteWriter(capacity: SegmentWriter.waitingBytes)
  }

  /// Writes a section that is in memory.
  mutating func write(_ section: SegmentLayout.Section, _ bytes: Span<UInt8>) throws(SearchError) {
    try begin(section)
    try append(bytes)
    try end()
  }

  /// Begins a section; its bytes follow by `append`, until `end`.
  mutating func begin(_ section: SegmentLayout.Section) throws(SearchError) {
    table.write(section.rawValue)
    table.write(UInt32(0))
    start = file.count
    checksum = Checksum()
  }

  mutating func append(_ bytes: Span<UInt8>) throws(SearchError) {
    var done = 0
    while done < bytes.count {
      let part = min(bytes.count - done, SegmentWriter.waitingBytes - waiting.count)
      if part == SegmentWriter.waitingBytes {
        // Nothing waits: whole stripes go to the file as they are.
        let whole = (bytes.count - done) / SegmentWriter.waitingBytes * SegmentWriter.waitingBytes
        try put(bytes.extracting(done..<done + whole))
        done += whole
        continue
      }
      waiting.write(bytes.extracting(done..<done + part))
      done += part
      if waiting.count == SegmentWriter.waitingBytes { try putWaiting() }
    }
  }

  /// Some bytes of a buffer.
  mutating func append(_ bytes: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>) throws(SearchError) {
    try append(bytes.span.extracting(range))
  }

  private static func update(
    _ checksum: inout Checksum, _ bytes: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>
  ) {
    checksum.update(bytes.span.extracting(range))
  }

  /// Writes bytes of the section, whole stripes.
  private mutating func put(_ bytes: Span<UInt8>) throws(SearchError) {
    checksum.update(bytes)
    try file.write(bytes)
  }

  private mutating func putWaiting() throws(SearchError) {
    SegmentWriter.update(&checksum, waiting.bytes, 0..<waiting.count)
    try file.write(waiting)
    waiting.removeAll()
  }

  /// Ends the section and pads it.
  mutating func end() throws(SearchError) {
    let whole = waiting.count / Checksum.stripe * Checksum.stripe
    SegmentWriter.update(&checksum, waiting.bytes, 0..<whole)
    let sum = checksum.finish(waiting.bytes.span.extracting(whole..<waiting.count))
    table.write(UInt64(start))
    table.write(UInt64(file.count + waiting.count - start))
    table.write(sum)
    sections += 1
    let end = file.count + waiting.count
    for _ in end..<SegmentLayout.paddedEnd(end) { waiting.write(UInt8(0)) }
    try file.write(waiting)
    waiting.removeAll()
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
