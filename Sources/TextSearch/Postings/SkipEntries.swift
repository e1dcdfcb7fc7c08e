/// The skip entries of one list: for each block its last document, its addresses and its impacts.
struct SkipEntries: Sendable {
  private let region: ByteRegion
  let count: Int
  /// Level-1 skip entries: groups of up to 32 blocks; none where one group has all blocks.
  let groupCount: Int
  /// Offsets of the level-1 skip entries, and of the skip entries behind the last documents.
  private let groupStart: Int
  private let entryStart: Int

  /// - Parameter region: the list's part of the section.
  init(_ region: ByteRegion, documents: Int) throws(SearchError) {
    self.region = region
    count = SkipEntries.count(documents: documents)
    groupCount = SkipEntries.groupCount(count)
    groupStart = 4 * count
    entryStart = groupStart + PostingFormat.levelOneEntrySize * groupCount
    guard region.count == entryStart + PostingFormat.skipEntrySize * count else {
      throw region.corrupt(at: 0, "skip entries of \(documents) documents in \(region.count) bytes")
    }
  }

  /// Returns the number of skip entries of a list: none for lists of less than a block.
  private static func count(documents: Int) -> Int {
    documents < PostingFormat.blockSize ? 0 : (documents + PostingFormat.blockSize - 1) / PostingFormat.blockSize
  }

  /// Returns the number of level-1 skip entries: none where one group has all blocks.
  static func groupCount(_ skipEntries: Int) -> Int {
    skipEntries <= PostingFormat.groupSize ? 0 : (skipEntries + PostingFormat.groupSize - 1) / PostingFormat.groupSize
  }

  // MARK: Documents

  @inline(__always)
  func lastDocument(_ block: Int) throws(SearchError) -> UInt32 { try region.load(at: 4 &* block) }

  /// Returns the first block from `start` on whose last document is not before `target`; `count` if there is none.
  ///
  /// - Complexity: O(1) for the next four blocks, else logarithmic in the number of blocks.
  func block(from start: Int, reaching target: UInt32) throws(SearchError) -> Int {
    try (start..<max(start, count)).partitionPoint(steps: 4) { (block) throws(SearchError) in
      try lastDocument(block) >= target
    }
  }

  // MARK: Addresses

  @inline(__always)
  private func entry(_ block: Int) -> Int { entryStart &+ PostingFormat.skipEntrySize &* block }

  @inline(__always)
  private func group(_ group: Int) -> Int { groupStart &+ PostingFormat.levelOneEntrySize &* group }

  /// Returns what the offsets of a block's group are relative to, by the index of the kind of offset.
  @inline(__always)
  private func base(_ block: Int, _ kind: Int) throws(SearchError) -> UInt64 {
    guard groupCount > 0 else { return 0 }
    // Unsigned, which is a shift.
    let number = Int(bitPattern: UInt(bitPattern: block) / UInt(PostingFormat.groupSize))
    return try region.load(at: group(number) &+ 8 &* kind)
  }

  @inline(__always)
  private func offset(_ value: UInt64, _ block: Int) throws(SearchError) -> Int {
    guard value <= UInt64(Int.max / 2) else { throw region.corrupt(at: entry(block), "offset too large") }
    return Int(value)
  }

  /// Returns the offset of a block's documents in the list's postings.
  @inline(__always)
  func postings(_ block: Int) throws(SearchError) -> Int {
    let own: UInt16 = try region.load(at: entry(block))
    return try offset(try base(block, 0) &+ UInt64(own), block)
  }

  /// Returns the address of a block's positions.
  func positions(_ block: Int) throws(SearchError) -> PositionAddress {
    let low: UInt32 = try region.load(at: entry(block) + 4)
    let high: UInt16 = try region.load(at: entry(block) + 8)
    let own = UInt64(high) << 32 | UInt64(low)
    return PositionAddress(offset: try offset(try base(block, 1) &+ own >> 7, block), skipped: own & 127)
  }

  /// Returns the offset of a block's form codes in the list's codes.
  func codes(_ block: Int) throws(SearchError) -> Int {
    let own: UInt16 = try region.load(at: entry(block) + 2)
    return try offset(try base(block, 2) &+ UInt64(own), block)
  }

  // MARK: Impacts

  /// Returns the impacts that bound a block's postings.
  func impacts(ofBlock block: Int) throws(SearchError) -> [ImpactAccumulator.Impact] {
    try impacts(at: entry(block) + 10)
  }

  /// Returns the impacts that bound the postings of a group of blocks.
  func impacts(ofGroup group: Int) throws(SearchError) -> [ImpactAccumulator.Impact] {
    try impacts(at: self.group(group) + 24)
  }

  private func impacts(at start: Int) throws(SearchError) -> [ImpactAccumulator.Impact] {
    var impacts: [ImpactAccumulator.Impact] = []
    for index in 0..<PostingFormat.impactsPerEntry {
      let offset = start + 2 * index
      impacts.append(
        ImpactAccumulator.Impact(frequency: try region.byte(at: offset), length: try region.byte(at: offset + 1)))
    }
    return impacts
  }

  /// Returns a block's impacts as eight bytes: frequency and length code of each, the first lowest.
  @inline(__always)
  func impactWord(_ block: Int) throws(SearchError) -> UInt64 { try region.load(at: entry(block) + 10) }

  /// As `impactWord`, of a group of blocks.
  @inline(__always)
  func impactWord(ofGroup group: Int) throws(SearchError) -> UInt64 { try region.load(at: self.group(group) + 24) }

  /// Returns the address of the last documents of all blocks, `count` little-endian numbers.
  ///
  /// Safe only for these, while the region lives.
  @unsafe
  func lastDocuments() throws(SearchError) -> UnsafeRawPointer { unsafe try region.address(at: 0, count: 4 * count) }

  /// Runs `body` on every block: its number, and its impacts as eight bytes.
  @inline(__always)
  func forEachImpacts(_ body: (Int, UInt64) -> Void) throws(SearchError) {
    let base = unsafe try region.address(at: 0, count: region.count)
    for block in 0..<count {
      // Safe because: the region holds `count` entries (`init`).
      let impacts = unsafe base.loadUnaligned(fromByteOffset: entry(block) &+ 10, as: UInt64.self)
      body(block, UInt64(littleEndian: impacts))
    }
  }
}
