/// The language under which a token is indexed.
public enum Language: UInt8, Sendable, CaseIterable, CustomStringConvertible, BitwiseCopyable {
  /// Neither language: numbers, other scripts, foreign words in Vietnamese text. The key is folded, never stemmed.
  case none = 0
  /// French. The key is folded and stemmed.
  case french = 1
  /// Vietnamese. The key is folded; the spelling is part of the term.
  case vietnamese = 2

  /// `fr`, `vi` or `none`.
  public var description: String {
    switch self {
    case .none: "none"
    case .french: "fr"
    case .vietnamese: "vi"
    }
  }
}

/// How a token is posted: its language, and for Vietnamese whether its text has diacritics.
enum TokenKind: UInt8, Sendable, CaseIterable {
  case none = 0
  case french = 1
  /// Vietnamese in text with diacritics: the spelling of the address is the canonical syllable.
  case vietnamese = 2
  /// Vietnamese in text without any diacritics: the spelling of the address is empty.
  case withoutDiacritics = 3

  @inline(__always)
  var language: Language {
    switch self {
    case .none: .none
    case .french: .french
    case .vietnamese, .withoutDiacritics: .vietnamese
    }
  }

  /// Number of kinds.
  static let count = 4
}
