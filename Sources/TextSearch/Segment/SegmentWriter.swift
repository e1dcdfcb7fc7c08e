/// A writer of a segment file: header, sections, section table, footer.
struct SegmentWriter: ~Copyable, ByteSink {
  private var file: FileWriter
  /// Bytes of a section that wait in memory before it has a temporary file.
  let spoolBytes: Int
  private var table: ByteWriter
  private var sections: UInt32
  /// Offset of the section that is being written.
  private var start = 0
  /// Checksum of the bytes of this section that are in the file.
  private var checksum = Checksum()
  /// Bytes that are not yet in the file.
  private var buffer: ByteWriter

  /// Maximum number of buffered bytes; a multiple of the checksum's stripe.
  private static let bufferBytes = 1 << 17

  /// Creates the file and writes its header.
  ///
  /// - Parameters:
  ///   - fingerprint: of the analyzer.
  ///   - schema: the fingerprint of the attribute schema.
  ///   - spoolBytes: the buffer of each section that waits for others: `spool(_:)`.
  /// - Throws: `SearchError.limit` for more documents than a segment can have; errors of the file system.
  init(
    creating path: String, documents: Int, fingerprint: UInt64, schema: UInt64,
    spoolBytes: Int = SpoolFile.bufferBytes
  ) throws(SearchError) {
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
    self.spoolBytes = spoolBytes
    table = ByteWriter()
    sections = 0
    buffer = ByteWriter(capacity: SegmentWriter.bufferBytes)
  }

  /// Writes a section whose bytes are all in memory.
  mutating func write(_ section: SegmentLayout.Section, _ bytes: Span<UInt8>) throws(SearchError) {
    try begin(section)
    try append(bytes)
    try end()
  }

  /// Returns a file for the bytes of a section that are made while an earlier section is written; then
  /// `write(_:_:)` writes them.
  func spool(_ section: SegmentLayout.Section) -> SpoolFile {
    SpoolFile(path: IndexFiles.spool(section.rawValue, ofSegmentAt: file.path), bufferBytes: spoolBytes)
  }

  /// Writes a section whose bytes are in a temporary file, which is removed.
  ///
  /// - Throws: `SearchError.corrupt` if the temporary file was changed; errors of the file system.
  mutating func write(_ section: SegmentLayout.Section, _ bytes: consuming SpoolFile) throws(SearchError) {
    try begin(section)
    try append(try bytes.contents(section.name))
    try end()
  }

  /// Begins a section, whose bytes `append` adds until `end` is called.
  mutating func begin(_ section: SegmentLayout.Section) throws(SearchError) {
    table.write(section.rawValue)
    table.write(UInt32(0))
    start = file.count
    checksum = Checksum()
  }

  /// Appends bytes to the section.
  mutating func append(_ bytes: Span<UInt8>) throws(SearchError) {
    var done = 0
    while done < bytes.count {
      let part = min(bytes.count - done, SegmentWriter.bufferBytes - buffer.count)
      if part == SegmentWriter.bufferBytes {
        // The buffer is empty: whole buffers go to the file without a copy.
        let direct = (bytes.count - done) / SegmentWriter.bufferBytes * SegmentWriter.bufferBytes
        try writeStripes(bytes.extracting(done..<done + direct))
        done += direct
        continue
      }
      buffer.write(bytes.extracting(done..<done + part))
      done += part
      if buffer.count == SegmentWriter.bufferBytes { try flush() }
    }
  }

  /// Appends a range of a buffer to the section.
  mutating func append(_ bytes: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>) throws(SearchError) {
    try append(bytes.span.extracting(range))
  }

  private static func update(
    _ checksum: inout Checksum, _ bytes: borrowing GrowableBuffer<UInt8>, _ range: Range<Int>
  ) {
    checksum.update(bytes.span.extracting(range))
  }

  /// Writes bytes of the section past the buffer.
  ///
  /// - Parameter bytes: a multiple of the checksum's stripe.
  private mutating func writeStripes(_ bytes: Span<UInt8>) throws(SearchError) {
    checksum.update(bytes)
    try file.write(bytes)
  }

  /// Writes a full buffer.
  private mutating func flush() throws(SearchError) {
    SegmentWriter.update(&checksum, buffer.bytes, 0..<buffer.count)
    try file.write(buffer)
    buffer.removeAll()
  }

  /// Ends the section and pads it.
  mutating func end() throws(SearchError) {
    let stripes = buffer.count / Checksum.stripe * Checksum.stripe
    SegmentWriter.update(&checksum, buffer.bytes, 0..<stripes)
    let sum = checksum.finish(buffer.bytes.span.extracting(stripes..<buffer.count))
    table.write(UInt64(start))
    table.write(UInt64(file.count + buffer.count - start))
    table.write(sum)
    sections += 1
    let end = file.count + buffer.count
    for _ in end..<SegmentLayout.paddedEnd(end) { buffer.write(UInt8(0)) }
    try file.write(buffer)
    buffer.removeAll()
  }

  /// Writes the section table and the footer, and blocks until the file is durable.
  ///
  /// - Returns: the number of bytes of the file.
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
