extension AnalyzerOptions.FrenchStemmer {
  /// The stem of a form: what its tokens share with other forms of the word. The key of French terms.
  ///
  /// All but ``snowball`` look only at the key, so that `stem(w) == stem(fold(w))`.
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

  /// Whether the stem depends on the accents of a word.
  var readsAccents: Bool { self == .snowball }

  /// The stem of one French word, as an index keys it. The word is put into lower case and composed first.
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
