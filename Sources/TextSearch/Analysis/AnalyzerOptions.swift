/// What the analyzer does to text. Stored in an index, so that its queries are analysed as its documents were.
public struct AnalyzerOptions: Sendable, Hashable {
  /// How words become terms.
  public enum Recipe: UInt8, Sendable, CaseIterable {
    /// French and Vietnamese, decided run by run: stems, spellings, elision.
    case frenchVietnamese = 1
    /// Every word folded, nothing else: what other engines call a folding analyzer.
    case folding = 2
  }

  public var recipe: Recipe

  /// - Parameter recipe: how words become terms.
  public init(recipe: Recipe = .frenchVietnamese) { self.recipe = recipe }

  /// Version of the analysis rules. A new number means that the same text gives other terms.
  static let version: UInt16 = 1

  /// Identifies rules, Unicode data and options: two analyzers with one fingerprint give the same terms.
  var fingerprint: UInt64 {
    UInt64(AnalyzerOptions.version) << 32 | UInt64(CharacterData.unicodeVersion) << 16 | UInt64(recipe.rawValue)
  }

  /// The options that a fingerprint names; nil if this version of the analyzer does not write it.
  init?(fingerprint: UInt64) {
    guard let recipe = Recipe(rawValue: UInt8(truncatingIfNeeded: fingerprint)) else { return nil }
    self.init(recipe: recipe)
    guard self.fingerprint == fingerprint else { return nil }
  }
}
