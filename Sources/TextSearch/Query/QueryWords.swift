/// Which posting lists a word of a query may mean.
struct ListSelector: Sendable, Hashable {
  enum Match: Sendable, Hashable {
    /// One list.
    case term
    /// The lists of all spellings of the key; the address ends before the spelling.
    case allSpellings
  }

  let address: TermAddress
  let match: Match
  /// How much the list agrees with what was typed, 0 to 1.
  let weight: Float

  /// Whether a token posted at `other` is in one of the lists.
  func selects(_ other: TermAddress) -> Bool {
    match == .term ? other == address : other.bytes.starts(with: address.bytes)
  }
}

/// A word of the query as one clause: every list that it may mean, in dictionary order.
struct QueryWord: Sendable, Hashable {
  /// The word as typed.
  let text: String
  let selectors: [ListSelector]
}

/// Reads the words of a query every way that their letters allow: a query is too short to decide on a language.
struct QueryWords {
  /// A word written without marks where the text has none: the reader's marks cannot be checked.
  static let unmarkedWeight: Float = 0.8

  private let options: AnalyzerOptions

  static func read(_ text: String, _ analyzer: inout Analyzer) throws(SearchError) -> [QueryWord] {
    var tokens = TokenBuffer()
    let span = text.utf8.span
    analyzer.findWords(span, into: &tokens)
    guard tokens.count > 0 else { throw .emptyQuery }
    let reader = QueryWords(options: analyzer.options)
    // Bare words mean bare syllables where the writer has shown to type marks.
    var isMarked = false
    for index in 0..<tokens.count
    where analyzer.forms.entries[Int(tokens.forms[index])].traits.contains(.vietnameseMarks) {
      isMarked = true
    }
    var words: [QueryWord] = []
    let bytes = Array(text.utf8)
    for index in 0..<tokens.count {
      let id = tokens.forms[index]
      let selectors = reader.selectors(
        form: analyzer.forms.form(id), key: analyzer.forms.key(id), traits: analyzer.forms.entries[Int(id)].traits,
        isMarkedQuery: isMarked)
      words.append(
        QueryWord(text: String(decoding: bytes[tokens.range(index)], as: UTF8.self), selectors: selectors))
    }
    return words
  }

  private func selectors(
    form: [UInt8], key: [UInt8], traits: FormTable.Traits, isMarkedQuery: Bool
  ) -> [ListSelector] {
    var selectors = [ListSelector(address: TermAddress(.none, key: key), match: .term, weight: 1)]
    guard options.recipe == .frenchVietnamese, traits.contains(.latin), !traits.contains(.digits) else {
      return selectors
    }
    if !traits.contains(.vietnameseMarks) {
      selectors.append(ListSelector(address: address(.french, form, key), match: .term, weight: 1))
    }
    let isBare = !traits.contains(.marked)
    if isBare, !isMarkedQuery {
      selectors.append(
        ListSelector(address: TermAddress(.vietnamese, key: key), match: .allSpellings, weight: 1))
    } else if isBare || traits.contains(.vietnameseMarks) || traits.contains(.syllable), !traits.contains(.frenchMarks)
    {
      selectors.append(
        ListSelector(
          address: address(.unmarked, form, key), match: .term, weight: QueryWords.unmarkedWeight))
      selectors.append(ListSelector(address: address(.vietnamese, form, key), match: .term, weight: 1))
    }
    return selectors
  }

  private func address(_ kind: TokenKind, _ form: [UInt8], _ key: [UInt8]) -> TermAddress {
    TermAddress(kind, form: form, key: key, stemmer: options.frenchStemmer)
  }
}
