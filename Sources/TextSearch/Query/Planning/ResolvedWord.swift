#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A word of a query with its statistics in the collection and its lists in the segments that are searched.
struct ResolvedWord: Sendable {
  /// The kind of word, with what selects its lists.
  enum Terms: Sendable, Hashable {
    /// The lists that a typed word may mean.
    case read(QueryWord)
    /// The lists of the words that a pattern, a fuzzy word or an exact spelling expands to.
    case expanded(ExpandedWord)
  }

  let terms: Terms
  /// Inverse document frequency; 0 if no document holds the word.
  let idf: Float
  /// Documents that hold the word, by language.
  let frequencies: LanguageCounts
  /// The lists in each segment of the statistics, in dictionary order. Empty for shared statistics and for expanded words,
  /// whose lists the search looks up.
  let lists: [[SelectedList]]

  /// Factor of the word's score: less than 1 for stop words.
  var boost: Float {
    if case .read(let word) = terms { word.boost } else { 1 }
  }

  /// Whether this is a stop word that is weighed or left out.
  var isStopWord: Bool {
    if case .read(let word) = terms { word.isStopWord } else { false }
  }

  /// What selects the lists of a typed word; empty for others.
  var selectors: [ListSelector] {
    if case .read(let word) = terms { word.selectors } else { [] }
  }

  /// Whether this is a sign, which has the position of another word.
  var isSign: Bool {
    guard case .read(let word) = terms, let first = word.text.unicodeScalars.first else { return false }
    return CharacterTable.shared[first.value].characterClass.isSign
  }

  /// The word as typed.
  var text: String {
    switch terms {
    case .read(let word): word.text
    case .expanded(let word): word.text
    }
  }
}

extension ResolvedWord {
  /// Looks a word up in the vocabulary and in all segments.
  init(_ word: QueryWord, _ source: QueryStatistics, inflection: Float) throws(SearchError) {
    var frequencies = WordFrequencies()
    var lists: [[SelectedList]] = []
    lists.reserveCapacity(source.segments.count)
    for segment in source.segments {
      lists.append(try segment.lists(word, inflection: inflection, counting: &frequencies))
    }
    if source.isShared {
      for selector in word.selectors { frequencies.add(try source.sharedFrequency(selector), selector) }
    }
    terms = .read(word)
    self.frequencies = frequencies.counts
    idf = ResolvedWord.idf(self.frequencies, source.collection)
    self.lists = lists
  }

  init(_ word: ExpandedWord, _ collection: CollectionStatistics) {
    terms = .expanded(word)
    idf = ResolvedWord.idf(word.frequencies, collection)
    frequencies = word.frequencies
    lists = []
  }

  /// Resolves words one by one.
  static func resolve(
    _ words: [QueryWord], _ source: QueryStatistics, _ weights: AgreementWeights
  ) throws(SearchError) -> [ResolvedWord] {
    var resolved: [ResolvedWord] = []
    resolved.reserveCapacity(words.count)
    for word in words { resolved.append(try ResolvedWord(word, source, inflection: weights.inflection)) }
    return resolved
  }

  /// Returns ln(1 + (N - df + .5) / (df + .5)), which is never negative (Robertson and Zaragoza, "The probabilistic relevance
  /// framework: BM25 and beyond", 2009).
  static func idf(documents: Double, frequency: Double) -> Double {
    log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
  }

  /// Returns the minimum idf over the languages that hold the word: a word that is common in one of them is common.
  ///
  /// The word in text of no language may be of another one (Windows on Vietnamese pages): it lowers the idf that the word has
  /// in a language only as far as the collection has hardly any text of that language.
  static func idf(_ frequencies: LanguageCounts, _ statistics: CollectionStatistics) -> Float {
    var (minimum, bound) = (Double.infinity, 0.0)
    for language in [Language.french, .vietnamese] {
      guard let own = idf(language, frequencies, statistics), own < minimum else { continue }
      (minimum, bound) = (own, own * statistics.share(of: language))
    }
    if let other = idf(.none, frequencies, statistics) { minimum = min(minimum, max(other, bound)) }
    return minimum < .infinity ? Float(minimum) : 0
  }

  /// Returns the idf of a word in a language; nil if none of its lists holds the word.
  private static func idf(
    _ language: Language, _ frequencies: LanguageCounts, _ statistics: CollectionStatistics
  ) -> Double? {
    let documents = statistics.population(of: language)
    let frequency = min(Double(frequencies[language]), documents)
    return frequency > 0 ? idf(documents: documents, frequency: frequency) : nil
  }
}
