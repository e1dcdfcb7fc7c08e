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
    var place = try start(of: prefix)
    var reader = ByteReader(.empty)
    var text: [UInt8] = []
    // What comes before it is not wanted.
    var next = prefix
    while place < count {
      if place % BlockIndex.blockSize == 0 {
        if !text.isEmpty, text.lexicographicallyPrecedes(next) { place = max(place, try start(of: next)) }
        reader = ByteReader(try index.block(place / BlockIndex.blockSize, of: words))
        text = []
      }
      try PrefixCoding.read(&text, &reader)
      let documents = try reader.readVariable()
      place += 1
      if text.lexicographicallyPrecedes(next) { continue }
      guard text.starts(with: prefix) else { return }
      let folded = text.prefix { $0 != 0 }
      let form = text.dropFirst(folded.count + 1)
      switch try body(folded, form.isEmpty ? folded : form, documents) {
      case .next: break
      case .skip(let shared):
        next = WordWalk.successor(of: text.prefix(shared))
        if next.isEmpty { return }
      case .stop: return
      }
    }
  }

  /// The first entry of the block that holds the place of a text.
  private func start(of text: [UInt8]) throws(SearchError) -> Int {
    count > 0 ? try index.block(holding: text) * BlockIndex.blockSize : 0
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
