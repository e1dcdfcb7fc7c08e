/// Decodes a posting list block by block, and knows what its buffers hold: documents, frequencies and form codes, each of the
/// block that was loaded last. What is loaded already is not decoded again.
struct PostingBlock: ~Copyable {
  /// Numbers behind the last document that may be read: greater than all documents.
  static let padding = 8
  /// No block is loaded.
  private static let none = -1

  let list: PostingList
  let sections: PostingSections
  let skipEntries: SkipEntries
  /// Blocks of the list, at least 1.
  let blockCount: Int
  private let documentLimit: UInt32

  /// The documents of block `number`, ascending; behind them greater numbers.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize + PostingBlock.padding)
  /// Number of documents in block `number`; 0 where none is loaded.
  private(set) var count = 0
  /// The block whose documents are loaded.
  private(set) var number = PostingBlock.none
  /// Frequencies by index in the block.
  private(set) var frequencies = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  private(set) var frequencyBlock = PostingBlock.none
  /// Form codes by index in the block; empty before the first are loaded.
  private(set) var codes = GrowableBuffer<UInt32>(capacity: 0)
  private var codeBlock = PostingBlock.none
  private var highestCode: UInt32 = 0
  /// Offset of the frequencies of block `number`, if it is packed.
  private var frequencyOffset = 0

  /// The table of bit sets, which takes a call to find.
  private let bitNumbers = BitSetBlock.bitNumbers

  /// Whether the list is that of a frequent term, which keeps no neighbours.
  var isOfFrequentTerm = false
  /// What the neighbours of the block's postings say; empty before the first are read.
  private(set) var neighbourFlags = GrowableBuffer<UInt8>(capacity: 0)
  private var neighbourBlock = PostingBlock.none

  /// Position values, or their running sums.
  private(set) var positions: PositionDecoder
  /// The block whose frequencies are summed up, the address of its positions, the sums before the first postings, and how many
  /// those are; empty before the first positions are read.
  private var sumBlock = PostingBlock.none
  private var sumAddress = PositionAddress()
  private var sums = GrowableBuffer<UInt64>(capacity: 0)
  private var summed = 0
  private var sum: UInt64 = 0

  /// - Parameters:
  ///   - documentLimit: number of documents in the segment; a list that names more is damaged.
  ///   - sumsPositions: positions are decoded as running sums.
  init(
    _ list: PostingList, in sections: PostingSections, documentLimit: UInt32, sumsPositions: Bool = false
  ) throws(SearchError) {
    // What may throw comes first: memory is allocated after it.
    let own = try sections.restricted(to: list)
    let skipEntries = try SkipEntries(own.blocks, documents: list.isInline ? 0 : list.documents)
    self.init(list, consume own, consume skipEntries, documentLimit: documentLimit, sumsPositions: sumsPositions)
  }

  private init(
    _ list: PostingList, _ sections: PostingSections, _ skipEntries: SkipEntries, documentLimit: UInt32,
    sumsPositions: Bool
  ) {
    positions = PositionDecoder(list, sections, hasSums: sumsPositions)
    blockCount = max(1, skipEntries.count)
    self.list = list
    self.sections = sections
    self.skipEntries = skipEntries
    self.documentLimit = documentLimit
    documents.append(repeating: UInt32(Int32.max), count: PostingFormat.blockSize + PostingBlock.padding)
    documents.truncate(to: PostingFormat.blockSize)
    frequencies.append(repeating: 0, count: PostingFormat.blockSize)
  }

  /// Whether a block has 128 postings, in the layout of full blocks.
  @inline(__always)
  func isPacked(_ block: Int) -> Bool { block < list.fullBlocks && !list.isInline }

  // MARK: Documents

  /// Returns the first block from `start` on that may hold documents from `target` on; `blockCount` if there is none.
  func block(from start: Int, reaching target: UInt32) throws(SearchError) -> Int {
    skipEntries.count == 0 ? start : try skipEntries.block(from: start, reaching: target)
  }

  /// Loads the documents of a block.
  @inline(__always)
  mutating func loadDocuments(of block: Int) throws(SearchError) {
    if number != block { try decodeDocuments(block) }
  }

  private mutating func decodeDocuments(_ block: Int) throws(SearchError) {
    let previous = block == 0 ? UInt32.max : try skipEntries.lastDocument(block - 1)
    guard block == 0 || previous < documentLimit else {
      throw sections.blocks.corrupt(
        at: 4 * (block - 1), "block \(block - 1) ends at document \(previous), beyond the segment")
    }
    (number, count) = (PostingBlock.none, 0)
    if isPacked(block) {
      try decodePacked(block, after: previous)
    } else if list.isInline {
      try decodeInline()
    } else {
      try decodeTail(block, after: previous)
    }
    number = block
  }

  private mutating func decodePacked(_ block: Int, after previous: UInt32) throws(SearchError) {
    let offset = try skipEntries.postings(block)
    let last = try skipEntries.lastDocument(block)
    if let bitSet = unsafe try bitSet(at: offset, after: previous, through: last) {
      frequencyOffset = bitSet.end
      return try decode(bitSet, at: offset, through: last)
    }
    let layout = try PatchedPacking.layout(sections.postings, at: offset)
    frequencyOffset = try PatchedPacking.unpack(sections.postings, at: offset, layout, into: &documents)
    BitPacking.sumGaps(&documents, after: previous)
    // 128 gaps of 24 bits and a document before them stay below 2^32; wider ones might overflow and fall.
    let isSafe = layout.width + layout.high <= 24
    guard isSafe || PostingBlock.isAscending(documents, after: previous) else {
      throw sections.postings.corrupt(at: offset, "document numbers fall")
    }
    guard documents[PostingFormat.blockSize - 1] < documentLimit else {
      throw sections.postings.corrupt(at: offset, "document number beyond the segment")
    }
    count = PostingFormat.blockSize
  }

  private mutating func decode(
    _ bitSet: BitSetBlock, at offset: Int, through last: UInt32
  ) throws(SearchError) {
    let isRight = bitSet.decode(into: &documents, bitNumbers)
    // Decoding has changed the padding.
    let target = unsafe documents.unsafeBase
    for index in 0..<PostingBlock.padding { unsafe target[PostingFormat.blockSize &+ index] = UInt32(Int32.max) }
    guard isRight, documents[PostingFormat.blockSize - 1] == last else {
      throw sections.postings.corrupt(at: offset, "a bit set of other documents than its counts or its skip entry say")
    }
    guard last < documentLimit else {
      throw sections.postings.corrupt(at: offset, "document number beyond the segment")
    }
    count = PostingFormat.blockSize
  }

  private mutating func decodeInline() throws(SearchError) {
    var reader = ByteReader(sections.postings)
    let document: UInt32 = try reader.readUInt32()
    guard document < documentLimit else { throw sections.postings.corrupt(at: 0, "document number beyond the segment") }
    documents.fill(UInt32(Int32.max))
    documents[0] = document
    frequencies[0] = UInt32(list.positions)
    frequencyBlock = 0
    count = 1
  }

  /// Decodes the postings behind the last full block: documents and frequencies, which alternate.
  private mutating func decodeTail(_ block: Int, after previous: UInt32) throws(SearchError) {
    let offset = skipEntries.count > 0 ? try skipEntries.postings(block) : 0
    frequencyBlock = PostingBlock.none
    documents.fill(UInt32(Int32.max))
    // Safe because: there is room for 128 of each, more than a tail has.
    let (target, counts) = unsafe (documents.unsafeBase, frequencies.unsafeBase)
    try ShortPostings.forEachInTail(list, sections.postings, at: offset, after: previous, documentLimit: documentLimit)
    {
      index, document, frequency in
      unsafe target[index] = document
      unsafe counts[index] = frequency
    }
    count = list.documents % PostingFormat.blockSize
    guard count > 0 else { throw sections.postings.corrupt(at: offset, "a list without documents") }
    frequencyBlock = block
  }

  // MARK: Frequencies

  /// Loads the frequencies of a block; of a packed one without its documents.
  @inline(__always)
  mutating func loadFrequencies(of block: Int) throws(SearchError) {
    if frequencyBlock != block { try decodeFrequencies(block) }
  }

  private mutating func decodeFrequencies(_ block: Int) throws(SearchError) {
    guard isPacked(block) else {
      number = PostingBlock.none
      return try decodeDocuments(block)
    }
    frequencyBlock = PostingBlock.none
    let offset = try frequencyOffset(of: block)
    _ = try PatchedPacking.unpack(sections.postings, at: offset, into: &frequencies)
    BitPacking.increment(&frequencies)
    frequencyBlock = block
  }

  func frequencyOffset(of block: Int) throws(SearchError) -> Int {
    if number == block { return frequencyOffset }
    let offset = try skipEntries.postings(block)
    if let end = try BitSetBlock.end(sections.postings, at: offset) { return end }
    return try PatchedPacking.end(sections.postings, at: offset)
  }

  // MARK: Form codes

  /// Loads the form codes of a block, without its documents; all are 0 where the list has none.
  ///
  /// - Parameter limit: number of weights by form code.
  /// - Throws: `SearchError.corrupt` for a code that is not below the limit.
  @inline(__always)
  mutating func loadCodes(of block: Int, below limit: Int = .max) throws(SearchError) {
    if codeBlock != block { try decodeCodes(block) }
    if highestCode >= limit { throw codeBeyond(limit, block) }
  }

  private mutating func decodeCodes(_ block: Int) throws(SearchError) {
    if codes.isEmpty { codes.append(repeating: 0, count: PostingFormat.blockSize) }
    codeBlock = PostingBlock.none
    highestCode = 0
    if list.codes.count > 0 {
      let offset = skipEntries.count > 0 ? try skipEntries.codes(block) : 0
      var decoded = PostingFormat.blockSize
      if isPacked(block) {
        _ = try PatchedPacking.unpack(sections.codes, at: offset, into: &codes)
      } else {
        decoded = list.documents % PostingFormat.blockSize
        var reader = BitReader(sections.codes, at: offset)
        for index in 0..<decoded { codes[index] = try reader.readGamma() - 1 }
      }
      for index in 0..<decoded { highestCode = max(highestCode, codes[index]) }
    }
    codeBlock = block
  }

  private func codeBeyond(_ limit: Int, _ block: Int) -> SearchError {
    let offset = skipEntries.count > 0 ? try? skipEntries.codes(block) : 0
    return sections.codes.corrupt(at: offset ?? 0, "form code \(highestCode), not below \(limit)")
  }

  // MARK: Positions

  /// Decodes the positions of a posting, without the documents of its block; returns the index in `positions.values` before the
  /// first of them, and their number.
  @inline(__always)
  mutating func loadPositions(_ index: Int, of block: Int) throws(SearchError) -> (start: Int, count: Int) {
    let (address, count) = try positions(index, of: block)
    return (try positions.load(address, count: count), count)
  }

  /// Appends the positions of a posting, ascending.
  @inline(__always)
  mutating func appendPositions(
    _ index: Int, of block: Int, to target: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    let (address, count) = try positions(index, of: block)
    try positions.append(address, count: count, to: &target)
  }

  /// Returns the address of a posting's positions, and their number.
  @inline(__always)
  private mutating func positions(_ index: Int, of block: Int) throws(SearchError) -> (PositionAddress, Int) {
    try loadFrequencies(of: block)
    if sumBlock != block { try beginSums(block) }
    while summed <= index { addSums() }
    let address = PositionAddress(offset: sumAddress.offset, skipped: sumAddress.skipped &+ sums[index])
    return (address, Int(frequencies[index]))
  }

  // MARK: Neighbours

  /// Appends the codes of the words beside each occurrence of a posting (`NeighbourCode`), of a list that keeps them.
  mutating func appendNeighbours(
    _ index: Int, of block: Int, to target: inout GrowableBuffer<UInt8>
  ) throws(SearchError) {
    let range = try neighbours(index, of: block)
    try sections.neighbours.append(at: range.lowerBound, count: range.count, to: &target)
  }

  /// Returns where the codes of a posting's occurrences are.
  private mutating func neighbours(_ index: Int, of block: Int) throws(SearchError) -> Range<Int> {
    let (address, count) = try positions(index, of: block)
    let before = address.skipped &- sumAddress.skipped
    guard before <= list.positions else { throw neighboursBeyond(block) }
    let start = try neighbourStart(block) + Int(before)
    return start..<start + count
  }

  /// Returns where the codes of a block's occurrences begin.
  private func neighbourStart(_ block: Int) throws(SearchError) -> Int {
    guard skipEntries.count > 0 else { return 0 }
    let start: UInt32 = try sections.neighbours.load(at: Int(list.positions) + 4 * block)
    return Int(start)
  }

  private func neighboursBeyond(_ block: Int) -> SearchError {
    sections.neighbours.corrupt(at: 0, "neighbours of block \(block) are beyond the list's")
  }

  /// Loads for each posting of a block what the neighbours of its occurrences say, the flags of all together; both where the list does
  /// not keep neighbours or nothing is tested. Loads the frequencies.
  ///
  /// - Parameter test: one for all blocks.
  @inline(__always)
  mutating func loadNeighbours(of block: Int, _ test: NeighbourTest?) throws(SearchError) {
    if neighbourBlock != block { try readNeighbours(block, test) }
  }

  private mutating func readNeighbours(_ block: Int, _ test: NeighbourTest?) throws(SearchError) {
    if neighbourFlags.isEmpty {
      let flags = test.map { flagsWithoutNeighbours($0) } ?? NeighbourTest.both
      neighbourFlags.append(repeating: flags, count: PostingFormat.blockSize)
    }
    neighbourBlock = PostingBlock.none
    if let test, list.hasNeighbours { try decodeNeighbours(block, test) }
    neighbourBlock = block
  }

  /// Returns what the neighbours of a posting's occurrences say: as `loadNeighbours`, without the others of its block.
  mutating func neighbours(_ index: Int, of block: Int, _ test: NeighbourTest) throws(SearchError) -> UInt8 {
    guard list.hasNeighbours else { return flagsWithoutNeighbours(test) }
    if neighbourBlock == block { return neighbourFlags[index] }
    var flags: UInt8 = 0
    for offset in try neighbours(index, of: block) { flags |= test[try sections.neighbours.byte(at: offset)] }
    return flags
  }

  /// Returns what the occurrences say where the list does not keep neighbours.
  private func flagsWithoutNeighbours(_ test: NeighbourTest) -> UInt8 {
    isOfFrequentTerm ? test.ofFrequent : NeighbourTest.both
  }

  private mutating func decodeNeighbours(_ block: Int, _ test: NeighbourTest) throws(SearchError) {
    try loadFrequencies(of: block)
    let count = isPacked(block) ? PostingFormat.blockSize : list.isInline ? 1 : list.documents % PostingFormat.blockSize
    var total: UInt64 = 0
    for index in 0..<count { total &+= UInt64(max(1, unsafe frequencies[unchecked: index])) }
    let start = try neighbourStart(block)
    guard total <= list.positions, UInt64(start) <= list.positions &- total else { throw neighboursBeyond(block) }
    // Safe because: `total` bytes follow the start, as many as the frequencies say, of which damaged ones may be 0; there are 256
    // flags, and room for 128.
    let bytes = unsafe try sections.neighbours.address(at: start, count: Int(total))
    let (frequencies, flags) = unsafe (frequencies.unsafeBase, neighbourFlags.unsafeBase)
    let table = unsafe test.flags
    var next = unsafe bytes.assumingMemoryBound(to: UInt8.self)
    if total == count {
      for index in 0..<count { unsafe flags[index] = table[Int(next[index])] }
      return
    }
    for index in 0..<count {
      // Most postings have one or two occurrences: which of these cannot be predicted.
      let frequency = Int(max(1, unsafe frequencies[index]))
      var found = unsafe table[Int(next[0])] | table[Int(next[min(1, frequency &- 1)])]
      var other = 2
      while other < frequency {
        unsafe found |= table[Int(next[other])]
        other &+= 1
      }
      unsafe flags[index] = found
      unsafe next += frequency
    }
  }

  private mutating func beginSums(_ block: Int) throws(SearchError) {
    if sums.isEmpty { sums.append(repeating: 0, count: PostingFormat.blockSize) }
    sumBlock = PostingBlock.none
    sumAddress = skipEntries.count > 0 ? try skipEntries.positions(block) : PositionAddress()
    (summed, sum) = (0, 0)
    sumBlock = block
  }

  /// Sums up the frequencies before 16 more postings: how many are needed cannot be predicted.
  private mutating func addSums() {
    let (sums, frequencies) = unsafe (sums.unsafeBase, frequencies.unsafeBase)
    // Safe because: there are as many as a block has postings, a multiple of 16.
    for index in summed..<summed + 16 {
      unsafe sums[index] = sum
      unsafe sum &+= UInt64(frequencies[index])
    }
    summed += 16
  }
}
