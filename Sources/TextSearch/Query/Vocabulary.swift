/// The words that an index holds, as they are written: French forms from the lexicons, all others from the dictionaries.
struct Vocabulary: Sendable {
  private let segments: [Segment]
  /// Words that others tell of, in the place of segments.
  private let told: [Word: UInt64]

  init(segments: [Segment]) {
    self.segments = segments
    told = [:]
  }

  /// The words of a whole that others tell of, with the documents that hold them.
  init(words: [Word: UInt64]) {
    segments = []
    told = words
  }

  /// Every word comes once.
  var isOfOneSource: Bool { segments.count + (told.isEmpty ? 0 : 1) <= 1 }

  /// A word in the way that it is posted.
  struct Word: Hashable, Sendable {
    let kind: TokenKind
    let folded: [UInt8]
    /// The French form, the Vietnamese spelling; else the folded writing.
    let form: [UInt8]

    // Byte by byte, as arrays are, it took several times as long.
    func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      unsafe folded.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      unsafe form.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

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

  /// What is done with each word: its kind, its folded writing, its form, the documents that hold it.
  typealias Visit = (TokenKind, ArraySlice<UInt8>, ArraySlice<UInt8>, UInt64) throws(SearchError) -> WordWalk

  /// Calls `body` with the words whose folded writing begins with `prefix`, with their document counts: words of a kind
  /// and segment in the order of their folded writing, each in every segment that holds it. `.stop` ends the kind.
  func forEach(foldedPrefix prefix: [UInt8], _ body: Visit) throws(SearchError) {
    for (word, documents) in told where word.folded.starts(with: prefix) {
      _ = try body(word.kind, word.folded[...], word.form[...], documents)
    }
    for segment in segments {
      do {
        try segment.lexicon.forEach(foldedPrefix: prefix) { (folded, form, documents) throws(SearchError) in
          try body(.french, folded, form, documents)
        }
        for language in [Language.none, .vietnamese] {
          try Vocabulary.forEach(language, prefix, segment.dictionary, body)
        }
      } catch {
        throw error.inFile(segment.path)
      }
    }
  }

  /// Unwanted entries that are read before the dictionary is asked for the next wanted one: about what asking costs.
  private static let patience = 16

  private static func forEach(
    _ language: Language, _ prefix: [UInt8], _ dictionary: TermDictionary, _ body: Visit
  ) throws(SearchError) {
    let start = [language.rawValue] + prefix
    var cursor = try dictionary.cursor(at: start)
    // What comes before it is not wanted.
    var next = start
    var passed = 0
    while try cursor.next() {
      if cursor.address.lexicographicallyPrecedes(next) {
        passed += 1
        if passed == patience { cursor = try dictionary.cursor(at: next) }
        continue
      }
      passed = 0
      guard cursor.address.starts(with: start) else { return }
      let address = TermAddress(bytes: cursor.address)
      guard address.isWhole else { continue }
      let (folded, spelling) = (address.key, address.spelling)
      let kind: TokenKind = language == .none ? .none : spelling.isEmpty ? .unmarked : .vietnamese
      let documents = UInt64(cursor.entry.list.documents)
      switch try body(kind, folded, spelling.isEmpty ? folded : spelling, documents) {
      case .next: break
      case .skip(let shared): next = WordWalk.successor(of: cursor.address.prefix(1 + shared))
      case .stop: return
      }
    }
  }

  /// Documents that hold a word in exactly this way.
  func documents(_ word: Word, _ stemmer: AnalyzerOptions.FrenchStemmer) throws(SearchError) -> UInt64 {
    var documents = told[word] ?? 0
    for segment in segments {
      do {
        if word.kind == .french {
          try segment.lexicon.forEach(foldedPrefix: word.folded + [0]) { (_, form, count) throws(SearchError) in
            guard form.elementsEqual(word.form) else { return .next }
            documents += count
            return .stop
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
