/// Writes the section `documents`: records in blocks, compressed.
///
/// Where blocks end follows from the sizes of the records alone: at the first end of a record from
/// `DocumentStore.minimumBlock` bytes on, or at `BlockLayout.maximumBytes`.
struct DocumentStoreWriter: ~Copyable {
  private let compression: StoredCompression
  private let fields: [Int]
  private var compressor: BlockCompressor
  private var pending = ByteWriter(capacity: BlockLayout.maximumBytes)
  private var blocks = ByteWriter(capacity: 1 << 16)
  /// Of each block the first document that begins in it or later.
  private var firsts: [UInt64] = []
  private var offsets: [UInt64] = [0]
  /// Of each record its place in its block.
  private var starts: [UInt64] = []
  private var nextFirst = 0
  private var lastSize = 0

  /// - Parameter fields: numbers of the fields whose texts the records hold, ascending.
  init(_ compression: StoredCompression, fields: [Int]) {
    self.compression = compression
    self.fields = fields
    compressor = BlockCompressor(compression)
  }

  /// Bytes that the section will have, about.
  var byteCount: Int { blocks.count + pending.count + 8 * starts.count + 16 * firsts.count }

  /// Adds the record of the next document; empty if nothing is stored of it.
  mutating func add(_ record: Span<UInt8>) {
    starts.append(UInt64(pending.count))
    var place = 0
    while place < record.count {
      let end = min(record.count, place + BlockLayout.maximumBytes - pending.count)
      pending.write(record.extracting(place..<end))
      place = end
      if pending.count == BlockLayout.maximumBytes { cut() }
    }
    if pending.count >= DocumentStore.minimumBlock { cut() }
  }

  private static func compress(
    _ block: borrowing ByteWriter, with compressor: inout BlockCompressor, into blocks: inout ByteWriter
  ) {
    compressor.compress(block.bytes.span, into: &blocks)
  }

  private mutating func cut() {
    DocumentStoreWriter.compress(pending, with: &compressor, into: &blocks)
    firsts.append(UInt64(nextFirst))
    offsets.append(UInt64(blocks.count))
    nextFirst = starts.count
    lastSize = pending.count
    pending.removeAll()
  }

  /// Writes the section.
  mutating func finish(into writer: inout ByteWriter) {
    if nextFirst < starts.count || pending.count > 0 { cut() }
    starts.append(UInt64(lastSize))
    writer.write(compression.rawValue)
    writer.write(DocumentStore.dictionary)
    writer.writeVariable(fields.count)
    for field in fields { writer.writeVariable(field) }
    writer.writeVariable(firsts.count)
    Column.write(firsts, to: &writer)
    Column.write(offsets, to: &writer)
    Column.write(starts, to: &writer)
    writer.write(blocks)
  }
}
