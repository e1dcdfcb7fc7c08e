/// The statistics that weigh the words of a query: of the segments that are searched, or of a larger collection that they are a
/// part of.
final class QueryStatistics: Sendable {
  let collection: CollectionStatistics
  /// Names of the text fields.
  private let fields: [String]
  /// The segments that are searched; none where the statistics are those of a larger whole.
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

  /// Returns the words that patterns may stand for.
  ///
  /// - Parameter control: of the search at work, which may end before all words of a pattern are found; nil to find all.
  func vocabulary(_ control: SearchControl? = nil) -> Vocabulary {
    if let shared { Vocabulary(words: shared.words) } else { Vocabulary(segments: segments, control) }
  }

  /// - Throws: `SearchError.unknownField` for a name that no field of the index has.
  func requireField(_ name: String) throws(SearchError) {
    guard fields.isEmpty || fields.contains(name) else { throw .unknownField(name: name, known: fields) }
  }

  /// - Throws: `SearchError.otherStatistics` if shared statistics do not hold the words of a pattern, a similar word or an exact spelling.
  func requireWords(of part: String) throws(SearchError) {
    guard let shared, !shared.containsExpansion(of: part) else { return }
    throw .otherStatistics(reason: "they hold nothing of '\(part)'")
  }

  /// Returns the number of documents that hold what `selector` selects.
  ///
  /// - Throws: `SearchError.otherStatistics` if shared statistics do not hold it.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    if let shared { return try shared.documentFrequency(selector) }
    var sum: UInt64 = 0
    for segment in segments { sum += try segment.documentFrequency(selector) }
    return sum
  }

  /// The statistics are of a larger collection than the segments that are searched.
  var isShared: Bool { shared != nil }

  /// Returns the document frequency in the larger collection; 0 without one.
  func sharedFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    try shared?.documentFrequency(selector) ?? 0
  }
}
