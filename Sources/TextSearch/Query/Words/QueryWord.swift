/// A word of a query as one clause, with every posting list that it may mean.
struct QueryWord: Sendable, Hashable {
  /// The word as typed.
  let text: String
  /// In dictionary order.
  var selectors: [ListSelector]
  /// Factor of the clause's score: less than 1 for stop words that are weighed.
  var boost: Float = 1
  /// Whether this is a stop word that ``ReadingOptions/stopWords`` treats in its own way (`QueryPlanner`).
  var isStopWord = false
  /// Whether the word is a Vietnamese syllable, with or without its diacritics.
  var isSyllable = false

  /// The word's keys as parts of pairs.
  var pairWords: [PairWord] { selectors.map(\.address.pairWord) }
}
