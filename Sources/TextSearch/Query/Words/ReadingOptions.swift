/// How the words of a query are read: which posting lists each may mean, and how much each list and word counts.
///
/// The article <doc:QueryReading> has the table of the readings and the measurements behind the defaults.
public struct ReadingOptions: Sendable {
  /// How strictly marks and accents are taken.
  public enum Strictness: String, Sendable, CaseIterable {
    /// Every word means only what is written. A marked Vietnamese word means its own spelling, a bare one the bare
    /// syllable; unmarked text, and the other spelling with i or y, are not read for a marked word. The index keeps
    /// French words by their stems alone, so French words match as in ``smart``.
    case exact
    /// A marked word means itself, also where the text has no marks; the words of a query without Vietnamese marks
    /// mean all spellings.
    case smart
    /// Marks in the query are ignored: every word is read as its unmarked writing and means all spellings.
    case folded
  }

  /// What becomes of the query's stop words. The index always holds them.
  public enum StopWordUse: String, Sendable, CaseIterable {
    /// They count like any other word.
    case keep
    /// They count less: ``AgreementWeights/frenchStopWord``, ``AgreementWeights/vietnameseStopWord``.
    case weigh
    /// They are left out, unless the query holds nothing else.
    case drop
  }

  public var strictness: Strictness
  public var weights: AgreementWeights
  public var stopWords: StopWordUse
  /// Words that are read beside those of the query.
  public var synonyms: Synonyms?

  public init(
    strictness: Strictness = .smart, weights: AgreementWeights = AgreementWeights(), stopWords: StopWordUse = .weigh,
    synonyms: Synonyms? = nil
  ) {
    self.strictness = strictness
    self.weights = weights
    self.stopWords = stopWords
    self.synonyms = synonyms
  }
}

/// How much a posting list agrees with what was typed, and how much a word counts: factors from 0 to 1.
///
/// Values outside of that range are taken as the nearest in it, values below 0.001 as 0, and what is no number as the
/// default. A list of weight 0 is not read.
public struct AgreementWeights: Sendable, Hashable {
  /// A marked Vietnamese word in text written without marks, where the reader's marks cannot be checked.
  public var withoutDiacritics: Float {
    didSet { withoutDiacritics = AgreementWeights.clamped(withoutDiacritics, 0.8) }
  }
  /// The other spelling with i or y: kĩ for kỹ.
  public var otherSpelling: Float { didSet { otherSpelling = AgreementWeights.clamped(otherSpelling, 1) } }
  /// A document that holds a French word in other inflected forms only: `diplomates` for `diplomate`. Accents make no other
  /// form.
  public var inflection: Float { didSet { inflection = AgreementWeights.clamped(inflection, 0.6) } }
  /// The lists of a word that the synonyms name, times those lists' own weights.
  public var synonym: Float { didSet { synonym = AgreementWeights.clamped(synonym, 0.8) } }
  /// What the score of a French stop word is multiplied by with ``ReadingOptions/StopWordUse/weigh``.
  public var frenchStopWord: Float { didSet { frenchStopWord = AgreementWeights.clamped(frenchStopWord, 0.3) } }
  /// What the score of a Vietnamese stop word is multiplied by with ``ReadingOptions/StopWordUse/weigh``.
  public var vietnameseStopWord: Float {
    didSet { vietnameseStopWord = AgreementWeights.clamped(vietnameseStopWord, 0.5) }
  }

  public init(
    withoutDiacritics: Float = 0.8, otherSpelling: Float = 1, inflection: Float = 0.6, synonym: Float = 0.8,
    frenchStopWord: Float = 0.3, vietnameseStopWord: Float = 0.5
  ) {
    self.withoutDiacritics = AgreementWeights.clamped(withoutDiacritics, 0.8)
    self.otherSpelling = AgreementWeights.clamped(otherSpelling, 1)
    self.inflection = AgreementWeights.clamped(inflection, 0.6)
    self.synonym = AgreementWeights.clamped(synonym, 0.8)
    self.frenchStopWord = AgreementWeights.clamped(frenchStopWord, 0.3)
    self.vietnameseStopWord = AgreementWeights.clamped(vietnameseStopWord, 0.5)
  }

  private static func clamped(_ weight: Float, _ standard: Float) -> Float {
    weight.isNaN ? standard : weight < 0.001 ? 0 : min(weight, 1)
  }
}
