/// The words that an index holds, as they are written: French forms from the lexicons, all others from the dictionaries.
struct Vocabulary: Sendable {
  private let segments: [Segment]
  /// Words of shared statistics, instead of segments.
  private let shared: [Word: UInt64]
  private let control: SearchControl?

  /// - Parameter control: of the search that asks; nil where all words have to be seen.
  init(segments: [Segment], _ control: SearchControl? = nil) {
    self.segments = segments
    self.control = control
    shared = [:]
  }

  /// The words of shared statistics, with the documents that hold them.
  init(words: [Word: UInt64]) {
    segments = []
    control = nil
    shared = words
  }

  /// Every word comes once.
  var isOfOneSource: Bool { segments.count + (shared.isEmpty ? 0 : 1) <= 1 }

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
  /// and segment in the order of their folded writing, each in every segment that holds it. `.stop` ends the kind. A search
  /// that has to end sees no more words: it must not run with those that it has.
  func forEach(foldedPrefix prefix: [UInt8], _ visit: Visit) throws(SearchError) {
    var seen = 0
    func body(
      _ kind: TokenKind, folded: ArraySlice<UInt8>, form: ArraySlice<UInt8>, documents: UInt64
    ) throws(SearchError) -> WordWalk {
      seen &+= 1
      if seen % Vocabulary.wordsPerCheck == 0, control?.mustEnd() == true { return .stop }
      return try visit(kind, folded, form, documents)
    }
    for (word, documents) in shared where word.folded.starts(with: prefix) {
      _ = try body(word.kind, folded: word.folded[...], form: word.form[...], documents: documents)
    }
    try forEachSegment { segment throws(SearchError) in
      try segment.lexicon.forEach(foldedPrefix: prefix) { (folded, form, documents) throws(SearchError) in
        try body(.french, folded: folded, form: form, documents: documents)
      }
      for language in [Language.none, .vietnamese] {
        try Vocabulary.forEach(language, foldedPrefix: prefix, of: segment.dictionary, body)
      }
    }
  }

  /// Words between two checks whether the search has to end.
  private static let wordsPerCheck = 1024

  private static func forEach(
    _ language: Language, foldedPrefix prefix: [UInt8], of dictionary: TermDictionary, _ body: Visit
  ) throws(SearchError) {
    let source = WordSource(language)
    let start = source.start(of: prefix)
    var cursor = try dictionary.cursor(at: start)
    var skippedPrefix = Int.max
    while try cursor.next(past: skippedPrefix) != nil, cursor.text.starts(with: start) {
      skippedPrefix = .max
      guard let parts = source.parts(of: cursor.text) else { continue }
      switch try body(parts.kind, parts.folded, parts.form, cursor.documents) {
      case .next: break
      case .skip(let shared): skippedPrefix = source.head + shared
      case .stop: return
      }
    }
  }

  /// Shows a visitor the words whose folded writing begins with `prefix`, those of a kind and segment after the other.
  func visit(foldedPrefix prefix: [UInt8], _ visitor: inout some WordVisitor) throws(SearchError) {
    for (word, documents) in shared where word.folded.starts(with: prefix) { visitor.visit(word, documents) }
    for segment in segments where control?.mustEnd() != true {
      do { try Vocabulary.visit(segment, prefix, &visitor) } catch { throw error.inFile(segment.path) }
    }
  }

  private static func visit(
    _ segment: Segment, _ prefix: [UInt8], _ visitor: inout some WordVisitor
  ) throws(SearchError) {
    var forms = try segment.lexicon.cursor(at: prefix)
    try visitor.visit(&forms, WordSource(.french), prefix)
    for source in [WordSource(.none), WordSource(.vietnamese)] {
      var terms = try segment.dictionary.cursor(at: source.start(of: prefix))
      try visitor.visit(&terms, source, prefix)
    }
  }

  private func forEachSegment(_ body: (Segment) throws(SearchError) -> Void) throws(SearchError) {
    for segment in segments {
      do { try body(segment) } catch { throw error.inFile(segment.path) }
    }
  }

  /// Documents that hold a word in exactly this way.
  func documents(_ word: Word, _ stemmer: AnalyzerOptions.FrenchStemmer) throws(SearchError) -> UInt64 {
    var documents = shared[word] ?? 0
    try forEachSegment { segment throws(SearchError) in
      guard word.kind == .french else {
        documents += UInt64(try segment.dictionary.list(at: word.address(stemmer).bytes)?.list.documents ?? 0)
        return
      }
      try segment.lexicon.forEach(foldedPrefix: word.folded + [0]) { (_, form, count) throws(SearchError) in
        guard form.elementsEqual(word.form) else { return .next }
        documents += count
        return .stop
      }
    }
    return documents
  }
}
