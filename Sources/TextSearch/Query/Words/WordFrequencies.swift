/// The document frequencies of a word, by language.
struct WordFrequencies {
  /// Of the lists of its own diacritics, and of those of which it has a part.
  private var (own, parts) = (LanguageCounts(), LanguageCounts())

  /// Adds documents in the lists of one of the word's selectors.
  mutating func add(_ documents: UInt64, _ selector: ListSelector) {
    if selector.isPart {
      parts[selector.address.language] += documents
    } else {
      own[selector.address.language] += documents
    }
  }

  /// Those that count: of the word's own lists, if documents hold them.
  var counts: LanguageCounts { own.isZero ? parts : own }
}
