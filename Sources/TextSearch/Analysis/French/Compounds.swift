/// Compounds: words with hyphens, whose parts are posted one by one and which are posted once more under their joined
/// spelling, so that `weekend` finds `week-end`.
enum Compounds {
  /// The spelling in the address of a compound: a hyphen.
  ///
  /// It separates the list from that of the joined word itself (`weekend`); only queries combine the two.
  static let spelling: [UInt8] = [0x2D]
  /// Maximum number of parts; longer sequences are titles and lists.
  static let maximumParts = 4
  /// Maximum length in bytes, hyphens included.
  static let maximumBytes = 40

  /// Minimum length of the joined spelling in bytes; shorter ones are codes more often than words.
  static let minimumBytes = 4

  /// Words that follow a hyphen without forming a compound: pourriez-vous, est-ce, celui-ci.
  private static let clitics: Set<String> = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur", "le", "la",
    "les", "y",
    "en", "ci",
  ]

  /// Calls `body` with every maximal range of 2 to `maximumParts` tokens that are joined by single hyphens.
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

  /// Whether only a hyphen separates a token from the next one.
  @inline(__always)
  private static func isHyphenated(_ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, _ token: Int) -> Bool {
    let end = Int(tokens[token].end)
    let gap = Int(tokens[token + 1].start) - end
    // U+2010 and U+2011 have three bytes.
    return gap == 1 && text[end] == 0x2D
      || gap == 3 && text[end] == 0xE2 && text[end + 1] == 0x80 && text[end + 2] & 0xFE == 0x90
  }

  /// Returns the address of a compound; nil for tokens that are not posted as a compound.
  static func address(
    of range: Range<Int>, in tokens: borrowing TokenBuffer, forms: borrowing FormTable,
    stemmer: AnalyzerOptions.FrenchStemmer
  ) -> TermAddress? {
    joined(range, tokens, forms).map { address(joined: $0, stemmer) }
  }

  /// Returns the address of the compounds that spell this word without their hyphens, inflected forms included.
  static func address(joined word: [UInt8], _ stemmer: AnalyzerOptions.FrenchStemmer) -> TermAddress {
    address(stem: stemmer.stem(form: word, key: word))
  }

  /// Returns the address of the compounds with this stem.
  static func address(stem: some Collection<UInt8>) -> TermAddress {
    TermAddress(.french, key: stem, spelling: spelling)
  }

  /// Returns the folded parts without hyphens; nil for tokens that are not posted as a compound.
  static func joined(_ range: Range<Int>, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable) -> [UInt8]? {
    var joined: [UInt8] = []
    for token in range {
      let traits = tokens[token].traits
      guard traits.contains(.latin), !traits.contains(.digits) else { return nil }
      let key = forms.key(tokens.form(token))
      if token == range.upperBound - 1, clitics.contains(String(decoding: key, as: UTF8.self)) { return nil }
      joined += key
    }
    return joined.count >= minimumBytes && joined.count + range.count - 1 <= maximumBytes ? joined : nil
  }
}
