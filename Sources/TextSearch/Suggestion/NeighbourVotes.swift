/// The number of documents in which each spelling of a word is right before each spelling of the next word.
///
/// Examines documents of the rarer of the two words: all if they are at most ``maximumDocuments``, else a sample of at
/// most that size, spread over the segment. So the work is bounded whatever the size of the index.
struct NeighbourVotes {
  /// Maximum number of documents examined.
  static let maximumDocuments = 128

  /// Numbers of documents by spelling of the first word, then of the second.
  private(set) var votes: [[Int]]
  /// Number of documents in which any spelling of the first word is right before any of the second.
  private(set) var voters = 0
  /// Number of documents examined.
  private(set) var examined = 0

  /// Counts votes in one segment.
  ///
  /// - Parameters:
  ///   - first: the spellings of the first word, not yet read.
  ///   - second: those of the second word.
  ///   - documents: the number of documents of the segment.
  init(_ first: [SpelledWord], _ second: [SpelledWord], documents: Int) throws(SearchError) {
    votes = [[Int]](repeating: [Int](repeating: 0, count: second.count), count: first.count)
    let counts = [first, second].map { $0.reduce(0) { $0 + $1.documents } }
    let (leader, follower) = counts[0] <= counts[1] ? (first, second) : (second, first)
    let isSample = min(counts[0], counts[1]) > UInt64(NeighbourVotes.maximumDocuments)
    let step = isSample ? UInt32(max(1, documents / NeighbourVotes.maximumDocuments)) : 1
    var target: UInt32 = 0
    while examined < NeighbourVotes.maximumDocuments {
      let document = try NeighbourVotes.seek(leader, to: target)
      guard document < SpelledWord.end else { return }
      examined += 1
      if try NeighbourVotes.seek(follower, to: document) == document { try add(first, second, document) }
      target = max(target, document / step * step) + step
    }
  }

  /// Returns the first document at or after `target` that contains one of the words.
  private static func seek(_ words: [SpelledWord], to target: UInt32) throws(SearchError) -> UInt32 {
    var first = SpelledWord.end
    for word in words { first = min(first, try word.seek(to: target)) }
    return first
  }

  /// Adds the votes of a document that contains both words.
  private mutating func add(
    _ first: [SpelledWord], _ second: [SpelledWord], _ document: UInt32
  ) throws(SearchError) {
    let before = try NeighbourVotes.positions(first, document)
    let after = try NeighbourVotes.positions(second, document)
    var isVoter = false
    for (a, positions) in before {
      for (b, next) in after where WordPositions.adjacent(positions, next) > 0 {
        votes[a][b] += 1
        isVoter = true
      }
    }
    voters += isVoter ? 1 : 0
  }

  /// Returns the indexes of the words that a document contains, with their positions.
  private static func positions(
    _ words: [SpelledWord], _ document: UInt32
  ) throws(SearchError) -> [(word: Int, positions: [UInt32])] {
    var found: [(word: Int, positions: [UInt32])] = []
    for (index, word) in words.enumerated() {
      let positions = try word.positions(in: document)
      if !positions.isEmpty { found.append((index, positions)) }
    }
    return found
  }
}
