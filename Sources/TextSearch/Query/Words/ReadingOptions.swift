/// How the words of a query are read: which posting lists each may mean, and the weight of each list and word.
///
/// The article <doc:QueryReading> has the table of the readings and the measurements behind the defaults.
public struct ReadingOptions: Sendable {
  /// How strictly diacritics are compared.
  public enum Strictness: String, Sendable, CaseIterable {
    /// Each word means its own spelling only. A Vietnamese word with diacritics does not match text without them, nor the
    /// other spelling with i or y; a word without diacritics means the syllable without diacritics. The index keeps French
    /// words by their stems alone, so French words match as in ``smart``.
    case exact
    /// A word with diacritics means its own spelling, also in text without diacritics. The words of a query without
    /// Vietnamese diacritics mean all spellings.
    case smart
    /// Diacritics in the query are ignored: each word means all spellings of its letters.
    case folded
  }

  /// How stop words of a query are treated. The index always holds them.
  public enum StopWordUse: String, Sendable, CaseIterable {
    /// They contribute like other words.
    case keep
    /// They contribute less: ``AgreementWeights/frenchStopWord``, ``AgreementWeights/vietnameseStopWord``.
    case weigh
    /// They are left out, unless the query holds nothing else.
    case drop
  }

  /// How strictly diacritics are compared.
  public var strictness: Strictness
  /// The weights of the lists and words.
  public var weights: AgreementWeights
  /// How stop words are treated.
  public var stopWords: StopWordUse
  /// Words whose posting lists are read beside those of the query's words; nil for none.
  public var synonyms: Synonyms?
  /// Whether a word of four letters or more that no document holds is searched as the words within one edit of it:
  /// ``SearchResults/replaced``. Words that are required, excluded or in phrases are not.
  public var replacesUnknownWords: Bool

  /// Options with the defaults of a search.
  public init(
    strictness: Strictness = .smart, weights: AgreementWeights = AgreementWeights(), stopWords: StopWordUse = .weigh,
    synonyms: Synonyms? = nil, replacesUnknownWords: Bool = true
  ) {
    self.strictness = strictness
    self.weights = weights
    self.stopWords = stopWords
    self.synonyms = synonyms
    self.replacesUnknownWords = replacesUnknownWords
  }
}

/// Factors from 0 to 1 for how well a posting list agrees with a typed word, and for stop words.
///
/// Values outside of that range are clamped to it, values below 0.001 become 0, and NaN becomes the default. A list of
/// weight 0 is not read.
public struct AgreementWeights: Sendable, Hashable {
  /// A Vietnamese word with diacritics in text without them, which cannot confirm them.
  public var withoutDiacritics: Float {
    didSet { withoutDiacritics = AgreementWeights.clamped(withoutDiacritics, 0.8) }
  }
  /// A syllable with a tone for one with a circumflex alone, as French texts write Vietnamese names: Huế for Huê. Not where a word
  /// of the query has a tone.
  public var partOfDiacritics: Float {
    didSet { partOfDiacritics = AgreementWeights.clamped(partOfDiacritics, AgreementWeights.standardPart) }
  }
  /// A name written joined for one written apart, and the other way round: Hanoi, Hà Nội.
  public var joinedName: Float { didSet { joinedName = AgreementWeights.clamped(joinedName, 0.8) } }
  /// The other spelling with i or y: kĩ for kỹ.
  public var otherSpelling: Float { didSet { otherSpelling = AgreementWeights.clamped(otherSpelling, 1) } }
  /// A document that holds a French word in other inflected forms only: `diplomates` for `diplomate`. Forms that differ in
  /// accents only are equal.
  public var inflection: Float { didSet { inflection = AgreementWeights.clamped(inflection, 0.6) } }
  /// A list of a synonym; multiplied by the list's own weight.
  public var synonym: Float { didSet { synonym = AgreementWeights.clamped(synonym, 0.8) } }
  /// Factor of the score of a French stop word with ``ReadingOptions/StopWordUse/weigh``.
  public var frenchStopWord: Float { didSet { frenchStopWord = AgreementWeights.clamped(frenchStopWord, 0.3) } }
  /// Factor of the score of a Vietnamese stop word with ``ReadingOptions/StopWordUse/weigh``.
  public var vietnameseStopWord: Float {
    didSet { vietnameseStopWord = AgreementWeights.clamped(vietnameseStopWord, 0.5) }
  }

  /// Weights with the defaults of a search; each value is clamped.
  public init(
    withoutDiacritics: Float = 0.8, otherSpelling: Float = 1, inflection: Float = 0.6, synonym: Float = 0.8,
    frenchStopWord: Float = 0.3, vietnameseStopWord: Float = 0.5, partOfDiacritics: Float = standardPart,
    joinedName: Float = 0.8
  ) {
    self.joinedName = AgreementWeights.clamped(joinedName, 0.8)
    self.partOfDiacritics = AgreementWeights.clamped(partOfDiacritics, AgreementWeights.standardPart)
    self.withoutDiacritics = AgreementWeights.clamped(withoutDiacritics, 0.8)
    self.otherSpelling = AgreementWeights.clamped(otherSpelling, 1)
    self.inflection = AgreementWeights.clamped(inflection, 0.6)
    self.synonym = AgreementWeights.clamped(synonym, 0.8)
    self.frenchStopWord = AgreementWeights.clamped(frenchStopWord, 0.3)
    self.vietnameseStopWord = AgreementWeights.clamped(vietnameseStopWord, 0.5)
  }

  /// The default of ``partOfDiacritics``.
  public static let standardPart: Float = 0.2

  private static func clamped(_ weight: Float, _ standard: Float) -> Float {
    weight.isNaN ? standard : weight < 0.001 ? 0 : min(weight, 1)
  }
}
