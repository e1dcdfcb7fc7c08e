/// Operations on tone marks: removal from letters, and the canonical position in open rhymes.
enum ToneMarks {
  /// The vowels, one row each: toneless, huyền, sắc, ngã, hỏi, nặng.
  private static let rows: [String] = [
    "aàáãảạ", "ăằắẵẳặ", "âầấẫẩậ", "eèéẽẻẹ", "êềếễểệ", "iìíĩỉị", "oòóõỏọ", "ôồốỗổộ", "ơờớỡởợ", "uùúũủụ", "ưừứữửự",
    "yỳýỹỷỵ",
  ]

  private static let table: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Tone)] = {
    var table: [Unicode.Scalar: (letter: Unicode.Scalar, tone: Tone)] = [:]
    for row in rows {
      let letters = Array(row.unicodeScalars)
      for (index, letter) in letters.enumerated() {
        table[letter] = (letters[0], Tone(rawValue: UInt8(index)) ?? .none)
      }
    }
    return table
  }()

  private static let vietnameseLetters = Set("abcdeghiklmnopqrstuvxyăâêôơưđ".unicodeScalars)

  /// Returns the toneless letters (UTF-8) and the tone; nil if a letter is not Vietnamese or there are two tone marks.
  static func split(_ form: [UInt8]) -> (letters: [UInt8], tone: Tone)? {
    var letters: [UInt8] = []
    var tone = Tone.none
    for scalar in String(decoding: form, as: UTF8.self).unicodeScalars {
      let (letter, own) = table[scalar] ?? (scalar, .none)
      guard vietnameseLetters.contains(letter) else { return nil }
      if own != .none {
        guard tone == .none else { return nil }
        tone = own
      }
      Scalars.append(letter.value, to: &letters)
    }
    return (letters, tone)
  }

  /// The number of the letter (bits 0 to 4) and the tone (bits 5 to 7) of each scalar; see `packedIndex`.
  private static let packed: [UInt8] = {
    var packed = [UInt8](repeating: 0, count: 0x260)
    for letter in vietnameseLetters {
      if let index = packedIndex(letter.value) { packed[index] = PackedLetters.number(letter) }
    }
    for (scalar, entry) in table {
      guard let index = packedIndex(scalar.value) else { continue }
      packed[index] = PackedLetters.number(entry.letter) | entry.tone.rawValue << 5
    }
    return packed
  }()

  /// Returns the index in `packed`: the scalars below U+0200, then U+1EA0 to U+1EFF; nil for all others.
  private static func packedIndex(_ scalar: UInt32) -> Int? {
    if scalar < 0x200 { return Int(scalar) }
    return scalar &- 0x1EA0 < 0x60 ? Int(scalar - 0x1EA0 + 0x200) : nil
  }

  /// Returns the toneless letters, packed, and the tone; nil where `split` is nil and for more than
  /// `PackedLetters.limit` letters.
  static func pack(_ form: [UInt8]) -> (letters: PackedLetters, tone: Tone)? {
    let packed = packed
    var letters = PackedLetters()
    var tone: UInt8 = 0
    var index = 0
    while index < form.count {
      let (scalar, count) = Scalars.decode(form.span, at: index)
      guard let entry = packedIndex(scalar), packed[entry] != 0, letters.count < PackedLetters.limit else { return nil }
      letters.append(packed[entry] & 31)
      if packed[entry] >= 32 {
        guard tone == 0 else { return nil }
        tone = packed[entry] >> 5
      }
      index += count
    }
    return (letters, Tone(rawValue: tone) ?? .none)
  }

  /// Returns the canonical spelling: in the open rhymes oa, oe and uy the tone mark is on the last letter (hòa -> hoà).
  ///
  /// Only these rhymes have two spellings. The form need not be a syllable.
  static func canonical(_ form: [UInt8]) -> [UInt8] {
    let scalars = Array(String(decoding: form, as: UTF8.self).unicodeScalars)
    guard scalars.count >= 2, let (glide, tone) = table[scalars[scalars.count - 2]], tone != .none else { return form }
    let last = scalars[scalars.count - 1]
    guard glide == "o" && (last == "a" || last == "e") || glide == "u" && last == "y" else { return form }
    var out: [UInt8] = []
    for scalar in scalars.dropLast(2) { Scalars.append(scalar.value, to: &out) }
    Scalars.append(glide.value, to: &out)
    Scalars.append(letter(last, with: tone).value, to: &out)
    return out
  }

  /// Returns the other spelling of a canonical form: the tone mark of the open rhymes oa, oe and uy on the first letter (hoà -> hòa);
  /// nil for other forms.
  static func withToneOnGlide(_ form: [UInt8]) -> [UInt8]? {
    let scalars = Array(String(decoding: form, as: UTF8.self).unicodeScalars)
    guard scalars.count >= 2, let (last, tone) = table[scalars[scalars.count - 1]], tone != .none else { return nil }
    let glide = scalars[scalars.count - 2]
    guard glide == "o" && (last == "a" || last == "e") || glide == "u" && last == "y" else { return nil }
    var out: [UInt8] = []
    for scalar in scalars.dropLast(2) { Scalars.append(scalar.value, to: &out) }
    Scalars.append(letter(glide, with: tone).value, to: &out)
    Scalars.append(last.value, to: &out)
    return out
  }

  /// Returns a toneless vowel with a tone mark; other letters unchanged.
  static func letter(_ letter: Unicode.Scalar, with tone: Tone) -> Unicode.Scalar {
    for row in rows where row.unicodeScalars.first == letter {
      return Array(row.unicodeScalars)[Int(tone.rawValue)]
    }
    return letter
  }
}

/// The six tones, in the order of the rows of `ToneMarks`.
enum Tone: UInt8, Sendable {
  case none, huyen, sac, nga, hoi, nang
}
