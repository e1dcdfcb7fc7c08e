/// Two spellings of one syllable that writers use freely: i and y as the whole rhyme after h k l m s t and qu
/// (kỹ / kĩ, lý / lí, mỹ / mĩ, quý / quí).
///
/// Dictionaries and school rules of 1980 and since prefer one or the other, newspapers mix them. The index keeps what was
/// written; a query reads both.
enum VietnameseVariants {
  /// Bytes of the longest form that has another spelling: qu and a letter.
  private static let maximumBytes = 5
  private static let onsets: Set<[UInt8]> = Set(["h", "k", "l", "m", "s", "t", "qu"].map { Array($0.utf8) })

  /// The other spelling of a canonical lower-case form; nil where there is only one. Bare words have one too (ky, ki).
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
