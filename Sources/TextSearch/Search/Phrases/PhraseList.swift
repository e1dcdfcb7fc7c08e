/// A posting list of one of a phrase's words.
///
/// A class, as structures that are not copyable cannot be elements of arrays; what it holds is accessed once for many documents.
final class PhraseList {
  var postings: PhrasePostings
  let isVietnamese: Bool
  /// Agreement of the list with the typed word.
  let agreement: Float
  let documentCount: Int

  init(_ list: SelectedList, _ segment: Segment) throws(SearchError) {
    postings = PhrasePostings(list, try segment.block(list.entry, sumsPositions: true))
    isVietnamese = list.language == .vietnamese
    agreement = list.agreement
    documentCount = list.entry.list.documents
  }
}

/// Looks up documents and their positions in a list, many at a time.
struct PhrasePostings: ~Copyable {
  private var block: PostingBlock
  /// Weights by form set, where documents may hold the word in forms of weight 0; else empty.
  private let formWeights: [Float]

  init(_ list: SelectedList, _ block: consuming PostingBlock) {
    formWeights = list.lowestWeight > 0 ? [] : list.formWeights
    self.block = block
  }

  var blockCount: Int { block.blockCount }

  // MARK: Documents

  /// Returns the first block that may hold documents from `target` on.
  func block(reaching target: UInt32) throws(SearchError) -> Int { try block.block(from: 0, reaching: target) }

  /// Whether no block after one holds documents before `limit`.
  func ends(_ number: Int, before limit: UInt32) throws(SearchError) -> Bool {
    guard number < block.skipEntries.count else { return true }
    return try block.skipEntries.lastDocument(number) >= limit - 1
  }

  /// The error for a document that is not after those before it.
  func falling(at document: UInt32) -> SearchError {
    block.sections.postings.corrupt(at: 0, "document \(document) of a list is not after those before it")
  }

  /// Returns the upper bound of the inputs of a block's documents.
  ///
  /// - Parameter lengthNorms: 1 / K by length code.
  func maximum(ofBlock number: Int, _ lengthNorms: [Float]) throws(SearchError) -> Float {
    guard block.skipEntries.count > 0 else { return .infinity }
    return ImpactAccumulator.maximum(try block.skipEntries.impactWord(number), 1) { lengthNorms[$0] }
  }

  /// Appends the documents of a block that pass a test.
  mutating func append(
    block number: Int, _ test: NeighbourTest, to documents: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try block.loadDocuments(of: number)
    guard block.list.hasNeighbours else {
      return documents.append(block.documents.span.extracting(0..<block.count))
    }
    try block.loadNeighbours(of: number, test)
    for index in 0..<block.count where block.neighbourFlags[index] != 0 { documents.append(block.documents[index]) }
  }

  /// Sets the posting of each of some documents (ascending) that the list holds with a weight above 0.
  mutating func find(
    _ documents: borrowing GrowableBuffer<UInt32>, as list: UInt8, with finder: inout DocumentFinder,
    into postings: inout GrowableBuffer<PhrasePosting>
  ) throws(SearchError) {
    precondition(postings.count >= documents.count)
    let (target, formWeights) = unsafe (postings.unsafeBase, formWeights)
    try finder.find(
      documents, in: &block, window: nil,
      firstBlock: { (block, start, document) throws(SearchError) in try block.block(from: start, reaching: document) },
      body: { (block, number, ordinal, isHeld) throws(SearchError) in
        guard isHeld else { return }
        if !formWeights.isEmpty, try !PhrasePostings.contributes(&block, ordinal, formWeights) { return }
        // Safe because: there is a posting for each document.
        let isFirst = unsafe target[number].list == PhrasePosting.none
        unsafe target[number] = PhrasePosting(ordinal: ordinal, list: isFirst ? list : PhrasePosting.several)
      })
  }

  /// Whether the form of a loaded block's posting has a weight above 0.
  private static func contributes(
    _ block: inout PostingBlock, _ ordinal: UInt32, _ formWeights: [Float]
  ) throws(SearchError) -> Bool {
    try block.loadCodes(of: PostingOrdinal.block(ordinal), below: formWeights.count)
    return formWeights[Int(block.codes[PostingOrdinal.index(ordinal)])] > 0
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

  /// Keeps the starts that the list's word follows at a distance of `offset` positions.
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
  /// As many as the spellings of a syllable typed without diacritics, and more.
  static let maximumLists = 32

  var ordinal: UInt32 = 0
  /// Index of the list among those of the word.
  var list = PhrasePosting.none
}
