/// The six tones.
enum Tone: UInt8, Sendable {
  case none, huyen, sac, nga, hoi, nang
}

/// Taking tones off letters, and putting the tone of open rhymes in one place.
enum ToneMarks {
  /// Vowels by rows: toneless, huyền, sắc, ngã, hỏi, nặng.
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

  /// The letters without tone and the tone; nil where a letter is not Vietnamese or two tones are written.
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

  /// Number of the letter and tone (bits 5 to 7) of the scalars below U+0200 and, behind them, of U+1EA0 to U+1EFF.
  private static let packed: [UInt8] = {
    var packed = [UInt8](repeating: 0, count: 0x260)
    for letter in vietnameseLetters {
      if let place = packedPlace(letter.value) { packed[place] = PackedLetters.number(letter) }
    }
    for (scalar, entry) in table {
      guard let place = packedPlace(scalar.value) else { continue }
      packed[place] = PackedLetters.number(entry.letter) | entry.tone.rawValue << 5
    }
    return packed
  }()

  private static func packedPlace(_ scalar: UInt32) -> Int? {
    if scalar < 0x200 { return Int(scalar) }
    return scalar &- 0x1EA0 < 0x60 ? Int(scalar - 0x1EA0 + 0x200) : nil
  }

  /// `split` with the letters as one number; nil also where there are more than a syllable can have.
  static func pack(_ form: [UInt8]) -> (letters: PackedLetters, tone: Tone)? {
    let packed = packed
    var letters = PackedLetters()
    var tone: UInt8 = 0
    var index = 0
    while index < form.count {
      let (scalar, count) = Scalars.decode(form.span, at: index)
      guard let place = packedPlace(scalar), packed[place] != 0, letters.count < PackedLetters.limit else { return nil }
      letters.append(packed[place] & 31)
      if packed[place] >= 32 {
        guard tone == 0 else { return nil }
        tone = packed[place] >> 5
      }
      index += count
    }
    return (letters, Tone(rawValue: tone) ?? .none)
  }

  /// The canonical spelling: in the open rhymes oa, oe, uy the tone stands on the last letter (hòa -> hoà).
  ///
  /// Only these rhymes are written in two ways; whether the onset makes a real syllable does not matter.
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

  /// A toneless vowel with a tone put on it; other letters are given back as they are.
  static func letter(_ letter: Unicode.Scalar, with tone: Tone) -> Unicode.Scalar {
    for row in rows where row.unicodeScalars.first == letter {
      return Array(row.unicodeScalars)[Int(tone.rawValue)]
    }
    return letter
  }
}
