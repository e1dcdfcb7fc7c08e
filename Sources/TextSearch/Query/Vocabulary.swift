/// The words that an index holds, as they are written: French forms from the lexicons, all others from the dictionaries.
struct Vocabulary {
  let segments: [Segment]

  /// A word in the way that it is posted.
  struct Word: Hashable {
    let kind: TokenKind
    let folded: [UInt8]
    /// The French form, the Vietnamese spelling; else the folded writing.
    let form: [UInt8]

    func address(_ stemmer: AnalyzerOptions.FrenchStemmer) -> TermAddress {
      TermAddress(kind, form: form, key: folded, stemmer: stemmer)
    }

    /// The order in which equally good words come.
    static func precedes(_ a: Word, _ b: Word) -> Bool {
      if a.folded != b.folded { return a.folded.lexicographicallyPrecedes(b.folded) }
      if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
      return a.form.lexicographicallyPrecedes(b.form)
    }
  }

  /// Calls `body` with the words whose folded writing begins with `prefix`, with their document counts: words of a kind
  /// and segment in the order of their folded writing, each in every segment that holds it.
  func forEach(
    foldedPrefix prefix: [UInt8],
    _ body: (TokenKind, _ folded: [UInt8], _ form: () -> [UInt8], UInt64) throws(SearchError) -> Void
  ) throws(SearchError) {
    for segment in segments {
      do {
        try segment.lexicon.forEach(foldedPrefix: prefix) { (folded, entry) throws(SearchError) in
          try body(.french, Array(folded), { entry.form }, entry.documents)
          return true
        }
        for language in [Language.none, .vietnamese] {
          try Vocabulary.forEach(language, prefix, segment.dictionary, body)
        }
      } catch {
        throw error.inFile(segment.path)
      }
    }
  }

  private static func forEach(
    _ language: Language, _ prefix: [UInt8], _ dictionary: TermDictionary,
    _ body: (TokenKind, _ folded: [UInt8], _ form: () -> [UInt8], UInt64) throws(SearchError) -> Void
  ) throws(SearchError) {
    let start = [language.rawValue] + prefix
    var cursor = try dictionary.cursor(at: start)
    while try cursor.next(), cursor.address.starts(with: start) {
      let address = TermAddress(bytes: cursor.address)
      guard address.isWhole else { continue }
      let folded = Array(address.key)
      let spelling = Array(address.spelling)
      let kind: TokenKind = language == .none ? .none : spelling.isEmpty ? .unmarked : .vietnamese
      try body(kind, folded, { spelling.isEmpty ? folded : spelling }, UInt64(cursor.entry.list.documents))
    }
  }

  /// Documents that hold a word in exactly this way.
  func documents(_ word: Word, _ stemmer: AnalyzerOptions.FrenchStemmer) throws(SearchError) -> UInt64 {
    var documents: UInt64 = 0
    for segment in segments {
      do {
        if word.kind == .french {
          try segment.lexicon.forEach(foldedPrefix: word.folded + [0]) { (_, entry) throws(SearchError) in
            if entry.form == word.form { documents += entry.documents }
            return entry.form != word.form
          }
        } else {
          documents += UInt64(try segment.dictionary.list(at: word.address(stemmer).bytes)?.list.documents ?? 0)
        }
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return documents
  }
}
