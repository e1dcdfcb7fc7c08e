/// A query resolved against the vocabulary and the statistics of a whole collection.
struct QueryPlan: Sendable {
  /// One word of the query.
  struct Clause: Sendable {
    let word: QueryWord
    /// The word's boost times its inverse document frequency; 0 where no document holds the word.
    let weight: Float
    /// Documents that hold the word, by language.
    let frequencies: [UInt64]
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
