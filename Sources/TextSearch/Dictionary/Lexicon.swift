/// The French surface forms that the documents hold, in the order of their folded spelling, with document counts.
///
/// Prefixes, wildcards, similar words and completions are expanded over it: words, not stems. Vietnamese spellings and words of
/// neither language need no list of their own: the term dictionary has them in this order.
struct Lexicon: Sendable {
  private let blocks: PrefixBlocks

  struct Entry: Sendable, Equatable {
    var form: [UInt8]
    var documents: UInt64
  }

  /// Number of documents that hold a form.
  struct DocumentCount: PrefixBlockValue {
    private(set) var documents: UInt64 = 0

    mutating func beginBlock(_ reader: inout ByteReader) {}

    mutating func read(_ reader: inout ByteReader, first: UInt8, isWanted: Bool) throws(SearchError) {
      documents = try reader.readVariable()
    }
  }

  /// Walks forms in their order.
  typealias Cursor = PrefixBlockCursor<DocumentCount>

  var count: Int { blocks.count }

  init(words: ByteRegion, index: ByteRegion) throws(SearchError) { blocks = try PrefixBlocks(words, index: index) }

  /// Returns the string that forms are sorted by: the folded spelling, a zero byte, and the form itself where it differs.
  static func order(folded: [UInt8], form: [UInt8]) -> [UInt8] { folded + [0] + (form == folded ? [] : form) }

  /// Calls `body` with the entries whose folded spelling begins with `prefix`, in order: the folded spelling, the form, and the
  /// number of documents that hold it.
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

  /// Returns a cursor before the first entry at or after `text`.
  func cursor(at text: [UInt8]) throws(SearchError) -> Cursor { try Cursor(blocks, at: text) }
}

/// Writes a `Lexicon`.
struct LexiconWriter: ~Copyable {
  /// The section of the words, as far as no `ByteSink` has taken it.
  var words = ByteWriter()
  private(set) var count = 0
  private var blocks = BlockIndexWriter()
  private var previous: [UInt8] = []

  /// Adds a form; forms come in strictly ascending `Lexicon.order`.
  mutating func add(_ order: [UInt8], documents: UInt64) {
    precondition(count == 0 || previous.lexicographicallyPrecedes(order), "forms out of order")
    if count % PrefixBlocks.blockSize == 0 {
      blocks.beginBlock(at: words.count, order)
      previous = []
    }
    PrefixCoding.write(order, after: previous, to: &words)
    words.writeVariable(documents)
    previous = order
    count += 1
  }

  func index() -> ByteWriter { blocks.section(entries: count, end: words.count) }
}

/// A form on its way into a lexicon.
struct LexiconEntry {
  /// See `Lexicon.order`.
  let order: [UInt8]
  let documents: UInt64

  init(folded: [UInt8], form: [UInt8], documents: UInt64) {
    order = Lexicon.order(folded: folded, form: form)
    self.documents = documents
  }
}
