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

  /// The words that follow a hyphen at the end of a line without being the end of the word before it: dit-il.
  ///
  /// `leur` and `les` are not among them: they end more words (couleur, villes) than they follow. `lui` ends celui only.
  static let lineClitics = clitics.subtracting(["leur", "les"]).union(["meme", "memes"])

  /// The first parts of compounds, folded: after them a hyphen at the end of a line is part of the compound.
  ///
  /// Beginnings of many other words (au-teur, bas-sin, mi-nistre) are not among them.
  static let beginnings: Set<String> = [
    "anglo", "anti", "apres", "arriere", "au", "avant", "beau", "belle", "bien", "centre", "chef", "cinquante",
    "compte",
    "contre", "demi", "dix", "euro", "ex", "extra", "franco", "garde", "grand",
    "grande",
    "grands", "haut", "haute", "jean", "mot", "mots", "non", "nord", "peut", "petit", "petite", "petits", "plus",
    "porte",
    "quarante", "quatre", "quelques", "rendez", "saint", "sainte", "savoir", "soixante", "sous", "sud", "trente",
    "vice",
    "vingt", "week",
  ]

  /// The words inside compounds and Arabic names, folded: arc-en-ciel, Abd el-Melik.
  static let links: Set<String> = [
    "a", "al", "au", "aux", "d", "de", "des", "du", "el", "en", "et", "l", "la", "le", "les", "sur", "t",
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

  /// Whether only a hyphen, or a hyphen and a line end, separates a token from the next one.
  @inline(__always)
  private static func isHyphenated(_ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, _ token: Int) -> Bool {
    let (end, next) = (Int(tokens[token].end), Int(tokens[token + 1].start))
    guard end < next, text[end] == 0x2D || text[end] == 0xE2 else { return false }
    return end + 1 == next || isLongHyphen(text, end, next)
  }

  /// Whether U+2010, U+2011, or a hyphen and a line end are between two offsets.
  private static func isLongHyphen(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start + 1
    if text[start] == 0xE2 {
      guard start + 2 < end, text[start + 1] == 0x80, text[start + 2] & 0xFE == 0x90 else { return false }
      index = start + 3
    }
    return index == end || Analyzer.nextLine(text, after: index) == end
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
