/// The French surface forms that the documents hold, in the order of their folded writing, with document counts.
///
/// What prefixes, wildcards, similar words and completion work on: real words, not stems. Vietnamese spellings and words of
/// neither language need no list of their own: the term dictionary has them in this order already.
struct Lexicon: Sendable {
  private let words: ByteRegion
  private let index: BlockIndex

  struct Entry: Sendable, Equatable {
    var form: [UInt8]
    var documents: UInt64
  }

  var count: Int { index.count }

  init(words: ByteRegion, index: ByteRegion) throws(SearchError) {
    self.words = words
    self.index = try BlockIndex(index)
  }

  /// What forms are sorted by: the folded writing, a zero byte, and the form itself where it is another.
  static func order(folded: [UInt8], form: [UInt8]) -> [UInt8] { folded + [0] + (form == folded ? [] : form) }

  /// Calls `body` with the entries whose folded writing begins with `prefix`, in order: the folded writing, the form, and
  /// the documents that hold it.
  func forEach(
    foldedPrefix prefix: [UInt8],
    _ body: (_ folded: ArraySlice<UInt8>, _ form: ArraySlice<UInt8>, UInt64) throws(SearchError) -> WordWalk
  ) throws(SearchError) {
    var cursor = try cursor(at: prefix)
    var skippedPrefix = Int.max
    while try cursor.next(past: skippedPrefix) != nil, cursor.text.starts(with: prefix) {
      let folded = cursor.text.prefix { $0 != 0 }
      let form = cursor.text.dropFirst(folded.count + 1)
      switch try body(folded, form.isEmpty ? folded : form, cursor.documents) {
      case .next: skippedPrefix = .max
      case .skip(let shared): skippedPrefix = shared
      case .stop: return
      }
    }
  }

  /// A cursor before the first entry at or after `text`.
  func cursor(at text: [UInt8]) throws(SearchError) -> Cursor {
    var cursor = Cursor(self, at: count > 0 ? try index.block(holding: text) : 0)
    try cursor.skip(before: text)
    return cursor
  }

  /// Walks entries in their order.
  struct Cursor: WordCursor {
    private let lexicon: Lexicon
    private var place: Int
    private var reader = ByteReader(.empty)
    private(set) var text: [UInt8] = []
    private(set) var documents: UInt64 = 0
    /// Bytes of the entry that was read last; `text` is that of the last one given out.
    private var length = 0
    /// The entry that `skip` has read already.
    private var isAhead = false

    fileprivate init(_ lexicon: Lexicon, at block: Int) {
      self.lexicon = lexicon
      place = block * BlockIndex.blockSize
    }

    fileprivate mutating func skip(before target: [UInt8]) throws(SearchError) {
      while try next(past: .max) != nil {
        isAhead = !text.lexicographicallyPrecedes(target)
        if isAhead { return }
      }
    }

    mutating func next(past skippedPrefix: Int) throws(SearchError) -> Int? {
      if isAhead {
        isAhead = false
        return 0
      }
      while place < lexicon.count {
        let isFirst = place % BlockIndex.blockSize == 0
        if isFirst { try enterBlock(past: skippedPrefix) }
        let (coded, added) = try PrefixCoding.readCounts(&reader)
        let start = reader.offset
        guard coded <= length else { throw reader.region.corrupt(at: start, "prefix longer than the term") }
        length = coded &+ added
        try reader.skip(added)
        documents = try reader.readVariable()
        place += 1
        let shared = isFirst ? try reader.region.shared(at: start, count: added, with: text[...]) : coded
        if shared >= skippedPrefix { continue }
        // Entries that were passed begin like `text` as far as `dead` goes, so `text` has what is shared.
        text.removeLast(text.count - shared)
        try reader.region.append(at: start + shared - coded, count: added - shared + coded, to: &text)
        return shared
      }
      return nil
    }

    /// Enters the block at `place`, or the last of those behind it in which some entry may be wanted.
    private mutating func enterBlock(past skippedPrefix: Int) throws(SearchError) {
      var block = place / BlockIndex.blockSize
      if skippedPrefix <= text.count {
        block = try lexicon.index.lastBlock(from: block, beginningWith: text.prefix(skippedPrefix))
        place = block * BlockIndex.blockSize
      }
      reader = ByteReader(try lexicon.index.block(block, of: lexicon.words))
      length = 0
    }
  }
}

/// Writes a `Lexicon`.
struct LexiconWriter: ~Copyable {
  private(set) var words = ByteWriter()
  private(set) var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []

  /// Adds a form; they come in strictly ascending `Lexicon.order`.
  mutating func add(_ order: [UInt8], documents: UInt64) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(order), "forms out of order")
    if count % BlockIndex.blockSize == 0 {
      blocks.beginBlock(at: words.count, order)
      previous = []
    }
    PrefixCoding.write(order, after: previous, to: &words)
    words.writeVariable(documents)
    previous = order
    count += 1
  }

  /// The lexicon of forms in any order; the documents of equal ones are added up.
  static func sorted(_ forms: [LexiconEntry]) -> LexiconWriter {
    var writer = LexiconWriter()
    let sorted = forms.sorted()
    var index = 0
    while index < sorted.count {
      let order = sorted[index].order
      var documents: UInt64 = 0
      while index < sorted.count, sorted[index].order == order {
        documents += sorted[index].documents
        index += 1
      }
      writer.add(order, documents: documents)
    }
    return writer
  }

  func index() -> ByteWriter { blocks.section(entries: count, end: words.count) }
}

/// A form on its way into a lexicon.
struct LexiconEntry: Comparable {
  /// See `Lexicon.order`.
  let order: [UInt8]
  let documents: UInt64
  /// The first eight bytes decide most comparisons.
  private let prefix: UInt64

  init(folded: [UInt8], form: [UInt8], documents: UInt64) {
    let order = Lexicon.order(folded: folded, form: form)
    self.order = order
    self.documents = documents
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix << 8 | (index < order.count ? UInt64(order[index]) : 0) }
    self.prefix = prefix
  }

  static func < (a: LexiconEntry, b: LexiconEntry) -> Bool {
    a.prefix != b.prefix ? a.prefix < b.prefix : a.order.lexicographicallyPrecedes(b.order)
  }
}
