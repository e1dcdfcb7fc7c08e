/// What is searched for a word that no document holds: the words that differ from it by one edit.
///
/// An unknown word of a bag is most often mistyped. Instead of nothing it finds the words within one edit (`WordExpansion`), each
/// weighed by how near and how frequent it is.
enum NearestWords {
  /// Minimum number of letters of a word that is replaced: most short words have many neighbours.
  static let minimumLetters = 4
  /// A word that is held by fewer documents than the most frequent of the nearest, divided by this, is left out.
  private static let frequencyShare: UInt64 = 20

  /// Returns the form of a word that may be replaced; nil for a short one, and for one with digits or signs.
  static func form(_ text: String) -> [UInt8]? {
    let isWord = text.unicodeScalars.allSatisfy { scalar in
      let kind = CharacterTable.shared[scalar.value].characterClass
      return kind == .letter || kind == .extend
    }
    guard isWord else { return nil }
    let form = ToneMarks.canonical(Letters.lowered(text.unicodeScalars))
    return Letters(form: form).folded.count >= minimumLetters ? form : nil
  }

  /// Returns what is searched instead of a typed word; nil where no word is near.
  ///
  /// - Parameter found: the words within one edit, best first.
  static func replacement(
    of text: String, _ found: [WordExpansion.Found], _ stemmer: AnalyzerOptions.FrenchStemmer
  ) -> (word: ExpandedWord, replaced: ReplacedWord)? {
    let near = found.filter { $0.weight > 0 && $0.documents > 0 }
    guard let most = near.map(\.documents).max() else { return nil }
    let kept = Array(
      near.filter { $0.documents * frequencyShare >= most }.prefix(WordExpansion.maximumSimilarWords))
    guard let best = WordExpansion.likeliest(kept) else { return nil }
    let typed = Letters(form: Letters.lowered(text.unicodeScalars))
    // Beside words with diacritics a word without them means the syllable without: its spellings have them.
    let isFolded = typed.folded == typed.written && Letters.bytes(typed.folded) != best.word.folded
    let meant = WordExpansion.written(best, insteadOf: Letters.bytes(typed.written), isFolded: isFolded)
    return (ExpandedWord(text, kept, stemmer), ReplacedWord(typed: text, meant: meant))
  }
}
