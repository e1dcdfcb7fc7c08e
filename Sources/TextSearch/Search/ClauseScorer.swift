/// A word of the query in one segment: its lists, and bounds of what it adds to scores.
@safe
final class ClauseScorer {
  let weight: Float
  /// In dictionary order.
  let lists: [ListScorer]
  /// The least that a document of one of its lists weighs.
  let lowestWeight: Float
  /// Postings of all lists.
  let documentCount: Int
  /// The place of its longest list; -1 where there is none.
  let longest: Int
  /// Postings of its longest list.
  var largestList: Int { longest < 0 ? 0 : lists[longest].documentCount }
  // Safe because: initialized here, destroyed in `deinit`, used by one search. Not a property: each use of one that changes
  // would be checked for exclusive access.
  /// Where the word stands in the documents that were last asked for.
  let positions: UnsafeMutablePointer<PositionTable>

  /// - Parameter lists: those of the word in the segment.
  init(
    _ weight: Float, _ lists: [Segment.SelectedList], _ segment: Segment, _ lengthNorms: [[Float]]
  ) throws(SearchError) {
    self.weight = weight
    var scorers: [ListScorer] = []
    scorers.reserveCapacity(lists.count)
    for place in lists.indices {
      let own = lengthNorms[Int(lists[place].language.rawValue)]
      scorers.append(try ListScorer(lists[place], segment, lengthNorms: own))
    }
    self.lists = scorers
    lowestWeight = scorers.reduce(1) { min($0, $1.lowestWeight) }
    documentCount = scorers.reduce(0) { $0 + $1.documentCount }
    longest = scorers.indices.max { scorers[$0].documentCount < scorers[$1].documentCount } ?? -1
    unsafe positions = .allocate(capacity: 1)
    unsafe positions.initialize(to: PositionTable())
  }

  deinit {
    unsafe positions.deinitialize(count: 1)
    unsafe positions.deallocate()
  }

  /// What x adds to a score; also the bound that follows from a bound of x.
  @inline(__always)
  static func score(_ x: Float, _ weight: Float) -> Float { x.isInfinite ? weight : weight * (x / (1 + x)) }

  /// The least x with which a document may reach `score` by the clause; a little less.
  @inline(__always)
  func minimumInput(_ score: Float) -> Float {
    guard score > 0 else { return 0 }
    return score < weight ? score / (weight - score) * (1 - 1 / 4096) : .infinity
  }

  /// The highest x with which a document may score no more than `score`; a little more.
  @inline(__always)
  func maximumInput(_ score: Float) -> Float {
    score < weight ? score / (weight - score) * (1 + 1 / 4096) : .infinity
  }

  // MARK: Windows, ascending

  /// The most that x of a window's documents is; 0 where no document holds the word.
  func bound(_ window: Range<UInt32>) -> SaturationInputs {
    var x = SaturationInputs()
    for list in lists {
      let bound = list.bound(window)
      x.all += bound
      if list.language == .vietnamese { x.vietnamese += bound } else { x.other += bound }
    }
    return x
  }

  /// Adds the scores of a window's documents, of those whose x may reach `least`; the others are marked for the count.
  ///
  /// - Parameter bound: the most that x is in the window.
  /// - Returns: how many postings there are, and how many of them are in the longest list.
  func addScores(
    _ window: Range<UInt32>, bound: Float, minimum: Float, isCounting: Bool, to board: inout WindowAccumulator
  ) throws(SearchError) -> (postings: Int, inLongest: Int) {
    if lists.count == 1 {
      let count = try lists[0].addScores(window, weight, minimum: minimum, isCounting: isCounting, to: board)
      return (count, count)
    }
    var postings = (0, 0)
    for (place, list) in lists.enumerated() {
      // A document of the list may get from the others as much as any. The bound is a rounded sum, of which little may be left.
      let others = bound - list.bound(window) + bound / 262_144
      let count = try list.addParts(
        window, minimum: others.isNaN ? 0 : minimum - others, isCounting: isCounting, to: &board)
      postings.0 += count
      if place == longest { postings.1 += count }
    }
    board.saturate(weight)
    return postings
  }

  /// Marks a window's documents as matching, and makes `x` that of some of them (ascending): 0 where it cannot reach
  /// `least`.
  ///
  /// - Parameter overlaps: those of the longest list are not marked; those that are on the board already are counted
  ///   instead.
  /// - Returns: how many those are.
  func mark(
    _ window: Range<UInt32>, on board: borrowing WindowAccumulator, overlaps: Bool,
    at documents: borrowing GrowableBuffer<UInt32>, minimum: inout GrowableBuffer<Float>,
    into x: inout GrowableBuffer<Float>
  ) throws(SearchError) -> Int {
    x.removeAll()
    x.append(repeating: 0, count: documents.count)
    if lists.count > 1 {
      // What one list adds may be little.
      minimum.removeAll()
      minimum.append(repeating: 0, count: documents.count)
    }
    for (place, list) in lists.enumerated() where place != longest {
      _ = try list.mark(window, on: board, overlaps: false, at: documents, minimum: minimum, to: &x)
    }
    guard longest >= 0 else { return 0 }
    return try lists[longest].mark(window, on: board, overlaps: overlaps, at: documents, minimum: minimum, to: &x)
  }

  // MARK: Single documents

  /// Makes `x` that of some documents (ascending).
  func readX(
    at documents: borrowing GrowableBuffer<UInt32>, into x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    x.removeAll()
    x.append(repeating: 0, count: documents.count)
    for list in lists { try list.addParts(at: documents, to: &x) }
  }

  /// The same, but 0 where x cannot reach `least`.
  func readX(
    at documents: borrowing GrowableBuffer<UInt32>, minimum: borrowing GrowableBuffer<Float>,
    into x: inout GrowableBuffer<Float>
  ) throws(SearchError) {
    guard lists.count == 1 else { return try readX(at: documents, into: &x) }
    x.removeAll()
    x.append(repeating: 0, count: documents.count)
    try lists[0].addParts(at: documents, minimum: minimum, to: &x)
  }

  /// The same of all, and how often the lists hold the word: the Vietnamese ones, and all others. Appends a row for each list:
  /// where it holds the documents.
  func readX(
    at documents: borrowing GrowableBuffer<UInt32>, into x: inout GrowableBuffer<Float>,
    inVietnamese: inout GrowableBuffer<Float>, other: inout GrowableBuffer<Float>,
    places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    x.removeAll()
    x.append(repeating: 0, count: documents.count)
    inVietnamese.removeAll()
    inVietnamese.append(repeating: 0, count: documents.count)
    other.removeAll()
    other.append(repeating: 0, count: documents.count)
    for list in lists {
      places.append(repeating: PostingOrdinal.none, count: documents.count)
      if list.language == .vietnamese {
        try list.addParts(at: documents, to: &x, &inVietnamese, places: &places)
      } else {
        try list.addParts(at: documents, to: &x, &other, places: &places)
      }
    }
  }
}

/// The most that x of a word is somewhere: all of it, and what comes from Vietnamese lists and from all others.
struct SaturationInputs: BitwiseCopyable {
  var all: Float = 0
  var vietnamese: Float = 0
  var other: Float = 0

  init() {}

  /// That of a document, whatever lists it comes from.
  @inline(__always)
  init(_ x: Float) { (all, vietnamese, other) = (x, x, x) }

  @inline(__always)
  func limited(to maximum: Float) -> SaturationInputs {
    var x = SaturationInputs()
    (x.all, x.vietnamese, x.other) = (min(all, maximum), min(vietnamese, maximum), min(other, maximum))
    return x
  }
}
