/// The word-break class of a Unicode scalar.
///
/// Most cases are word-break properties of Unicode Standard Annex 29. The order is the generator's: raw values are
/// stored in `CharacterData`.
enum CharacterClass: UInt8 {
  case other, letter, numeric, ideograph, hebrewLetter, katakana, extend, format, zwj
  case apostrophe, doubleQuote, midLetter, midNum, midNumLet, newline, space, hyphen, vanishing
  case regionalIndicator, sentenceEnd, sign, scriptDigit, suffix

  /// Whether a word can begin with a scalar of this class: letters, digits and their like.
  @inline(__always)
  var startsWord: Bool { rawValue &- 1 < 5 }

  /// Whether a scalar of this class may be part of a word.
  var isPartOfWord: Bool { startsWord || self == .extend || self == .scriptDigit }

  /// Whether a scalar of this class is a word by itself: emoji, currency signs, §.
  var isSign: Bool { self == .sign || self == .regionalIndicator }

  /// Whether a scalar of this class ends a word of letters in every context.
  ///
  /// A full stop (`midNumLet`) does not: after a single letter it may be part of an acronym; nor does a `suffix` (C#).
  /// A hyphen does, but not at the end of a line.
  @inline(__always)
  var endsLetters: Bool {
    let outside = Self.bit(.other) | Self.bit(.space) | Self.bit(.newline) | Self.bit(.hyphen) | Self.bit(.sentenceEnd)
    let quotes = Self.bit(.doubleQuote) | Self.bit(.midLetter) | Self.bit(.midNum)
    let symbols = Self.bit(.regionalIndicator) | Self.bit(.sign)
    return Self.bit(self) & (outside | quotes | symbols) != 0
  }

  /// Whether two words with only scalars of this class between them are joined (`TokenBuffer.Flags.joined`).
  @inline(__always)
  var joinsWords: Bool {
    let blanks = Self.bit(.space) | Self.bit(.hyphen)
    return Self.bit(self) & (blanks | Self.bit(.vanishing) | Self.bit(.format) | Self.bit(.zwj)) != 0
  }

  /// A set of classes is a bit mask, so that a membership test is one instruction.
  @inline(__always)
  private static func bit(_ kind: CharacterClass) -> UInt32 { 1 &<< UInt32(kind.rawValue) }
}
