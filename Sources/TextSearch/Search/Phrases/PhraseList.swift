/// A posting list of one of a phrase's words.
///
/// A class, as structures that are not copyable cannot be elements of arrays; what it holds is accessed once for many documents.
final class PhraseList {
  var postings: PhrasePostings
  let isVietnamese: Bool
  let documentCount: Int

  init(_ list: SelectedList, _ segment: Segment) throws(SearchError) {
    postings = PhrasePostings(list, try segment.block(list.entry, sumsPositions: true))
    isVietnamese = list.language == .vietnamese
    documentCount = list.entry.list.documents
  }
}

/// Looks up documents and their positions in a list, many at a time.
struct PhrasePostings: ~Copyable {
  private var block: PostingBlock
  /// Weights by form set, where documents may hold the word in forms of weight 0; else empty.
  private let formWeights: [Float]
  /// Indices of a block's documents, by document, for a range of documents; empty until it is wanted.
  private var slots = GrowableBuffer<UInt8>(capacity: 0)

  init(_ list: SelectedList, _ block: consuming PostingBlock) {
    formWeights = list.lowestWeight > 0 ? [] : list.formWeights
    self.block = block
  }

  var blockCount: Int { block.blockCount }

  // MARK: Documents

  /// Returns the upper bound of the inputs of a block's documents.
  ///
  /// - Parameter lengthNorms: 1 / K by length code.
  func maximum(ofBlock number: Int, _ lengthNorms: [Float]) throws(SearchError) -> Float {
    guard block.skipEntries.count > 0 else { return .infinity }
    return ImpactAccumulator.maximum(try block.skipEntries.impactWord(number), 1) { lengthNorms[$0] }
  }

  /// Appends the documents of a block.
  mutating func append(block number: Int, to documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    try block.loadDocuments(of: number)
    documents.append(block.documents.span.extracting(0..<block.count))
  }

  /// Sets the posting of each of some documents (ascending) that the list holds with a weight above 0.
  mutating func find(
    _ documents: borrowing GrowableBuffer<UInt32>, as list: UInt8,
    into postings: inout GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    precondition(postings.count >= documents.count)
    var (number, next) = (0, -1)
    while number < documents.count {
      next = try block.block(from: next + 1, reaching: documents[number])
      guard next < blockCount else { return }
      try block.loadDocuments(of: next)
      let last = block.documents[block.count - 1]
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
    let own = unsafe block.documents.unsafeBase
    let (first, last) = unsafe (own[0], own[block.count &- 1])
    if numbers.count >= PhrasePostings.many, last &- first < PhrasePostings.span {
      if slots.isEmpty { slots.append(repeating: 0, count: PhrasePostings.span) }
      let slots = unsafe slots.unsafeBase
      // Safe because: documents of a block ascend, so each is less than the span behind the first.
      for index in 0..<block.count { unsafe slots[Int(own[index] &- first)] = UInt8(truncatingIfNeeded: index) }
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
      index = block.index(of: document, from: index)
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
      ordinal: PostingOrdinal.first(ofBlock: block.number) | UInt32(truncatingIfNeeded: index),
      list: isFirst ? list : PhrasePosting.several)
  }

  private mutating func contributes(_ index: Int) throws(SearchError) -> Bool {
    try block.loadCodes(of: block.number, below: formWeights.count)
    return formWeights[Int(block.codes[index])] > 0
  }

  /// Lowers frequencies to those of the list where it holds the document.
  ///
  /// - Parameter rows: those of the documents in `held`.
  mutating func lower(
    _ frequencies: inout GrowableBuffer<UInt32>, _ rows: Range<Int>, as list: UInt8,
    _ held: borrowing GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    for (number, row) in rows.enumerated() where held[row].list == list {
      let ordinal = held[row].ordinal
      try block.loadFrequencies(of: PostingOrdinal.block(ordinal))
      frequencies[number] = min(frequencies[number], block.frequencies[PostingOrdinal.index(ordinal)])
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
      let (first, count) = try loadPositions(held[row].ordinal)
      starts.begin(number, block.positions.values, first: first, count: count, offset: offset)
    }
  }

  /// Keeps the starts that have the list's word `offset` positions behind them.
  mutating func narrow(
    _ starts: inout PhraseStarts, _ rows: Range<Int>, as list: UInt8,
    _ held: borrowing GrowableBuffer<PhrasePosting>, offset: UInt32
  ) throws(SearchError) {
    for (number, row) in rows.enumerated() where held[row].list == list && starts.count(number) > 0 {
      let (first, count) = try loadPositions(held[row].ordinal)
      starts.narrow(number, block.positions.values, first: first, count: count, offset: offset)
    }
  }

  @inline(__always)
  private mutating func loadPositions(_ ordinal: UInt32) throws(SearchError) -> (start: Int, count: Int) {
    try block.loadPositions(PostingOrdinal.index(ordinal), of: PostingOrdinal.block(ordinal))
  }
}

/// The posting of a phrase's word that holds a document: one of its lists, and the posting's ordinal there.
struct PhrasePosting: BitwiseCopyable {
  /// In no list, in several.
  static let none: UInt8 = 255
  static let several: UInt8 = 254
  static let maximumLists = 8

  var ordinal: UInt32 = 0
  /// Index of the list among those of the word.
  var list = PhrasePosting.none
}
