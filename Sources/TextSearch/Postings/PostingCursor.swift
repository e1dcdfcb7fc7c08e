/// Walks a posting list in document order.
///
/// The contract, on which every algorithm rests:
/// - before the first `advance` or `seek`, the cursor stands before the list and `document` is not to be read;
/// - `document` rises strictly with each `advance`; at the end it is `PostingCursor.end` and stays so;
/// - `seek(to: d)` stops at the first document >= d and never goes back: seeking what lies behind does nothing;
/// - `frequency` and `positions` belong to the current document and are read at most as often as wanted.
struct PostingCursor: ~Copyable {
  /// The document number of a cursor at its end; no segment has as many documents.
  static let end = UInt32.max

  let list: PostingList
  private let sections: PostingSections
  private var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var frequencies = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  /// Postings of the block in the buffers, the current one, and the block's number.
  private var filled = 0
  private var index = -1
  private var block = -1
  private let blockCount: Int
  private let documentLimit: UInt32
  private(set) var document: UInt32 = 0

  /// - Parameter documentLimit: number of documents in the segment; a list that names more is damaged.
  init(_ list: PostingList, in sections: PostingSections, documentLimit: UInt32) throws(SearchError) {
    self.list = list
    self.sections = try sections.restricted(to: list)
    self.documentLimit = documentLimit
    blockCount = max(1, PostingFormat.records(list.documents))
    documents.append(repeating: 0, count: PostingFormat.blockSize)
    frequencies.append(repeating: 0, count: PostingFormat.blockSize)
  }

  var frequency: UInt32 { frequencies[index] }

  /// Moves to the next document; gives it.
  @inline(__always)
  mutating func advance() throws(SearchError) -> UInt32 {
    index &+= 1
    if index >= filled { try nextBlock() }
    return document(at: index)
  }

  /// Moves to the first document at or after `target`.
  mutating func seek(to target: UInt32) throws(SearchError) -> UInt32 {
    if index >= 0, document >= target { return document }
    if block < 0 || filled == 0 || documents[filled - 1] < target { try skipBlocks(to: target) }
    if index < 0 { index = 0 }
    while index < filled, documents[index] < target { index += 1 }
    if index >= filled { try nextBlock() }
    return document(at: index)
  }

  private mutating func document(at index: Int) -> UInt32 {
    document = filled == 0 ? PostingCursor.end : documents[index]
    return document
  }

  /// Positions of the current document, ascending.
  mutating func positions() throws(SearchError) -> [UInt32] {
    guard filled > 0, index >= 0 else { return [] }
    if list.isInline {
      var reader = ByteReader(sections.postings)
      _ = try reader.readVariable()
      return try PostingCursor.decodePositions(Int(list.positions)) { () throws(SearchError) in try reader.readUInt32()
      }
    }
    var place = try sections.positionPlace(ofBlock: block, of: list)
    for earlier in 0..<index { place.skipped += UInt64(frequencies[earlier]) }
    var reader = PositionReader(sections.positions, count: list.positions)
    try reader.move(to: place)
    return try PostingCursor.decodePositions(Int(frequency)) { () throws(SearchError) in try reader.next() }
  }

  private static func decodePositions(
    _ count: Int, _ next: () throws(SearchError) -> UInt32
  ) throws(SearchError) -> [UInt32] {
    var positions: [UInt32] = []
    for _ in 0..<count {
      let value = try next()
      positions.append(positions.last.map { $0 &+ value &+ 1 } ?? value)
    }
    return positions
  }

  // MARK: Blocks

  private mutating func nextBlock() throws(SearchError) {
    guard block + 1 < blockCount else {
      filled = 0
      index = 0
      block = blockCount
      return
    }
    try load(block + 1)
  }

  /// Loads the first block whose last document is not before `target`.
  private mutating func skipBlocks(to target: UInt32) throws(SearchError) {
    var candidate = block + 1
    while candidate < blockCount {
      let last =
        list.documents < PostingFormat.blockSize ? .max : try sections.lastDocument(ofBlock: candidate, of: list)
      if last >= target { return try load(candidate) }
      candidate += 1
    }
    filled = 0
    index = 0
    block = blockCount
  }

  private mutating func load(_ number: Int) throws(SearchError) {
    let before = number == 0 ? UInt32.max : try sections.lastDocument(ofBlock: number - 1, of: list)
    block = number
    index = 0
    if list.isInline {
      var reader = ByteReader(sections.postings)
      documents[0] = try reader.readUInt32()
      frequencies[0] = UInt32(list.positions)
      filled = 1
    } else if number < PostingFormat.fullBlocks(list.documents) {
      try loadPacked(number, after: before)
    } else {
      try loadTail(number, after: before)
    }
    guard filled > 0, documents[filled - 1] < documentLimit else {
      throw sections.postings.corrupt(at: 0, "document number beyond the segment")
    }
  }

  private mutating func loadPacked(_ number: Int, after before: UInt32) throws(SearchError) {
    let record = try sections.record(ofBlock: number, of: list)
    try BitPacking.unpack(sections.postings, at: record.offset, width: record.gapWidth, into: &documents)
    try PostingCursor.sumGaps(&documents, after: before, in: sections.postings)
    let offset = record.offset + BitPacking.byteCount(width: record.gapWidth)
    try BitPacking.unpack(sections.postings, at: offset, width: record.frequencyWidth, into: &frequencies)
    for index in 0..<PostingFormat.blockSize { frequencies[index] &+= 1 }
    filled = PostingFormat.blockSize
  }

  /// Gaps to documents; they must rise, or the bytes are damaged.
  private static func sumGaps(
    _ gaps: inout GrowableBuffer<UInt32>, after before: UInt32, in region: ByteRegion
  ) throws(SearchError) {
    var sum = UInt64(before &+ 1)
    for index in 0..<gaps.count {
      sum &+= UInt64(gaps[index])
      gaps[index] = UInt32(truncatingIfNeeded: sum)
      sum &+= 1
    }
    guard sum <= UInt64(UInt32.max) else { throw region.corrupt(at: 0, "document number beyond the segment") }
  }

  private mutating func loadTail(_ number: Int, after before: UInt32) throws(SearchError) {
    let offset = list.documents < PostingFormat.blockSize ? 0 : try sections.record(ofBlock: number, of: list).offset
    var reader = ByteReader(sections.postings, at: offset)
    var next = UInt64(before &+ 1)
    filled = list.documents % PostingFormat.blockSize
    for index in 0..<filled {
      let code = try reader.readVariable()
      next &+= code >> 1
      guard code >> 1 <= UInt64(UInt32.max), next < UInt64(UInt32.max) else {
        throw sections.postings.corrupt(at: offset, "document number beyond the segment")
      }
      documents[index] = UInt32(next)
      next += 1
      let frequency = code & 1 == 1 ? 1 : try reader.readVariable() &+ 2
      guard frequency <= UInt64(UInt32.max) else { throw sections.postings.corrupt(at: offset, "frequency too large") }
      frequencies[index] = UInt32(frequency)
    }
  }
}
