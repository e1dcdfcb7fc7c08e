/// Scores a word, a phrase or an expanded word of a bag in one segment: its lists or documents, and upper bounds of its scores.
@safe
final class ClauseScorer {
  let weight: Float
  /// Its documents do not match by it.
  let scoresOnly: Bool
  /// Those of a word, in dictionary order; none of collected documents.
  let lists: [ListScorer]
  /// The documents of a phrase or an expanded word; nil for a word.
  private let collected: CollectedDocuments?
  /// Postings of all lists, or collected documents.
  let documentCount: Int
  /// Index of its longest list; -1 where there is none.
  let longest: Int
  /// All its terms are frequent (`SelectedList.isFrequent`).
  var isFrequent: Bool { lists.allSatisfy(\.isFrequent) }
  var hasVietnamese: Bool { lists.contains { $0.language == .vietnamese } }
  /// Postings of its longest list.
  var largestList: Int { longest < 0 ? 0 : lists[longest].documentCount }
  // Safe because: initialized here, destroyed in `deinit`, used by one search. No property: each use of a variable one would be
  // checked for exclusive access.
  /// Positions of the word in the documents that were read last.
  let positions: UnsafeMutablePointer<PositionTable>

  /// - Parameter lists: those of the word in the segment.
  init(
    weight: Float, _ lists: [SelectedList], _ context: SegmentContext, scoresOnly: Bool = false
  ) throws(SearchError) {
    self.weight = weight
    self.scoresOnly = scoresOnly
    var scorers: [ListScorer] = []
    scorers.reserveCapacity(lists.count)
    for index in lists.indices {
      let lengthNorms = context.lengthNorms[lists[index].language]
      // Bounds of words that most documents hold differ little.
      let scorer = try ListScorer(lists[index], context.segment, lengthNorms: lengthNorms, isWhole: scoresOnly)
      scorers.append(scorer)
    }
    self.lists = scorers
    collected = nil
    documentCount = scorers.reduce(0) { $0 + $1.documentCount }
    longest = scorers.indices.max { scorers[$0].documentCount < scorers[$1].documentCount } ?? -1
    unsafe positions = .allocate(capacity: 1)
    unsafe positions.initialize(to: PositionTable())
  }

  /// - Parameter collected: the documents that hold the phrase or the expanded word.
  init(weight: Float, _ collected: CollectedDocuments) {
    self.weight = weight
    self.collected = collected
    (scoresOnly, lists, documentCount, longest) = (false, [], collected.count, -1)
    unsafe positions = .allocate(capacity: 1)
    unsafe positions.initialize(to: PositionTable())
  }

  deinit {
    unsafe positions.deinitialize(count: 1)
    unsafe positions.deallocate()
  }

  /// Returns the minimum input with which a document may score `score`.
  @inline(__always)
  func minimumInput(_ score: Float) -> Float { BM25.minimumInput(score, weight) }

  // MARK: Windows, ascending

  /// Returns the upper bounds of the inputs of a window's documents; 0 where no document holds the word.
  func bound(_ window: Range<UInt32>) -> SaturationInputs {
    if let collected { return SaturationInputs(collected.bound(window)) }
    var inputs = SaturationInputs()
    for list in lists {
      let bound = list.bound(window)
      inputs.all += bound
      if list.language == .vietnamese { inputs.vietnamese += bound } else { inputs.other += bound }
    }
    return inputs
  }

  /// Adds the scores of a window's documents, of those whose input may reach `minimum`; the others are marked for the count.
  ///
  /// - Parameter bound: upper bound of the inputs in the window.
  /// - Returns: the number of postings, and the number of those in the longest list.
  func addScores(
    _ window: Range<UInt32>, bound: Float, minimum: Float, isCounting: Bool,
    to accumulator: inout WindowAccumulator
  ) throws(SearchError) -> (postings: Int, inLongest: Int) {
    if lists.count == 1 {
      let count = try lists[0].addScores(window, weight, minimum: minimum, isCounting: isCounting, to: accumulator)
      return (count, count)
    }
    if let collected { return (collected.addScores(window, weight: weight, to: accumulator), 0) }
    var postings = (0, 0)
    for (index, list) in lists.enumerated() {
      // A document of the list may get from the others as much as any. The bound is a rounded sum, of which little may remain;
      // infinite bounds leave no number.
      let others = bound - list.bound(window) + bound / 262_144
      let count = try list.addInputs(
        window, minimum: others.isNaN ? 0 : minimum - others, isCounting: isCounting, to: &accumulator)
      postings.0 += count
      if index == longest { postings.1 += count }
    }
    accumulator.saturate(weight)
    return postings
  }

  /// Marks a window's documents as matches, and sets the inputs of some of them (ascending): 0 where they cannot reach
  /// `minimum`.
  ///
  /// - Parameter countsOverlap: those of the longest list are not marked; those that are marked already are counted instead.
  /// - Returns: their number.
  func mark(
    _ window: Range<UInt32>, in accumulator: borrowing WindowAccumulator, countsOverlap: Bool,
    at documents: borrowing GrowableBuffer<UInt32>, minimum: inout GrowableBuffer<Float>,
    into inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) -> Int {
    ClauseScorer.clear(&inputs, documents.count)
    if let collected {
      collected.addInputs(at: documents, to: &inputs)
      _ = collected.mark(window, in: accumulator)
      return 0
    }
    // One of several lists may contribute little.
    if lists.count > 1 { ClauseScorer.clear(&minimum, documents.count) }
    for (index, list) in lists.enumerated() where index != longest {
      _ = try list.mark(
        window, in: accumulator, countsOverlap: false, at: documents, minimum: minimum, to: &inputs)
    }
    guard longest >= 0 else { return 0 }
    return try lists[longest].mark(
      window, in: accumulator, countsOverlap: countsOverlap, at: documents, minimum: minimum, to: &inputs)
  }

  // MARK: Single documents

  private static func clear(_ values: inout GrowableBuffer<Float>, _ count: Int) {
    values.removeAll()
    values.append(repeating: 0, count: count)
  }

  /// Sets the inputs of some documents (ascending).
  func readInputs(
    at documents: borrowing GrowableBuffer<UInt32>, into inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    ClauseScorer.clear(&inputs, documents.count)
    if let collected { return collected.addInputs(at: documents, to: &inputs) }
    for list in lists { try list.addInputs(at: documents, to: &inputs) }
  }

  /// Sets the inputs of some documents (ascending), 0 where they cannot reach `minimum`.
  func readInputs(
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    into inputs: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    guard lists.count == 1 else { return try readInputs(at: documents, into: &inputs) }
    ClauseScorer.clear(&inputs, documents.count)
    try lists[0].addInputs(at: documents, minimum: minimum, to: &inputs)
  }

  /// Sets the inputs and frequencies of some documents (ascending): those in Vietnamese lists, and in all others. Appends a row
  /// for each list: the posting ordinals of the documents.
  func readInputs(
    at documents: borrowing GrowableBuffer<UInt32>, into inputs: inout GrowableBuffer<Float>,
    inVietnamese: inout GrowableBuffer<Float>, other: inout GrowableBuffer<Float>,
    ordinals: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    ClauseScorer.clear(&inputs, documents.count)
    ClauseScorer.clear(&inVietnamese, documents.count)
    ClauseScorer.clear(&other, documents.count)
    if let collected { return collected.addInputs(at: documents, to: &inputs) }
    for list in lists {
      ordinals.append(repeating: PostingOrdinal.none, count: documents.count)
      if list.language == .vietnamese {
        try list.addInputs(at: documents, to: &inputs, frequencies: &inVietnamese, ordinals: &ordinals)
      } else {
        try list.addInputs(at: documents, to: &inputs, frequencies: &other, ordinals: &ordinals)
      }
    }
  }
}

/// Upper bounds of a word's saturation input: in all lists, in Vietnamese lists, and in all others.
struct SaturationInputs: BitwiseCopyable {
  var all: Float = 0
  var vietnamese: Float = 0
  var other: Float = 0

  init() {}

  /// The bounds of a document's input, whatever lists it comes from.
  @inline(__always)
  init(_ input: Float) { (all, vietnamese, other) = (input, input, input) }
}
