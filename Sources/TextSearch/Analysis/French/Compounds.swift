/// Words written with hyphens: their parts are posted one by one, and the whole once more under its joined writing, so
/// that `weekend` finds `week-end`.
enum Compounds {
  /// The spelling in the address of a compound, a hyphen: apart from the joined word itself (`weekend`), whose
  /// documents it is counted with only by queries.
  static let spelling: [UInt8] = [0x2D]
  /// Parts of a compound at most; longer chains are titles and lists.
  static let maximumParts = 4
  /// Bytes of the writing at most, hyphens included.
  static let maximumBytes = 40

  /// Letters of the joined writing at least: shorter ones are codes more often than words.
  static let minimumBytes = 4

  /// What may follow a verb with a hyphen without making a word of both: pourriez-vous, est-ce, celui-ci.
  private static let clitics: Set<String> = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur", "le", "la",
    "les", "y",
    "en", "ci",
  ]

  /// Calls `body` with every run of tokens that single hyphens join.
  static func forEach(
    _ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, _ body: (Range<Int>) -> Void
  ) {
    var first = 0
    for token in 0..<tokens.count {
      if token + 1 < tokens.count, isHyphenated(text, tokens, token) { continue }
      if token > first, token - first < maximumParts { body(first..<token + 1) }
      first = token + 1
    }
  }

  /// Whether nothing but a hyphen stands between a token and the next.
  @inline(__always)
  private static func isHyphenated(_ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, _ token: Int) -> Bool {
    let end = Int(tokens[token].end)
    let gap = Int(tokens[token + 1].start) - end
    // U+2010 and U+2011 take three bytes.
    return gap == 1 && text[end] == 0x2D
      || gap == 3 && text[end] == 0xE2 && text[end + 1] == 0x80 && text[end + 2] & 0xFE == 0x90
  }

  /// The address of a compound; nil for what is no compound worth posting.
  static func address(
    _ range: Range<Int>, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable,
    _ stemmer: AnalyzerOptions.FrenchStemmer
  ) -> TermAddress? {
    joined(range, tokens, forms).map { address(joined: $0, stemmer) }
  }

  /// The address of the compounds that are written like this word once their hyphens go, inflected or not.
  static func address(joined word: [UInt8], _ stemmer: AnalyzerOptions.FrenchStemmer) -> TermAddress {
    address(stem: stemmer.stem(form: word, key: word))
  }

  /// The same, given the stem of the joined word.
  static func address(stem: some Collection<UInt8>) -> TermAddress {
    TermAddress(.french, key: stem, spelling: spelling)
  }

  /// The folded parts without their hyphens; nil for what is no compound.
  static func joined(_ range: Range<Int>, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable) -> [UInt8]? {
    var surfaceForm: [UInt8] = []
    for token in range {
      let traits = tokens[token].traits
      guard traits.contains(.latin), !traits.contains(.digits) else { return nil }
      let key = forms.key(tokens.form(token))
      if token == range.upperBound - 1, clitics.contains(String(decoding: key, as: UTF8.self)) { return nil }
      surfaceForm += key
    }
    return surfaceForm.count >= minimumBytes && surfaceForm.count + range.count - 1 <= maximumBytes ? surfaceForm : nil
  }
}
