/// Encodes posting lists one after the other into the three posting sections.
///
/// For each list: `begin`, then for each document `add(document:...)` followed by its positions, then `end`.
struct PostingListWriter: ~Copyable {
  private(set) var postings = ByteWriter(capacity: 1 << 16)
  private(set) var blocks = ByteWriter(capacity: 1 << 12)
  private(set) var positions = ByteWriter(capacity: 1 << 16)

  private var gaps = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var frequencies = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var chunk = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var lastDocuments: [UInt32] = []
  private var records = ByteWriter()
  private var front = ImpactFront()
  private var list = PostingList()
  /// One before the first document, so that the first gap is the document itself.
  private var previous = UInt32.max
  private var expected = 0
  private var lastPosition: UInt32 = 0
  private var occurrences: UInt32 = 0
  private var length: UInt8 = 0
  /// Place of the first position of the current block.
  private var blockPositions: (offset: Int, index: Int) = (0, 0)

  /// Gives the bytes of the positions back once they are written; no list can be added any more.
  mutating func releasePositions() { positions = ByteWriter(capacity: 1) }

  /// A list without postings, for an entry that only counts.
  func emptyList(documents: Int, positions count: UInt64) -> PostingList {
    var list = PostingList()
    list.documents = documents
    list.positions = count
    list.postings.offset = UInt64(postings.count)
    list.blocks.offset = UInt64(blocks.count)
    list.positionBytes.offset = UInt64(positions.count)
    return list
  }

  /// Begins a list of `documents` documents and `positions` positions in all.
  mutating func begin(documents: Int, positions count: UInt64) {
    list = emptyList(documents: documents, positions: count)
    list.isInline = documents == 1 && count <= UInt64(PostingFormat.inlinePositions)
    previous = .max
    expected = documents
    lastDocuments.removeAll(keepingCapacity: true)
    records.removeAll()
    blockPositions = (0, 0)
  }

  /// Adds a document; its positions follow in ascending order by `add(position:)`.
  @inline(__always)
  mutating func add(document: UInt32, frequency: UInt32, length: UInt8) {
    gaps.append(document &- previous &- 1)
    frequencies.append(frequency)
    front.add(frequency: Int(frequency), length: length)
    previous = document
    occurrences = 0
  }

  @inline(__always)
  mutating func add(position: UInt32) {
    chunk.append(occurrences == 0 ? position : position &- lastPosition &- 1)
    lastPosition = position
    occurrences &+= 1
    if chunk.count == PostingFormat.blockSize, !list.isInline { flushChunk() }
  }

  /// Call when the positions of a document are complete.
  @inline(__always)
  mutating func endDocument() {
    if gaps.count == PostingFormat.blockSize { flushBlock() }
  }

  /// Ends the list and tells where it is; the bytes of an inline list are appended to `inline`.
  mutating func end(inline: inout ByteWriter) -> PostingList {
    if list.isInline {
      inline.writeVariable(UInt64(gaps[0]))
      for index in 0..<chunk.count { inline.writeVariable(UInt64(chunk[index])) }
      clearBlock()
      chunk.removeAll()
      return list
    }
    if !gaps.isEmpty { flushTail() }
    flushLastChunk()
    for last in lastDocuments { blocks.write(last) }
    blocks.write(records)
    list.postings.count = UInt64(postings.count) - list.postings.offset
    list.blocks.count = UInt64(blocks.count) - list.blocks.offset
    list.positionBytes.count = UInt64(positions.count) - list.positionBytes.offset
    return list
  }

  private mutating func flushChunk() {
    let width = BitPacking.width(of: chunk)
    positions.write(UInt8(width))
    BitPacking.pack(chunk, width: width, into: &positions)
    chunk.removeAll()
  }

  /// What is left over, as variable bytes; after full chunks a mark stands in the place of a width.
  private mutating func flushLastChunk() {
    if !chunk.isEmpty, list.positions >= UInt64(PostingFormat.blockSize) {
      positions.write(UInt8(PostingFormat.variableWidth))
    }
    for index in 0..<chunk.count { positions.writeVariable(UInt64(chunk[index])) }
    chunk.removeAll()
  }

  private mutating func flushBlock() {
    let gapWidth = BitPacking.width(of: gaps)
    for index in 0..<frequencies.count { frequencies[index] -= 1 }
    let frequencyWidth = BitPacking.width(of: frequencies)
    writeRecord(gapWidth: gapWidth, frequencyWidth: frequencyWidth)
    BitPacking.pack(gaps, width: gapWidth, into: &postings)
    BitPacking.pack(frequencies, width: frequencyWidth, into: &postings)
    clearBlock()
  }

  /// The last, incomplete block: gap and "once only" in one number, then the frequency where it is not one.
  private mutating func flushTail() {
    if expected >= PostingFormat.blockSize {
      writeRecord(gapWidth: PostingFormat.variableWidth, frequencyWidth: PostingFormat.variableWidth)
    }
    for index in 0..<gaps.count {
      let isOnce = frequencies[index] == 1
      postings.writeVariable(UInt64(gaps[index]) << 1 | (isOnce ? 1 : 0))
      if !isOnce { postings.writeVariable(UInt64(frequencies[index] - 2)) }
    }
    clearBlock()
  }

  private mutating func clearBlock() {
    gaps.removeAll()
    frequencies.removeAll()
    front.removeAll()
    blockPositions = (positions.count - Int(list.positionBytes.offset), chunk.count)
  }

  private mutating func writeRecord(gapWidth: Int, frequencyWidth: Int) {
    lastDocuments.append(previous)
    records.write(UInt64(postings.count) - list.postings.offset)
    let place = UInt64(blockPositions.offset) << 7 | UInt64(blockPositions.index)
    records.write(UInt32(truncatingIfNeeded: place))
    records.write(UInt16(truncatingIfNeeded: place >> 32))
    records.write(UInt16(gapWidth | frequencyWidth << 8))
    let pairs = front.bounded()
    for index in 0..<PostingFormat.frontSize {
      let pair = pairs[min(index, pairs.count - 1)]
      records.write(pair.frequency)
      records.write(pair.length)
    }
  }
}
