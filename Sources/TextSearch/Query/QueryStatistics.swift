/// What tells a query how much its words weigh: the segments that are searched, or a larger whole that they are a part of.
struct QueryStatistics: Sendable {
  let collection: CollectionStatistics
  /// The words that patterns may stand for.
  let vocabulary: Vocabulary
  /// Names of the text fields.
  private let fields: [String]
  /// The segments that are searched; none where the statistics are those of a larger whole.
  let segments: [Segment]
  private let shared: SharedStatistics?

  /// - Parameter control: of the search that asks, which may end before all words of a pattern are found.
  init(_ segments: [Segment], _ control: SearchControl? = nil) {
    collection = segments.reduce(into: CollectionStatistics()) { $0 += $1.statistics }
    self.segments = segments
    vocabulary = Vocabulary(segments: segments, control)
    fields = segments.first?.fields ?? []
    shared = nil
  }

  init(_ shared: SharedStatistics, fields: [String]) {
    self.fields = fields
    collection = shared.collection
    segments = []
    vocabulary = Vocabulary(words: shared.words)
    self.shared = shared
  }

  /// - Throws: `SearchError.unknownField` for a name that no field of the index has.
  func requireField(_ name: String) throws(SearchError) {
    guard fields.isEmpty || fields.contains(name) else { throw .unknownField(name: name, known: fields) }
  }

  /// - Throws: `SearchError.otherStatistics` if shared statistics do not tell what a pattern or the like may stand for.
  func requireWords(of part: String) throws(SearchError) {
    guard let shared, !shared.tells(part) else { return }
    throw .otherStatistics(reason: "they do not tell of '\(part)'")
  }

  /// Documents that hold what `selector` selects.
  ///
  /// - Throws: `SearchError.otherStatistics` if shared statistics do not tell of it.
  func documentFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    if let shared { return try shared.documentFrequency(selector) }
    var sum: UInt64 = 0
    for segment in segments { sum += try segment.documentFrequency(selector) }
    return sum
  }

  /// Of a larger whole than the segments that are searched.
  var isShared: Bool { shared != nil }

  /// The same of a larger whole; 0 without one.
  func sharedFrequency(_ selector: ListSelector) throws(SearchError) -> UInt64 {
    try shared?.documentFrequency(selector) ?? 0
  }
}
