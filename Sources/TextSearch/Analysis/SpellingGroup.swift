/// Spellings of one value: they differ in letter case, in the position of a Vietnamese tone mark (*hoà*, *hòa*) and in
/// composition alone. *Huế* and *Hue* are in different groups.
enum SpellingGroup {
  /// Returns what all spellings of a group have in common, in UTF-8.
  static func key(of text: String) -> [UInt8] {
    // Most values are ASCII.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
    var key: [UInt8] = []
    var word: [UInt8] = []
    var isPlain = true
    for scalar in Normalizer.shared.composed(text).unicodeScalars {
      let entry = CharacterTable.shared[scalar.value]
      if entry.characterClass == .letter || entry.characterClass == .extend {
        if scalar.value >= 0x80 { isPlain = false }
        // Small letters stay as they are: the form of a ligature would be its letters.
        if entry.isUpper { word += Folding.form(of: [scalar]) } else { Scalars.append(scalar.value, to: &word) }
        continue
      }
      end(&word, isPlain: isPlain, into: &key)
      isPlain = true
      Scalars.append(scalar.value, to: &key)
    }
    end(&word, isPlain: isPlain, into: &key)
    return key
  }

  /// Appends a word, with its tone mark where modern spelling has it.
  private static func end(_ word: inout [UInt8], isPlain: Bool, into key: inout [UInt8]) {
    key += isPlain ? word : ToneMarks.canonical(word)
    word.removeAll(keepingCapacity: true)
  }
}
