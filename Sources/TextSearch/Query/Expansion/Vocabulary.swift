/// The surface forms in an index: French ones from the lexicons, all others from the dictionaries.
struct Vocabulary: Sendable {
  private let segments: [Segment]
  /// Words of shared statistics, instead of segments.
  private let shared: [Word: UInt64]
  private let control: SearchControl?

  /// - Parameters:
  ///   - segments: the segments of the index.
  ///   - control: ends the enumeration of words when the search has to end; nil to visit all words.
  init(segments: [Segment], _ control: SearchControl? = nil) {
    self.segments = segments
    self.control = control
    shared = [:]
  }

  /// The words of shared statistics, with their document frequencies.
  init(words: [Word: UInt64]) {
    segments = []
    control = nil
    shared = words
  }

  /// Whether a word is visited at most once: there is at most one segment, or shared statistics alone.
  var isOfOneSource: Bool { segments.count + (shared.isEmpty ? 0 : 1) <= 1 }

  /// A word as it is posted in the index.
  struct Word: Hashable, Sendable {
    let kind: TokenKind
    let folded: [UInt8]
    /// The form of a French word, the spelling of a Vietnamese one; otherwise equal to `folded`.
    let form: [UInt8]

    // Hashes whole arrays: the standard library hashes them byte by byte, which is several times slower.
    func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      unsafe folded.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      unsafe form.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    func address(_ stemmer: AnalyzerOptions.FrenchStemmer) -> TermAddress {
      TermAddress(kind, form: form, key: folded, stemmer: stemmer)
    }

    /// The order of equally good words: by folded form, kind and form.
    static func precedes(_ a: Word, _ b: Word) -> Bool {
      if a.folded != b.folded { return a.folded.lexicographicallyPrecedes(b.folded) }
      if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
      return a.form.lexicographicallyPrecedes(b.form)
    }
  }

  /// Receives a word's kind, folded form, form and document frequency; returns how the walk goes on.
  typealias Visit = (TokenKind, ArraySlice<UInt8>, ArraySlice<UInt8>, UInt64) throws(SearchError) -> WordWalk

  /// Calls `visit` with every word whose folded form begins with `prefix`, once for each segment that holds it. The words of
  /// one language in one segment come in the order of their folded forms; `.stop` ends these.
  ///
  /// If the search has to end, the remaining words are not visited.
  func forEach(foldedPrefix prefix: [UInt8], _ visit: Visit) throws(SearchError) {
    var seen = 0
    func body(
      _ kind: TokenKind, folded: ArraySlice<UInt8>, form: ArraySlice<UInt8>, documents: UInt64
    ) throws(SearchError) -> WordWalk {
      seen &+= 1
      if seen % Vocabulary.wordsPerCheck == 0, control?.mustEnd() == true { return .stop }
      return try visit(kind, folded, form, documents)
    }
    for (word, documents) in shared where Vocabulary.begins(word, with: prefix) {
      _ = try body(word.kind, folded: word.folded[...], form: word.form[...], documents: documents)
    }
    try forEachSegment { segment throws(SearchError) in
      try segment.lexicon.forEach(foldedPrefix: prefix) { (folded, form, documents) throws(SearchError) in
        try body(.french, folded: folded, form: form, documents: documents)
      }
      for language in [Language.none, .vietnamese] {
        try Vocabulary.forEach(language, foldedPrefix: prefix, in: segment.dictionary, body)
      }
    }
  }

  /// Number of words between two checks whether the search has to end.
  private static let wordsPerCheck = 1024

  private static func forEach(
    _ language: Language, foldedPrefix prefix: [UInt8], in dictionary: TermDictionary, _ visit: Visit
  ) throws(SearchError) {
    let source = WordSource(language)
    let start = source.start(of: prefix)
    var cursor = try dictionary.cursor(at: start)
    var skippedPrefix = Int.max
    while try cursor.next(past: skippedPrefix) != nil, cursor.text.starts(with: start) {
      skippedPrefix = .max
      guard let parts = source.parts(of: cursor.text) else { continue }
      switch try visit(parts.kind, parts.folded, parts.form, cursor.documents) {
      case .next: break
      case .skip(let shared): skippedPrefix = source.head + shared
      case .stop: return
      }
    }
  }

  /// Passes the words whose folded form begins with `prefix` to a visitor, language by language in each segment.
  func visit(foldedPrefix prefix: [UInt8], _ visitor: inout some WordVisitor) throws(SearchError) {
    for (word, documents) in shared where Vocabulary.begins(word, with: prefix) { visitor.visit(word, documents) }
    for segment in segments where control?.mustEnd() != true {
      do { try Vocabulary.visit(segment, prefix, &visitor) } catch { throw error.inFile(segment.path) }
    }
  }

  /// Whether the folded form of a word, and the zero byte that ends it, begins with a prefix.
  private static func begins(_ word: Word, with prefix: [UInt8]) -> Bool {
    prefix.last == 0 ? word.folded.elementsEqual(prefix.dropLast()) : word.folded.starts(with: prefix)
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

  /// Returns the number of documents that hold a word in this form.
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
