/// What one word, without its neighbours, says about the language of its text.
struct WordEvidence {
  /// Quarters of a natural logarithm of P(word | Vietnamese) / P(word | French), rounded.
  private(set) var weight: Int8 = 0
  /// Whether French words or those of other languages were seen: 2 for a word that only French text has, 1 for one
  /// that French text has far more often, negative for the function words of English. A run of names has neither.
  private(set) var signs: Int8 = 0
  private(set) var traits: FormTable.Traits = []

  /// What an elided word says: `l'`, `d'`, `qu'`.
  static let elision = (weight: -12, signs: 1)

  init(_ word: borrowing WordBuffer) {
    let (form, key) = (word.form, word.key)
    if word.hasDigit { traits.insert(.digits) }
    if word.isMarked { traits.insert(.marked) }
    if word.hasVietnameseMarks || WordEvidence.endsInOpenRhyme(form) { traits.insert(.vietnameseMarks) }
    if word.hasFrenchMarks { traits.insert(.frenchMarks) }
    guard key.allSatisfy({ $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }) else { return }
    traits.insert(.latin)
    guard !word.hasDigit else { return }
    if key.count <= 8, VietnameseSyllable.shared.accepts(form, mayLackMarks: true) { traits.insert(.syllable) }
    weigh(String(decoding: form, as: UTF8.self), key)
  }

  /// Whether the form ends in oà, oè or ùy (oé after gh and k; Noé is French): with the tone on the other letter the same
  /// word has a letter that only Vietnamese writes, and both writings are one term.
  private static func endsInOpenRhyme(_ form: [UInt8]) -> Bool {
    guard form.count >= 3 else { return false }
    switch (form[form.count - 3], form[form.count - 2], form[form.count - 1]) {
    case (0x6F, 0xC3, 0xA0), (0x6F, 0xC3, 0xA8), (0xC3, 0xB9, 0x79): return true
    case (0x6F, 0xC3, 0xA9): return form[0] == 0x6B || form[0] == 0x67 && form[1] == 0x68
    default: return false
    }
  }

  private mutating func weigh(_ form: String, _ key: [UInt8]) {
    if FrenchWords.functionWords.contains(form) { traits.insert(.frenchFunction) }
    let shared = SharedWords.weights[form]
    if shared != nil { traits.insert(.shared) }
    weight = shared ?? plainWeight(letters: key.count)
    signs =
      if let foreign = ForeignWords.signs[form] { foreign } else { frenchSigns(String(decoding: key, as: UTF8.self)) }
  }

  /// The weight of a word that is not listed, by its kind.
  ///
  /// Of the words of Vietnamese text, typed with its diacritics or without, 98.6 % are syllables; of those of French
  /// text that are not listed, one in a hundred. The logarithms are cut where names and other languages would
  /// make them untrue.
  private func plainWeight(letters: Int) -> Int8 {
    if traits.contains(.vietnameseMarks) { return traits.contains(.syllable) ? 24 : 6 }
    if traits.contains(.frenchMarks) { return -24 }
    if letters < 2 { return 0 }
    if traits.contains(.marked) { return traits.contains(.syllable) ? 12 : -16 }
    return traits.contains(.syllable) ? 10 : -13
  }

  private func frenchSigns(_ key: String) -> Int8 {
    if traits.contains(.vietnameseMarks) { return 0 }
    if traits.contains(.frenchMarks) { return 2 }
    if traits.contains(.syllable) {
      guard traits.contains(.frenchFunction) else { return 0 }
      return weight <= -16 ? 2 : FrenchWords.weakFunctionWords.contains(key) ? 1 : 0
    }
    if traits.contains(.frenchFunction) || FrenchWords.frequentWords.contains(key) { return 2 }
    // Names of other languages have an é too, but are short.
    if traits.contains(.marked) { return key.utf8.count >= 8 ? 2 : 1 }
    return key.utf8.count >= 6 && FrenchWords.endings.contains(where: key.hasSuffix) ? 1 : 0
  }
}
