/// The evidence of one word, without its neighbours, for the language of its text.
struct WordEvidence {
  /// The natural logarithm of P(word | Vietnamese) / P(word | French), in quarters, rounded.
  private(set) var weight: Int8 = 0
  /// Signs of French or of other languages: 2 for a word that only French text has, 1 for one that is far more frequent
  /// in French text, negative for the function words of English. A sentence of names has none.
  private(set) var signs: Int8 = 0
  private(set) var traits: FormTable.Traits = []

  /// The evidence of an elided word: `l'`, `d'`, `qu'`.
  static let elision = (weight: -12, signs: 1)

  /// Creates no evidence.
  init() {}

  /// Computes the evidence of a word, on which `finish()` must have been called.
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

  /// Whether the form ends in oà, oè or ùy, or in oé after gh and k (Noé is French).
  ///
  /// With the tone mark on the other vowel the word has a letter that only Vietnamese uses, and both spellings are one
  /// term.
  private static func endsInOpenRhyme(_ word: borrowing WordBuffer) -> Bool {
    guard word.hasDiacritics, word.formCount >= 3 else { return false }
    switch word.formEnd >> 40 {
    // The last three bytes of the form, the first of them in the low byte.
    case 0xA0C36F, 0xA8C36F, 0x79B9C3: return true
    case 0xA9C36F: return word.formWord(0) & 0xFF == 0x6B || word.formWord(0) & 0xFFFF == 0x6867
    default: return false
    }
  }

  /// Sets weight and signs of a word of Latin letters, and the traits that follow from the word lists.
  private mutating func weigh(_ word: borrowing WordBuffer) {
    let form = word.formCount <= 16 ? ListedWords.shared[word.formWords] : ListedWords.Facts()
    let key = word.keyCount <= 16 ? ListedWords.shared[word.keyWords] : ListedWords.Facts()
    if form.isFunction { traits.insert(.frenchFunction) }
    if form.isShared { traits.insert(.shared) }
    weight = form.isShared ? form.weight : plainWeight(letters: word.keyCount)
    signs = form.foreign != 0 ? form.foreign : frenchSigns(word, key)
  }

  /// Returns the weight of a word that is not in `SharedWords`, by its traits.
  ///
  /// Nearly all words of Vietnamese text are syllables, with or without diacritics; few unlisted words of French text
  /// are (RESULTS.md). The logarithms are clamped, because names and words of other languages occur in both.
  private func plainWeight(letters: Int) -> Int8 {
    if traits.contains(.vietnameseDiacritics) { return traits.contains(.syllable) ? 24 : 6 }
    if traits.contains(.frenchDiacritics) { return -24 }
    if letters < 2 { return 0 }
    if traits.contains(.diacritics) { return traits.contains(.syllable) ? 12 : -16 }
    return traits.contains(.syllable) ? 10 : -13
  }

  /// Returns the signs of French of a word.
  private func frenchSigns(_ word: borrowing WordBuffer, _ key: ListedWords.Facts) -> Int8 {
    if traits.contains(.vietnameseDiacritics) { return 0 }
    if traits.contains(.frenchDiacritics) { return 2 }
    if traits.contains(.syllable) {
      guard traits.contains(.frenchFunction) else { return 0 }
      return weight <= -16 ? 2 : key.isWeakFunction ? 1 : 0
    }
    if traits.contains(.frenchFunction) || key.isFrequent { return 2 }
    // Names of other languages may have an é, but are short.
    if traits.contains(.diacritics) { return word.keyCount >= 8 ? 2 : 1 }
    return word.keyCount >= 6 && WordEvidence.hasFrenchEnding(word.keyEnd) ? 1 : 0
  }

  /// `FrenchWords.endings`, each with the shift of a word's last eight bytes that leaves as many bytes as the ending
  /// has.
  private static let endings: [(shift: UInt64, bytes: UInt64)] = FrenchWords.endings.map { ending in
    let bytes = ending.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return (UInt64(64 - 8 * ending.utf8.count), bytes)
  }

  /// Whether the last eight bytes of a word end in one of `FrenchWords.endings`.
  private static func hasFrenchEnding(_ end: UInt64) -> Bool {
    endings.contains { end >> $0.shift == $0.bytes }
  }
}
