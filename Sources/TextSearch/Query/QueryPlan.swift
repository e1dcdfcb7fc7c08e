/// A query resolved against the vocabulary and the statistics of a whole collection.
struct QueryPlan: Sendable {
  /// One word of the query.
  struct Clause: Sendable {
    let word: QueryWord
    /// The word's boost times its inverse document frequency; 0 where no document holds the word.
    fileprivate(set) var weight: Float
    /// Documents that hold the word, by language.
    fileprivate(set) var frequencies: [UInt64]
    /// The word as a compound, where an index has seen it with hyphens.
    fileprivate(set) var compounds: [CompoundWord] = []
    /// Where each segment has them; their scores are those of French words.
    fileprivate(set) var occurrences: [ObjectIdentifier: [CompoundWord.Occurrences]] = [:]
  }

  private(set) var clauses: [Clause]
  let statistics: CollectionStatistics

  init(_ words: [QueryWord], _ segments: [Segment]) throws(SearchError) {
    var statistics = CollectionStatistics()
    for segment in segments { statistics += segment.statistics }
    self.statistics = statistics
    var clauses: [Clause] = []
    for word in words {
      var frequencies = [UInt64](repeating: 0, count: Language.allCases.count)
      for segment in segments {
        for selector in word.selectors {
          frequencies[Int(selector.address.language.rawValue)] += try segment.documentFrequency(selector)
        }
      }
      let weight = word.boost * QueryPlan.idf(frequencies, statistics)
      clauses.append(Clause(word: word, weight: weight, frequencies: frequencies))
    }
    self.clauses = clauses
  }

  /// Adds to each word the compounds that it is the joined writing of.
  mutating func addCompounds(_ segments: [Segment], _ analyzer: inout Analyzer) throws(SearchError) {
    for index in clauses.indices {
      let compounds = try CompoundWord.compounds(of: clauses[index].word, segments, &analyzer)
      guard !compounds.isEmpty else { continue }
      clauses[index].compounds = compounds
      for segment in segments {
        var occurrences: [CompoundWord.Occurrences] = []
        for compound in compounds { occurrences.append(try compound.occurrences(in: segment)) }
        clauses[index].occurrences[ObjectIdentifier(segment)] = occurrences
        let documents = occurrences.reduce(0) { $0 + $1.documents.count }
        clauses[index].frequencies[Int(Language.french.rawValue)] += UInt64(documents)
      }
      let clause = clauses[index]
      clauses[index].weight = clause.word.boost * QueryPlan.idf(clause.frequencies, statistics)
    }
  }

  /// Without the words that are not to count, unless none would be left.
  var kept: QueryPlan {
    var plan = self
    if !clauses.allSatisfy(\.word.isDropped) { plan.clauses.removeAll(where: \.word.isDropped) }
    return plan
  }

  /// ln(1 + (N - df + .5) / (df + .5)), the least over the languages that hold the word: being common in one of them
  /// is enough to be common.
  private static func idf(_ frequencies: [UInt64], _ statistics: CollectionStatistics) -> Float {
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
    let language: Language
    let weight: Float
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
  func lists(_ word: QueryWord) throws(SearchError) -> [SelectedList] {
    do {
      var lists: [SelectedList] = []
      for selector in word.selectors {
        var cursor = try dictionary.cursor(at: selector.address.bytes)
        while try cursor.next(), selector.selects(TermAddress(bytes: cursor.address)) {
          lists.append(
            SelectedList(entry: cursor.entry, language: selector.address.language, weight: selector.weight))
          if selector.match == .term { break }
        }
      }
      return lists
    } catch {
      throw error.inFile(path)
    }
  }
}
