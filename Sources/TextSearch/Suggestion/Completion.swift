/// A completion of the last word of a text by a word of the index.
public struct Completion: Sendable, Hashable {
  /// The text with its last word completed.
  public let text: String
  /// The complete word as documents spell it, in lower case.
  public let word: String
  /// Number of documents that contain the word, including deleted ones until a merge removes them.
  public let documents: UInt64
}

extension SearchIndex {
  private static let maximumCompletions = 1 << 20

  /// Returns completions of the last word of a text, in descending order of their documents.
  ///
  /// Letters typed without diacritics stand for all: `doi` becomes `đối`, `evene` becomes `événement`. Typed diacritics
  /// must match; if no word has them, they are ignored. In an index of several segments the most frequent words of each
  /// segment are compared.
  ///
  /// - Parameters:
  ///   - text: what is typed so far; a text that does not end in a letter or digit has no completions.
  ///   - limit: the maximum number of completions; 10 by default, at most 2^20.
  /// - Throws: `SearchError.corrupt` for damaged sections.
  public func completions(of text: String, limit: Int = 10) throws(SearchError) -> [Completion] {
    let last = LastWord(text)
    guard !last.form.isEmpty, limit > 0 else { return [] }
    let limit = min(limit, SearchIndex.maximumCompletions)
    let typed = Letters(form: last.form)
    var words = try completions(typed, .contained, limit: limit)
    if words.isEmpty, typed.folded != typed.written { words = try completions(typed, .ignored, limit: limit) }
    var completions: [Completion] = []
    for (word, documents) in words {
      let word = try withToneOfTexts(word)
      completions.append(Completion(text: last.text(with: word), word: word, documents: documents))
    }
    return completions
  }

  /// Returns the most frequent words that begin with the typed letters under a rule for diacritics.
  private func completions(
    _ typed: Letters, _ rule: Letters.DiacriticRule, limit: Int
  ) throws(SearchError) -> [(word: String, documents: UInt64)] {
    let prefix = Letters.bytes(typed.folded)
    let hasDiacritics = typed.folded != typed.written
    // The counts of all segments and kinds are added up: a word of the result may rank lower in each of them.
    var found: [[UInt8]: UInt64] = [:]
    for segment in segments {
      var words = CompletionCollector(hasDiacritics ? typed : nil, rule, limit: 4 * limit)
      try Vocabulary(segments: [segment]).visit(foldedPrefix: prefix, &words)
      for (form, documents) in words.all { found[form, default: 0] += documents }
    }
    let sorted = found.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.lexicographicallyPrecedes(b.key)
    }
    return sorted.prefix(limit).map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
  }
}

extension Letters {
  /// Whether these letters begin with the typed ones under a rule for diacritics.
  fileprivate func begins(with typed: Letters, _ rule: DiacriticRule) -> Bool {
    guard folded.count >= typed.folded.count else { return false }
    return typed.written.indices.allSatisfy {
      Letters.agree(typed.written[$0], folded: typed.folded[$0], written[$0], rule)
    }
  }
}

/// A collector of the most frequent words of each kind that begin with the typed letters.
private struct CompletionCollector: WordVisitor {
  /// The typed letters, if they have diacritics; else nil.
  private let typed: Letters?
  private let rule: Letters.DiacriticRule
  /// The words by kind.
  private var best: [FrequentWords]
  /// A cache: for each prefix of the words visited, whether it matches the typed letters. It stays small, since the
  /// folded letters of the prefixes begin with the typed ones.
  private var matches: [(prefix: [UInt8], isMatch: Bool)] = []

  init(_ typed: Letters?, _ rule: Letters.DiacriticRule, limit: Int) {
    (self.typed, self.rule) = (typed, rule)
    best = TokenKind.allCases.map { _ in FrequentWords(limit: limit) }
  }

  var all: [(form: [UInt8], documents: UInt64)] { best.flatMap(\.all) }

  mutating func visit(_ cursor: inout PrefixBlockCursor<some PrefixBlockValue>, _ source: WordSource, _ prefix: [UInt8])
    throws(SearchError)
  {
    let start = source.start(of: prefix)
    var minimum = minimum(source)
    while let shared = try cursor.next(past: .max), shared >= start.count || cursor.text.starts(with: start) {
      guard cursor.documents > minimum, let parts = source.parts(of: cursor.text) else { continue }
      add(parts.kind, parts.form, cursor.documents)
      minimum = self.minimum(source)
    }
  }

  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64) { add(word.kind, word.form[...], documents) }

  /// Returns the number of documents that a word of the source must exceed to be among the most frequent of any kind.
  private func minimum(_ source: WordSource) -> UInt64 {
    min(
      best[Int(source.kind(isSpelled: false).rawValue)].minimum,
      best[Int(source.kind(isSpelled: true).rawValue)].minimum)
  }

  /// Adds a word if it begins with the typed letters.
  private mutating func add(_ kind: TokenKind, _ form: ArraySlice<UInt8>, _ documents: UInt64) {
    guard documents > best[Int(kind.rawValue)].minimum else { return }
    if let typed, !begins(form, with: typed) { return }
    best[Int(kind.rawValue)].add(Array(form), documents)
  }

  private mutating func begins(_ form: ArraySlice<UInt8>, with typed: Letters) -> Bool {
    // A prefix of as many scalars as letters are typed: each scalar folds to at least one letter.
    var end = form.startIndex
    for _ in typed.folded.indices where end < form.endIndex {
      end += 1
      while end < form.endIndex, form[end] & 0xC0 == 0x80 { end += 1 }
    }
    let prefix = form[..<end]
    for match in matches where match.prefix.elementsEqual(prefix) { return match.isMatch }
    let isMatch = Letters(form: prefix).begins(with: typed, rule)
    matches.append((Array(prefix), isMatch))
    return isMatch
  }
}

/// The most frequent of the words added.
private struct FrequentWords {
  private let limit: Int
  /// Candidates: fewer than twice the limit, among them the most frequent.
  private(set) var all: [(form: [UInt8], documents: UInt64)] = []
  /// Words with at most this many documents are not among the most frequent.
  private(set) var minimum: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ form: [UInt8], _ documents: UInt64) {
    all.append((form, documents))
    guard all.count >= 2 * limit else { return }
    // Equally frequent words stay in the order of their bytes, in which they are added.
    all.sort { a, b in
      a.documents != b.documents ? a.documents > b.documents : a.form.lexicographicallyPrecedes(b.form)
    }
    all.removeLast(all.count - limit)
    minimum = all[limit - 1].documents
  }
}
