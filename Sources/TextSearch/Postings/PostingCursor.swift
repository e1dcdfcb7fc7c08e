/// Iterates over a posting list in document order.
///
/// - Before the first `advance` or `seek` the cursor is before the list, and `document` must not be read.
/// - `document` rises with each `advance`; at the end it is `PostingCursor.end` and stays so.
/// - `seek(to: d)` stops at the first document >= d and never goes back: seeking what lies behind does nothing.
/// - `frequency`, `formCode` and the positions belong to the current document and may be read any number of times. Each is
///   decoded only where it is read.
struct PostingCursor: ~Copyable {
  /// The document number of a cursor at its end; no segment has as many documents.
  static let end = UInt32.max

  private var block: PostingBlock
  /// The block of the current document and its index there; -1 before the list, `blockCount` behind it.
  private var number = -1
  private var index = -1
  private(set) var document: UInt32 = 0

  var list: PostingList { block.list }

  /// - Parameter documentLimit: number of documents in the segment; a list that names more is damaged.
  init(_ list: PostingList, in sections: PostingSections, documentLimit: UInt32) throws(SearchError) {
    block = try PostingBlock(list, in: sections, documentLimit: documentLimit)
  }

  /// Moves to the next document and returns it.
  @inline(__always)
  mutating func advance() throws(SearchError) -> UInt32 {
    index &+= 1
    if index >= block.count { try load(number + 1) }
    return document(at: index)
  }

  /// Moves to the first document at or after `target` and returns it.
  mutating func seek(to target: UInt32) throws(SearchError) -> UInt32 {
    if index >= 0, document >= target { return document }
    if block.count == 0 || block.documents[block.count - 1] < target {
      try load(number + 1 < block.blockCount ? try block.block(from: number + 1, reaching: target) : block.blockCount)
    }
    // Only the last block may end before the target.
    while index < block.count, block.documents[index] < target { index += 1 }
    if index >= block.count { try load(number + 1) }
    return document(at: index)
  }

  /// Moves to the first document of a block; to the end if there is no such block.
  private mutating func load(_ number: Int) throws(SearchError) {
    self.number = min(number, block.blockCount)
    index = 0
    if number < block.blockCount { try block.loadDocuments(of: number) }
  }

  @inline(__always)
  private mutating func document(at index: Int) -> UInt32 {
    document = number == block.blockCount ? PostingCursor.end : block.documents[index]
    return document
  }

  /// The frequency of the term in the current document.
  var frequency: UInt32 {
    mutating get throws(SearchError) {
      try block.loadFrequencies(of: number)
      return block.frequencies[index]
    }
  }

  /// The set of forms that the current document holds: an index in the list's `FormSets`.
  var formCode: UInt32 {
    mutating get throws(SearchError) {
      guard list.codes.count > 0 else { return 0 }
      try block.loadCodes(of: number)
      return block.codes[index]
    }
  }

  /// Appends the positions of the current document, ascending.
  mutating func appendPositions(to positions: inout GrowableBuffer<UInt32>) throws(SearchError) {
    try block.appendPositions(index, of: number, to: &positions)
  }

  /// Appends the codes of the words beside each occurrence in the current document (`NeighbourCode`), of a list that keeps
  /// them.
  mutating func appendNeighbours(to neighbours: inout GrowableBuffer<UInt8>) throws(SearchError) {
    try block.appendNeighbours(index, of: number, to: &neighbours)
  }

  /// Returns the positions of the current document, ascending; none at the end.
  mutating func positions() throws(SearchError) -> [UInt32] {
    guard index >= 0, document < PostingCursor.end else { return [] }
    var found = GrowableBuffer<UInt32>(capacity: 16)
    try appendPositions(to: &found)
    return (0..<found.count).map { found[$0] }
  }
}
