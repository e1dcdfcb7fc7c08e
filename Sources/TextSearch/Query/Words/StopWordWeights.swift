/// Which words of a query are stop words, and what they count.
///
/// Some bare words are stop words of both languages or a stop word of one and another word of the other: French `toi`,
/// Vietnamese `tôi` and `tội` without marks. For these the evidence of all words of the query decides on the language.
struct StopWordWeights {
  private let isVietnamese: Bool
  private let hasDiacritics: Bool
  private let weights: AgreementWeights

  /// - Parameter isMarked: whether bare words mean bare syllables.
  init(_ words: [WordForm], hasDiacritics: Bool, _ weights: AgreementWeights) {
    isVietnamese = hasDiacritics || words.reduce(0) { $0 + $1.evidence } > 0
    self.hasDiacritics = hasDiacritics
    self.weights = weights
  }

  /// What the score of a word is multiplied by; nil if it is no stop word.
  func weight(of word: WordForm) -> Float? {
    let mayBeVietnamese = isVietnamese && word.lacksDiacritics && word.traits.contains(.syllable)
    if !mayBeVietnamese, StopWords.isFrench(word.form) { return weights.frenchStopWord }
    if isVietnamese || !word.lacksDiacritics, StopWords.isVietnamese(word.form) { return weights.vietnameseStopWord }
    // Where no marks are typed a bare word means all spellings, and the stop word is the commonest of them.
    if mayBeVietnamese, !hasDiacritics, StopWords.isVietnameseWithoutDiacritics(word.key) {
      return weights.vietnameseStopWord
    }
    return nil
  }
}
