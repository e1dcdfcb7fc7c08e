/// A count for each language.
struct LanguageCounts: BitwiseCopyable, Sendable, Hashable {
  private var none: UInt64 = 0
  private var french: UInt64 = 0
  private var vietnamese: UInt64 = 0

  subscript(language: Language) -> UInt64 {
    get {
      switch language {
      case .none: none
      case .french: french
      case .vietnamese: vietnamese
      }
    }
    set {
      switch language {
      case .none: none = newValue
      case .french: french = newValue
      case .vietnamese: vietnamese = newValue
      }
    }
  }

  var sum: UInt64 { none + french + vietnamese }
  var isZero: Bool { none == 0 && french == 0 && vietnamese == 0 }
}
