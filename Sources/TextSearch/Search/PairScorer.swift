/// What neighbouring words of a query add, and what they can add at most.
///
/// A pair occurs at most as often as each of its words, so its y is at most a ratio times the word's x: lists weigh less than 1, and
/// languages differ in their average lengths.
struct PairScorer {
  /// A pair with the most that its y is in multiples of each word's x.
  private struct Bounded: BitwiseCopyable {
    let pair: AdjacentPair
    /// What stands for the pair in the filters, by its place in `hashes`.
    let hashes: (start: Int, end: Int)
    let other: (first: Float, second: Float)
    let vietnamese: (first: Float, second: Float)
  }

  private let pairs: [Bounded]
  private let filters: PairFilters
  private let hashes: [UInt64]
  /// The clauses that are in a pair, and in which ones: a bit for each.
  let clausesInPairs: [(clause: Int, pairs: UInt64)]
  private let other: [Float]
  private let vietnamese: [Float]

  /// - Parameter lists: those of each clause.
  init(
    _ pairs: [AdjacentPair], _ clauses: [ClauseScorer], _ lists: [[Segment.SelectedList]], _ normalizers: [[Float]],
    _ filters: PairFilters
  ) {
    guard !pairs.isEmpty else {
      (self.pairs, hashes, clausesInPairs, other, vietnamese) = ([], [], [], [], [])
      self.filters = .none
      return
    }
    other = normalizers[Int(Language.french.rawValue)]
    vietnamese = normalizers[Int(Language.vietnamese.rawValue)]
    self.filters = filters
    var hashes: [UInt64] = []
    let keys = filters.isEmpty ? [] : lists.map(PairHashes.ofKeys)
    self.pairs = pairs.map { pair in
      let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
      let start = hashes.count
      if !filters.isEmpty { hashes += PairHashes.ofPair(keys[pair.first], keys[pair.first + 1]) }
      return Bounded(
        pair: pair, hashes: (start, hashes.count),
        other: (PairScorer.otherRatio(a, normalizers), PairScorer.otherRatio(b, normalizers)),
        vietnamese: (PairScorer.vietnameseRatio(a), PairScorer.vietnameseRatio(b)))
    }
    self.hashes = hashes
    clausesInPairs = PairScorer.clauses(in: pairs)
  }

  /// The clauses that are in a pair, ascending.
  private static func clauses(in pairs: [AdjacentPair]) -> [(clause: Int, pairs: UInt64)] {
    var clauses: [(clause: Int, pairs: UInt64)] = []
    for (place, pair) in pairs.enumerated() {
      if clauses.last?.clause == pair.first {
        clauses[clauses.count - 1].pairs |= bit(place)
      } else {
        clauses.append((pair.first, bit(place)))
      }
      clauses.append((pair.first + 1, bit(place)))
    }
    return clauses
  }

  /// The bit of a pair; those far behind share one.
  @inline(__always)
  private static func bit(_ place: Int) -> UInt64 { 1 &<< UInt64(min(place, 63)) }

  /// Whether the filters leave it open that a document holds a pair.
  @inline(__always)
  private func mayHold(_ document: UInt32, _ pair: Bounded) throws(SearchError) -> Bool {
    guard pair.hashes.start < pair.hashes.end else { return true }
    return try filters.mayHold(document, hashes, pair.hashes.start..<pair.hashes.end)
  }

  var isEmpty: Bool { pairs.isEmpty }

  private static func vietnameseRatio(_ clause: ClauseScorer) -> Float {
    clause.lists.reduce(0) { $1.language == .vietnamese ? max($0, 1 / $1.lowestWeight) : $0 }
  }

  private static func otherRatio(_ clause: ClauseScorer, _ normalizers: [[Float]]) -> Float {
    let own = normalizers[Int(Language.french.rawValue)]
    return clause.lists.reduce(0) { most, list in
      let values = normalizers[Int(list.language.rawValue)]
      var ratio: Float = 1
      if list.language != .french { for code in own.indices { ratio = max(ratio, own[code] / values[code]) } }
      return max(most, ratio / list.lowestWeight)
    }
  }

  // MARK: Bounds

  /// The most that a pair adds where the x of its words are at most those given; 0 where one of them is missing.
  private func bound(_ pair: Bounded, _ first: WordX, _ second: WordX) -> Float {
    guard first.all > 0, second.all > 0 else { return 0 }
    let inVietnamese = min(first.vietnamese * pair.vietnamese.first, second.vietnamese * pair.vietnamese.second)
    // Other pairs have a word in another list than the Vietnamese ones.
    let all = min(first.all * pair.other.first, second.all * pair.other.second)
    let other = min(all, first.other * pair.other.first + second.other * pair.other.second)
    return PairScorer.score(other, pair.pair.other) + PairScorer.score(inVietnamese, pair.pair.vietnamese)
  }

  private static func score(_ y: Float, _ weight: Float) -> Float {
    // No number stands for infinitely often in a word of no such list.
    y.isFinite ? weight * (y / (1 + y)) : weight
  }

  /// The most that all pairs add in a window; `x(clause)` is the most that a word's x is there.
  @inline(__always)
  func bound(_ x: (Int) -> WordX) -> Float {
    var sum: Float = 0
    for pair in pairs { sum += bound(pair, x(pair.pair.first), x(pair.pair.first + 1)) }
    return sum
  }

  /// Makes `bounds` the most that each pair adds in a window; `x` as above. Gives the sum.
  @inline(__always)
  func bounds(_ bounds: inout GrowableBuffer<PairBound>, _ x: (Int) -> WordX) -> Float {
    bounds.removeAll()
    var sum: Float = 0
    for pair in pairs {
      let most = bound(pair, x(pair.pair.first), x(pair.pair.first + 1))
      bounds.append(PairBound(first: pair.pair.first, most: most))
      sum += most
    }
    return sum
  }

  /// The most that a pair adds in a document, by `bounds` of a window.
  @inline(__always)
  func bound(_ place: Int, _ most: Float, in document: UInt32) throws(SearchError) -> Float {
    try mayHold(document, pairs[place]) ? most : 0
  }

  /// The most that all pairs add in a document, by the filters and how often it holds the words, `count(clause)`; and the
  /// pairs that it may hold.
  @inline(__always)
  func bound(
    _ document: UInt32, _ segment: Segment, _ count: (Int) -> WordCount
  ) throws(SearchError) -> (most: Float, pairs: UInt64) {
    let code = Int(try segment.lengthCode(document))
    var sum: Float = 0
    var held: UInt64 = 0
    for place in pairs.indices {
      let pair = pairs[place]
      let (first, second) = (count(pair.pair.first), count(pair.pair.first + 1))
      guard first.isHeld, second.isHeld, try mayHold(document, pair) else { continue }
      held |= PairScorer.bit(place)
      let inVietnamese = min(first.inVietnamese, second.inVietnamese)
      // Other pairs have a word in another list than the Vietnamese ones.
      let all = min(first.inVietnamese + first.other, second.inVietnamese + second.other)
      let other = min(all, first.other + second.other)
      sum += PairScorer.score(other * self.other[code], pair.pair.other)
      sum += PairScorer.score(inVietnamese * vietnamese[code], pair.pair.vietnamese)
    }
    return (sum, held)
  }

  // MARK: Scores

  /// Adds to the scores of some documents what their pairs add, in query order; the clauses have read their positions.
  ///
  /// - Parameters:
  ///   - held: the pairs that each document may hold; the others add 0.
  ///   - counter: of the search at work.
  func add(
    to scores: inout GrowableBuffer<Float>, _ documents: borrowing GrowableBuffer<UInt32>,
    _ held: borrowing GrowableBuffer<UInt64>, _ segment: Segment, _ clauses: [ClauseScorer],
    _ counter: inout PairCounter
  ) throws(SearchError) {
    for (number, bounded) in pairs.enumerated() {
      let (a, b) = (clauses[bounded.pair.first], clauses[bounded.pair.first + 1])
      for place in 0..<documents.count where held[place] & PairScorer.bit(number) != 0 {
        let code = Int(try segment.lengthCode(documents[place]))
        let found = unsafe counter.count(place, a.positions.pointee, followedBy: b.positions.pointee)
        scores[place] += bounded.pair.score(found.inVietnamese, of: found.all, (other[code], vietnamese[code]))
      }
    }
  }
}

/// How often a document holds a word, in Vietnamese lists and in all others.
struct WordCount: BitwiseCopyable {
  let inVietnamese: Float
  let other: Float

  var isHeld: Bool { inVietnamese + other > 0 }
}

/// The most that a pair adds somewhere, and the place of its first word's clause.
struct PairBound: BitwiseCopyable {
  let first: Int
  let most: Float
}
