extension AnalyzerOptions.FrenchStemmer {
  /// Returns the stem of a form, which is the key of French terms.
  ///
  /// All stemmers but ``snowball`` use the key only, so that `stem(w) == stem(fold(w))`.
  func stem(form: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
    var stem = Array(key)
    switch self {
    case .light: FrenchStemmer.light.stem(&stem)
    case .light1: FrenchStemmer.light1.stem(&stem)
    case .snowball: stem = Folding.key(of: SnowballFrench.stem(Array(form)))
    case .none: break
    }
    return stem
  }

  /// Whether the stem depends on a word's accents.
  var readsAccents: Bool { self == .snowball }

  /// Returns the stem of one French word, the key of its terms in an index. The word is lower-cased and composed first.
  ///
  /// ```swift
  /// AnalyzerOptions.FrenchStemmer.light.stem("Différemment")  // "difer", the stem of différent
  /// ```
  public func stem(_ word: String) -> String {
    let scalars = Normalizer.shared.composed(word.lowercased().unicodeScalars.map(\.value))
    var form: [UInt8] = []
    for scalar in scalars { Scalars.append(scalar, to: &form) }
    return String(decoding: stem(form: form, key: Folding.key(of: form)), as: UTF8.self)
  }
}
