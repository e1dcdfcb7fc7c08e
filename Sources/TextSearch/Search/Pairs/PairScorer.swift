/// Scores pairs of neighbouring words of a bag, and bounds what they can contribute.
///
/// A pair occurs at most as often as each of its words, so its saturation input is at most a ratio times the word's saturation input: lists weigh
/// less than 1, and languages differ in their average lengths.
struct PairScorer {
  /// A pair with, for each of its words, the largest possible ratio of the pair's y to the word's input.
  private struct BoundedPair: BitwiseCopyable {
    let pair: AdjacentPair
    let other: (first: Float, second: Float)
    let vietnamese: (first: Float, second: Float)
  }

  private let pairs: [BoundedPair]
  /// For each clause in a pair what the neighbours of its occurrences are tested for.
  let tests: [PairTest?]
  /// The bits of each pair.
  private let bits: [NeighbourBits]
  /// Whether the neighbours of each clause's occurrences are tested.
  let hasTest: [Bool]
  /// The clauses that are in a pair, ascending, and a bit for each of their pairs.
  let clausesInPairs: [(clause: Int, pairs: UInt64)]
  /// For each clause the pairs that a document without it cannot contain; pairs that share a bit are never among them.
  let lostPairs: [UInt64]
  private let otherNorms: [Float]
  private let vietnameseNorms: [Float]

  /// - Parameters:
  ///   - clauses: the words of the bag.
  ///   - lists: those of each clause.
  init(_ clauses: [ClauseScorer], lists: [[SelectedList]], _ context: SegmentContext) {
    // Two frequent terms make no pair.
    let pairs = context.pairs.filter { !(clauses[$0.first].isFrequent && clauses[$0.first + 1].isFrequent) }
    guard !pairs.isEmpty else {
      (self.pairs, clausesInPairs, lostPairs, otherNorms, vietnameseNorms) = ([], [], [], [], [])
      (tests, hasTest, bits) = ([], [], [])
      return
    }
    otherNorms = context.lengthNorms.other
    vietnameseNorms = context.lengthNorms.vietnamese
    // The rarer word excludes more documents, one that only scores none.
    let bits = pairs.enumerated().map { number, pair in
      let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
      let isRarer = a.scoresOnly == b.scoresOnly ? b.documentCount < a.documentCount : a.scoresOnly
      return NeighbourBits(pair: number, of: pairs.count, bySecond: isRarer)
    }
    self.bits = bits
    let tests = PairScorer.tests(pairs, bits, lists)
    self.tests = tests
    hasTest = tests.map { $0?.neighbours != nil }
    let french = PairScorer.ratios(of: .french, clauses, context.lengthNorms)
    let vietnamese = PairScorer.ratios(of: .vietnamese, clauses, context.lengthNorms)
    self.pairs = pairs.map { pair in
      let (a, b) = (clauses[pair.first], clauses[pair.first + 1])
      let mayBeVietnamese = a.hasVietnamese || b.hasVietnamese
      return BoundedPair(
        pair: pair, other: (PairScorer.ratio(a, french), PairScorer.ratio(b, french)),
        vietnamese: mayBeVietnamese
          ? (PairScorer.ratio(a, vietnamese, without: .french), PairScorer.ratio(b, vietnamese, without: .french))
          : (0, 0))
    }
    clausesInPairs = PairScorer.clauses(in: pairs)
    var lost = [UInt64](repeating: 0, count: clauses.count)
    for (clause, pairs) in clausesInPairs { lost[clause] = pairs & ~PossiblePairs.sharedBit }
    lostPairs = lost
  }

  private static func clauses(in pairs: [AdjacentPair]) -> [(clause: Int, pairs: UInt64)] {
    var clauses: [(clause: Int, pairs: UInt64)] = []
    for (index, pair) in pairs.enumerated() {
      if clauses.last?.clause == pair.first {
        clauses[clauses.count - 1].pairs |= PossiblePairs.bit(index)
      } else {
        clauses.append((pair.first, PossiblePairs.bit(index)))
      }
      clauses.append((pair.first + 1, PossiblePairs.bit(index)))
    }
    return clauses
  }

  /// Makes the tests of the clauses.
  private static func tests(
    _ pairs: [AdjacentPair], _ bits: [NeighbourBits], _ lists: [[SelectedList]]
  ) -> [PairTest?] {
    let codes = lists.map(\.neighbourCodes)
    let areFrequent = lists.map { $0.allSatisfy(\.isFrequent) }
    var (next, previous) = ([Int?](repeating: nil, count: lists.count), [Int?](repeating: nil, count: lists.count))
    for (index, pair) in pairs.enumerated() { (next[pair.first], previous[pair.first + 1]) = (index, index) }
    return lists.indices.map { clause in
      let (next, previous) = (next[clause], previous[clause])
      guard next != nil || previous != nil else { return nil }
      let isBeforeFrequent = next != nil && areFrequent[clause + 1]
      let isBehindFrequent = previous != nil && areFrequent[clause - 1]
      let ofFrequent = (isBeforeFrequent ? 0 : NeighbourTest.next) | (isBehindFrequent ? 0 : NeighbourTest.previous)
      return PairTest(
        next: next.map { (bits[$0], codes[clause + 1]) }, previous: previous.map { (bits[$0], codes[clause - 1]) },
        hasNeighbours: lists[clause].contains(where: \.entry.list.hasNeighbours), ofFrequent: ofFrequent)
    }
  }

  var isEmpty: Bool { pairs.isEmpty }
  /// Whether pairs have two bits each.
  var areTwoSided: Bool { pairs.count <= NeighbourBits.twoSidedLimit }

  /// Returns the largest ratio of a pair's y to the input of a word of it.
  ///
  /// - Parameters:
  ///   - ratios: of the pair's norm to that of each language.
  ///   - excluded: the language whose lists are not in the pair.
  private static func ratio(_ clause: ClauseScorer, _ ratios: [Float], without excluded: Language? = nil) -> Float {
    clause.lists.reduce(0) { ratio, list in
      list.language == excluded ? ratio : max(ratio, ratios[Int(list.language.rawValue)] / list.lowestWeight)
    }
  }

  /// Returns for each language the largest ratio of the norm of one to its own; 1 where no list has it.
  private static func ratios(
    of language: Language, _ clauses: [ClauseScorer], _ lengthNorms: LengthNorms
  ) -> [Float] {
    Language.allCases.map { other in
      let isRead = clauses.contains { $0.lists.contains { $0.language == other } }
      return isRead && other != language ? lengthNorms[ratioOf: language, to: other] : 1
    }
  }

  // MARK: Upper bounds

  /// Returns the upper bound of a pair by those of its words' inputs; 0 where one of them is missing.
  private func bound(_ pair: BoundedPair, _ first: SaturationInputs, _ second: SaturationInputs) -> Float {
    guard first.all > 0, second.all > 0 else { return 0 }
    // One of the words is in a Vietnamese list; the other may be in one of no language.
    let mayBeVietnamese = first.vietnamese > 0 || second.vietnamese > 0
    let inVietnamese =
      mayBeVietnamese ? min(first.all * pair.vietnamese.first, second.all * pair.vietnamese.second) : 0
    // Other pairs have a word in another list than the Vietnamese ones.
    let all = min(first.all * pair.other.first, second.all * pair.other.second)
    let other = min(all, first.other * pair.other.first + second.other * pair.other.second)
    return BM25.bound(other, pair.pair.other) + BM25.bound(inVietnamese, pair.pair.vietnamese)
  }

  /// Returns the upper bound of all pairs by those of the words' inputs, `inputs(clause)`.
  @inline(__always)
  func bound(_ inputs: (Int) -> SaturationInputs) -> Float {
    var sum: Float = 0
    for pair in pairs { sum += bound(pair, inputs(pair.pair.first), inputs(pair.pair.first + 1)) }
    return sum
  }

  /// Sets the upper bound of each pair in a window, the highest first; returns their sum.
  ///
  /// - Parameter inputs: upper bounds of the words' inputs in the window.
  @inline(__always)
  func setBounds(_ bounds: inout GrowableBuffer<PairBound>, _ inputs: (Int) -> SaturationInputs) -> Float {
    bounds.removeAll()
    var sum: Float = 0
    for index in pairs.indices {
      let first = pairs[index].pair.first
      let maximum = bound(pairs[index], inputs(first), inputs(first + 1))
      guard maximum > 0 else { continue }
      let bound = PairBound(index, bits[index], first: first, maximum: maximum)
      bounds.insert(bound) { $0.maximum >= $1.maximum }
      sum += maximum
    }
    return sum
  }

  /// Returns the pairs that a document which holds all clauses may contain, and the sum of their bounds in its window; nil where the
  /// sum is less than `minimum`.
  ///
  /// - Parameters:
  ///   - bounds: of the pairs in the window.
  ///   - maximum: sum of the bounds of all pairs.
  ///   - minimum: the minimum sum that is of use.
  ///   - flags: returns what the neighbours of a clause's occurrences in the document say (`NeighbourTest`).
  @inline(__always)
  func possiblePairs(
    _ bounds: borrowing GrowableBuffer<PairBound>, maximum: Float, minimum: Float,
    flags: (_ clause: Int, NeighbourTest) throws(SearchError) -> UInt8
  ) throws(SearchError) -> PossiblePairs? {
    var found = PossiblePairs()
    // What remains of a sum, rounded at each step, may be little beside what was subtracted.
    var remaining = maximum + maximum * Float(bounds.count) / 4_194_304
    for index in 0..<bounds.count {
      let bound = bounds[index]
      var isPossible = true
      if let test = tests[bound.first]?.neighbours {
        isPossible = try flags(bound.first, test) & NeighbourTest.next != 0
      }
      if isPossible, let test = tests[bound.first + 1]?.neighbours {
        isPossible = try flags(bound.first + 1, test) & NeighbourTest.previous != 0
      }
      if isPossible {
        found.add(bound)
      } else {
        remaining -= bound.maximum
        if remaining < minimum { return nil }
      }
    }
    return found
  }

  /// Returns the upper bound of some pairs in a document, by the bounds of its window and its own `input(clause)`.
  @inline(__always)
  func bound(
    _ bounds: borrowing GrowableBuffer<PairBound>, of possible: UInt64, _ input: (Int) -> Float
  ) -> Float {
    var sum: Float = 0
    for index in 0..<bounds.count where possible & bounds[index].bit != 0 {
      let pair = pairs[bounds[index].pair]
      let first = SaturationInputs(input(pair.pair.first))
      let second = SaturationInputs(input(pair.pair.first + 1))
      sum += min(bounds[index].maximum, bound(pair, first, second))
    }
    return sum
  }

  /// Returns which of some pairs a document may contain by its words' frequencies, `frequency(clause)`, and the upper bound of
  /// their scores.
  @inline(__always)
  func possiblePairs(
    _ possible: UInt64, in document: UInt32, _ segment: Segment, _ frequency: (Int) -> SplitFrequency
  ) throws(SearchError) -> PossiblePairs {
    var found = PossiblePairs()
    if possible == 0 { return found }
    let code = Int(try segment.lengthCode(document))
    for index in pairs.indices where possible & PossiblePairs.bit(index) != 0 {
      let pair = pairs[index]
      let (first, second) = (frequency(pair.pair.first), frequency(pair.pair.first + 1))
      guard first.all > 0, second.all > 0 else { continue }
      found.pairs |= PossiblePairs.bit(index)
      let all = min(first.all, second.all)
      // One of the words is in a Vietnamese list; the other may be in one of no language.
      let inVietnamese = first.vietnamese > 0 || second.vietnamese > 0 ? all : 0
      // Other pairs have a word in another list than the Vietnamese ones.
      let other = min(all, first.other + second.other)
      found.maximum += BM25.bound(other * otherNorms[code], pair.pair.other)
      found.maximum += BM25.bound(inVietnamese * vietnameseNorms[code], pair.pair.vietnamese)
    }
    return found
  }

  // MARK: Scores

  /// Adds the scores of pairs to those of some documents, in query order; the clauses have read their positions.
  ///
  /// - Parameters:
  ///   - possible: the pairs that each document may contain; the others contribute 0.
  ///   - counter: of the search at work.
  func add(
    to scores: inout GrowableBuffer<Float>, at documents: borrowing GrowableBuffer<UInt32>,
    possible: borrowing GrowableBuffer<UInt64>, _ segment: Segment, clauses: [ClauseScorer],
    counter: inout PairCounter
  ) throws(SearchError) {
    for (ordinal, bounded) in pairs.enumerated() {
      let (a, b) = (clauses[bounded.pair.first], clauses[bounded.pair.first + 1])
      for index in 0..<documents.count where possible[index] & PossiblePairs.bit(ordinal) != 0 {
        let code = Int(try segment.lengthCode(documents[index]))
        let found = unsafe counter.count(index, a.positions.pointee, followedBy: b.positions.pointee)
        let norms = PairNorms(other: otherNorms[code], vietnamese: vietnameseNorms[code])
        scores[index] += bounded.pair.score(found, norms)
      }
    }
  }
}

/// The upper bound of a pair in a window.
struct PairBound: BitwiseCopyable {
  /// Index of the pair.
  let pair: Int
  /// The clause of its first word.
  let first: Int
  let bit: UInt64
  let bits: NeighbourBits
  /// The one of these bits that says whether the bound is in a document's accumulated score; 0 where it is in none.
  var added: UInt64 = 0
  let maximum: Float

  init(_ pair: Int, _ bits: NeighbourBits, first: Int, maximum: Float) {
    self.pair = pair
    self.first = first
    self.maximum = maximum
    bit = PossiblePairs.bit(pair)
    self.bits = bits
  }
}

/// Pairs that a document may contain, a bit for each, and the upper bound of their scores.
struct PossiblePairs: BitwiseCopyable {
  var pairs: UInt64 = 0
  var maximum: Float = 0

  /// The bit for a pair; pairs 63 and up share bit 63.
  @inline(__always)
  static func bit(_ pair: Int) -> UInt64 { 1 &<< UInt64(min(pair, 63)) }

  static let sharedBit: UInt64 = 1 &<< 63

  @inline(__always)
  mutating func add(_ bound: PairBound) {
    pairs |= bound.bit
    maximum += bound.maximum
  }
}
