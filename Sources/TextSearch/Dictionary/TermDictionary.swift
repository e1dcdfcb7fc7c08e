/// Finds terms in a segment: a binary search over the blocks' first addresses, then a walk through one block.
struct TermDictionary: Sendable {
  private let terms: ByteRegion
  private let index: ByteRegion
  private let firsts: ByteRegion
  private let blockCount: Int
  /// Entries, those that only count a key's documents included.
  let count: Int

  init(terms: ByteRegion, index: ByteRegion) throws(SearchError) {
    self.terms = terms
    self.index = index
    let count: UInt64 = try index.load(at: 0)
    let blocks: UInt64 = try index.load(at: 8)
    let perBlock = UInt64(DictionaryFormat.blockSize)
    guard count <= UInt64(Int32.max) * 2, blocks == (count + perBlock - 1) / perBlock else {
      throw index.corrupt(at: 0, "term and block counts disagree")
    }
    self.count = Int(count)
    blockCount = Int(blocks)
    let tables = 16 + 16 * (blockCount + 1)
    try index.check(0, tables)
    firsts = try index.slice(at: tables, count: index.count - tables)
  }

  /// The list at an address; nil if no document holds the term.
  func list(at address: [UInt8]) throws(SearchError) -> Entry? {
    var cursor = try cursor(at: address)
    guard try cursor.next(), cursor.address == address else { return nil }
    return cursor.entry
  }

  /// A term's list; the bytes of an inline one.
  struct Entry: Sendable {
    var list = PostingList()
    var inline: ByteRegion = .empty
  }

  /// A cursor before the first entry at or after `address`.
  func cursor(at address: [UInt8]) throws(SearchError) -> Cursor {
    guard blockCount > 0 else { return Cursor(self, block: 0) }
    var low = 0
    var high = blockCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if try compareFirst(of: middle, with: address) <= 0 { low = middle } else { high = middle }
    }
    var cursor = Cursor(self, block: low)
    try cursor.skip(before: address)
    return cursor
  }

  private func compareFirst(of block: Int, with address: [UInt8]) throws(SearchError) -> Int {
    let table = 16 + 8 * (blockCount + 1)
    let start: UInt64 = try index.load(at: table + 8 * block)
    let end: UInt64 = try index.load(at: table + 8 * block + 8)
    guard start <= end, end <= UInt64(firsts.count) else { throw index.corrupt(at: table + 8 * block, "offsets fall") }
    return try firsts.compare(at: Int(start), count: Int(end - start), with: address.span)
  }

  /// Walks entries in address order.
  struct Cursor {
    private let dictionary: TermDictionary
    private var block: Int
    private var reader = ByteReader(.empty)
    private var read = 0
    private(set) var address: [UInt8] = []
    private(set) var entry = Entry()
    /// The entry that `skip` has read already.
    private var isAhead = false

    fileprivate init(_ dictionary: TermDictionary, block: Int) {
      self.dictionary = dictionary
      self.block = block
      read = block * DictionaryFormat.blockSize
    }

    /// Moves to the next entry; false at the end.
    mutating func next() throws(SearchError) -> Bool {
      if isAhead {
        isAhead = false
        return true
      }
      guard read < dictionary.count else { return false }
      if read % DictionaryFormat.blockSize == 0 { try enterBlock() }
      try readEntry()
      read += 1
      return true
    }

    /// Moves on until the next entry is at or after `target`.
    fileprivate mutating func skip(before target: [UInt8]) throws(SearchError) {
      while try next() {
        if !address.lexicographicallyPrecedes(target) {
          isAhead = true
          return
        }
      }
    }

    private mutating func enterBlock() throws(SearchError) {
      let number = read / DictionaryFormat.blockSize
      let start: UInt64 = try dictionary.index.load(at: 16 + 8 * number)
      let end: UInt64 = try dictionary.index.load(at: 24 + 8 * number)
      guard start <= end else { throw dictionary.index.corrupt(at: 16 + 8 * number, "offsets fall") }
      reader = ByteReader(try dictionary.terms.slice(at: start, count: end - start))
      address = []
      entry = Entry()
      entry.list.postings.offset = try reader.readVariable()
      entry.list.blocks.offset = try reader.readVariable()
      entry.list.positionBytes.offset = try reader.readVariable()
    }

    private mutating func readEntry() throws(SearchError) {
      let shared = try reader.readCount()
      let added = try reader.readCount()
      guard shared <= address.count else {
        throw reader.region.corrupt(at: reader.offset, "prefix longer than the term")
      }
      address.removeLast(address.count - shared)
      address += try reader.region.array(at: reader.offset, count: added)
      try reader.skip(added)

      let last = entry.list
      var list = PostingList()
      // Places follow each other, so each begins where the one before ends.
      list.postings.offset = last.postings.offset &+ last.postings.count
      list.blocks.offset = last.blocks.offset &+ last.blocks.count
      list.positionBytes.offset = last.positionBytes.offset &+ last.positionBytes.count
      let head = try reader.readVariable()
      guard head >> 1 < UInt64(UInt32.max) else { throw reader.region.corrupt(at: reader.offset, "too many documents") }
      list.documents = Int(head >> 1)
      list.isInline = head & 1 == 1
      let more = try reader.readVariable()
      guard more <= UInt64.max / 2 else { throw reader.region.corrupt(at: reader.offset, "too many positions") }
      list.positions = more + UInt64(list.documents)
      if list.isInline {
        let count = try reader.readCount()
        entry.inline = try reader.region.slice(at: reader.offset, count: count)
        try reader.skip(count)
      } else {
        list.postings.count = try reader.readVariable()
        list.positionBytes.count = try reader.readVariable()
        if list.documents >= PostingFormat.blockSize { list.blocks.count = try reader.readVariable() }
      }
      entry.list = list
    }
  }
}
