/// A query resolved against the vocabulary and the statistics of a whole collection.
struct QueryPlan: Sendable {
  /// One word of the query.
  struct Clause: Sendable {
    let word: QueryWord
    /// The word's boost times its inverse document frequency; 0 where no document holds the word.
    let weight: Float
    /// The word's inverse document frequency.
    let idf: Float
    /// Documents that hold the word, by language.
    let frequencies: LanguageCounts
    /// Its lists in each of the segments that the plan was made for, in dictionary order; empty where the statistics are
    /// those of a larger whole.
    let lists: [[Segment.SelectedList]]
  }

  private(set) var clauses: [Clause]
  /// What a French list weighs in documents that hold other forms than the typed one.
  private(set) var inflection: Float
  let statistics: CollectionStatistics

  init(_ words: [QueryWord], _ source: borrowing QueryStatistics, _ weights: AgreementWeights) throws(SearchError) {
    inflection = weights.inflection
    statistics = source.collection
    var clauses: [Clause] = []
    clauses.reserveCapacity(words.count)
    for word in words {
      var frequencies = LanguageCounts()
      var lists: [[Segment.SelectedList]] = []
      lists.reserveCapacity(source.segments.count)
      for segment in source.segments {
        lists.append(try segment.lists(word, inflection: weights.inflection, counting: &frequencies))
      }
      if source.isShared {
        for selector in word.selectors {
          frequencies[selector.address.language] += try source.sharedFrequency(selector)
        }
      }
      let idf = QueryPlan.idf(frequencies, statistics)
      clauses.append(
        Clause(word: word, weight: word.boost * idf, idf: idf, frequencies: frequencies, lists: lists))
    }
    self.clauses = clauses
  }

  /// With some of the clauses only, by their places.
  func keeping(_ places: Set<Int>) -> QueryPlan {
    var plan = self
    plan.clauses = clauses.indices.filter(places.contains).map { clauses[$0] }
    return plan
  }

  /// Without the words that are not to count, unless none would be left.
  var kept: QueryPlan {
    let counted = clauses.count { !$0.word.isDropped }
    guard counted > 0, counted < clauses.count else { return self }
    var plan = self
    plan.clauses.removeAll(where: \.word.isDropped)
    return plan
  }

  /// ln(1 + (N - df + .5) / (df + .5)), the least over the languages that hold the word: being common in one of them
  /// is enough to be common.
  static func idf(_ frequencies: LanguageCounts, _ statistics: CollectionStatistics) -> Float {
    var minimum: Double?
    for language in Language.allCases {
      let documents = statistics[language].documents
      let frequency = min(frequencies[language], documents)
      guard frequency > 0 else { continue }
      let idf = CollectionStatistics.idf(documents: documents, frequency: frequency)
      minimum = min(minimum ?? idf, idf)
    }
    return Float(minimum ?? 0)
  }
}

extension Segment {
  /// A list that a selector names here.
  struct SelectedList {
    let entry: TermDictionary.Entry
    /// What it is posted under, for those who explain scores.
    let address: TermAddress
    let language: Language
    /// The most that a document of the list weighs, and the least.
    let weight: Float
    let lowestWeight: Float
    /// The weight for each set of forms that documents hold; empty where it is the same for all.
    let formWeights: [Float]

    init(entry: TermDictionary.Entry, address: TermAddress, language: Language, weight: Float) {
      self.entry = entry
      self.address = address
      self.language = language
      self.weight = weight
      lowestWeight = weight
      formWeights = []
    }

    init(entry: TermDictionary.Entry, address: TermAddress, language: Language, _ weights: FormWeights) {
      self.entry = entry
      self.address = address
      self.language = language
      weight = weights.highest
      lowestWeight = weights.lowest
      formWeights = lowestWeight < weight ? weights.bySet : []
    }
  }

  /// Documents of this segment that hold what `selector` selects.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    do {
      var lists: [SelectedList] = []
      var lookup = TermLookup()
      return try append(selector, 1, &lookup, to: &lists)
    } catch {
      throw error.inFile(path)
    }
  }

  /// The lists of a word, in dictionary order.
  ///
  /// - Parameter inflection: what documents weigh that hold other forms of a French word than the typed one.
  func lists(_ word: QueryWord, inflection: Float = 1) throws(SearchError) -> [SelectedList] {
    var frequencies = LanguageCounts()
    return try lists(word, inflection: inflection, counting: &frequencies)
  }

  /// The lists of a clause; those that the plan looked up are not looked up again.
  ///
  /// - Parameter number: the segment's place among those that the plan was made for.
  func lists(
    _ clause: QueryPlan.Clause, of plan: QueryPlan, _ number: Int
  ) throws(SearchError) -> [SelectedList] {
    clause.lists.isEmpty ? try lists(clause.word, inflection: plan.inflection) : clause.lists[number]
  }

  /// The same, and adds the documents of this segment that hold the word to the frequencies by language.
  func lists(
    _ word: QueryWord, inflection: Float, counting frequencies: inout LanguageCounts
  ) throws(SearchError) -> [SelectedList] {
    do {
      var lists: [SelectedList] = []
      var lookup = TermLookup()
      for selector in word.selectors {
        frequencies[selector.address.language] += try append(selector, inflection, &lookup, to: &lists)
      }
      return lists
    } catch {
      throw error.inFile(path)
    }
  }

  /// Appends the lists that a selector names; gives the number of documents that hold any of them.
  private func append(
    _ selector: ListSelector, _ inflection: Float, _ lookup: inout TermLookup, to lists: inout [SelectedList]
  ) throws(SearchError) -> UInt64 {
    let address = selector.address.bytes
    guard selector.match == .allSpellings else {
      guard let entry = try lookup.list(at: address, in: dictionary) else { return 0 }
      lists.append(try selected(entry, at: selector.address, selector, inflection))
      return UInt64(entry.list.documents)
    }
    // A key with several spellings has an entry of its own before them; a lone spelling speaks for its key.
    let key = Array(address.dropLast())
    guard try lookup.mayHold(beginning: key, in: dictionary) else { return 0 }
    var cursor = try dictionary.cursor(at: key)
    var frequency: UInt64?
    while try cursor.next() {
      let isSpelling = cursor.address.starts(with: address)
      guard isSpelling || (frequency == nil && cursor.address == key) else { break }
      if frequency == nil { frequency = UInt64(cursor.entry.list.documents) }
      if isSpelling {
        lists.append(try selected(cursor.entry, at: TermAddress(bytes: Array(cursor.address)), selector, inflection))
      }
    }
    return frequency ?? 0
  }

  private func selected(
    _ entry: TermDictionary.Entry, at address: TermAddress, _ selector: ListSelector, _ inflection: Float
  ) throws(SearchError) -> SelectedList {
    let language = selector.address.language
    guard inflection < 1, !selector.typed.isEmpty, entry.list.forms.count > 0 else {
      return SelectedList(entry: entry, address: address, language: language, weight: selector.weight)
    }
    let weights = try formWeights(entry.list, selector, inflection)
    return SelectedList(entry: entry, address: address, language: language, weights)
  }

  /// The weight of each set of forms: full where one of them is the typed word, accents aside.
  private func formWeights(
    _ list: PostingList, _ selector: ListSelector, _ inflection: Float
  ) throws(SearchError) -> FormWeights {
    let minimum = selector.weight * inflection
    let region = try postings.forms.slice(at: list.forms.offset, count: list.forms.count)
    return try FormWeights(region, key: selector.address.key, minimum: minimum) {
      Segment.folds($0, to: selector.typed) ? selector.weight : minimum
    }
  }

  /// Whether `key` is the key of a form. Every letter has its own; plain letters are theirs, and most forms hold no others.
  static func folds(_ form: Span<UInt8>, to key: [UInt8]) -> Bool {
    var start = 0
    while start < form.count, form[start] < 0x80 {
      guard start < key.count, form[start] == key[start] else { return false }
      start += 1
    }
    guard start < form.count else { return start == key.count }
    var (formEnd, keyEnd) = (form.count, key.count)
    while form[formEnd - 1] < 0x80 {
      guard keyEnd > start, form[formEnd - 1] == key[keyEnd - 1] else { return false }
      formEnd -= 1
      keyEnd -= 1
    }
    return Folding.key(of: (start..<formEnd).map { form[$0] }).elementsEqual(key[start..<keyEnd])
  }
}
