/// The language that a token is indexed under.
public enum Language: UInt8, Sendable, CaseIterable, CustomStringConvertible {
  /// Neither: numbers, other scripts, foreign words in Vietnamese text. Folded, never stemmed.
  case none = 0
  /// Folded and stemmed.
  case french = 1
  /// Folded; the spelling is part of the term.
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

/// How a token is posted: its language, and for Vietnamese whether its text carries marks at all.
enum TokenKind: UInt8, Sendable, CaseIterable {
  case none = 0
  case french = 1
  /// Vietnamese in text that carries marks: the spelling is the canonical syllable.
  case vietnamese = 2
  /// Vietnamese in text written without any marks: the spelling is *unmarked*.
  case withoutDiacritics = 3

  @inline(__always)
  var language: Language {
    switch self {
    case .none: .none
    case .french: .french
    case .vietnamese, .withoutDiacritics: .vietnamese
    }
  }

  static let count = 4
}
