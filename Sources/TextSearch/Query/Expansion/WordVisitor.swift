/// Visits the words of a vocabulary in the order in which they are stored.
///
/// The visitor runs the loop over the cursor itself, instead of a closure for each word, so that skipping a word costs only
/// a few instructions.
protocol WordVisitor {
  /// Visits the words of one language in one segment that begin with `prefix`, in ascending order.
  ///
  /// - Parameters:
  ///   - cursor: stands before the first of the words.
  ///   - source: where the words are stored, and how their entries are laid out.
  ///   - prefix: the beginning of the folded forms.
  mutating func visit(_ cursor: inout PrefixBlockCursor<some PrefixBlockValue>, _ source: WordSource, _ prefix: [UInt8])
    throws(SearchError)

  /// Visits a word of shared statistics.
  mutating func visit(_ word: Vocabulary.Word, _ documents: UInt64)
}

/// Where the words of a language are stored: French forms in the lexicon, others in the dictionary, where the number of the
/// language precedes them.
struct WordSource {
  let language: Language
  /// Number of bytes before the folded form.
  let head: Int

  init(_ language: Language) {
    self.language = language
    head = language == .french ? 0 : 1
  }

  /// Returns the beginning of the entries whose folded form begins with `prefix`.
  func start(of prefix: [UInt8]) -> [UInt8] { head == 0 ? prefix : [language.rawValue] + prefix }

  /// Returns the offset of the zero byte that ends the folded form; nil for a df-only entry, which is no word.
  func end(of text: [UInt8]) -> Int? {
    var end = head
    while end < text.count {
      if text[end] == 0 { return end }
      end += 1
    }
    return nil
  }

  /// Splits an entry into a word's kind, folded form and form; nil for a df-only entry.
  func parts(of text: [UInt8]) -> (kind: TokenKind, folded: ArraySlice<UInt8>, form: ArraySlice<UInt8>)? {
    guard let end = end(of: text) else { return nil }
    let folded = text[head..<end]
    let form = text[(end + 1)...]
    return (kind(isSpelled: !form.isEmpty), folded, form.isEmpty ? folded : form)
  }

  /// Returns the kind of a word.
  ///
  /// - Parameter isSpelled: whether a spelling follows the folded form.
  func kind(isSpelled: Bool) -> TokenKind {
    switch language {
    case .none: .none
    case .french: .french
    case .vietnamese: isSpelled ? .vietnamese : .withoutDiacritics
    }
  }
}
