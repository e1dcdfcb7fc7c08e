/// A word letter by letter, as patterns and similar words are compared: folded, and as it is written.
struct Letters: Sendable, Hashable {
  /// The scalars of the folded writing.
  private(set) var folded: [UInt32] = []
  /// For each of them the scalar that it comes from: both letters of `oe` may come from one `œ`.
  private(set) var written: [UInt32] = []

  /// - Parameter form: lower-case and composed, as forms in an index are.
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
    for letter in Letters.scalars(of: entry, key: true) {
      folded.append(letter)
      written.append(scalar)
    }
  }

  /// The scalars of an entry's form or key.
  private static func scalars(of entry: CharacterTable.Entry, key: Bool) -> [UInt32] {
    if entry.isLong {
      let texts = CharacterTable.shared.longTexts(of: entry)
      return scalars(key ? texts.key : texts.form)
    }
    var bits = key ? entry.key : entry.form
    var bytes: [UInt8] = []
    for _ in 0..<(key ? entry.keyCount : entry.formCount) {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
    return scalars(bytes)
  }

  static func scalars(_ bytes: [UInt8]) -> [UInt32] {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map(UInt32.init) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
  }

  /// Lower-case and composed, as forms in an index are.
  static func lowered(_ text: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var scalars: [UInt32] = []
    for scalar in text {
      let entry = CharacterTable.shared[scalar.value]
      if entry.isIdentity || entry.characterClass == .extend {
        scalars.append(scalar.value)
      } else {
        scalars += Letters.scalars(of: entry, key: false)
      }
    }
    var form: [UInt8] = []
    for scalar in Normalizer.shared.composed(scalars) { Scalars.append(scalar, to: &form) }
    return form
  }

  /// The folded writing's bytes.
  static func bytes(_ scalars: some Sequence<UInt32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in scalars { Scalars.append(scalar, to: &bytes) }
    return bytes
  }

  // MARK: Marks

  /// How the marks of a typed letter are taken.
  enum DiacriticRule {
    case ignored
    /// A typed letter means itself with more marks too: `o` is any o, `ô` also `ố`.
    case contained
    case exact
  }

  /// Whether a typed letter may mean another one of the same folded writing.
  static func agree(_ typed: UInt32, folded: UInt32, _ other: UInt32, _ rule: DiacriticRule) -> Bool {
    switch rule {
    case .ignored: true
    case .exact: typed == other
    case .contained: typed == other || typed == folded || contains(other, typed)
    }
  }

  /// Whether a Vietnamese letter is another one with a tone, or the same with another mark of its own.
  private static func contains(_ letter: UInt32, _ part: UInt32) -> Bool {
    guard let (whole, tone) = ToneMarks.split(bytes([letter])), let (bare, own) = ToneMarks.split(bytes([part])) else {
      return false
    }
    guard own == .none || own == tone else { return false }
    return whole == bare || Folding.key(of: bare) == bare
  }
}
