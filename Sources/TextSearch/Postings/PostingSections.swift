/// The posting sections of a segment, or the parts of them that belong to one list.
struct PostingSections: Sendable {
  var postings: ByteRegion
  var blocks: ByteRegion
  var positions: ByteRegion
  var forms: ByteRegion
  var codes: ByteRegion

  /// The same without keeping the file mapped (`ByteRegion.unowned`).
  @unsafe
  var unowned: PostingSections {
    unsafe PostingSections(
      postings: postings.unowned, blocks: blocks.unowned, positions: positions.unowned, forms: forms.unowned,
      codes: codes.unowned)
  }

  /// The parts that belong to `list`. An inline list's bytes are given as `postings` already.
  func restricted(to list: PostingList) throws(SearchError) -> PostingSections {
    let forms = try forms.slice(at: list.forms.offset, count: list.forms.count)
    let codes = try codes.slice(at: list.codes.offset, count: list.codes.count)
    if list.isInline {
      guard list.documents == 1, list.positions <= UInt64(PostingFormat.inlinePositions) else {
        throw postings.corrupt(at: 0, "inline list of \(list.positions) positions")
      }
      return PostingSections(postings: postings, blocks: .empty, positions: .empty, forms: forms, codes: codes)
    }
    return PostingSections(
      postings: try postings.slice(at: list.postings.offset, count: list.postings.count),
      blocks: try blocks.slice(at: list.blocks.offset, count: list.blocks.count),
      positions: try positions.slice(at: list.positionBytes.offset, count: list.positionBytes.count),
      forms: forms, codes: codes)
  }
}

/// The records of one list's blocks.
struct SkipEntries: Sendable {
  private let region: ByteRegion
  let count: Int
  private let uppers: Int
  private let upperStart: Int
  private let recordStart: Int

  /// - Parameter region: the list's part of the section.
  init(_ region: ByteRegion, documents: Int) throws(SearchError) {
    self.region = region
    count = PostingFormat.records(documents)
    uppers = PostingFormat.uppers(records: count)
    upperStart = 4 * count
    recordStart = upperStart + PostingFormat.upperSize * uppers
    guard region.count == recordStart + PostingFormat.recordSize * count else {
      throw region.corrupt(at: 0, "records of \(documents) documents in \(region.count) bytes")
    }
  }

  /// Groups of up to 32 blocks; none in a list without upper records.
  var groupCount: Int { uppers }

  @inline(__always)
  func lastDocument(_ block: Int) throws(SearchError) -> UInt32 { try region.load(at: 4 &* block) }

  /// The last document of a group of blocks.
  func lastDocument(ofGroup group: Int) throws(SearchError) -> UInt32 {
    try lastDocument(min((group + 1) * PostingFormat.groupSize, count) - 1)
  }

  /// The first block from `start` on whose last document is not before `target`; `count` if there is none.
  func block(from start: Int, reaching target: UInt32) throws(SearchError) -> Int {
    // Most steps are short: the next blocks are tried one by one before the rest is halved.
    var low = start
    let near = min(start + 4, count)
    while low < near {
      if try lastDocument(low) >= target { return low }
      low += 1
    }
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try lastDocument(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private func base(_ block: Int, _ field: Int) throws(SearchError) -> UInt64 {
    guard uppers > 0 else { return 0 }
    return try region.load(at: upperStart + PostingFormat.upperSize * (block / PostingFormat.groupSize) + 8 * field)
  }

  @inline(__always)
  private func record(_ block: Int) -> Int { recordStart &+ PostingFormat.recordSize &* block }

  private func place(_ value: UInt64, _ block: Int) throws(SearchError) -> Int {
    guard value <= UInt64(Int.max / 2) else { throw region.corrupt(at: record(block), "offset too large") }
    return Int(value)
  }

  /// Where a block's gaps begin in the list's postings.
  func postings(_ block: Int) throws(SearchError) -> Int {
    let own: UInt16 = try region.load(at: record(block))
    return try place(try base(block, 0) &+ UInt64(own), block)
  }

  /// Where the positions of a block begin.
  func positions(_ block: Int) throws(SearchError) -> PositionAddress {
    let low: UInt32 = try region.load(at: record(block) + 4)
    let high: UInt16 = try region.load(at: record(block) + 8)
    let own = UInt64(high) << 32 | UInt64(low)
    return PositionAddress(offset: try place(try base(block, 1) &+ own >> 7, block), skipped: own & 127)
  }

  /// Where a block's form codes begin in the list's codes.
  func codes(_ block: Int) throws(SearchError) -> Int {
    let own: UInt16 = try region.load(at: record(block) + 2)
    return try place(try base(block, 2) &+ UInt64(own), block)
  }

  /// The (frequency, length) pairs that bound a block's postings.
  func front(_ block: Int) throws(SearchError) -> [ImpactAccumulator.Impact] { try front(at: record(block) + 10) }

  /// The pairs of a block as eight bytes: frequency and length code of each, the first lowest.
  @inline(__always)
  func impactWord(_ block: Int) throws(SearchError) -> UInt64 { try region.load(at: record(block) + 10) }

  /// Runs `body` on every block: its number, its last document, and its pairs as eight bytes.
  @inline(__always)
  func forEachImpacts(_ body: (Int, UInt32, UInt64) -> Void) throws(SearchError) {
    let base = unsafe try region.address(at: 0, count: region.count)
    for block in 0..<count {
      // Safe because: the region holds `count` last documents and records (`init`).
      let last = unsafe base.loadUnaligned(fromByteOffset: 4 &* block, as: UInt32.self)
      let front = unsafe base.loadUnaligned(fromByteOffset: record(block) &+ 10, as: UInt64.self)
      body(block, UInt32(littleEndian: last), UInt64(littleEndian: front))
    }
  }

  /// The pairs that bound the postings of a group of blocks.
  func front(ofGroup group: Int) throws(SearchError) -> [ImpactAccumulator.Impact] {
    try front(at: upperStart + PostingFormat.upperSize * group + 24)
  }

  private func front(at start: Int) throws(SearchError) -> [ImpactAccumulator.Impact] {
    var pairs: [ImpactAccumulator.Impact] = []
    for index in 0..<PostingFormat.frontSize {
      let place = start + 2 * index
      pairs.append(
        ImpactAccumulator.Impact(frequency: try region.byte(at: place), length: try region.byte(at: place + 1)))
    }
    return pairs
  }
}
