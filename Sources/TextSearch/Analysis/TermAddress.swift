/// The address of a posting list: language, key and spelling, encoded as the bytes that the dictionary is sorted by.
///
/// Layout: one byte for the language (its raw value), the key, a zero byte, the spelling. No key contains a zero byte,
/// so the order of the bytes is the order of (language, key, spelling), and all spellings of a key are adjacent.
struct TermAddress: Hashable, Comparable, Sendable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ language: Language, key: some Collection<UInt8>, spelling: some Collection<UInt8> = EmptyCollection()) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(key.count + spelling.count + 2)
    bytes.append(language.rawValue)
    bytes.append(contentsOf: key)
    bytes.append(0)
    bytes.append(contentsOf: spelling)
    self.bytes = bytes
  }

  /// Creates the address of a token's posting list from its kind, form and key. The key of a French form is its stem.
  init(
    _ kind: TokenKind, form: some Collection<UInt8>, key: some Collection<UInt8>,
    stemmer: AnalyzerOptions.FrenchStemmer
  ) {
    switch kind {
    case .none:
      self.init(.none, key: key)
    case .french:
      self.init(.french, key: stemmer.stem(form: form, key: key))
    case .vietnamese:
      self.init(.vietnamese, key: key, spelling: ToneMarks.canonical(Array(form)))
    case .withoutDiacritics:
      self.init(.vietnamese, key: key)
    }
  }

  /// Returns the common prefix of the addresses of all spellings of a key.
  static func prefix(_ language: Language, key: some Collection<UInt8>) -> [UInt8] {
    TermAddress(language, key: key).bytes
  }

  /// Whether the address has a spelling part, and so names a posting list; without, it names the document list of all
  /// spellings of a key.
  var isListAddress: Bool { bytes.dropFirst().contains(0) }

  /// Whether the list is that of a compound (`Compounds`), whose parts are posted too.
  var isCompound: Bool { language == .french && spelling.elementsEqual(Compounds.spelling) }

  var language: Language { bytes.first.flatMap(Language.init(rawValue:)) ?? .none }
  var key: ArraySlice<UInt8> { bytes.dropFirst().prefix { $0 != 0 } }
  var spelling: ArraySlice<UInt8> { bytes.dropFirst(key.count + 2) }

  static func < (a: TermAddress, b: TermAddress) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
