/// Collects the words whose folded form is within an edit distance of a typed word.
struct NearWords: WordVisitor {
  /// The words found, each with its edit distance and its document frequency.
  private(set) var found: [Vocabulary.Word: (edits: Int, documents: UInt64)] = [:]
  private let typed: [UInt32]
  private let limit: Int

  /// - Parameters:
  ///   - typed: the letters of the typed word, folded.
  ///   - limit: maximum edit distance, at most `EditAutomaton.maximumEdits`.
  init(_ typed: [UInt32], limit: Int) {
    self.typed = typed
    self.limit = limit
  }

  mutating func visit(_ cursor: inout PrefixBlockCursor<some PrefixBlockValue>, _ source: WordSource, _ prefix: [UInt8])
    throws(SearchError)
  {
    var rows = EditAutomaton(typed, limit: limit, head: source.head)
    let start = source.start(of: prefix)
    // `common` bytes are shared by all words since the last one that `rows` read.
    var (skippedPrefix, common) = (Int.max, Int.max)
    while let shared = try cursor.next(past: skippedPrefix), shared >= start.count || cursor.text.starts(with: start) {
      common = min(common, shared)
      skippedPrefix = .max
      guard let end = source.end(of: cursor.text) else { continue }
      if let beyond = rows.read(cursor.text, to: end, shared: common) {
        skippedPrefix = beyond
      } else if let edits = rows.edits {
        add(cursor.text, source, edits: edits, documents: cursor.documents)
      } else {
        // Skips the other forms of this folded word.
        skippedPrefix = end + 1
      }
      common = .max
    }
  }

  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64) {
    var rows = EditAutomaton(typed, limit: limit)
    guard rows.read(word.folded, to: word.folded.count, shared: 0) == nil, let edits = rows.edits else { return }
    add(word, edits: edits, documents: documents)
  }

  private mutating func add(_ text: [UInt8], _ source: WordSource, edits: Int, documents: UInt64) {
    guard let parts = source.parts(of: text) else { return }
    let word = Vocabulary.Word(kind: parts.kind, folded: Array(parts.folded), form: Array(parts.form))
    add(word, edits: edits, documents: documents)
  }

  private mutating func add(_ word: Vocabulary.Word, edits: Int, documents: UInt64) {
    found[word, default: (edits, 0)].documents += documents
  }
}
