/// The three posting sections of a segment, or the parts of them that belong to one list.
struct PostingSections: Sendable {
  var postings: ByteRegion
  var blocks: ByteRegion
  var positions: ByteRegion

  /// What the records say of a block.
  struct Record {
    var offset: Int
    var gapWidth: Int
    var frequencyWidth: Int
    var positions: PositionPlace
  }

  /// The parts that belong to `list`. An inline list's bytes are given as `postings` already.
  func restricted(to list: PostingList) throws(SearchError) -> PostingSections {
    if list.isInline {
      guard list.documents == 1, list.positions <= UInt64(PostingFormat.inlinePositions) else {
        throw postings.corrupt(at: 0, "inline list of \(list.positions) positions")
      }
      return self
    }
    return PostingSections(
      postings: try postings.slice(at: list.postings.offset, count: list.postings.count),
      blocks: try blocks.slice(at: list.blocks.offset, count: list.blocks.count),
      positions: try positions.slice(at: list.positionBytes.offset, count: list.positionBytes.count))
  }

  func lastDocument(ofBlock block: Int, of list: PostingList) throws(SearchError) -> UInt32 {
    try blocks.load(at: 4 * block)
  }

  private func recordOffset(_ block: Int, _ list: PostingList) -> Int {
    4 * PostingFormat.records(list.documents) + PostingFormat.recordSize * block
  }

  func record(ofBlock block: Int, of list: PostingList) throws(SearchError) -> Record {
    let start = recordOffset(block, list)
    let offset: UInt64 = try blocks.load(at: start)
    let widths: UInt16 = try blocks.load(at: start + 14)
    guard let offset = Int(exactly: offset) else { throw blocks.corrupt(at: start, "offset too large") }
    return Record(
      offset: offset, gapWidth: Int(widths & 0xFF), frequencyWidth: Int(widths >> 8),
      positions: try positionPlace(ofBlock: block, of: list))
  }

  /// Where the positions of a block begin.
  func positionPlace(ofBlock block: Int, of list: PostingList) throws(SearchError) -> PositionPlace {
    guard list.documents >= PostingFormat.blockSize else { return PositionPlace() }
    let start = recordOffset(block, list) + 8
    let low: UInt32 = try blocks.load(at: start)
    let high: UInt16 = try blocks.load(at: start + 4)
    let place = UInt64(high) << 32 | UInt64(low)
    return PositionPlace(offset: Int(place >> 7), skipped: place & 127)
  }

  /// The (frequency, length) pairs that bound a block's postings.
  func front(ofBlock block: Int, of list: PostingList) throws(SearchError) -> [ImpactFront.Pair] {
    var pairs: [ImpactFront.Pair] = []
    for index in 0..<PostingFormat.frontSize {
      let start = recordOffset(block, list) + 16 + 2 * index
      pairs.append(ImpactFront.Pair(frequency: try blocks.byte(at: start), length: try blocks.byte(at: start + 1)))
    }
    return pairs
  }
}

/// A place in a list's positions: a chunk's offset, and how many values to pass over from there.
struct PositionPlace {
  var offset = 0
  var skipped: UInt64 = 0
}

/// Reads a list's position values chunk by chunk.
struct PositionReader: ~Copyable {
  private let region: ByteRegion
  private let count: UInt64
  private var values = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private var filled = 0
  private var index = 0
  private var offset = 0

  init(_ region: ByteRegion, count: UInt64) {
    self.region = region
    self.count = count
    values.append(repeating: 0, count: PostingFormat.blockSize)
  }

  /// Full chunks come first; what is left over is coded as variable bytes after the last of them.
  private var tail: Int { Int(count % UInt64(PostingFormat.blockSize)) }

  mutating func move(to place: PositionPlace) throws(SearchError) {
    offset = place.offset
    filled = 0
    index = 0
    var left = place.skipped
    while left >= UInt64(PostingFormat.blockSize) {
      let width = Int(try region.byte(at: offset))
      offset += 1 + BitPacking.byteCount(width: width)
      left -= UInt64(PostingFormat.blockSize)
    }
    for _ in 0..<left { _ = try next() }
  }

  mutating func next() throws(SearchError) -> UInt32 {
    if index == filled { try load() }
    index += 1
    return values[index - 1]
  }

  private mutating func load() throws(SearchError) {
    index = 0
    if try isAtTail() {
      let isMarked = count >= UInt64(PostingFormat.blockSize)
      var reader = ByteReader(region, at: isMarked ? offset + 1 : offset)
      filled = tail
      for index in 0..<filled { values[index] = try reader.readUInt32() }
      guard filled > 0 else { throw region.corrupt(at: offset, "positions end early") }
      offset = reader.offset
    } else {
      let width = Int(try region.byte(at: offset))
      try BitPacking.unpack(region, at: offset + 1, width: width, into: &values)
      offset += 1 + BitPacking.byteCount(width: width)
      filled = PostingFormat.blockSize
    }
  }

  /// Whether what follows is the variable-byte tail: all there is in a short list, else marked.
  private func isAtTail() throws(SearchError) -> Bool {
    if count < UInt64(PostingFormat.blockSize) { return true }
    return try region.byte(at: offset) == UInt8(PostingFormat.variableWidth)
  }
}
