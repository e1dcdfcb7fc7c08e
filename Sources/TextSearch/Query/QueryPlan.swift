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
    let frequencies: [UInt64]
  }

  private(set) var clauses: [Clause]
  /// What a French list weighs in documents that hold other forms than the typed one.
  private(set) var inflection: Float
  let statistics: CollectionStatistics

  init(_ words: [QueryWord], _ source: QueryStatistics, _ weights: AgreementWeights) throws(SearchError) {
    inflection = weights.inflection
    statistics = source.collection
    var clauses: [Clause] = []
    for word in words {
      var frequencies = [UInt64](repeating: 0, count: Language.allCases.count)
      for selector in word.selectors {
        frequencies[Int(selector.address.language.rawValue)] += try source.documentFrequency(selector)
      }
      let idf = QueryPlan.idf(frequencies, statistics)
      clauses.append(Clause(word: word, weight: word.boost * idf, idf: idf, frequencies: frequencies))
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
    var plan = self
    if !clauses.allSatisfy(\.word.isDropped) { plan.clauses.removeAll(where: \.word.isDropped) }
    return plan
  }

  /// ln(1 + (N - df + .5) / (df + .5)), the least over the languages that hold the word: being common in one of them
  /// is enough to be common.
  static func idf(_ frequencies: [UInt64], _ statistics: CollectionStatistics) -> Float {
    var least: Double?
    for language in Language.allCases {
      let documents = statistics[language].documents
      let frequency = min(frequencies[Int(language.rawValue)], documents)
      guard frequency > 0 else { continue }
      let idf = CollectionStatistics.idf(documents: documents, frequency: frequency)
      least = min(least ?? idf, idf)
    }
    return Float(least ?? 0)
  }
}

extension Segment {
  /// A list that a selector names here.
  struct SelectedList {
    let entry: TermDictionary.Entry
    /// What it is posted under, for those who explain scores.
    var address = TermAddress(bytes: [])
    let language: Language
    let weight: Float
    /// The weight for each set of forms that documents hold; empty where it is the same for all.
    var formWeights: [Float] = []
  }

  /// Documents of this segment that hold what `selector` selects.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    do {
      switch selector.match {
      case .term:
        return UInt64(try dictionary.list(at: selector.address.bytes)?.list.documents ?? 0)
      case .allSpellings:
        // A key with several spellings has an entry of its own before them; a lone spelling speaks for its key.
        let key = Array(selector.address.bytes.dropLast())
        var cursor = try dictionary.cursor(at: key)
        guard try cursor.next(), cursor.address == key || cursor.address.starts(with: selector.address.bytes) else {
          return 0
        }
        return UInt64(cursor.entry.list.documents)
      }
    } catch {
      throw error.inFile(path)
    }
  }

  /// The lists of a word, in dictionary order.
  ///
  /// - Parameter inflection: what documents weigh that hold other forms of a French word than the typed one.
  func lists(_ word: QueryWord, inflection: Float = 1) throws(SearchError) -> [SelectedList] {
    do {
      var lists: [SelectedList] = []
      for selector in word.selectors {
        var cursor = try dictionary.cursor(at: selector.address.bytes)
        while try cursor.next(), selector.selects(TermAddress(bytes: cursor.address)) {
          var list = SelectedList(
            entry: cursor.entry, address: TermAddress(bytes: cursor.address), language: selector.address.language,
            weight: selector.weight)
          if inflection < 1, !selector.typed.isEmpty, cursor.entry.list.forms.count > 0 {
            list.formWeights = try formWeights(cursor.entry.list, selector, inflection)
          }
          lists.append(list)
          if selector.match == .term { break }
        }
      }
      return lists
    } catch {
      throw error.inFile(path)
    }
  }

  /// The weight of each set of forms: full where one of them is the typed word, accents aside.
  private func formWeights(
    _ list: PostingList, _ selector: ListSelector, _ inflection: Float
  ) throws(SearchError) -> [Float] {
    let region = try postings.restricted(to: list).forms
    let table = try FormSets(region, key: selector.address.key)
    let agrees = table.forms.map { Folding.key(of: $0) == selector.typed }
    return table.sets.map { set in
      set.contains { agrees[Int($0)] } ? selector.weight : selector.weight * inflection
    }
  }
}
