/// Which terms of an index to go through.
public struct TermSelection: Sendable, Equatable {
  /// Only terms of this language; nil for all.
  public var language: Language?
  /// Only terms whose keys begin with this.
  public var prefix: String
  /// Only the terms with this key, and those that this word is posted under in each language: its folded writing, its
  /// French stem, its Vietnamese spelling.
  public var term: String?

  public init(language: Language? = nil, prefix: String = "", term: String? = nil) {
    self.language = language
    self.prefix = prefix
    self.term = term
  }

  /// Some neighbouring addresses.
  struct Stretch: Equatable {
    /// What the addresses begin with.
    var prefix: [UInt8]
    /// The prefix is the address itself.
    var isWhole = false

    func holds(_ address: [UInt8]) -> Bool { isWhole ? address == prefix : address.starts(with: prefix) }
  }

  /// Where the terms are, in address order, none twice.
  func stretches(_ stemmer: AnalyzerOptions.FrenchStemmer) -> [Stretch] {
    let languages = Language.allCases.filter { language == nil || $0 == language }
    let prefixBytes = Array(prefix.utf8)
    guard let term else { return languages.map { Stretch(prefix: [$0.rawValue] + prefixBytes) } }
    let stretches = languages.flatMap { TermSelection.stretches(of: Array(term.utf8), $0, stemmer) }
    return stretches.filter { $0.prefix.dropFirst().starts(with: prefixBytes) }
  }

  private static func stretches(
    of term: [UInt8], _ language: Language, _ stemmer: AnalyzerOptions.FrenchStemmer
  ) -> [Stretch] {
    let own = Stretch(prefix: TermAddress.prefix(language, key: term))
    let folded = Folding.key(of: term)
    let other: Stretch
    switch language {
    case .none: other = Stretch(prefix: TermAddress.prefix(.none, key: folded))
    case .french: other = Stretch(prefix: TermAddress(.french, form: term, key: folded, stemmer: stemmer).bytes)
    case .vietnamese:
      other = Stretch(
        prefix: TermAddress(.vietnamese, form: term, key: folded, stemmer: stemmer).bytes, isWhole: true)
    }
    // A key holds its spellings already.
    if other.prefix.starts(with: own.prefix) { return [own] }
    return [own, other].sorted { $0.prefix.lexicographicallyPrecedes($1.prefix) }
  }
}
