import Foundation

/// Writes a syllable as the keys that type it: by Unicode decomposition, so independent of the decoder's tables.
struct KeyEncoder {
  private let tones: [Unicode.Scalar: String]
  private let horn: String
  private let breve: String
  private let stroke: String
  /// The key of the circumflex; nil for the letter itself once more.
  private let circumflex: String?

  private static let telexKeys = KeyEncoder(
    tones: ["\u{301}": "s", "\u{300}": "f", "\u{309}": "r", "\u{303}": "x", "\u{323}": "j"], horn: "w", breve: "w",
    stroke: "d", circumflex: nil)
  private static let vniKeys = KeyEncoder(
    tones: ["\u{301}": "1", "\u{300}": "2", "\u{309}": "3", "\u{303}": "4", "\u{323}": "5"], horn: "7", breve: "8",
    stroke: "9", circumflex: "6")

  /// Several ways to type a syllable in Telex.
  static func telex(_ syllable: String) -> [String] { telexKeys.keystrokes(syllable) }

  /// Several ways to type a syllable in VNI.
  static func vni(_ syllable: String) -> [String] { vniKeys.keystrokes(syllable) }

  private struct Letter {
    var base: String
    var mark = ""
    /// Whether the mark may be typed later: doubled letters must not wait.
    var isMovable = false
    var tone = ""
    var isVowel: Bool { "aeiouy".contains(base.prefix(1)) }
  }

  /// The tone key behind its vowel, behind the vowels, at the end; marks at the end before and after the tone; each
  /// also in capitals.
  private func keystrokes(_ syllable: String) -> [String] {
    let letters = letters(syllable)
    let tone = letters.map(\.tone).joined()
    let lastVowel = letters.lastIndex(where: \.isVowel)!
    var near = ""
    var middle = ""
    var end = ""
    var moved = ""
    var tail = ""
    for (index, letter) in letters.enumerated() {
      near += letter.base + letter.mark + letter.tone
      middle += letter.base + letter.mark + (index == lastVowel ? tone : "")
      end += letter.base + letter.mark
      moved += letter.base + (letter.isMovable ? "" : letter.mark)
      if letter.isMovable { tail += letter.mark }
    }
    // One horn serves both letters of ươ.
    if end.contains("u\(horn)o\(horn)") { tail.removeLast() }
    let all = [near, middle, end + tone, moved + tail + tone, moved + tone + tail]
    return all + all.map { $0.uppercased() }
  }

  private func letters(_ syllable: String) -> [Letter] {
    var letters: [Letter] = []
    for character in syllable {
      if character == "đ" {
        letters.append(Letter(base: "d", mark: stroke, isMovable: true))
        continue
      }
      let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
      var letter = Letter(base: String(scalars[0]))
      for scalar in scalars.dropFirst() {
        switch scalar {
        case "\u{302}": letter.mark = circumflex ?? letter.base
        case "\u{31B}": letter.mark = horn
        case "\u{306}": letter.mark = breve
        default: letter.tone = tones[scalar]!
        }
      }
      letter.isMovable = !letter.mark.isEmpty && letter.mark != letter.base
      // Two plain o side by side are typed with three keys in Telex.
      if circumflex == nil, let last = letters.last, last.base == "o", letter.base == "o", letter.mark.isEmpty {
        letter.base = "oo"
      }
      letters.append(letter)
    }
    return letters
  }
}
