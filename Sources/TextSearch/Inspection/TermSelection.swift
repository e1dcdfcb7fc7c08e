/// The terms of an index that an inspection passes on.
public struct TermSelection: Sendable, Equatable {
  /// Only terms of this language; nil for all languages.
  public var language: Language?
  /// Only terms whose keys begin with this; empty for all keys.
  public var prefix: String
  /// Only the terms with this key, and those under which this word is posted in each language: its folded form, its
  /// French stem, its Vietnamese spelling. Nil for all terms.
  public var term: String?

  /// Creates a selection; of all terms by default.
  ///
  /// - Parameters:
  ///   - language: nil for all languages.
  ///   - prefix: a prefix of the keys; empty for all keys.
  ///   - term: a key or a word; nil for all terms.
  public init(language: Language? = nil, prefix: String = "", term: String? = nil) {
    self.language = language
    self.prefix = prefix
    self.term = term
  }

  /// A range of consecutive addresses: those with a prefix, or a single one.
  struct AddressRange: Equatable {
    /// The prefix of the addresses.
    var prefix: [UInt8]
    /// Whether the prefix is the only address.
    var isSingle = false

    /// Whether an address is in the range.
    func contains(_ address: [UInt8]) -> Bool { isSingle ? address == prefix : address.starts(with: prefix) }
  }

  /// Returns the ranges of the selected terms, in address order and without overlap.
  func addressRanges(_ stemmer: AnalyzerOptions.FrenchStemmer) -> [AddressRange] {
    let languages = Language.allCases.filter { language == nil || $0 == language }
    let prefixBytes = Array(prefix.utf8)
    guard let term else { return languages.map { AddressRange(prefix: [$0.rawValue] + prefixBytes) } }
    let ranges = languages.flatMap { TermSelection.addressRanges(of: Array(term.utf8), $0, stemmer) }
    return ranges.filter { $0.prefix.dropFirst().starts(with: prefixBytes) }
  }

  /// Returns the ranges of a term in one language: the term as a key, and the address under which it is posted as a
  /// word.
  private static func addressRanges(
    of term: [UInt8], _ language: Language, _ stemmer: AnalyzerOptions.FrenchStemmer
  ) -> [AddressRange] {
    let asKey = AddressRange(prefix: TermAddress.prefix(language, key: term))
    let folded = Folding.key(of: term)
    let asWord: AddressRange
    switch language {
    case .none: asWord = AddressRange(prefix: TermAddress.prefix(.none, key: folded))
    case .french: asWord = AddressRange(prefix: TermAddress(.french, form: term, key: folded, stemmer: stemmer).bytes)
    case .vietnamese:
      asWord = AddressRange(
        prefix: TermAddress(.vietnamese, form: term, key: folded, stemmer: stemmer).bytes, isSingle: true)
    }
    // The range of a key contains the addresses of its spellings.
    if asWord.prefix.starts(with: asKey.prefix) { return [asKey] }
    return [asKey, asWord].sorted { $0.prefix.lexicographicallyPrecedes($1.prefix) }
  }
}
