/// Asks the filters of documents for the pairs of a query: whether they may hold them. A class, as a structure of this size was
/// copied for each document that is asked.
final class PairProbe {
  private let filters: PairFilters
  /// All ways to ask for each pair, one pair after the other, and where those of each end; none where it is not asked for.
  private let asked: [ProbedPair]
  private let ends: [Int]

  /// - Parameter lists: those of each clause.
  init(_ pairs: [AdjacentPair], _ lists: [[Segment.SelectedList]], _ filters: PairFilters) {
    self.filters = filters
    var asked: [ProbedPair] = []
    var ends: [Int] = []
    if !filters.isEmpty, !pairs.isEmpty {
      let keys = lists.map(PairHashes.ofKeys)
      for pair in pairs {
        asked += PairHashes.ofPair(keys[pair.first], keys[pair.first + 1]).map { ProbedPair($0) }
        ends.append(asked.count)
      }
    }
    self.asked = asked
    self.ends = ends
  }

  /// There are no filters: any document may hold any pair.
  var isEmpty: Bool { filters.isEmpty }

  /// The filter of a document (`PairFilters.filter`).
  @unsafe
  @inline(__always)
  func filter(_ document: UInt32) throws(SearchError) -> DocumentFilter? { unsafe try filters.filter(document) }

  private func ways(_ place: Int) -> Range<Int> {
    isEmpty ? 0..<0 : (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  /// The first way to ask for a pair, and whether there are others.
  func way(_ place: Int) -> (first: ProbedPair, isOnly: Bool) {
    let ways = ways(place)
    return (ways.isEmpty ? .any : asked[ways.lowerBound], ways.count < 2)
  }

  /// Whether the filters leave it open that some documents hold a pair: all of them are asked at once, as each waits for memory.
  func ask(
    _ bound: PairBound, _ documents: borrowing GrowableBuffer<UInt32>, into isOpen: inout GrowableBuffer<Bool>
  ) throws(SearchError) {
    isOpen.removeAll()
    guard !isEmpty else { return isOpen.append(repeating: true, count: documents.count) }
    let target = unsafe isOpen.extend(by: documents.count)
    for index in 0..<documents.count {
      // Safe because: there is room for as many as there are documents.
      unsafe target[index] = try filters.filter(documents[unchecked: index])?.mayHold(bound.asked) ?? false
    }
    guard !bound.isOnly else { return }
    for index in 0..<documents.count where !isOpen[index] {
      isOpen[index] = try mayHold(documents[index], bound.place)
    }
  }

  /// Whether the filters leave it open that a document holds a pair.
  func mayHold(_ document: UInt32, _ place: Int) throws(SearchError) -> Bool {
    guard !isEmpty else { return true }
    guard let filter = unsafe try filters.filter(document) else { return false }
    return unsafe mayHold(filter, place)
  }

  @unsafe
  @inline(__always)
  func mayHold(_ filter: DocumentFilter, _ bound: PairBound) -> Bool {
    unsafe filter.mayHold(bound.asked) || (!bound.isOnly && mayHold(filter, bound.place))
  }

  /// Whether a filter leaves it open that its document holds a pair, by any way to ask for it.
  @inline(never)
  private func mayHold(_ filter: DocumentFilter, _ place: Int) -> Bool {
    let ways = ways(place)
    return unsafe ways.isEmpty || filter.mayHold(asked, ways)
  }

  /// The pairs that a document's filters do not deny.
  func held(_ document: UInt32) throws(SearchError) -> UInt64 {
    guard !isEmpty else { return .max }
    guard let filter = unsafe try filters.filter(document) else { return 0 }
    var held: UInt64 = 0
    for place in ends.indices where unsafe mayHold(filter, place) { held |= PossiblePairs.bit(place) }
    return held
  }
}
