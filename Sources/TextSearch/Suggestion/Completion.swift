/// A word of the index that goes on from what is typed.
public struct Completion: Sendable, Hashable {
  /// The text that was given, its last word complete.
  public let text: String
  /// The word as documents write it, in lower case.
  public let word: String
  /// Documents that hold it; deleted ones count until a merge leaves them out.
  public let documents: UInt64
}

extension SearchIndex {
  private static let maximumCompletions = 1 << 20

  /// Words that the last word of a text may become, those of the most documents first.
  ///
  /// Letters typed without marks stand for all: `doi` becomes `đối`, `evene` becomes `événement`. Typed marks have to be there, as
  /// far as there are such words. In an index of several segments the most frequent words of each are compared.
  ///
  /// - Parameters:
  ///   - text: what is typed so far; a text that does not end in a letter or digit has no completion.
  ///   - limit: completions to give at most; no more than 2^20.
  /// - Throws: `SearchError.corrupt` for damaged sections.
  public func completions(of text: String, limit: Int = 10) throws(SearchError) -> [Completion] {
    let last = LastWord(text)
    guard !last.form.isEmpty, limit > 0 else { return [] }
    let limit = min(limit, SearchIndex.maximumCompletions)
    let typed = Letters(form: last.form)
    var words = try completions(typed, .contained, limit: limit)
    if words.isEmpty, typed.folded != typed.written { words = try completions(typed, .ignored, limit: limit) }
    return words.map { Completion(text: last.text(with: $0.word), word: $0.word, documents: $0.documents) }
  }

  private func completions(
    _ typed: Letters, _ rule: Letters.DiacriticRule, limit: Int
  ) throws(SearchError) -> [(word: String, documents: UInt64)] {
    let prefix = Letters.bytes(typed.folded)
    let hasDiacritics = typed.folded != typed.written
    // Some more of each segment and kind than are wanted, since the counts of all are added up.
    var found: [[UInt8]: UInt64] = [:]
    for segment in segments {
      var words = BegunWords(hasDiacritics ? typed : nil, rule, limit: 4 * limit)
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
  /// Whether the word begins with what is typed.
  fileprivate func begins(with typed: Letters, _ rule: DiacriticRule) -> Bool {
    guard folded.count >= typed.folded.count else { return false }
    return typed.written.indices.allSatisfy {
      Letters.agree(typed.written[$0], folded: typed.folded[$0], written[$0], rule)
    }
  }
}

/// The most frequent words of each kind that go on from what is typed.
private struct BegunWords: WordVisitor {
  /// What is typed, if marks in it count.
  private let typed: Letters?
  private let rule: Letters.DiacriticRule
  private var best: [FrequentWords]
  /// Whether a beginning of words has the marks that are typed; there are few for the letters that are typed.
  private var verdicts: [(beginning: [UInt8], fits: Bool)] = []

  init(_ typed: Letters?, _ rule: Letters.DiacriticRule, limit: Int) {
    (self.typed, self.rule) = (typed, rule)
    best = TokenKind.allCases.map { _ in FrequentWords(limit: limit) }
  }

  var all: [(form: [UInt8], documents: UInt64)] { best.flatMap(\.all) }

  mutating func visit(_ cursor: inout some WordCursor, _ source: WordSource, _ prefix: [UInt8]) throws(SearchError) {
    let start = source.start(of: prefix)
    var minimum = minimum(source)
    while let shared = try cursor.next(past: .max), shared >= start.count || cursor.text.starts(with: start) {
      guard cursor.documents > minimum, let parts = source.parts(of: cursor.text) else { continue }
      add(parts.kind, parts.form, cursor.documents)
      minimum = self.minimum(source)
    }
  }

  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64) { add(word.kind, word.form[...], documents) }

  /// A word of no more documents has a place among none of the kinds.
  private func minimum(_ source: WordSource) -> UInt64 {
    min(
      best[Int(source.kind(isSpelled: false).rawValue)].minimum,
      best[Int(source.kind(isSpelled: true).rawValue)].minimum)
  }

  private mutating func add(_ kind: TokenKind, _ form: ArraySlice<UInt8>, _ documents: UInt64) {
    guard documents > best[Int(kind.rawValue)].minimum else { return }
    if let typed, !begins(form, with: typed) { return }
    best[Int(kind.rawValue)].add(Array(form), documents)
  }

  private mutating func begins(_ form: ArraySlice<UInt8>, with typed: Letters) -> Bool {
    // As many scalars as letters are typed: each is one letter at least.
    var end = form.startIndex
    for _ in typed.folded.indices where end < form.endIndex {
      end += 1
      while end < form.endIndex, form[end] & 0xC0 == 0x80 { end += 1 }
    }
    let beginning = form[..<end]
    for verdict in verdicts where verdict.beginning.elementsEqual(beginning) { return verdict.fits }
    let fits = Letters(form: beginning).begins(with: typed, rule)
    verdicts.append((Array(beginning), fits))
    return fits
  }
}

/// The most frequent words of those added.
private struct FrequentWords {
  private let limit: Int
  private(set) var all: [(form: [UInt8], documents: UInt64)] = []
  /// A word of no more documents is not among them.
  private(set) var minimum: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ form: [UInt8], _ documents: UInt64) {
    all.append((form, documents))
    guard all.count >= 2 * limit else { return }
    // Equally frequent ones in the order of their bytes, in which they come.
    all.sort { a, b in
      a.documents != b.documents ? a.documents > b.documents : a.form.lexicographicallyPrecedes(b.form)
    }
    all.removeLast(all.count - limit)
    minimum = all[limit - 1].documents
  }
}
