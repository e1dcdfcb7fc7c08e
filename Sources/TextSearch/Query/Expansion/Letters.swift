/// The letters of a word, folded and as spelled, for the comparison with patterns and similar words.
struct Letters: Sendable, Hashable {
  /// The scalars of the folded word.
  private(set) var folded: [UInt32] = []
  /// For each folded scalar, the scalar of the word that it comes from: both letters of `oe` may come from one `œ`.
  private(set) var written: [UInt32] = []

  /// - Parameter form: UTF-8, lower-case and composed like the forms in an index.
  init(form: some Sequence<UInt8>) {
    for scalar in String(decoding: Array(form), as: UTF8.self).unicodeScalars { append(scalar.value) }
  }

  private mutating func append(_ scalar: UInt32) {
    let entry = CharacterTable.shared[scalar]
    guard !entry.isIdentity, entry.characterClass != .extend else {
      folded.append(scalar)
      written.append(scalar)
      return
    }
    for letter in Letters.scalars(Folding.key(of: Letters.bytes(CollectionOfOne(scalar)))) {
      folded.append(letter)
      written.append(scalar)
    }
  }

  /// Decodes UTF-8.
  static func scalars(_ bytes: [UInt8]) -> [UInt32] {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map(UInt32.init) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
  }

  /// Returns a text in UTF-8, lower-case and composed like the forms in an index.
  static func lowered(_ text: some Sequence<Unicode.Scalar>) -> [UInt8] { Folding.form(of: text) }

  /// Encodes scalars as UTF-8.
  static func bytes(_ scalars: some Sequence<UInt32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in scalars { Scalars.append(scalar, to: &bytes) }
    return bytes
  }

  // MARK: Diacritics

  /// Which diacritics a letter may have to match a typed letter with the same base.
  enum DiacriticRule {
    /// Any diacritics.
    case ignored
    /// Those of the typed letter, and possibly more: `o` matches every o, `ô` also `ố`.
    case contained
    /// Those of the typed letter only.
    case exact
  }

  /// Whether a typed letter matches `other`; both fold to `folded`.
  static func agree(_ typed: UInt32, folded: UInt32, _ other: UInt32, _ rule: DiacriticRule) -> Bool {
    switch rule {
    case .ignored: true
    case .exact: typed == other
    case .contained: typed == other || typed == folded || contains(other, typed)
    }
  }

  /// Whether a Vietnamese letter has all diacritics of `part`, which folds to the same letter.
  private static func contains(_ letter: UInt32, _ part: UInt32) -> Bool {
    guard let (base, tone) = ToneMarks.split(bytes([letter])), let (partBase, partTone) = ToneMarks.split(bytes([part]))
    else {
      return false
    }
    guard partTone == .none || partTone == tone else { return false }
    return base == partBase || Folding.key(of: partBase) == partBase
  }
}
