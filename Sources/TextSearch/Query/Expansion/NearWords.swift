/// Finds the words whose folded writing differs from a typed one by few letters.
struct NearWords: WordVisitor {
  /// With the letters that differ, and the documents that hold the word.
  private(set) var found: [Vocabulary.Word: (edits: Int, documents: UInt64)] = [:]
  private let typed: [UInt32]
  private let limit: Int

  /// - Parameter limit: letters that may differ, at most `EditAutomaton.maximumEdits`.
  init(_ typed: [UInt32], limit: Int) {
    self.typed = typed
    self.limit = limit
  }

  mutating func visit(_ cursor: inout PrefixBlockCursor<some PrefixBlockValue>, _ source: WordSource, _ prefix: [UInt8])
    throws(SearchError)
  {
    var rows = EditAutomaton(typed, limit: limit, head: source.head)
    let start = source.start(of: prefix)
    // Bytes that the rows and the next word have in common at least, since the last word that was read.
    var (skippedPrefix, known) = (Int.max, Int.max)
    while let shared = try cursor.next(past: skippedPrefix), shared >= start.count || cursor.text.starts(with: start) {
      known = min(known, shared)
      skippedPrefix = .max
      guard let end = source.end(of: cursor.text) else { continue }
      if let beyond = rows.read(cursor.text, to: end, shared: known) {
        skippedPrefix = beyond
      } else if let edits = rows.edits {
        add(cursor.text, of: source, edits: edits, documents: cursor.documents)
      } else {
        // Its other forms.
        skippedPrefix = end + 1
      }
      known = .max
    }
  }

  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64) {
    var rows = EditAutomaton(typed, limit: limit)
    guard rows.read(word.folded, to: word.folded.count, shared: 0) == nil, let edits = rows.edits else { return }
    add(word, edits, documents)
  }

  private mutating func add(_ text: [UInt8], of source: WordSource, edits: Int, documents: UInt64) {
    guard let parts = source.parts(of: text) else { return }
    add(Vocabulary.Word(kind: parts.kind, folded: Array(parts.folded), form: Array(parts.form)), edits, documents)
  }

  private mutating func add(_ word: Vocabulary.Word, _ edits: Int, _ documents: UInt64) {
    found[word, default: (edits, 0)].documents += documents
  }
}
