/// Writes the table of pair frequencies of a segment.
struct PairFrequenciesWriter: ~Copyable {
  private let total: UInt64
  private let blockBits: Int
  /// The block of the slots that are gathered, and their gaps and numbers.
  private var block = 0
  private var gaps = GrowableBuffer<UInt32>(capacity: 256)
  private var frequencies = GrowableBuffer<UInt32>(capacity: 256)
  /// The least slot that can follow.
  private var next = 0
  private var bits = BitWriter()
  private var ends = ByteWriter()
  /// Coded blocks that are not in the file yet, and the number of bytes before them.
  private var coded = ByteWriter(capacity: 1 << 16)
  private var written = 0

  /// Begins the section.
  ///
  /// - Parameter total: sum of the numbers of all slots.
  init(total: UInt64, to writer: inout SegmentWriter) throws(SearchError) {
    self.total = total
    blockBits = PairFrequencies.blockBits(total: total)
    try writer.begin(.pairFrequencies)
  }

  private var slotBits: Int { PairFrequencies.slotBits - blockBits }

  /// Adds a slot and its number of documents, which is not 0; slots ascend.
  ///
  /// - Throws: `SearchError.limit` where the blocks have more than 2^32 bytes; errors of the file.
  mutating func add(_ slot: Int, _ frequency: UInt32, to writer: inout SegmentWriter) throws(SearchError) {
    while slot >> slotBits > block { try endBlock(&writer) }
    gaps.append(UInt32(truncatingIfNeeded: slot &- next))
    frequencies.append(frequency)
    next = slot &+ 1
  }

  private mutating func endBlock(_ writer: inout SegmentWriter) throws(SearchError) {
    let parameter = RiceParameter.ofGaps(documents: gaps.count, of: 1 << slotBits)
    bits.writeGamma(UInt32(gaps.count + 1))
    for index in 0..<gaps.count {
      bits.writeRice(gaps[index], parameter: parameter)
      bits.writeGamma(frequencies[index])
    }
    bits.flush(into: &coded)
    gaps.removeAll()
    frequencies.removeAll()
    block += 1
    next = block << slotBits
    guard let end = UInt32(exactly: written + coded.count) else {
      throw .limit(what: "bytes of pair frequencies", value: written + coded.count, maximum: Int(UInt32.max))
    }
    ends.write(end)
    if coded.count >= 1 << 16 { try flush(to: &writer) }
  }

  private mutating func flush(to writer: inout SegmentWriter) throws(SearchError) {
    try writer.append(coded.bytes, 0..<coded.count)
    written += coded.count
    coded.removeAll()
  }

  /// Ends the section.
  ///
  /// - Throws: as `add`.
  mutating func end(_ writer: inout SegmentWriter) throws(SearchError) {
    while block < 1 << blockBits { try endBlock(&writer) }
    try flush(to: &writer)
    ends.write(total)
    ends.write(UInt64(written))
    try writer.append(ends.bytes, 0..<ends.count)
    try writer.end()
  }
}
