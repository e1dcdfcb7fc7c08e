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
  /// Words that the last word of a text may become, those of the most documents first.
  ///
  /// Letters typed without marks stand for all: `doi` becomes `đối`, `evene` becomes `événement`. Typed marks have to be there, as
  /// far as there are such words. In an index of several segments the most frequent words of each are compared.
  ///
  /// - Parameters:
  ///   - text: what is typed so far; a text that does not end in a letter or digit has no completion.
  ///   - limit: completions to give at most.
  /// - Throws: `SearchError.corrupt` for damaged sections.
  public func completions(of text: String, limit: Int = 10) throws(SearchError) -> [Completion] {
    let last = LastWord(text)
    guard !last.form.isEmpty, limit > 0 else { return [] }
    let typed = Letters(form: last.form)
    var words = try completions(typed, .contained, limit: limit)
    if words.isEmpty, typed.folded != typed.written { words = try completions(typed, .ignored, limit: limit) }
    return words.map { Completion(text: last.text(with: $0.word), word: $0.word, documents: $0.documents) }
  }

  private func completions(
    _ typed: Letters, _ rule: Letters.MarkRule, limit: Int
  ) throws(SearchError) -> [(word: String, documents: UInt64)] {
    let prefix = Letters.bytes(typed.folded)
    let isMarked = typed.folded != typed.written
    // Some more of each segment and kind than are wanted, since the counts of all are added up.
    var found: [[UInt8]: UInt64] = [:]
    for segment in segments {
      var best: [TokenKind: FrequentWords] = [:]
      try Vocabulary(segments: [segment]).forEach(foldedPrefix: prefix) { (kind, _, form, documents) in
        guard documents > best[kind, default: FrequentWords(limit: 4 * limit)].least else { return .next }
        if isMarked, !Letters(form: form).begins(with: typed, rule) { return .next }
        best[kind, default: FrequentWords(limit: 4 * limit)].add(Array(form), documents)
        return .next
      }
      for words in best.values { for (form, documents) in words.all { found[form, default: 0] += documents } }
    }
    let sorted = found.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.lexicographicallyPrecedes(b.key)
    }
    return sorted.prefix(limit).map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
  }
}

extension Letters {
  /// Whether the word begins with what is typed.
  fileprivate func begins(with typed: Letters, _ rule: MarkRule) -> Bool {
    guard folded.count >= typed.folded.count else { return false }
    return typed.written.indices.allSatisfy {
      Letters.agree(typed.written[$0], folded: typed.folded[$0], written[$0], rule)
    }
  }
}

/// The most frequent words of those added.
private struct FrequentWords {
  private let limit: Int
  private(set) var all: [(form: [UInt8], documents: UInt64)] = []
  /// A word of no more documents is not among them.
  private(set) var least: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ form: [UInt8], _ documents: UInt64) {
    all.append((form, documents))
    guard all.count >= 2 * limit else { return }
    // Equally frequent ones in the order of their bytes, in which they come.
    all.sort { a, b in
      a.documents != b.documents ? a.documents > b.documents : a.form.lexicographicallyPrecedes(b.form)
    }
    all.removeLast(all.count - limit)
    least = all[limit - 1].documents
  }
}
