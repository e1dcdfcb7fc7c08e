/// A word of the query in one segment: its lists, and bounds of what it adds to scores.
final class ClauseScorer {
  let weight: Float
  /// In dictionary order.
  let lists: [ListScorer]
  /// The languages of its lists.
  let hasVietnamese: Bool
  let hasOthers: Bool
  /// The least that a document of one of its lists weighs.
  let lowestWeight: Float
  /// Postings of all lists.
  let documentCount: Int
  /// For each window the most that the clause adds to a score there; 0 where it holds no document.
  private(set) var bounds: GrowableBuffer<Float>
  /// x of each document of the window at work.
  var x: GrowableBuffer<Float>

  /// - Parameters:
  ///   - windowSize: documents in a window.
  init(
    _ clause: QueryPlan.Clause, _ plan: QueryPlan, _ segment: Segment, _ normalizers: [[Float]], windowSize: Int
  ) throws(SearchError) {
    weight = clause.weight
    var lists: [ListScorer] = []
    for list in try segment.lists(clause.word, inflection: plan.inflection) {
      lists.append(try ListScorer(list, segment, normalizers: normalizers[Int(list.language.rawValue)]))
    }
    self.lists = lists
    hasVietnamese = lists.contains { $0.language == .vietnamese }
    hasOthers = lists.contains { $0.language != .vietnamese }
    lowestWeight = lists.reduce(1) { min($0, $1.lowestWeight) }
    documentCount = lists.reduce(0) { $0 + $1.documentCount }
    let windows = (segment.documentCount + windowSize - 1) / windowSize
    bounds = GrowableBuffer(capacity: windows)
    bounds.append(repeating: 0, count: windows)
    x = GrowableBuffer(capacity: windowSize)
    x.append(repeating: 0, count: windowSize)
    for list in lists { list.addBounds(to: &bounds, windowSize: windowSize) }
    for window in 0..<windows { bounds[window] = ClauseScorer.score(bounds[window], weight) }
  }

  /// What x adds to a score; also the bound that follows from a bound of x.
  @inline(__always)
  static func score(_ x: Float, _ weight: Float) -> Float { x.isInfinite ? weight : weight * (x / (1 + x)) }

  /// At least x / (1 + x) for each document of a window.
  func saturation(_ window: Int) -> Float { min(1, bounds[window] / weight) }

  /// Sets x for all documents of a window.
  func score(_ window: Range<Int>) throws(SearchError) {
    clear()
    for list in lists { try list.add(window, to: &x) }
  }

  /// Sets x for some documents of a window, given by their places in it, ascending; 0 for the others.
  func score(at slots: borrowing GrowableBuffer<UInt32>, _ window: Range<Int>) throws(SearchError) {
    clear()
    for list in lists { try list.add(at: slots, window, to: &x) }
  }

  private func clear() {
    let count = x.count
    x.removeAll()
    x.append(repeating: 0, count: count)
  }

  /// Where the word stands in a document.
  func positions(in document: UInt32) throws(SearchError) -> WordPositions {
    var positions = WordPositions()
    for list in lists { try list.addPositions(of: document, to: &positions) }
    return positions
  }

}
