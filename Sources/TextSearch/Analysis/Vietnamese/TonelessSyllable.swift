/// Vietnamese syllables as French texts write them: with circumflexes, without tones, horns, breves and đ (Hô Chi Minh, Huê, Têt).
enum TonelessSyllable {
  /// Whether a lower-case composed form has a circumflex and no other diacritic, and is a syllable with some tone.
  static func accepts(_ form: [UInt8]) -> Bool {
    guard let toned = spelling(form, with: .sac), !String(decoding: form, as: UTF8.self).contains("đ") else {
      return false
    }
    return VietnameseSyllable.shared.accepts(toned)
  }

  /// Returns the syllables that a form which `accepts` may stand for: with each tone, and with đ for a first d.
  static func tonedSpellings(of form: [UInt8]) -> [[UInt8]] {
    var spellings: [[UInt8]] = []
    let withStroke = form.first == 0x64 ? Array("đ".utf8) + form.dropFirst() : nil
    if let withStroke { spellings.append(withStroke) }
    for tone in [Tone.huyen, .sac, .nga, .hoi, .nang] {
      for form in [form, withStroke].compactMap(\.self) {
        if let toned = spelling(form, with: tone) { spellings.append(toned) }
      }
    }
    return spellings.filter { VietnameseSyllable.shared.accepts($0) }
  }

  /// Returns a form with a tone on its circumflex; nil if it has none, two, or another diacritic than đ.
  private static func spelling(_ form: [UInt8], with tone: Tone) -> [UInt8]? {
    var toned: [UInt8] = []
    var circumflexes = 0
    for scalar in String(decoding: form, as: UTF8.self).unicodeScalars {
      if scalar == "â" || scalar == "ê" || scalar == "ô" {
        circumflexes += 1
        Scalars.append(ToneMarks.letter(scalar, with: tone).value, to: &toned)
      } else if scalar.isASCII || scalar == "đ" {
        Scalars.append(scalar.value, to: &toned)
      } else {
        return nil
      }
    }
    return circumflexes == 1 ? toned : nil
  }
}
