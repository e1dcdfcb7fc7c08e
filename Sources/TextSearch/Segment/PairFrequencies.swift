/// Document frequencies of the adjacent pairs of words: the number of documents that hold a pair, in a table that has one size
/// whatever the collection's.
///
/// A pair has one of 2^24 slots by the hash of its two keys. The number of a slot is that of the documents that hold any of
/// its pairs, each once: a count-min sketch of one row (Cormode and Muthukrishnan 2005). It is never less than the frequency
/// of a pair, and a sum of integers each of which follows from one document alone: tables of parts add up to that of the whole.
/// Two frequent terms (`FrequentKeys`) are no pair.
struct PairFrequencies: Sendable {
  /// Slots of the table, a power of two.
  static let slotBits = 24
  /// Documents counted in a block on average, at most: few enough to read through for one look-up.
  private static let blockDocuments = 128
  /// Blocks, a power of two, hold 128 slots at least.
  private static let maximumBlockBits = 17
  /// Bytes behind the ends of the blocks.
  private static let trailerBytes = 16

  private let region: ByteRegion
  /// Sum of the numbers of all slots.
  let total: UInt64
  /// Offset of the ends of the blocks.
  private let endStart: Int
  private let blockBits: Int

  /// An empty region says that no pairs are kept.
  init(_ region: ByteRegion) throws(SearchError) {
    guard region.count > 0 else {
      (self.region, total, endStart, blockBits) = (region, 0, 0, 0)
      return
    }
    guard region.count >= PairFrequencies.trailerBytes else { throw region.corrupt(at: 0, "no room for the totals") }
    let trailer = region.count - PairFrequencies.trailerBytes
    total = try region.load(at: trailer)
    let start: UInt64 = try region.load(at: trailer + 8)
    blockBits = PairFrequencies.blockBits(total: total)
    guard start <= UInt64(trailer), Int(start) + (4 << blockBits) == trailer else {
      throw region.corrupt(at: trailer, "\(region.count) bytes for \(total) pairs")
    }
    endStart = Int(start)
    self.region = region
  }

  /// Whether no pairs are kept.
  var isEmpty: Bool { region.count == 0 }

  /// Returns the number of blocks, as a power of two.
  static func blockBits(total: UInt64) -> Int {
    let blocks = total / UInt64(blockDocuments)
    return min(maximumBlockBits, 64 - blocks.leadingZeroBitCount)
  }

  // MARK: Slots

  /// Whether two neighbouring words are a pair.
  @inline(__always)
  static func isPair(_ first: PairWord, _ second: PairWord) -> Bool { !(first.isFrequent && second.isFrequent) }

  /// Returns the slot of a pair.
  @inline(__always)
  static func slot(_ first: PairWord, _ second: PairWord) -> UInt32 {
    var hash = (UInt64(first.hash) &<< 32 | UInt64(second.hash)) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: hash &>> UInt64(64 - slotBits))
  }

  /// The slots of the pairs of any of some words with any of others.
  static subscript(first: Set<PairWord>, second: Set<PairWord>) -> Set<UInt32> {
    var slots: Set<UInt32> = []
    for own in first {
      for next in second {
        if isPair(own, next) { slots.insert(slot(own, next)) }
      }
    }
    return slots
  }

  /// The number of documents of a slot.
  ///
  /// - Complexity: O(1): a block is read up to the slot.
  subscript(slot: UInt32) -> UInt32 {
    get throws(SearchError) {
      if isEmpty { return 0 }
      var block = try block(Int(slot) >> (PairFrequencies.slotBits - blockBits))
      while let (own, frequency) = try block.next() {
        if own >= slot { return own == slot ? frequency : 0 }
      }
      return 0
    }
  }

  /// Returns a walk over all slots that have documents, ascending.
  var start: Cursor { Cursor(self) }

  fileprivate var blockCount: Int { isEmpty ? 0 : 1 << blockBits }

  /// Opens a block.
  fileprivate func block(_ number: Int) throws(SearchError) -> Block {
    let start: UInt32 = number == 0 ? 0 : try region.load(at: endStart + 4 * (number - 1))
    let end: UInt32 = try region.load(at: endStart + 4 * number)
    guard start <= end, Int(end) <= endStart else {
      throw region.corrupt(at: endStart + 4 * number, "block \(number) from \(start) to \(end)")
    }
    return try Block(
      try region.slice(at: Int(start), count: Int(end - start)),
      firstSlot: number << (PairFrequencies.slotBits - blockBits),
      slotBits: PairFrequencies.slotBits - blockBits)
  }

  /// Reads the slots of a block, ascending.
  fileprivate struct Block {
    private let region: ByteRegion
    private var reader: BitReader
    private var remaining: Int
    private let parameter: Int
    /// The least slot that the next may be, and the end of the block's.
    private var slot: UInt64
    private let end: UInt64

    init(_ region: ByteRegion, firstSlot: Int, slotBits: Int) throws(SearchError) {
      self.region = region
      reader = BitReader(region, at: 0)
      remaining = Int(try reader.readGamma()) - 1
      guard remaining <= 1 << slotBits else { throw region.corrupt(at: 0, "\(remaining) slots") }
      parameter = RiceParameter.ofGaps(documents: remaining, of: 1 << slotBits)
      slot = UInt64(firstSlot)
      end = UInt64(firstSlot) + (1 << UInt64(slotBits))
    }

    mutating func next() throws(SearchError) -> (slot: UInt32, frequency: UInt32)? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      let own = slot &+ UInt64(try reader.readRice(parameter: parameter))
      guard own < end else { throw region.corrupt(at: 0, "slot beyond the block") }
      slot = own &+ 1
      return (UInt32(truncatingIfNeeded: own), try reader.readGamma())
    }
  }

  /// A walk over the slots that have documents, ascending.
  struct Cursor {
    private let table: PairFrequencies
    private var next = 0
    private var block: Block?

    fileprivate init(_ table: PairFrequencies) { self.table = table }

    /// Returns the next slot and its number of documents; nil at the end.
    mutating func advance() throws(SearchError) -> (slot: UInt32, frequency: UInt32)? {
      while true {
        if let found = try block?.next() { return found }
        guard next < table.blockCount else { return nil }
        block = try table.block(next)
        next += 1
      }
    }
  }
}
