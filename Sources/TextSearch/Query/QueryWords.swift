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

extension QueryWord {
  /// The word with further lists, in dictionary order, none twice.
  func reading(_ others: [ListSelector]) -> QueryWord {
    let added = others.filter { other in !selectors.contains { $0.address == other.address && $0.match == other.match }
    }
    return QueryWord(text: text, selectors: (selectors + added).sorted { $0.address < $1.address })
  }
}

/// Reads the words of a query every way that their letters allow: a query is too short to decide on a language.
struct QueryWords {
  /// A word written without marks where the text has none: the reader's marks cannot be checked.
  static let unmarkedWeight: Float = 0.8

  private let options: AnalyzerOptions

  /// The words of `text`; those at the places of `typed` are read as the forms given there, and the query as marked.
  static func read(
    _ text: String, _ analyzer: inout Analyzer, typed: [Int: String] = [:]
  ) throws(SearchError) -> [QueryWord] {
    var tokens = TokenBuffer()
    let span = text.utf8.span
    analyzer.findWords(span, into: &tokens)
    guard tokens.count > 0 else { throw .emptyQuery }
    let reader = QueryWords(options: analyzer.options)
    let read = tokensRead(tokens, typed, &analyzer)
    // Bare words mean bare syllables where the writer has shown to type marks.
    let isMarked = !typed.isEmpty || read.contains { $0.traits.contains(.vietnameseMarks) }
    var words: [QueryWord] = []
    let bytes = Array(text.utf8)
    for (index, token) in read.enumerated() {
      let selectors = reader.selectors(
        form: analyzer.forms.form(token.form), key: analyzer.forms.key(token.form), traits: token.traits,
        isMarkedQuery: isMarked)
      words.append(
        QueryWord(text: String(decoding: bytes[tokens.range(index)], as: UTF8.self), selectors: selectors))
    }
    if options(analyzer).recipe == .frenchVietnamese { reader.addJoined(text, tokens, &words, &analyzer) }
    return words
  }

  private static func options(_ analyzer: borrowing Analyzer) -> AnalyzerOptions { analyzer.options }

  /// Adds the joined writing of each compound to its parts: `week-end` finds `weekend`.
  private func addJoined(
    _ text: String, _ tokens: borrowing TokenBuffer, _ words: inout [QueryWord], _ analyzer: inout Analyzer
  ) {
    var compounds: [(range: Range<Int>, joined: [UInt8])] = []
    Compounds.forEach(text.utf8.span, tokens) { range in
      guard let writing = Compounds.writing(range, tokens, analyzer.forms) else { return }
      compounds.append((range, CompoundList.joined(writing)))
    }
    for (range, joined) in compounds {
      let readings = [
        ListSelector(address: TermAddress(.none, key: joined), match: .term, weight: 1),
        ListSelector(address: address(.french, joined, joined), match: .term, weight: 1),
      ]
      for part in range { words[part] = words[part].reading(readings) }
    }
  }

  /// The tokens as found, with those of the typed forms in their places.
  private static func tokensRead(
    _ tokens: borrowing TokenBuffer, _ typed: [Int: String], _ analyzer: inout Analyzer
  ) -> [TokenBuffer.Token] {
    var read: [TokenBuffer.Token] = []
    for index in 0..<tokens.count { read.append(tokens[index]) }
    var decoded = TokenBuffer()
    for (place, form) in typed where place < read.count {
      analyzer.findWords(form.utf8.span, into: &decoded)
      if decoded.count == 1 { read[place] = decoded[0] }
    }
    return read
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
    let isVietnamese = isBare || traits.contains(.vietnameseMarks) || traits.contains(.syllable)
    guard isVietnamese else { return selectors }
    let isAnySpelling = isBare && !isMarkedQuery
    selectors += vietnameseSelectors(form: form, key: key, isAnySpelling: isAnySpelling)
    if let other = VietnameseVariants.other(form) {
      selectors += vietnameseSelectors(form: other, key: Folding.key(of: other), isAnySpelling: isAnySpelling)
      // Lists are added up in dictionary order, and ki comes before ky.
      selectors.sort { $0.address < $1.address }
    }
    return selectors
  }

  private func vietnameseSelectors(form: [UInt8], key: [UInt8], isAnySpelling: Bool) -> [ListSelector] {
    if isAnySpelling {
      return [ListSelector(address: TermAddress(.vietnamese, key: key), match: .allSpellings, weight: 1)]
    }
    return [
      ListSelector(
        address: address(.unmarked, form, key), match: .term, weight: QueryWords.unmarkedWeight),
      ListSelector(address: address(.vietnamese, form, key), match: .term, weight: 1),
    ]
  }

  private func address(_ kind: TokenKind, _ form: [UInt8], _ key: [UInt8]) -> TermAddress {
    TermAddress(kind, form: form, key: key, stemmer: options.frenchStemmer)
  }
}
