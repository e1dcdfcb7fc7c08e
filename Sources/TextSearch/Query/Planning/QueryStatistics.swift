/// The statistics that weigh the words of a query: those of the segments that are searched, or of a larger collection that
/// these are a part of.
final class QueryStatistics: Sendable {
  let collection: CollectionStatistics
  /// Names of the text fields.
  private let fields: [String]
  /// The segments that are searched; none if the statistics are of a larger collection.
  let segments: [Segment]
  private let shared: SharedStatistics?

  init(_ segments: [Segment]) {
    collection = segments.reduce(into: CollectionStatistics()) { $0 += $1.statistics }
    self.segments = segments
    fields = segments.first?.fields ?? []
    shared = nil
  }

  init(_ shared: SharedStatistics, fields: [String]) {
    self.fields = fields
    collection = shared.collection
    segments = []
    self.shared = shared
  }

  /// Returns the words that patterns are matched with.
  ///
  /// - Parameter control: the control of the search, which may end before all words of a pattern are found; nil to find all.
  func vocabulary(_ control: SearchControl? = nil) -> Vocabulary {
    if let shared { Vocabulary(words: shared.words) } else { Vocabulary(segments: segments, control) }
  }

  /// Checks that the index has a field.
  ///
  /// - Throws: `SearchError.unknownField` for a name that no field of the index has.
  func requireField(_ name: String) throws(SearchError) {
    guard fields.isEmpty || fields.contains(name) else { throw .unknownField(name: name, known: fields) }
  }

  /// Checks that shared statistics hold the expansion of a pattern, a fuzzy word or an exact spelling.
  ///
  /// - Throws: `SearchError.otherStatistics` if they do not.
  func requireWords(of part: String) throws(SearchError) {
    guard let shared, !shared.containsExpansion(of: part) else { return }
    throw .otherStatistics(reason: "they hold nothing of '\(part)'")
  }

  /// Checks that shared statistics hold the words near one that no document holds.
  ///
  /// - Throws: `SearchError.otherStatistics` if they do not.
  func requireNearest(to name: String) throws(SearchError) {
    guard let shared, !shared.containsNearest(to: name) else { return }
    throw .otherStatistics(reason: "they hold nothing near '\(name)'")
  }

  /// Returns the number of documents in the lists of a selector.
  ///
  /// - Throws: `SearchError.otherStatistics` if shared statistics do not hold it.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    if let shared { return try shared.documentFrequency(selector) }
    var sum: UInt64 = 0
    for segment in segments { sum += try segment.documentFrequency(selector) }
    return sum
  }

  /// Returns whether documents of the larger collection hold other forms of a French word; nil without one.
  func sharedOtherForms(_ key: [UInt8]) throws(SearchError) -> Bool? { try shared?.hasOtherForms(key) }

  /// Returns the number of documents that hold a pair of a slot.
  ///
  /// - Throws: `SearchError.otherStatistics` if shared statistics do not hold it; `.corrupt`.
  func documentFrequency(pair slot: UInt32) throws(SearchError) -> UInt64 {
    if let shared { return try shared.documentFrequency(pair: slot) }
    var sum: UInt64 = 0
    for segment in segments {
      do {
        sum += UInt64(try segment.pairFrequencies[slot])
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return sum
  }

  /// Returns pairs of leaves with their idf in the collection: that of words, by the number of documents that hold them side by
  /// side (`PairFrequencies`).
  ///
  /// - Throws: as `documentFrequency(pair:)`.
  func weighed(_ pairs: [QueryPlan.Pair], of leaves: [QueryPlan.Leaf]) throws(SearchError) -> [QueryPlan.Pair] {
    var weighed = pairs
    for index in pairs.indices {
      let first = pairs[index].first
      guard case .read(let word) = leaves[first].word.terms, case .read(let next) = leaves[first + 1].word.terms else {
        continue
      }
      var frequency: UInt64 = 0
      for slot in PairFrequencies[Set(word.pairWords), Set(next.pairWords)] {
        frequency += try documentFrequency(pair: slot)
      }
      weighed[index].vietnameseIdf = idf(frequency, .vietnamese)
      weighed[index].otherIdf = idf(frequency, .french)
    }
    return weighed
  }

  /// Returns the idf in Vietnamese text of words that stand side by side in some documents.
  func pairIdf(_ documents: UInt64) -> Float { idf(documents, .vietnamese) }

  private func idf(_ frequency: UInt64, _ language: Language) -> Float {
    guard frequency > 0 else { return 0 }
    let documents = collection.population(of: language)
    return Float(ResolvedWord.idf(documents: documents, frequency: min(Double(frequency), documents)))
  }

  /// Whether the statistics are of a larger collection than the segments that are searched.
  var isShared: Bool { shared != nil }

  /// Returns the document frequency in the larger collection; 0 without one.
  func sharedFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    try shared?.documentFrequency(selector) ?? 0
  }
}
