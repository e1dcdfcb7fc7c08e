/// The spellings that Vietnamese words typed without marks have in the documents that a query finds.
///
/// One folded syllable stands for many; two side by side mostly for one pair (measured: .63 and .905 of the time the
/// most frequent one is meant). So each pair of neighbouring words votes: in the best documents, which spellings of the
/// one stand right before which of the other? The best chain of spellings wins.
struct MarkedSpellings {
  /// What each word of the query becomes; nil for one that stays.
  private(set) var restored: [String?]

  /// Documents that vote.
  private static let voters = 20
  /// Spellings of a syllable that are looked at, those of most documents.
  private static let mostSpellings = 24
  /// Documents in which a pair stands that outweigh any difference of the words alone.
  private static let voteWeight = 100.0

  /// Of so many documents one has to hold a spelling beside that of a neighbour.
  private static let leastShare = 4

  private struct Spelling {
    let form: [UInt8]
    let documents: UInt64
    let list: PositionSource
  }

  init(_ plan: QueryPlan, _ index: SearchIndex) throws(SearchError) {
    restored = [String?](repeating: nil, count: plan.clauses.count)
    // What stands in one segment decides: the one whose documents are the best.
    guard let (segment, documents) = try MarkedSpellings.voters(plan, index) else { return }
    var spellings: [[Spelling]] = []
    for clause in plan.clauses { spellings.append(try MarkedSpellings.spellings(of: clause.word, segment)) }
    for run in spellings.indices.split(whereSeparator: { spellings[$0].count < 1 }) where run.count > 1 {
      let chosen = try MarkedSpellings.bestChain(spellings[run].map { $0 }, documents)
      for (place, spelling) in zip(run, chosen)
      where spelling.form != Folding.key(of: spelling.form)
        && MarkedSpellings.leastShare * spelling.votes >= documents.count
      {
        restored[place] = String(decoding: spelling.form, as: UTF8.self)
      }
    }
  }

  /// The best documents of the segment that has most of them.
  private static func voters(
    _ plan: QueryPlan, _ index: SearchIndex
  ) throws(SearchError) -> (segment: Segment, documents: [UInt32])? {
    let options = SearchOptions(limit: voters, makesSnippets: false, countsAll: false)
    var bySegment: [Int: [UInt32]] = [:]
    for hit in try index.best(.words(plan), options).hits { bySegment[hit.segment, default: []].append(hit.document) }
    let most = bySegment.max { a, b in a.value.count != b.value.count ? a.value.count < b.value.count : a.key > b.key }
    return most.map { (index.segments[$0.key], $0.value.sorted()) }
  }

  /// The spellings of a word that is typed without marks and may be any of them; none for other words.
  private static func spellings(of word: QueryWord, _ segment: Segment) throws(SearchError) -> [Spelling] {
    guard let selector = word.selectors.first(where: { $0.match == .allSpellings }) else { return [] }
    let found = try segment.lists(word)
      .filter { selector.selects($0.address) && !$0.address.spelling.isEmpty }
      .sorted { a, b in
        let (x, y) = (a.entry.list.documents, b.entry.list.documents)
        return x != y ? x > y : a.address < b.address
      }
    var spellings: [Spelling] = []
    for list in found.prefix(mostSpellings) {
      spellings.append(
        Spelling(
          form: Array(list.address.spelling), documents: UInt64(list.entry.list.documents),
          list: try PositionSource(list, segment)))
    }
    return spellings
  }

  /// The spellings of neighbouring words that stand side by side most often (Viterbi's way through all chains).
  ///
  /// - Returns: the spellings, each with the documents in which it stands beside one of its neighbours in the chain.
  private static func bestChain(
    _ words: [[Spelling]], _ documents: [UInt32]
  ) throws(SearchError) -> [(form: [UInt8], votes: Int)] {
    var positions = try positions(words[0], documents)
    var scores = words[0].map { wordScore($0) }
    var origins: [[(place: Int, votes: Int)]] = []
    for word in 1..<words.count {
      let next = try self.positions(words[word], documents)
      var nextScores: [Double] = []
      var from: [(place: Int, votes: Int)] = []
      for (place, spelling) in words[word].enumerated() {
        let votes = positions.map { self.votes($0, next[place]) }
        let ways = zip(scores, votes).map { $0 + voteWeight * Double($1) }
        let best = ways.indices.max { ways[$0] < ways[$1] } ?? 0
        from.append((best, votes[best]))
        nextScores.append(ways[best] + wordScore(spelling))
      }
      origins.append(from)
      (positions, scores) = (next, nextScores)
    }
    var place = scores.indices.max { scores[$0] < scores[$1] } ?? 0
    var chosen = [(form: words[words.count - 1][place].form, votes: 0)]
    for word in stride(from: words.count - 2, through: 0, by: -1) {
      let origin = origins[word][place]
      chosen[chosen.count - 1].votes = max(chosen[chosen.count - 1].votes, origin.votes)
      place = origin.place
      chosen.append((words[word][place].form, origin.votes))
    }
    return chosen.reversed()
  }

  /// Grows with the documents: one point for each doubling.
  private static func wordScore(_ spelling: Spelling) -> Double {
    Double(UInt64.bitWidth - spelling.documents.leadingZeroBitCount)
  }

  /// Where each spelling stands in each of the documents.
  private static func positions(_ spellings: [Spelling], _ documents: [UInt32]) throws(SearchError) -> [[[UInt32]]] {
    var all: [[[UInt32]]] = []
    for spelling in spellings {
      var own: [[UInt32]] = []
      for document in documents { own.append(try spelling.list.find(document) ? spelling.list.positions : []) }
      all.append(own)
    }
    return all
  }

  /// Documents in which one spelling stands right before the other.
  private static func votes(_ first: [[UInt32]], _ second: [[UInt32]]) -> Int {
    zip(first, second).reduce(0) { $0 + (WordPositions.adjacent($1.0, $1.1) > 0 ? 1 : 0) }
  }
}
