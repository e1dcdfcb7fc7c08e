/// Finds terms in a segment: a binary search over the blocks' first addresses, then a walk through one block.
struct TermDictionary: Sendable {
  private let blocks: PrefixBlocks

  /// Entries, df-only ones included.
  var count: Int { blocks.count }

  init(terms: ByteRegion, index: ByteRegion) throws(SearchError) { blocks = try PrefixBlocks(terms, index: index) }

  /// Returns the list at an address; nil if no document holds the term.
  func list(at address: [UInt8]) throws(SearchError) -> Entry? {
    var lookup = TermLookup()
    return try lookup.list(at: address, in: self)
  }

  /// Returns the bytes of the block that an address is in, if it is in one, and the number of its entries.
  func block(holding address: [UInt8]) throws(SearchError) -> (bytes: ByteRegion, entries: Int) {
    try blocks.bytes(holding: address)
  }

  /// Returns what `list` returns, found by a cursor, which says what is damaged.
  func listByCursor(at address: [UInt8]) throws(SearchError) -> Entry? {
    var cursor = try cursor(at: address)
    guard try cursor.next(), cursor.text == address else { return nil }
    return cursor.value
  }

  /// Walks terms in the order of their addresses.
  typealias Cursor = PrefixBlockCursor<Entry>

  /// A cursor before the first entry.
  var start: Cursor { Cursor(blocks) }

  /// Returns a cursor before the first entry at or after `address`.
  func cursor(at address: [UInt8]) throws(SearchError) -> Cursor { try Cursor(blocks, at: address) }

  /// A term's list.
  struct Entry: Sendable {
    var list = PostingList()
    /// The bytes of an inline list.
    var inline: ByteRegion = .empty
  }
}

extension TermDictionary.Entry: PrefixBlockValue {
  var documents: UInt64 { UInt64(list.documents) }

  mutating func beginBlock(_ reader: inout ByteReader) throws(SearchError) {
    list.postings.offset = try reader.readVariable()
    list.blocks.offset = try reader.readVariable()
    list.positionBytes.offset = try reader.readVariable()
    list.forms.offset = try reader.readVariable()
    list.codes.offset = try reader.readVariable()
    list.neighbourOffset = try reader.readVariable()
    list.hasNeighbours = false
  }

  /// Reads an entry; of an inline list that is not wanted the bytes are passed over.
  mutating func read(_ reader: inout ByteReader, first: UInt8, isWanted: Bool) throws(SearchError) {
    let last = list
    var list = PostingList()
    // Each section of a list begins where that of the list before ends.
    list.postings = last.postings.next
    list.blocks = last.blocks.next
    list.positionBytes = last.positionBytes.next
    list.forms = last.forms.next
    list.codes = last.codes.next
    list.neighbourOffset = last.neighbourOffset &+ last.neighbourCount
    let namesForms = DictionaryFormat.namesForms(first: first)
    let head = try reader.readVariable()
    if head < DictionaryFormat.inlineHeads {
      list.isInline = true
      list.documents = 1
      list.hasNeighbours = head >= DictionaryFormat.inlineHeads / 2
      list.positions = head % (DictionaryFormat.inlineHeads / 2) + 1
      if namesForms { try TermDictionary.Entry.readForms(of: &list, &reader) }
      try readInline(&reader, list, isWanted: isWanted)
    } else {
      try TermDictionary.Entry.readCounts(of: &list, head: head, &reader)
      if namesForms { try TermDictionary.Entry.readForms(of: &list, &reader) }
      list.postings.count = try reader.readVariable()
      list.positionBytes.count = try reader.readVariable()
      if list.documents >= PostingFormat.blockSize { list.blocks.count = try reader.readVariable() }
    }
    self.list = list
  }

  private static func readCounts(
    of list: inout PostingList, head: UInt64, _ reader: inout ByteReader
  ) throws(SearchError) {
    let documents = head - DictionaryFormat.inlineHeads + 1
    guard documents <= UInt64(Int32.max) else { throw reader.region.corrupt(at: reader.offset, "too many documents") }
    let more = try reader.readVariable()
    guard more <= UInt64.max / 8 else { throw reader.region.corrupt(at: reader.offset, "too many positions") }
    list.documents = Int(documents)
    list.positions = more >> 1 + documents
    list.hasNeighbours = more & 1 != 0
  }

  private static func readForms(of list: inout PostingList, _ reader: inout ByteReader) throws(SearchError) {
    list.forms.count = try reader.readVariable()
    if list.forms.count > 0, !list.isInline { list.codes.count = try reader.readVariable() }
  }

  /// Reads the bytes of a document, its positions and their neighbours.
  private mutating func readInline(
    _ reader: inout ByteReader, _ list: PostingList, isWanted: Bool
  ) throws(SearchError) {
    let start = reader.offset
    for _ in 0..<list.positions + 1 { _ = try reader.readVariable() }
    if list.hasNeighbours { try reader.skip(Int(list.positions)) }
    guard isWanted else { return }
    inline = try reader.region.slice(at: start, count: reader.offset - start)
  }
}
