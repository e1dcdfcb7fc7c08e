/// What tells a title from others: its letters and digits, folded.
enum TitleLetters {
  /// Returns the folded letters and digits of a text, in UTF-8, without what stands between them: blanks, signs and hyphens do
  /// not matter. A blank keeps two numbers apart.
  static func of(_ text: String) -> [UInt8] {
    let table = CharacterTable.shared
    var letters: [UInt8] = []
    letters.reserveCapacity(text.utf8.count)
    var (isApart, wasDigit) = (false, false)
    for scalar in Normalizer.shared.composed(text).unicodeScalars {
      let kind = table[scalar.value].characterClass
      guard kind.startsWord || kind == .scriptDigit else {
        isApart = isApart || kind != .extend
        continue
      }
      let isDigit = kind == .numeric || kind == .scriptDigit
      if isApart, wasDigit, isDigit { letters.append(0x20) }
      Folding.appendKey(of: scalar.value, to: &letters)
      (isApart, wasDigit) = (false, isDigit)
    }
    return letters
  }
}
