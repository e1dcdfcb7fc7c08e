/// A word of a query as the analyzer found it, before its readings are selected.
struct WordForm: Sendable {
  let form: [UInt8]
  let key: [UInt8]
  let traits: FormTable.Traits
  /// Evidence of the word's language: Vietnamese if positive, another language if negative.
  let evidence: Int

  init(_ id: UInt32, _ forms: borrowing FormTable) {
    form = forms.form(id)
    key = forms.equalsKey(id) ? form : forms.key(id)
    traits = forms.entries[Int(id)].traits
    evidence = Int(forms.entries[Int(id)].evidence)
  }

  private init(key: [UInt8], traits: FormTable.Traits, evidence: Int) {
    form = key
    self.key = key
    self.traits = traits
    self.evidence = evidence
  }

  /// The word without its diacritics.
  var folded: WordForm {
    WordForm(
      key: key, traits: traits.subtracting([.diacritics, .vietnameseDiacritics, .frenchDiacritics]), evidence: evidence)
  }

  /// Whether the word is a sign (`Analyzer.takeSign`).
  var isSign: Bool {
    guard let first = String(decoding: form, as: UTF8.self).unicodeScalars.first else { return false }
    return CharacterTable.shared[first.value].characterClass.isSign
  }

  var lacksDiacritics: Bool { !traits.contains(.diacritics) }
  /// Whether the word is a Vietnamese syllable as French texts write it, with a circumflex and without a tone.
  var isToneless: Bool {
    !lacksDiacritics && isWord && traits.isDisjoint(with: [.vietnameseDiacritics, .frenchDiacritics, .frenchFunction])
      && TonelessSyllable.accepts(form)
  }
  /// Whether the word is a Vietnamese syllable with a tone mark.
  var hasTone: Bool {
    guard !lacksDiacritics, evidence > 0, let (_, tone) = ToneMarks.pack(form) else { return false }
    return tone != .none
  }
  /// Whether the word is of Latin letters without digits, so that it may be French or Vietnamese.
  var isWord: Bool { traits.contains(.latin) && !traits.contains(.digits) }
}
