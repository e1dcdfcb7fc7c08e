/// Walks a posting list in document order.
///
/// The contract, on which every algorithm rests:
/// - before the first `advance` or `seek`, the cursor stands before the list and `document` is not to be read;
/// - `document` rises strictly with each `advance`; at the end it is `PostingCursor.end` and stays so;
/// - `seek(to: d)` stops at the first document >= d and never goes back: seeking what lies behind does nothing;
/// - `frequency`, `formCode` and `positions` belong to the current document and are read at most as often as wanted. Each is
///   decoded only where it is asked for.
struct PostingCursor: ~Copyable {
  /// The document number of a cursor at its end; no segment has as many documents.
  static let end = UInt32.max
  static let padding = 8

  let list: PostingList
  let sections: PostingSections
  let skipEntries: SkipEntries
  let documentLimit: UInt32
  let blockCount: Int
  /// Behind the last one stand numbers above all, as many as a search looks at at once.
  private(set) var documents = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize + PostingCursor.padding)
  private(set) var frequencies = GrowableBuffer<UInt32>(capacity: PostingFormat.blockSize)
  /// Empty until codes are read.
  private(set) var codes = GrowableBuffer<UInt32>(capacity: 0)
  /// Postings of the block in the buffers, the current one, and the block's number.
  private(set) var filled = 0
  private var index = -1
  private(set) var block = -1
  /// The blocks whose frequencies and codes are in the buffers.
  private var frequencyBlock = -1
  private var codeBlock = -1
  /// Where the frequencies of a full block begin.
  private var frequencyOffset = 0
  private(set) var document: UInt32 = 0
  /// The sum of the first `sumIndex` frequencies of block `sumBlock`.
  private var sumBlock = -1
  private var sumIndex = 0
  private var sum: UInt64 = 0

  /// - Parameter documentLimit: number of documents in the segment; a list that names more is damaged.
  init(_ list: PostingList, in sections: PostingSections, documentLimit: UInt32) throws(SearchError) {
    // What may throw comes first: a half-made cursor cannot be thrown away.
    let own = try sections.restricted(to: list)
    let skipEntries = try SkipEntries(own.blocks, documents: list.isInline ? 0 : list.documents)
    self.init(list, own, skipEntries, documentLimit: documentLimit)
  }

  private init(_ list: PostingList, _ sections: PostingSections, _ skipEntries: SkipEntries, documentLimit: UInt32) {
    self.list = list
    self.sections = sections
    self.skipEntries = skipEntries
    self.documentLimit = documentLimit
    blockCount = max(1, skipEntries.count)
    documents.append(repeating: UInt32(Int32.max), count: PostingFormat.blockSize)
    documents.append(repeating: UInt32(Int32.max), count: PostingCursor.padding)
    documents.truncate(to: PostingFormat.blockSize)
    frequencies.append(repeating: 0, count: PostingFormat.blockSize)
  }

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

  @inline(__always)
  private mutating func document(at index: Int) -> UInt32 {
    document = filled == 0 ? PostingCursor.end : documents[index]
    return document
  }

  /// How often the current document holds the term.
  var frequency: UInt32 {
    mutating get throws(SearchError) {
      if frequencyBlock != block { try loadFrequencies() }
      return frequencies[index]
    }
  }

  /// The set of forms that the current document holds: a place in the list's `FormSets`.
  var formCode: UInt32 {
    mutating get throws(SearchError) {
      guard list.codes.count > 0, filled > 0 else { return 0 }
      if codeBlock != block { try loadCodes() }
      return codes[index]
    }
  }

  /// Positions of the current document, ascending.
  mutating func positions() throws(SearchError) -> [UInt32] {
    guard filled > 0, index >= 0 else { return [] }
    var reader = PositionReader(sections.positions, count: list.positions)
    var found = GrowableBuffer<UInt32>(capacity: 16)
    try readPositions(of: index, &reader, into: &found)
    return (0..<found.count).map { found[$0] }
  }

  /// Appends the positions of a posting of the loaded block, ascending; the reader may be used for all of the list's.
  mutating func readPositions(
    of index: Int, _ reader: inout PositionReader, into positions: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try readPositions(ofBlock: block, index, &reader, into: &positions)
  }

  /// The same of any block, whose documents are not read for it.
  mutating func readPositions(
    ofBlock block: Int, _ index: Int, _ reader: inout PositionReader, into positions: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    if list.isInline {
      var next: UInt32 = 0
      var inline = ByteReader(sections.postings)
      _ = try inline.readVariable()
      for _ in 0..<list.positions {
        let value = try inline.readUInt32()
        positions.append(next &+ value)
        next = next &+ value &+ 1
      }
      return
    }
    try loadFrequencies(ofBlock: block, codesBelow: 0)
    var place = skipEntries.count > 0 ? try skipEntries.positions(block) : PositionAddress()
    place.skipped += frequencySum(ofBlock: block, before: index)
    try reader.move(to: place)
    try reader.read(Int(frequencies[index]), into: &positions)
  }

  /// The sum of a block's frequencies, which are loaded, before a place; that of the last place is taken up again.
  private mutating func frequencySum(ofBlock block: Int, before index: Int) -> UInt64 {
    if sumBlock != block || sumIndex > index { (sumBlock, sumIndex, sum) = (block, 0, 0) }
    for earlier in sumIndex..<index { sum &+= UInt64(frequencies[earlier]) }
    sumIndex = index
    return sum
  }
}

// MARK: Blocks

extension PostingCursor {
  private mutating func nextBlock() throws(SearchError) {
    block + 1 < blockCount ? try load(block + 1) : end()
  }

  private mutating func end() {
    filled = 0
    index = 0
    block = blockCount
  }

  /// Loads the first block whose last document is not before `target`.
  private mutating func skipBlocks(to target: UInt32) throws(SearchError) {
    guard block < blockCount else { return end() }
    let next = skipEntries.count == 0 ? block + 1 : try skipEntries.block(from: block + 1, reaching: target)
    next < blockCount ? try load(next) : end()
  }

  private mutating func load(_ number: Int) throws(SearchError) {
    let before = number == 0 ? UInt32.max : try skipEntries.lastDocument(number - 1)
    guard number == 0 || before < documentLimit else {
      throw sections.blocks.corrupt(at: 0, "block \(number - 1) ends at document \(before), beyond the segment")
    }
    block = number
    index = 0
    filled = 0
    if list.isInline {
      try loadInline()
    } else if number < PostingFormat.fullBlocks(list.documents) {
      try loadPacked(number, after: before)
    } else {
      try loadTail(number, after: before)
    }
    guard filled > 0, documents[filled - 1] < documentLimit else {
      filled = 0
      throw sections.postings.corrupt(at: 0, "document number beyond the segment")
    }
  }

  /// Loads a block, whatever the cursor did before; `documents` are then its documents. What stands in the buffers is not
  /// decoded again.
  mutating func loadBlock(_ number: Int) throws(SearchError) {
    if block != number || filled == 0 { try load(number) }
  }

  /// Makes `frequencies` those of the loaded block.
  @inline(__always)
  mutating func loadBlockFrequencies() throws(SearchError) {
    if frequencyBlock != block { try loadFrequencies() }
  }

  /// Makes `codes` the form codes of the loaded block; each is below `limit`.
  mutating func loadBlockCodes(below limit: Int) throws(SearchError) {
    guard codeBlock != block else { return }
    reserveCodes()
    if list.codes.count > 0 {
      try loadCodes()
    } else {
      for index in 0..<filled { codes[index] = 0 }
      codeBlock = block
    }
    try checkCodes(filled, below: limit)
  }

  private mutating func checkCodes(_ count: Int, below limit: Int) throws(SearchError) {
    var highest: UInt32 = 0
    for index in 0..<count { highest = max(highest, codes[index]) }
    guard highest < limit else {
      codeBlock = -1
      throw sections.codes.corrupt(at: 0, "form code \(highest)")
    }
  }

  /// Makes `frequencies` those of a block, and `codes` its form codes if there is a limit for them, whatever block is loaded.
  ///
  /// - Parameter limit: codes are below it; 0 where they are not wanted.
  mutating func loadFrequencies(ofBlock number: Int, codesBelow limit: Int) throws(SearchError) {
    guard isPacked(number), limit == 0 || list.codes.count > 0 else {
      try loadBlock(number)
      try loadBlockFrequencies()
      return limit > 0 ? try loadBlockCodes(below: limit) : ()
    }
    if frequencyBlock != number {
      forgetTail()
      _ = try PatchedPacking.unpack(sections.postings, at: try frequencyOffset(of: number), into: &frequencies)
      BitPacking.increment(&frequencies)
      frequencyBlock = number
    }
    guard limit > 0, codeBlock != number else { return }
    reserveCodes()
    codeBlock = -1
    let offset = try skipEntries.codes(number)
    _ = try PatchedPacking.unpack(sections.codes, at: offset, into: &codes)
    try checkCodes(PostingFormat.blockSize, below: limit)
    codeBlock = number
  }

  /// The frequency of a posting of a block, and its form code if there is a limit for them (else 0), without those of the
  /// others; nil of a block in which they are not at a place of their own.
  func single(_ index: Int, ofBlock number: Int, codesBelow limit: Int) throws(SearchError) -> (UInt32, code: UInt32)? {
    guard isPacked(number), limit == 0 || list.codes.count > 0 else { return nil }
    let offset = try frequencyOffset(of: number)
    let frequency = try PatchedPacking.value(sections.postings, at: offset, index) &+ 1
    guard limit > 0 else { return (frequency, 0) }
    let code = try PatchedPacking.value(sections.codes, at: try skipEntries.codes(number), index)
    guard code < limit else { throw sections.codes.corrupt(at: 0, "form code \(code)") }
    return (frequency, code)
  }

  /// Whether a block is one of 128 postings.
  private func isPacked(_ number: Int) -> Bool {
    number < PostingFormat.fullBlocks(list.documents) && !list.isInline
  }

  private func frequencyOffset(of number: Int) throws(SearchError) -> Int {
    if number == block, filled > 0 { return frequencyOffset }
    return try PatchedPacking.end(sections.postings, at: try skipEntries.postings(number))
  }

  /// The frequencies of a last block are read with its documents alone: it is loaded again when it is wanted.
  private mutating func forgetTail() {
    if !isPacked(block) { filled = 0 }
  }

  /// Puts frequency and form code of one posting of the loaded block in their places, without decoding those of the
  /// others.
  ///
  /// - Parameter limit: codes are below it; 0 where they are not wanted.
  mutating func loadSingle(_ index: Int, codesBelow limit: Int) throws(SearchError) {
    let isPacked = isPacked(block)
    if frequencyBlock != block {
      guard isPacked else { return try loadBlockFrequencies() }
      frequencyBlock = -1
      frequencies[index] = try PatchedPacking.value(sections.postings, at: frequencyOffset, index) &+ 1
    }
    guard limit > 0, codeBlock != block else { return }
    guard isPacked, list.codes.count > 0 else { return try loadBlockCodes(below: limit) }
    codeBlock = -1
    reserveCodes()
    let offset = skipEntries.count > 0 ? try skipEntries.codes(block) : 0
    let code = try PatchedPacking.value(sections.codes, at: offset, index)
    guard code < limit else { throw sections.codes.corrupt(at: offset, "form code \(code)") }
    codes[index] = code
  }

  private mutating func loadInline() throws(SearchError) {
    var reader = ByteReader(sections.postings)
    documents[0] = try reader.readUInt32()
    frequencies[0] = UInt32(list.positions)
    frequencyBlock = block
    filled = 1
    for index in filled..<PostingFormat.blockSize { documents[index] = UInt32(Int32.max) }
  }

  private mutating func loadPacked(_ number: Int, after before: UInt32) throws(SearchError) {
    let offset = try skipEntries.postings(number)
    let layout = try PatchedPacking.layout(sections.postings, at: offset)
    frequencyOffset = try PatchedPacking.unpack(sections.postings, at: offset, layout, into: &documents)
    BitPacking.sumGaps(&documents, after: before)
    // 128 gaps of 24 bits and a document before them stay below 2^32; wider ones might run over and fall.
    let isSafe = layout.width + layout.high <= 24
    guard isSafe || PostingCursor.isRising(documents, after: before) else {
      throw sections.postings.corrupt(at: offset, "document numbers fall")
    }
    filled = PostingFormat.blockSize
  }

  /// Whether 128 document numbers rise.
  private static func isRising(_ documents: borrowing GrowableBuffer<UInt32>, after before: UInt32) -> Bool {
    var last = Int64(before &+ 1) - 1
    for index in 0..<documents.count {
      guard Int64(documents[index]) > last else { return false }
      last = Int64(documents[index])
    }
    return true
  }

  private mutating func loadFrequencies() throws(SearchError) {
    guard filled > 0 else { return }
    // The last block's frequencies were read with its documents.
    if block < PostingFormat.fullBlocks(list.documents) {
      _ = try PatchedPacking.unpack(sections.postings, at: frequencyOffset, into: &frequencies)
      BitPacking.increment(&frequencies)
    }
    frequencyBlock = block
  }

  private mutating func loadTail(_ number: Int, after before: UInt32) throws(SearchError) {
    let offset = skipEntries.count > 0 ? try skipEntries.postings(number) : 0
    let parameter = PostingFormat.gapParameter(documents: list.documents, of: Int(documentLimit))
    var reader = BitReader(sections.postings, at: offset)
    var next = UInt64(before &+ 1)
    filled = list.documents % PostingFormat.blockSize
    // Safe because: there are 128 of each, more than are left over.
    let (target, counts) = unsafe (documents.unsafeBase, frequencies.unsafeBase)
    let limit = UInt64(documentLimit)
    for index in 0..<filled {
      next &+= UInt64(try reader.readRice(parameter: parameter))
      guard next < limit else {
        throw sections.postings.corrupt(at: offset, "document number beyond the segment")
      }
      unsafe target[index] = UInt32(truncatingIfNeeded: next)
      unsafe counts[index] = try reader.readGamma()
      next &+= 1
    }
    for index in filled..<PostingFormat.blockSize { documents[index] = UInt32(Int32.max) }
    frequencyBlock = number
  }

  private mutating func reserveCodes() {
    if codes.isEmpty { codes.append(repeating: 0, count: PostingFormat.blockSize) }
  }

  private mutating func loadCodes() throws(SearchError) {
    reserveCodes()
    let offset = skipEntries.count > 0 ? try skipEntries.codes(block) : 0
    if block < PostingFormat.fullBlocks(list.documents) {
      _ = try PatchedPacking.unpack(sections.codes, at: offset, into: &codes)
    } else {
      var reader = BitReader(sections.codes, at: offset)
      for index in 0..<filled { codes[index] = try reader.readGamma() - 1 }
    }
    codeBlock = block
  }
}
