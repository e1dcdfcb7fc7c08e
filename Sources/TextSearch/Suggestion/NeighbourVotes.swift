/// In how many documents each spelling of a word stands right before each spelling of the next.
///
/// Documents of the word that fewer hold are looked at, at most ``maximumDocuments`` of them, spread over the segment: the
/// work is bounded whatever the size of the index, and a rare word is looked at everywhere.
struct NeighbourVotes {
  static let maximumDocuments = 128

  /// By spelling of the first word, then of the second.
  private(set) var votes: [[Int]]
  /// Documents in which any stands before any.
  private(set) var voters = 0
  /// Documents that were looked at.
  private(set) var looked = 0

  init(_ first: [SpelledWord], _ second: [SpelledWord], documents: Int) throws(SearchError) {
    votes = [[Int]](repeating: [Int](repeating: 0, count: second.count), count: first.count)
    let counts = [first, second].map { $0.reduce(0) { $0 + $1.documents } }
    let (leader, follower) = counts[0] <= counts[1] ? (first, second) : (second, first)
    let isSample = min(counts[0], counts[1]) > UInt64(NeighbourVotes.maximumDocuments)
    let step = isSample ? UInt32(max(1, documents / NeighbourVotes.maximumDocuments)) : 1
    var target: UInt32 = 0
    while looked < NeighbourVotes.maximumDocuments {
      let document = try NeighbourVotes.seek(leader, to: target)
      guard document < SpelledWord.end else { return }
      looked += 1
      if try NeighbourVotes.seek(follower, to: document) == document { try add(first, second, document) }
      target = max(target, document / step * step) + step
    }
  }

  private static func seek(_ words: [SpelledWord], to target: UInt32) throws(SearchError) -> UInt32 {
    var first = SpelledWord.end
    for word in words { first = min(first, try word.seek(to: target)) }
    return first
  }

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

  /// Where the words stand that the document holds.
  private static func positions(
    _ words: [SpelledWord], _ document: UInt32
  ) throws(SearchError) -> [(place: Int, positions: [UInt32])] {
    var found: [(place: Int, positions: [UInt32])] = []
    for (place, word) in words.enumerated() {
      let positions = try word.positions(in: document)
      if !positions.isEmpty { found.append((place, positions)) }
    }
    return found
  }
}
