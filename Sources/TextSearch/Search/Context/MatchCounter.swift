import Synchronization

/// Counts the documents that match a search, over all its segments, up to a limit.
///
/// Beyond the limit the total is the limit, whatever was seen: it does not depend on threads, segments and shards.
final class MatchCounter: Sendable {
  /// The largest total that is exact; 0 where nothing is counted.
  let limit: Int
  private let counted = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  /// Whether further matches are to be counted.
  var isCounting: Bool { limit > 0 && counted.load(ordering: .relaxed) <= limit }

  /// Adds matches of a segment; each once, as long as they are counted.
  func add(_ matches: Int) {
    if matches > 0 { counted.add(matches, ordering: .relaxed) }
  }

  /// The number of matches, at most the limit; nil where nothing is counted.
  var total: Int? { limit > 0 ? min(counted.load(ordering: .relaxed), limit) : nil }

  /// Whether the total is that of all matches, once all segments have been searched.
  var isExact: Bool { isCounting }
}
