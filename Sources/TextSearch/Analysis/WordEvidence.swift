/// What one word, without its neighbours, says about the language of its text.
///
/// Weights are quarters of a natural logarithm of P(word | Vietnamese) / P(word | French), rounded, from the shares
/// of valid syllables in both languages (98.6 % of Vietnamese tokens, 5 % of French tokens beside the listed words)
/// and the frequencies of the ambiguous words.
enum WordEvidence {
  static func evaluate(_ word: borrowing WordBuffer) -> (evidence: Int8, traits: FormTable.Traits) {
    let (form, key) = (word.form, word.key)
    var traits: FormTable.Traits = []
    if word.hasDigit { traits.insert(.digits) }
    if word.isMarked { traits.insert(.marked) }
    if word.hasVietnameseMarks { traits.insert(.vietnameseMarks) }
    if word.hasFrenchMarks { traits.insert(.frenchMarks) }
    let isLatin = key.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
    if isLatin { traits.insert(.latin) }
    guard isLatin, !word.hasDigit else { return (0, traits) }
    if key.count <= 8, VietnameseSyllable.shared.accepts(form, mayLackMarks: true) { traits.insert(.syllable) }
    // Longer than every listed word: no look-up of strings.
    let text = form.count <= longestListed ? String(decoding: form, as: UTF8.self) : ""
    if FrenchWords.functionWords.contains(text) { traits.insert(.frenchFunction) }
    let weight = weight(text, key: key, traits: traits)
    if traits.contains(.frenchMarks) || traits.contains(.frenchFunction) && weight <= -6 { traits.insert(.frenchSign) }
    return (weight, traits)
  }

  /// Bytes of the longest word that is known by name.
  private static let longestListed = (Array(FrenchWords.functionWords) + listed.keys).map(\.utf8.count).max() ?? 0

  private static func weight(_ form: String, key: [UInt8], traits: FormTable.Traits) -> Int8 {
    if traits.contains(.vietnameseMarks) { return traits.contains(.syllable) ? 24 : 6 }
    if traits.contains(.frenchMarks) { return -24 }
    if let listed = listed[form] { return listed }
    if key.count < 2 { return 0 }
    if traits.contains(.marked) { return traits.contains(.syllable) ? 5 : -16 }
    return traits.contains(.syllable) ? 10 : -13
  }

  /// Frequent words that are spelled alike in both languages (in Vietnamese: without marks).
  private static let listed: [String: Int8] = [
    "de": -6, "la": -2, "le": -10, "du": -4, "a": -8, "à": -4, "au": -10, "en": -16, "un": -12, "que": -14, "qui": -12,
    "on": -6, "son": -5, "ne": -12, "se": -2, "sa": -8, "mon": -3, "moi": 5, "lui": -6, "si": -2, "me": -2, "tu": 8,
    "te": -8,
    "là": 6, "né": -3, "été": -16, "thé": 0, "dos": -4, "an": 2, "ai": 2, "y": -2, "ta": 2, "ma": 0, "ni": -4,
    "ou": -12,
    "van": 6, "dieu": -2, "lieu": -4, "mai": 0, "nos": -10, "vos": -10, "tout": -12,
  ]
}
