/// Looks at words in the way that they are stored, and passes those that cannot concern it.
///
/// Not a closure that is called with each word: the loop over the cursor belongs to the visitor, so that a word which is passed
/// costs a few instructions.
protocol WordVisitor {
  /// Looks at the words of a kind, in their order, as far as they begin with `prefix`.
  mutating func visit(_ cursor: inout PrefixBlockCursor<some PrefixBlockValue>, _ source: WordSource, _ prefix: [UInt8])
    throws(SearchError)

  /// Looks at a word that others tell of.
  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64)
}

/// Where words stand: French forms in the lexicon, those of other languages in the dictionary, behind the language's number.
struct WordSource {
  let language: Language
  /// Bytes before the folded writing.
  let head: Int

  init(_ language: Language) {
    self.language = language
    head = language == .french ? 0 : 1
  }

  /// What words with a beginning begin with.
  func start(of prefix: [UInt8]) -> [UInt8] { head == 0 ? prefix : [language.rawValue] + prefix }

  /// Returns the end of the folded spelling, the index of a zero byte; nil for a df-only entry, which is no word.
  func end(of text: [UInt8]) -> Int? {
    var end = head
    while end < text.count {
      if text[end] == 0 { return end }
      end += 1
    }
    return nil
  }

  /// A word's kind, folded writing and form.
  func parts(of text: [UInt8]) -> (kind: TokenKind, folded: ArraySlice<UInt8>, form: ArraySlice<UInt8>)? {
    guard let end = end(of: text) else { return nil }
    let folded = text[head..<end]
    let form = text[(end + 1)...]
    return (kind(isSpelled: !form.isEmpty), folded, form.isEmpty ? folded : form)
  }

  /// - Parameter isSpelled: more follows than the folded writing.
  func kind(isSpelled: Bool) -> TokenKind {
    switch language {
    case .none: .none
    case .french: .french
    case .vietnamese: isSpelled ? .vietnamese : .withoutDiacritics
    }
  }
}
