/// Interchangeable spellings of one syllable: i and y as the whole rhyme after h, k, l, m, s, t and qu (kỹ / kĩ, lý /
/// lí, mỹ / mĩ, quý / quí).
///
/// Dictionaries and the school rules since 1980 prefer one or the other, newspapers mix them. The index keeps the
/// spelling of the text; a query reads both.
enum VietnameseVariants {
  /// Length of the longest form with a second spelling, in bytes: qu and a letter.
  private static let maximumBytes = 5
  private static let onsets: Set<[UInt8]> = Set(["h", "k", "l", "m", "s", "t", "qu"].map { Array($0.utf8) })

  /// Returns the other spelling of a canonical lower-case form; nil if there is none. Words without diacritics have one
  /// too (ky, ki).
  static func other(_ form: [UInt8]) -> [UInt8]? {
    guard form.count <= maximumBytes, let (letters, tone) = ToneMarks.split(form), let last = letters.last else {
      return nil
    }
    let onset = Array(letters.dropLast())
    guard onsets.contains(onset) else { return nil }
    let vowel: Unicode.Scalar
    switch last {
    case 0x69: vowel = "y"
    case 0x79: vowel = "i"
    default: return nil
    }
    var other = onset
    Scalars.append(ToneMarks.letter(vowel, with: tone).value, to: &other)
    return other
  }
}
