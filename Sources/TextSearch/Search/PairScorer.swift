/// What neighbouring words of a query add, and what they can add at most.
///
/// A pair occurs at most as often as each of its words, so its y is at most a ratio times the word's x: lists weigh less than 1, and
/// languages differ in their average lengths.
struct PairScorer {
  /// A pair with the most that its y is in multiples of each word's x.
  private struct Bounded: BitwiseCopyable {
    let pair: AdjacentPair
    let other: (first: Float, second: Float)
    let vietnamese: (first: Float, second: Float)
  }

  private let pairs: [Bounded]
  let questions: PairProbe
  private let bits: ClauseBits
  /// The clauses that are in a pair, and in which ones: a bit for each.
  let clausesInPairs: [(clause: Int, pairs: UInt64)]
  /// The pairs that are lost where a clause is not held; those that share a bit are never lost.
  let lostPairs: [UInt64]
  private let other: [Float]
  private let vietnamese: [Float]

  /// - Parameter lists: those of each clause.
  init(
    _ pairs: [AdjacentPair], _ clauses: [ClauseScorer], _ lists: [[Segment.SelectedList]], _ lengthNorms: [[Float]],
    _ filters: PairFilters
  ) {
    bits = ClauseBits(clauses.count)
    guard !pairs.isEmpty else {
      (self.pairs, clausesInPairs, lostPairs, other, vietnamese) = ([], [], [], [], [])
      questions = PairProbe([], lists, .none)
      return
    }
    other = lengthNorms[Int(Language.french.rawValue)]
    vietnamese = lengthNorms[Int(Language.vietnamese.rawValue)]
    questions = PairProbe(pairs, lists, filters)
    let ratios = PairScorer.ratios(of: clauses, lengthNorms)
    self.pairs = pairs.map { pair in
      let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
      return Bounded(
        pair: pair,
        other: (PairScorer.otherRatio(a, ratios), PairScorer.otherRatio(b, ratios)),
        vietnamese: (PairScorer.vietnameseRatio(a), PairScorer.vietnameseRatio(b)))
    }
    clausesInPairs = PairScorer.clauses(in: pairs)
    var lost = [UInt64](repeating: 0, count: clauses.count)
    for (clause, pairs) in clausesInPairs where !clauses[clause].mayWeighNothing {
      lost[clause] = pairs & ~PossiblePairs.sharedBit
    }
    lostPairs = lost
  }

  /// The clauses that are in a pair, ascending.
  private static func clauses(in pairs: [AdjacentPair]) -> [(clause: Int, pairs: UInt64)] {
    var clauses: [(clause: Int, pairs: UInt64)] = []
    for (place, pair) in pairs.enumerated() {
      if clauses.last?.clause == pair.first {
        clauses[clauses.count - 1].pairs |= PossiblePairs.bit(place)
      } else {
        clauses.append((pair.first, PossiblePairs.bit(place)))
      }
      clauses.append((pair.first + 1, PossiblePairs.bit(place)))
    }
    return clauses
  }

  var isEmpty: Bool { pairs.isEmpty }

  private static func vietnameseRatio(_ clause: ClauseScorer) -> Float {
    clause.lists.reduce(0) { $1.language == .vietnamese ? max($0, 1 / $1.lowestWeight) : $0 }
  }

  private static func otherRatio(_ clause: ClauseScorer, _ ratios: [Float]) -> Float {
    clause.lists.reduce(0) { max($0, ratios[Int($1.language.rawValue)] / $1.lowestWeight) }
  }

  /// By language the most that 1 / K in French is of that in it, over all lengths; 1 at least, and where no list has it.
  private static func ratios(of clauses: [ClauseScorer], _ lengthNorms: [[Float]]) -> [Float] {
    let own = lengthNorms[Int(Language.french.rawValue)]
    return lengthNorms.indices.map { language in
      let isRead = clauses.contains { $0.lists.contains { Int($0.language.rawValue) == language } }
      guard isRead, language != Int(Language.french.rawValue) else { return 1 }
      return own.indices.reduce(1) { max($0, own[$1] / lengthNorms[language][$1]) }
    }
  }

  // MARK: Bounds

  /// The most that a pair adds where the x of its words are at most those given; 0 where one of them is missing.
  private func bound(_ pair: Bounded, _ first: SaturationInputs, _ second: SaturationInputs) -> Float {
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
  func bound(_ x: (Int) -> SaturationInputs) -> Float {
    var sum: Float = 0
    for pair in pairs { sum += bound(pair, x(pair.pair.first), x(pair.pair.first + 1)) }
    return sum
  }

  /// Makes `bounds` the most that each pair adds in a window, the highest first; `x` as above. Gives the sum.
  @inline(__always)
  func bounds(_ bounds: inout GrowableBuffer<PairBound>, _ x: (Int) -> SaturationInputs) -> Float {
    bounds.removeAll()
    var sum: Float = 0
    for place in pairs.indices {
      let first = pairs[place].pair.first
      let maximum = bound(pairs[place], x(first), x(first + 1))
      guard maximum > 0 else { continue }
      bounds.insert(PairBound(place, first, maximum, questions.way(place), bits)) { $0.maximum >= $1.maximum }
      sum += maximum
    }
    return sum
  }

  /// The pairs that a document's filter does not deny, of those that have a bound in a window, and the most that they add there.
  ///
  /// - Parameters:
  ///   - clauses: those that the document may hold, as bits of a `WindowAccumulator`.
  ///   - most: the bounds of all pairs of these, and the least that is of use.
  /// - Returns: nil where it is less.
  @inline(__always)
  func bound(
    _ bounds: borrowing GrowableBuffer<PairBound>, in document: UInt32, clauses: UInt32,
    _ maximum: Float, minimum: Float
  ) throws(SearchError) -> PossiblePairs? {
    var found = PossiblePairs()
    guard !questions.isEmpty else {
      for index in 0..<bounds.count where bounds[index].clauses & ~clauses == 0 { found.add(bounds[index]) }
      return found
    }
    guard let filter = unsafe try questions.filter(document) else { return minimum > 0 ? nil : found }
    // What is left of a sum, rounded at each step, may be little beside what was taken away.
    var maximum = maximum + maximum * Float(bounds.count) / 4_194_304
    for index in 0..<bounds.count {
      // Safe because: below the count.
      let bound = unsafe bounds[unchecked: index]
      guard bound.clauses & ~clauses == 0 else { continue }
      if unsafe questions.mayHold(filter, bound) {
        found.add(bound)
      } else {
        maximum -= bound.maximum
        if maximum < minimum { return nil }
      }
    }
    return found
  }

  /// The most that some pairs add in a document, by the bounds of its window and its own `x(clause)`.
  @inline(__always)
  func bound(_ bounds: borrowing GrowableBuffer<PairBound>, of held: UInt64, _ x: (Int) -> Float) -> Float {
    var maximum: Float = 0
    for index in 0..<bounds.count where held & bounds[index].bit != 0 {
      let pair = pairs[bounds[index].place]
      let (first, second) = (SaturationInputs(x(pair.pair.first)), SaturationInputs(x(pair.pair.first + 1)))
      maximum += min(bounds[index].maximum, bound(pair, first, second))
    }
    return maximum
  }

  /// The most that some pairs add, by the bounds of their window alone.
  func bound(_ bounds: borrowing GrowableBuffer<PairBound>, of pairs: UInt64) -> Float {
    var maximum: Float = 0
    for index in 0..<bounds.count where pairs & bounds[index].bit != 0 { maximum += bounds[index].maximum }
    return maximum
  }

  /// The most that some pairs add in a document, by how often it holds the words, `count(clause)`; and which of them may.
  @inline(__always)
  func bound(
    _ held: UInt64, in document: UInt32, _ segment: Segment, _ count: (Int) -> WordCount
  ) throws(SearchError) -> PossiblePairs {
    var found = PossiblePairs()
    if held == 0 { return found }
    let code = Int(try segment.lengthCode(document))
    for place in pairs.indices where held & PossiblePairs.bit(place) != 0 {
      let pair = pairs[place]
      let (first, second) = (count(pair.pair.first), count(pair.pair.first + 1))
      guard first.isHeld, second.isHeld else { continue }
      // Whether those that share a bit are denied is not known.
      if PossiblePairs.bit(place) == PossiblePairs.sharedBit, try !questions.mayHold(document, place) { continue }
      found.pairs |= PossiblePairs.bit(place)
      let inVietnamese = min(first.inVietnamese, second.inVietnamese)
      // Other pairs have a word in another list than the Vietnamese ones.
      let all = min(first.inVietnamese + first.other, second.inVietnamese + second.other)
      let other = min(all, first.other + second.other)
      found.maximum += PairScorer.score(other * self.other[code], pair.pair.other)
      found.maximum += PairScorer.score(inVietnamese * vietnamese[code], pair.pair.vietnamese)
    }
    return found
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
      for place in 0..<documents.count where held[place] & PossiblePairs.bit(number) != 0 {
        let code = Int(try segment.lengthCode(documents[place]))
        let found = unsafe counter.count(place, a.positions.pointee, followedBy: b.positions.pointee)
        scores[place] += bounded.pair.score(found.inVietnamese, of: found.all, (other[code], vietnamese[code]))
      }
    }
  }
}
