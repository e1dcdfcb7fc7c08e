/// Probes the pair filters of documents for the pairs of a query: whether they may contain them.
///
/// A class, as a structure of this size was copied for each document that is probed.
final class PairProbe {
  /// Pairs with more combinations of keys are not probed.
  private static let maximumCombinations = 16

  let filters: PairFilters
  /// The combinations of keys of each pair, one pair after the other, and where those of each end; none where a pair is not
  /// probed.
  private let probes: [ProbedPair]
  private let ends: [Int]

  /// - Parameter words: for each pair, the hashes of the keys of its two words (`hashes(ofKeys:)`).
  init(_ words: [(first: [UInt32], second: [UInt32])], _ filters: PairFilters) {
    self.filters = filters
    var probes: [ProbedPair] = []
    var ends: [Int] = []
    if !filters.isEmpty {
      for (first, second) in words {
        if first.count * second.count <= PairProbe.maximumCombinations {
          for own in first { probes += second.map { ProbedPair(PairFilters.hash(own, $0)) } }
        }
        ends.append(probes.count)
      }
    }
    self.probes = probes
    self.ends = ends
  }

  /// The probe of the pairs of a bag of words.
  ///
  /// - Parameter lists: those of each clause.
  convenience init(_ pairs: [AdjacentPair], _ lists: [[SelectedList]], _ filters: PairFilters) {
    let keys = filters.isEmpty || pairs.isEmpty ? [] : lists.map(PairProbe.hashes)
    self.init(keys.isEmpty ? [] : pairs.map { (keys[$0.first], keys[$0.first + 1]) }, filters)
  }

  /// The probe of a phrase whose words follow each other at once.
  ///
  /// - Parameter words: the hashes of the keys of each word; none where the phrase is not probed.
  convenience init(phrase words: [[UInt32]], _ filters: PairFilters) {
    self.init(zip(words, words.dropFirst()).map { ($0, $1) }, filters)
  }

  /// Returns a hash of each key of a word's lists.
  static func hashes(ofKeys lists: [SelectedList]) -> [UInt32] {
    var hashes: [UInt32] = []
    for list in lists {
      let address = list.address.bytes
      let end = address.dropFirst().firstIndex(of: 0) ?? address.count
      let hash = PairFilters.hash(ofKey: address.span.extracting(min(1, end)..<end))
      if !hashes.contains(hash) { hashes.append(hash) }
      // Pairs of more keys are not probed.
      if hashes.count > maximumCombinations { break }
    }
    return hashes
  }

  /// There are no filters: any document may contain any pair.
  var isEmpty: Bool { filters.isEmpty }

  private func combinations(_ pair: Int) -> Range<Int> {
    isEmpty ? 0..<0 : (pair == 0 ? 0 : ends[pair - 1])..<ends[pair]
  }

  /// The first combination of keys of a pair, and whether it is the only one.
  subscript(pair: Int) -> (first: ProbedPair, isOnly: Bool) {
    let combinations = combinations(pair)
    return (combinations.isEmpty ? .any : probes[combinations.lowerBound], combinations.count < 2)
  }

  // MARK: Pairs

  /// Sets for each of some documents whether it may contain a pair: all are probed at once, as each waits for memory.
  func probe(
    _ bound: PairBound, _ documents: borrowing GrowableBuffer<UInt32>, into mayContain: inout GrowableBuffer<Bool>
  ) throws(SearchError) {
    mayContain.removeAll()
    guard !isEmpty else { return mayContain.append(repeating: true, count: documents.count) }
    let target = unsafe mayContain.extend(by: documents.count)
    let filters = filters
    for index in 0..<documents.count {
      // Safe because: there is room for as many as there are documents.
      unsafe target[index] = try filters.filter(documents[unchecked: index])?.mayContain(bound.probe) ?? false
    }
    guard !bound.isOnlyProbe else { return }
    for index in 0..<documents.count where !mayContain[index] {
      mayContain[index] = try self.mayContain(documents[index], bound.pair)
    }
  }

  /// Whether a document may contain a pair.
  func mayContain(_ document: UInt32, _ pair: Int) throws(SearchError) -> Bool {
    guard !isEmpty else { return true }
    let filters = filters
    guard let filter = try filters.filter(document) else { return false }
    return mayContain(filter, pair)
  }

  /// Whether the document of a filter may contain a pair.
  @inline(__always)
  func mayContain(_ filter: DocumentFilter, _ bound: PairBound) -> Bool {
    filter.mayContain(bound.probe) || (!bound.isOnlyProbe && mayContain(filter, bound.pair))
  }

  @inline(never)
  private func mayContain(_ filter: DocumentFilter, _ pair: Int) -> Bool {
    let combinations = combinations(pair)
    return combinations.isEmpty || filter.mayContain(anyOf: probes, combinations)
  }

  /// Returns the pairs that a document may contain, as `PossiblePairs` has them.
  func possiblePairs(_ document: UInt32) throws(SearchError) -> UInt64 {
    guard !isEmpty else { return .max }
    let filters = filters
    guard let filter = try filters.filter(document) else { return 0 }
    var possible: UInt64 = 0
    for pair in ends.indices where mayContain(filter, pair) { possible |= PossiblePairs.bit(pair) }
    return possible
  }

  // MARK: Phrases

  /// Whether a document may contain all pairs.
  func mayContainAll(_ document: UInt32) throws(SearchError) -> Bool {
    if probes.isEmpty { return true }
    let filters = filters
    guard let filter = try filters.filter(document) else { return false }
    var start = 0
    for end in ends {
      guard start == end || filter.mayContain(anyOf: probes, start..<end) else { return false }
      start = end
    }
    return true
  }

  /// Keeps the documents that may contain all pairs.
  func keepPossible(_ documents: inout GrowableBuffer<UInt32>) throws(SearchError) {
    if probes.isEmpty { return }
    try documents.keep { (_, document) throws(SearchError) in try mayContainAll(document) }
  }
}
