/// Words written with hyphens: their parts are posted one by one, and the joined writing (`weekend` for `week-end`) is
/// found through the list of the compounds that were seen.
enum Compounds {
  /// Parts of a compound at most; longer chains are titles and lists.
  static let mostParts = 4
  /// Bytes of the writing at most, hyphens included.
  static let mostBytes = 40

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
      if token > first, token - first < mostParts { body(first..<token + 1) }
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

  /// The folded parts, with hyphens between them; nil for what is no compound worth keeping.
  static func writing(_ range: Range<Int>, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable) -> [UInt8]? {
    var writing: [UInt8] = []
    for token in range {
      let traits = tokens[token].traits
      guard traits.contains(.latin), !traits.contains(.digits) else { return nil }
      let key = forms.key(tokens.form(token))
      if token == range.upperBound - 1, clitics.contains(String(decoding: key, as: UTF8.self)) { return nil }
      if token > range.lowerBound { writing.append(0x2D) }
      writing += key
    }
    return writing.count <= mostBytes ? writing : nil
  }
}
