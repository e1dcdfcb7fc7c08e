/// Finds terms in a segment: a binary search over the blocks' first addresses, then a walk through one block.
struct TermDictionary: Sendable {
  private let terms: ByteRegion
  private let index: BlockIndex

  /// Entries, those that only count a key's documents included.
  var count: Int { index.count }

  init(terms: ByteRegion, index: ByteRegion) throws(SearchError) {
    self.terms = terms
    self.index = try BlockIndex(index)
  }

  /// The list at an address; nil if no document holds the term.
  func list(at address: [UInt8]) throws(SearchError) -> Entry? {
    var lookup = TermLookup()
    return try lookup.list(at: address, in: self)
  }

  /// The bytes of the block that an address is in, if it is in one, and how many entries it has.
  func block(holding address: [UInt8]) throws(SearchError) -> (bytes: ByteRegion, entries: Int) {
    guard count > 0 else { return (.empty, 0) }
    let block = try index.block(holding: address)
    return (
      try index.block(block, of: terms), min(DictionaryFormat.blockSize, count - block * DictionaryFormat.blockSize)
    )
  }

  /// The same by a cursor, which says what is wrong.
  func listStepByStep(at address: [UInt8]) throws(SearchError) -> Entry? {
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
    guard count > 0 else { return Cursor(self, block: 0) }
    var cursor = Cursor(self, block: try index.block(holding: address))
    try cursor.skip(before: address)
    return cursor
  }

  /// Compares `count` bytes at `start` with those of `target` from place `shared` on, before which both are the same: how many they
  /// have in common in all, and whether the bytes stand at or after the target.
  private static func compare(
    _ region: ByteRegion, _ start: Int, _ count: Int, _ target: [UInt8], from shared: Int
  ) throws(SearchError) -> (matched: Int, isAhead: Bool) {
    var place = 0
    while place < count, shared + place < target.count {
      let byte = try region.byte(at: start + place)
      if byte != target[shared + place] { return (shared + place, byte > target[shared + place]) }
      place += 1
    }
    return (shared + place, shared + place == target.count)
  }

  /// A cursor before the first entry.
  var start: Cursor { Cursor(self, block: 0) }

  /// Walks entries in address order.
  struct Cursor: WordCursor {
    private let dictionary: TermDictionary
    private var reader = ByteReader(.empty)
    private var read: Int
    private(set) var address: [UInt8] = []
    private(set) var entry = Entry()
    /// First byte and length of the address that was read last.
    private var first: UInt8 = 0
    private var length = 0
    /// The entry that `skip` has read already.
    private var isAhead = false

    fileprivate init(_ dictionary: TermDictionary, block: Int) {
      self.dictionary = dictionary
      read = block * DictionaryFormat.blockSize
    }

    /// The address.
    var text: [UInt8] { address }
    var documents: UInt64 { UInt64(entry.list.documents) }

    /// Moves to the next entry; false at the end.
    mutating func next() throws(SearchError) -> Bool { try next(past: .max) != nil }

    mutating func next(past skippedPrefix: Int) throws(SearchError) -> Int? {
      if isAhead {
        isAhead = false
        return 0
      }
      while read < dictionary.count {
        let isFirst = read % DictionaryFormat.blockSize == 0
        if isFirst { try enterBlock(past: skippedPrefix) }
        let (coded, added) = try PrefixCoding.readCounts(&reader)
        let start = reader.offset
        guard coded <= length else { throw corrupt("prefix longer than the term") }
        length = coded &+ added
        if coded == 0, added > 0 { first = try reader.region.byte(at: start) }
        try reader.skip(added)
        let shared = isFirst ? try reader.region.shared(at: start, count: added, with: address[...]) : coded
        try readEntry(isWanted: shared < skippedPrefix)
        read += 1
        if shared >= skippedPrefix { continue }
        // Entries that were passed begin like `address` as far as `dead` goes, so it has what is shared.
        address.removeLast(address.count - shared)
        try reader.region.append(at: start + shared - coded, count: added - shared + coded, to: &address)
        return shared
      }
      return nil
    }

    /// Moves on until the next entry is at or after `target`.
    ///
    /// An address that shares more with the one before than that shares with the target stands before the target too, so
    /// no address is put together but the one that the cursor stops at: it begins like the target.
    fileprivate mutating func skip(before target: [UInt8]) throws(SearchError) {
      var matched = 0
      while read < dictionary.count {
        if read % DictionaryFormat.blockSize == 0 {
          try enterBlock(past: .max)
          matched = 0
        }
        let (shared, added) = try PrefixCoding.readCounts(&reader)
        let start = reader.offset
        if shared == 0, added > 0 { first = try reader.region.byte(at: start) }
        guard shared <= length else { throw corrupt("prefix longer than the term") }
        length = shared &+ added
        var isAhead = shared < matched
        if shared == matched {
          (matched, isAhead) = try TermDictionary.compare(reader.region, start, added, target, from: shared)
        }
        try reader.skip(added)
        if isAhead {
          address = Array(target[..<min(shared, target.count)])
          try reader.region.append(at: start, count: added, to: &address)
        }
        try readEntry(isWanted: isAhead)
        read += 1
        self.isAhead = isAhead
        if isAhead { return }
      }
    }

    /// Damage where the cursor is.
    func corrupt(_ reason: String) -> SearchError { reader.region.corrupt(at: reader.offset, reason) }

    /// Enters the block of the next entry, or the last of those behind it in which some entry may be wanted.
    private mutating func enterBlock(past skippedPrefix: Int) throws(SearchError) {
      var block = read / DictionaryFormat.blockSize
      if skippedPrefix <= address.count {
        block = try dictionary.index.lastBlock(from: block, beginningWith: address.prefix(skippedPrefix))
        read = block * DictionaryFormat.blockSize
      }
      reader = ByteReader(try dictionary.index.block(block, of: dictionary.terms))
      (first, length) = (0, 0)
      entry = Entry()
      entry.list.postings.offset = try reader.readVariable()
      entry.list.blocks.offset = try reader.readVariable()
      entry.list.positionBytes.offset = try reader.readVariable()
      entry.list.forms.offset = try reader.readVariable()
      entry.list.codes.offset = try reader.readVariable()
    }

    /// - Parameter isWanted: the bytes of an inline list too.
    private mutating func readEntry(isWanted: Bool = true) throws(SearchError) {
      let last = entry.list
      var list = PostingList()
      // Places follow each other, so each begins where the one before ends.
      list.postings = last.postings.next
      list.blocks = last.blocks.next
      list.positionBytes = last.positionBytes.next
      list.forms = last.forms.next
      list.codes = last.codes.next
      let head = try reader.readVariable()
      if head < DictionaryFormat.inlineHeads {
        list.isInline = true
        list.documents = 1
        list.positions = head + 1
        try readForms(&list)
        try readInline(positions: Int(head) + 1, isWanted: isWanted)
      } else {
        try readCounts(head, &list)
        try readForms(&list)
        list.postings.count = try reader.readVariable()
        list.positionBytes.count = try reader.readVariable()
        if list.documents >= PostingFormat.blockSize { list.blocks.count = try reader.readVariable() }
      }
      entry.list = list
    }

    private mutating func readCounts(_ head: UInt64, _ list: inout PostingList) throws(SearchError) {
      let documents = head - DictionaryFormat.inlineHeads + 1
      guard documents <= UInt64(Int32.max) else { throw reader.region.corrupt(at: reader.offset, "too many documents") }
      let more = try reader.readVariable()
      guard more <= UInt64.max / 2 else { throw reader.region.corrupt(at: reader.offset, "too many positions") }
      list.documents = Int(documents)
      list.positions = more + documents
    }

    private mutating func readForms(_ list: inout PostingList) throws(SearchError) {
      guard DictionaryFormat.namesForms(first: first) else { return }
      list.forms.count = try reader.readVariable()
      if list.forms.count > 0, !list.isInline { list.codes.count = try reader.readVariable() }
    }

    /// The bytes of a document and its positions.
    private mutating func readInline(positions: Int, isWanted: Bool) throws(SearchError) {
      let start = reader.offset
      for _ in 0..<positions + 1 { _ = try reader.readVariable() }
      guard isWanted else { return }
      entry.inline = try reader.region.slice(at: start, count: reader.offset - start)
    }
  }
}
