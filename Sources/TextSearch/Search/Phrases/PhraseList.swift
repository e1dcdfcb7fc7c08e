/// A list of one of a phrase's words. A class, as structures that are not copyable cannot be elements of arrays; what it holds
/// is reached once for many documents.
final class PhraseList {
  var postings: PhrasePostings
  let isVietnamese: Bool
  let documentCount: Int

  init(_ list: SelectedList, _ segment: Segment) throws(SearchError) {
    postings = PhrasePostings(list, try segment.cursor(list.entry))
    isVietnamese = list.language == .vietnamese
    documentCount = list.entry.list.documents
  }
}

/// Looks up documents and their positions in a list, many at a time.
struct PhrasePostings: ~Copyable {
  let blockCount: Int
  /// Weights by form set, where documents may hold the word in forms of weight 0; else empty.
  private let formWeights: [Float]
  private var cursor: PostingCursor
  private var run: PositionRun
  /// The block whose positions are read, their address, and for the first of its postings the sum of the frequencies
  /// before each.
  private var entered = -1
  private var address = PositionAddress()
  private var sums = GrowableBuffer<UInt64>(capacity: PostingFormat.blockSize)
  private var summed = 0
  private var sum: UInt64 = 0
  /// Indices of a block's documents, by document, for a range of documents; empty until it is wanted.
  private var slots = GrowableBuffer<UInt8>(capacity: 0)

  init(_ list: SelectedList, _ cursor: consuming PostingCursor) {
    blockCount = cursor.blockCount
    formWeights = list.lowestWeight > 0 ? [] : list.formWeights
    run = PositionRun(cursor.sections.positions, count: list.entry.list.positions)
    self.cursor = cursor
    sums.append(repeating: 0, count: PostingFormat.blockSize)
  }

  // MARK: Documents

  /// Returns the upper bound of the inputs of a block's documents.
  ///
  /// - Parameter lengthNorms: 1 / K by length code.
  func maximum(ofBlock block: Int, _ lengthNorms: [Float]) throws(SearchError) -> Float {
    guard cursor.skipEntries.count > 0 else { return .infinity }
    return ImpactAccumulator.maximum(try cursor.skipEntries.impactWord(block), 1) { lengthNorms[$0] }
  }

  /// Appends the documents of a block.
  mutating func append(block: Int, to documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    try load(block)
    documents.append(cursor.documents.span.extracting(0..<cursor.filled))
  }

  /// Sets the posting of each of some documents (ascending) that the list holds with a weight above 0.
  mutating func find(
    _ documents: borrowing GrowableBuffer<UInt32>, as list: UInt8,
    into postings: inout GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    precondition(postings.count >= documents.count)
    var (block, number) = (-1, 0)
    while number < documents.count {
      block = try self.block(after: block, reaching: documents[number])
      guard block < blockCount else { return }
      try load(block)
      let last = cursor.documents[cursor.filled - 1]
      let start = number
      while number < documents.count, unsafe documents[unchecked: number] <= last { number &+= 1 }
      // The only block of a short list.
      guard number > start else { return }
      try find(documents, start..<number, as: list, into: &postings)
    }
  }

  /// Documents in a block from which on, and distance of its documents up to which, they are found by a table.
  private static let (many, span) = (8, 4096)

  /// Sets the postings of documents that are not behind the loaded block's last.
  @inline(__always)
  private mutating func find(
    _ documents: borrowing GrowableBuffer<UInt32>, _ numbers: Range<Int>, as list: UInt8,
    into postings: inout GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    let own = unsafe cursor.documents.unsafeBase
    let (first, last) = unsafe (own[0], own[cursor.filled &- 1])
    if numbers.count >= PhrasePostings.many, last &- first < PhrasePostings.span {
      if slots.isEmpty { slots.append(repeating: 0, count: PhrasePostings.span) }
      let slots = unsafe slots.unsafeBase
      // Safe because: documents of a block ascend, so each is less than the span behind the first.
      for index in 0..<cursor.filled { unsafe slots[Int(own[index] &- first)] = UInt8(truncatingIfNeeded: index) }
      for number in numbers {
        let document = unsafe documents[unchecked: number]
        if document < first { continue }
        // Safe because: at most the last document; what other blocks have left there is the index of some posting (Briggs and
        // Torczon, "An efficient representation for sparse sets", 1993).
        let index = unsafe Int(slots[Int(document &- first)])
        if unsafe own[index] == document { try set(number, index, as: list, in: &postings) }
      }
      return
    }
    var index = 0
    for number in numbers {
      let document = unsafe documents[unchecked: number]
      // Safe because: behind the block's documents stand eight greater ones.
      index = unsafe SortedDocuments.index(of: document, in: own, cursor.filled, from: index)
      if unsafe own[index] == document { try set(number, index, as: list, in: &postings) }
    }
  }

  /// Sets the posting of a document.
  @inline(__always)
  private mutating func set(
    _ number: Int, _ index: Int, as list: UInt8, in postings: inout GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    if !formWeights.isEmpty, try !contributes(index) { return }
    // Safe because: there is a posting for each document.
    let isFirst = unsafe postings[unchecked: number].list == PhrasePosting.none
    unsafe postings[unchecked: number] = PhrasePosting(
      block: UInt32(truncatingIfNeeded: cursor.block), index: UInt8(truncatingIfNeeded: index),
      list: isFirst ? list : PhrasePosting.several)
  }

  private mutating func load(_ block: Int) throws(SearchError) {
    if block != entered { entered = -1 }
    try cursor.loadBlock(block)
  }

  private func block(after block: Int, reaching document: UInt32) throws(SearchError) -> Int {
    guard cursor.skipEntries.count > 0 else { return block + 1 }
    return try cursor.skipEntries.block(from: block + 1, reaching: document)
  }

  private mutating func contributes(_ index: Int) throws(SearchError) -> Bool {
    try cursor.loadBlockCodes(below: formWeights.count)
    return formWeights[Int(cursor.codes[index])] > 0
  }

  /// Lowers frequencies to the list's where it holds the document.
  mutating func lower(
    _ frequencies: inout GrowableBuffer<UInt32>, _ postings: Range<Int>, as list: UInt8,
    _ held: borrowing GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    for (number, row) in postings.enumerated() where held[row].list == list {
      try load(Int(held[row].block))
      try cursor.loadBlockFrequencies()
      frequencies[number] = min(frequencies[number], cursor.frequencies[Int(held[row].index)])
    }
  }

  // MARK: Positions

  /// Sets the starts from the positions of the list's word, `offset` positions into the phrase.
  ///
  /// - Parameter rows: those of the documents in `held`.
  mutating func begin(
    _ starts: inout PhraseStarts, _ rows: Range<Int>, as list: UInt8,
    _ held: borrowing GrowableBuffer<PhrasePosting>, offset: UInt32
  ) throws(SearchError) {
    for (number, row) in rows.enumerated() where held[row].list == list {
      let (start, count) = try load(held[row])
      starts.begin(number, run.sums, first: start, count: count, offset: offset)
    }
  }

  /// Keeps the starts that have the list's word `offset` positions behind them.
  mutating func narrow(
    _ starts: inout PhraseStarts, _ rows: Range<Int>, as list: UInt8,
    _ held: borrowing GrowableBuffer<PhrasePosting>, offset: UInt32
  ) throws(SearchError) {
    for (number, row) in rows.enumerated() where held[row].list == list && starts.count(number) > 0 {
      let (start, count) = try load(held[row])
      starts.narrow(number, run.sums, first: start, count: count, offset: offset)
    }
  }

  /// Decodes the positions of a document; returns the index of their first sum, and their number.
  @inline(__always)
  private mutating func load(_ held: PhrasePosting) throws(SearchError) -> (start: Int, count: Int) {
    if entered != Int(held.block) { try enter(Int(held.block)) }
    let index = Int(held.index)
    while summed <= index { sumMore() }
    let count = Int(cursor.frequencies[index])
    if cursor.list.isInline {
      try run.loadInline(cursor.sections.postings, count: count)
      return (0, count)
    }
    let own = PositionAddress(offset: address.offset, skipped: address.skipped &+ sums[index])
    return (try run.load(own, count: count), count)
  }

  /// Makes a block the one whose positions are read; its documents are not.
  private mutating func enter(_ block: Int) throws(SearchError) {
    entered = -1
    try cursor.loadFrequencies(ofBlock: block, codesBelow: 0)
    address = cursor.skipEntries.count > 0 ? try cursor.skipEntries.positions(block) : PositionAddress()
    (summed, sum) = (0, 0)
    entered = block
  }

  /// Sums up the frequencies before 16 more postings: as many as are needed cannot be predicted.
  private mutating func sumMore() {
    let (sums, frequencies) = unsafe (sums.unsafeBase, cursor.frequencies.unsafeBase)
    // Safe because: there are as many as a block has postings, a multiple of 16.
    for index in summed..<summed + 16 {
      unsafe sums[index] = sum
      unsafe sum &+= UInt64(frequencies[index])
    }
    summed += 16
  }
}
