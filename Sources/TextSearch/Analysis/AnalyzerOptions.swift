/// What the analyzer does to text. Stored in an index, so that its queries are analysed as its documents were.
public struct AnalyzerOptions: Sendable, Hashable {
  /// How words become terms.
  public enum Preset: UInt8, Sendable, CaseIterable {
    /// French and Vietnamese, decided run by run: stems, spellings, elision.
    case frenchVietnamese = 1
    /// Every word folded, nothing else: what other engines call a folding analyzer.
    case folding = 2
  }

  /// What French words are stemmed with. The article <doc:FrenchStemming> has the rules and measurements.
  public enum FrenchStemmer: UInt8, Sendable, CaseIterable {
    /// The light stemmer with all improvements: number, gender, the commonest derivations, verbs. Sees no accents:
    /// a word has the stem of its unaccented writing.
    case light = 0
    /// The light stemmer as it was first measured; its stems never change. Sees no accents.
    case light1 = 1
    /// Snowball's French stemmer (version 3) on the accented word, its stem folded. It reads accents, so a word and its
    /// unaccented writing may have different stems: about a quarter of accented words are then not found unaccented.
    case snowball = 2
    /// No stemming: the folded word.
    case none = 3
  }

  public var preset: Preset

  /// The stemmer of French words. The recipe ``Recipe/folding`` does not use it.
  public var frenchStemmer: FrenchStemmer

  /// - Parameters:
  ///   - recipe: how words become terms.
  ///   - frenchStemmer: what French words are stemmed with.
  public init(preset: Preset = .frenchVietnamese, frenchStemmer: FrenchStemmer = .light) {
    self.preset = preset
    self.frenchStemmer = frenchStemmer
  }

  /// Version of the analysis rules. A new number means that the same text gives other terms.
  static let version: UInt16 = 1

  /// Identifies rules, Unicode data and options: two analyzers with one fingerprint give the same terms.
  ///
  /// Bits 0 to 7: recipe; 8 to 15: French stemmer; 16 to 31: Unicode version; 32 to 47: version of the rules; 48 to 63:
  /// zero, one byte or nibble for each further option, whose default is 0.
  var fingerprint: UInt64 {
    UInt64(AnalyzerOptions.version) << 32 | UInt64(CharacterData.unicodeVersion) << 16
      | UInt64(frenchStemmer.rawValue) << 8 | UInt64(preset.rawValue)
  }

  /// The options that a fingerprint names; nil if this version of the analyzer does not write it.
  init?(fingerprint: UInt64) {
    guard let preset = Preset(rawValue: UInt8(truncatingIfNeeded: fingerprint)),
      let frenchStemmer = FrenchStemmer(rawValue: UInt8(truncatingIfNeeded: fingerprint >> 8))
    else { return nil }
    self.init(preset: preset, frenchStemmer: frenchStemmer)
    guard self.fingerprint == fingerprint else { return nil }
  }
}
