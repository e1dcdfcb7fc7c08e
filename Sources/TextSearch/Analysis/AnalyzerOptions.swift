/// The options of text analysis. An index stores them, so that its queries are analysed like its documents.
public struct AnalyzerOptions: Sendable, Hashable {
  /// An analyzer preset: how words become terms.
  public enum Preset: UInt8, Sendable, CaseIterable {
    /// French and Vietnamese, with the language detected for each line or sentence: elision, stems, spellings.
    case frenchVietnamese = 1
    /// Case and diacritic folding of every word, and nothing else.
    case folding = 2
  }

  /// A stemmer of French words. The article <doc:FrenchStemming> has the rules and measurements.
  public enum FrenchStemmer: UInt8, Sendable, CaseIterable {
    /// The light stemmer with all improvements: number, gender, the commonest derivations, verbs.
    ///
    /// It ignores accents: a word and its unaccented spelling have one stem.
    case light = 0
    /// The first version of the light stemmer, whose stems never change. It ignores accents.
    case light1 = 1
    /// Snowball's French stemmer (version 3) on the accented word, with the stem folded afterwards.
    ///
    /// It depends on accents: a word and its unaccented spelling may have different stems, and many accented words are
    /// then not found by their unaccented spelling.
    case snowball = 2
    /// No stemming: the folded word.
    case none = 3
  }

  /// How words become terms. Default: ``Preset/frenchVietnamese``.
  public var preset: Preset

  /// The stemmer of French words. Default: ``FrenchStemmer/light``. The preset ``Preset/folding`` does not use it.
  public var frenchStemmer: FrenchStemmer

  /// Creates options.
  ///
  /// - Parameters:
  ///   - preset: how words become terms.
  ///   - frenchStemmer: the stemmer of French words.
  public init(preset: Preset = .frenchVietnamese, frenchStemmer: FrenchStemmer = .light) {
    self.preset = preset
    self.frenchStemmer = frenchStemmer
  }

  /// Version of the analysis rules; increased whenever a text may produce other terms than before.
  static let version: UInt16 = 2

  /// Identifies rules, Unicode data and options: analyzers with equal fingerprints produce equal terms.
  ///
  /// Bits 0 to 7: preset; 8 to 15: French stemmer; 16 to 31: Unicode version; 32 to 47: version of the rules; 48 to 63:
  /// zero, reserved for further options whose default is 0.
  var fingerprint: UInt64 {
    UInt64(AnalyzerOptions.version) << 32 | UInt64(CharacterData.unicodeVersion) << 16
      | UInt64(frenchStemmer.rawValue) << 8 | UInt64(preset.rawValue)
  }

  /// Creates the options of a fingerprint; nil if this version of the analyzer never writes that fingerprint.
  init?(fingerprint: UInt64) {
    guard let preset = Preset(rawValue: UInt8(truncatingIfNeeded: fingerprint)),
      let frenchStemmer = FrenchStemmer(rawValue: UInt8(truncatingIfNeeded: fingerprint >> 8))
    else { return nil }
    self.init(preset: preset, frenchStemmer: frenchStemmer)
    guard self.fingerprint == fingerprint else { return nil }
  }
}
