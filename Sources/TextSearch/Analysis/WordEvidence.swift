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

  /// Nothing.
  init() {}

  init(_ word: borrowing WordBuffer) {
    if word.hasDigit { traits.insert(.digits) }
    if word.hasDiacritics { traits.insert(.diacritics) }
    if word.hasVietnameseDiacritics || WordEvidence.endsInOpenRhyme(word) { traits.insert(.vietnameseDiacritics) }
    if word.hasFrenchDiacritics { traits.insert(.frenchDiacritics) }
    guard word.isLatin else { return }
    traits.insert(.latin)
    guard !word.hasDigit else { return }
    if word.keyCount <= 8, VietnameseSyllable.shared.accepts(word.form, mayLackDiacritics: true) {
      traits.insert(.syllable)
    }
    weigh(word)
  }

  /// Whether the form ends in oà, oè or ùy (oé after gh and k; Noé is French): with the tone on the other letter the same
  /// word has a letter that only Vietnamese writes, and both writings are one term.
  private static func endsInOpenRhyme(_ word: borrowing WordBuffer) -> Bool {
    guard word.hasDiacritics, word.formCount >= 3 else { return false }
    switch word.formEnd >> 40 {
    // Low bytes first.
    case 0xA0C36F, 0xA8C36F, 0x79B9C3: return true
    case 0xA9C36F: return word.formWord(0) & 0xFF == 0x6B || word.formWord(0) & 0xFFFF == 0x6867
    default: return false
    }
  }

  private mutating func weigh(_ word: borrowing WordBuffer) {
    let form = word.formCount <= 16 ? ListedWords.shared[word.formWords] : ListedWords.Facts()
    let key = word.keyCount <= 16 ? ListedWords.shared[word.keyWords] : ListedWords.Facts()
    if form.isFunction { traits.insert(.frenchFunction) }
    if form.isShared { traits.insert(.shared) }
    weight = form.isShared ? form.weight : plainWeight(letters: word.keyCount)
    signs = form.foreign != 0 ? form.foreign : frenchSigns(word, key)
  }

  /// The weight of a word that is not listed, by its kind.
  ///
  /// Of the words of Vietnamese text, typed with its diacritics or without, 98.6 % are syllables; of those of French
  /// text that are not listed, one in a hundred. The logarithms are cut where names and other languages would
  /// make them untrue.
  private func plainWeight(letters: Int) -> Int8 {
    if traits.contains(.vietnameseDiacritics) { return traits.contains(.syllable) ? 24 : 6 }
    if traits.contains(.frenchDiacritics) { return -24 }
    if letters < 2 { return 0 }
    if traits.contains(.diacritics) { return traits.contains(.syllable) ? 12 : -16 }
    return traits.contains(.syllable) ? 10 : -13
  }

  private func frenchSigns(_ word: borrowing WordBuffer, _ key: ListedWords.Facts) -> Int8 {
    if traits.contains(.vietnameseDiacritics) { return 0 }
    if traits.contains(.frenchDiacritics) { return 2 }
    if traits.contains(.syllable) {
      guard traits.contains(.frenchFunction) else { return 0 }
      return weight <= -16 ? 2 : key.isWeakFunction ? 1 : 0
    }
    if traits.contains(.frenchFunction) || key.isFrequent { return 2 }
    // Names of other languages have an é too, but are short.
    if traits.contains(.diacritics) { return word.keyCount >= 8 ? 2 : 1 }
    return word.keyCount >= 6 && WordEvidence.hasFrenchEnding(word.keyEnd) ? 1 : 0
  }

  /// `FrenchWords.endings`, each with how far the last eight bytes of a word are shifted to be compared with it.
  private static let endings: [(shift: UInt64, bytes: UInt64)] = FrenchWords.endings.map { ending in
    let bytes = ending.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return (UInt64(64 - 8 * ending.utf8.count), bytes)
  }

  private static func hasFrenchEnding(_ end: UInt64) -> Bool {
    endings.contains { end >> $0.shift == $0.bytes }
  }
}
