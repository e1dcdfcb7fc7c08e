/// The address of a posting list: language, key and spelling, as the bytes that the dictionary is sorted by.
///
/// Layout: the language's number, the key, a zero byte, the spelling. No key holds a zero byte, so the order of the
/// bytes is the order of (language, key, spelling) and all spellings of a key lie side by side.
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

  /// The address under which a form of a kind is posted; French forms by their stem.
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

  /// What all spellings of a key begin with: the address without its spelling.
  static func prefix(_ language: Language, key: some Collection<UInt8>) -> [UInt8] {
    TermAddress(language, key: key).bytes
  }

  /// Names a list, not the documents of all spellings of a key.
  var isWhole: Bool { bytes.dropFirst().contains(0) }

  /// Words that hyphens join (`Compounds`), whose parts are posted besides.
  var isCompound: Bool { language == .french && spelling.elementsEqual(Compounds.spelling) }

  var language: Language { bytes.first.flatMap(Language.init(rawValue:)) ?? .none }
  var key: ArraySlice<UInt8> { bytes.dropFirst().prefix { $0 != 0 } }
  var spelling: ArraySlice<UInt8> { bytes.dropFirst(key.count + 2) }

  static func < (a: TermAddress, b: TermAddress) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
