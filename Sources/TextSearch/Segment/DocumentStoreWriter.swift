/// A writer of the section `documents`: records in compressed blocks.
///
/// Where blocks end follows from the sizes of the records alone: at the first end of a record from
/// `DocumentStore.minimumBlock` bytes on, or at `BlockLayout.maximumBytes`.
struct DocumentStoreWriter: ~Copyable {
  private let compression: StoredCompression
  private let fields: [Int]
  private var compressor: BlockCompressor
  private var pending = ByteWriter(capacity: BlockLayout.maximumBytes)
  /// The compressed blocks, as far as no `ByteSink` has taken them.
  var blocks = ByteWriter(capacity: 1 << 16)
  /// For each block, the first document whose record begins in it or later.
  private var firsts: [UInt64] = []
  /// Offsets of the blocks, and the end.
  private var offsets: [UInt64] = [0]
  /// For each record, its offset in its block.
  private var starts = GrowableBuffer<UInt16>()
  /// The greatest of `starts`.
  private var maximumStart = 0
  private var nextFirst = 0
  private var lastSize = 0

  /// Creates a writer of an empty section.
  ///
  /// - Parameter fields: numbers of the fields whose texts are in the records, ascending.
  init(_ compression: StoredCompression, fields: [Int]) {
    self.compression = compression
    self.fields = fields
    compressor = BlockCompressor(compression)
  }

  /// Adds the record of the next document; empty if nothing is stored of it.
  mutating func add(_ record: Span<UInt8>) {
    // Less than `BlockLayout.maximumBytes`: a full block has been ended.
    starts.append(UInt16(pending.count))
    maximumStart = max(maximumStart, pending.count)
    var offset = 0
    while offset < record.count {
      let end = min(record.count, offset + BlockLayout.maximumBytes - pending.count)
      pending.write(record.extracting(offset..<end))
      offset = end
      if pending.count == BlockLayout.maximumBytes { endBlock() }
    }
    if pending.count >= DocumentStore.minimumBlock { endBlock() }
  }

  /// Adds the record of the next document.
  mutating func add(_ record: borrowing ByteWriter) { add(record.bytes.span) }

  private static func compress(
    _ block: borrowing ByteWriter, with compressor: inout BlockCompressor, into blocks: inout ByteWriter
  ) {
    compressor.compress(block.bytes.span, into: &blocks)
  }

  /// Compresses the pending bytes as a block.
  private mutating func endBlock() {
    DocumentStoreWriter.compress(pending, with: &compressor, into: &blocks)
    firsts.append(UInt64(nextFirst))
    offsets.append(UInt64(blocks.count))
    nextFirst = starts.count
    lastSize = pending.count
    pending.removeAll()
  }

  /// Ends the last block and appends what is before the blocks in the section.
  mutating func finish(head: inout ByteWriter) {
    let hasRecords = !firsts.isEmpty || pending.count > 0 || !fields.isEmpty
    if hasRecords, nextFirst < starts.count || pending.count > 0 { endBlock() }
    // Where all records are empty there are no blocks, and nothing starts in them.
    if firsts.isEmpty { starts.removeAll() }
    head.write(compression.rawValue)
    head.write(DocumentStore.dictionary)
    head.writeVariable(fields.count)
    for field in fields { head.writeVariable(field) }
    head.writeVariable(firsts.count)
    Column.write(firsts, to: &head)
    Column.write(offsets, to: &head)
    var column = ColumnWriter(maximum: max(UInt64(maximumStart), UInt64(lastSize)))
    for index in 0..<starts.count { column.add(UInt64(starts[index])) }
    column.add(UInt64(lastSize))
    head.write(column.bytes)
  }
}
