/// The spellings that Vietnamese words typed without marks probably have.
///
/// One folded syllable stands for many; two side by side mostly for one pair (measured: .63 and .905 of the time the
/// most frequent one is meant). So each pair of neighbouring words votes: in how many documents does which spelling of the
/// one stand right before which of the other? The best chain of spellings wins. The words as they are typed, which are
/// those of another language maybe, stand for election like the others.
struct DiacriticSpellings {
  /// What each word of the query becomes; nil for one that stays.
  private(set) var restored: [String?]

  /// Spellings of a syllable that are looked at, those of most documents.
  private static let maximumSpellings = 24
  /// Documents in which a pair stands that outweigh any difference of the words alone.
  private static let voteWeight = 100.0
  /// Of so many documents in which the words are neighbours, one has to hold the pair,
  private static let minimumShare = 4
  /// and of so many that were looked at.
  private static let minimumPresence = 64

  /// One way to write a word.
  private struct Spelling {
    /// Nil for the word as it is typed.
    let form: [UInt8]?
    let lists: [Segment.SelectedList]

    /// Those of several lists are added up.
    var documents: UInt64 { lists.reduce(0) { $0 + UInt64($1.entry.list.documents) } }

    func word(_ segment: Segment) throws(SearchError) -> SpelledWord { try SpelledWord(documents, lists, segment) }
  }

  init(_ plan: QueryPlan, _ index: SearchIndex) throws(SearchError) {
    restored = [String?](repeating: nil, count: plan.clauses.count)
    guard let (segment, spellings) = try DiacriticSpellings.spellings(plan, index.segments) else { return }
    for run in spellings.indices.split(whereSeparator: { spellings[$0].isEmpty }) where run.count > 1 {
      let chosen = try DiacriticSpellings.bestChain(spellings[run].map { $0 }, segment)
      for (place, form) in zip(run, chosen) { restored[place] = form.map { String(decoding: $0, as: UTF8.self) } }
    }
  }

  /// The spellings of each word in one segment, that in which most of the words have any and the rarest is the most frequent.
  private static func spellings(
    _ plan: QueryPlan, _ segments: [Segment]
  ) throws(SearchError) -> (segment: Segment, words: [[Spelling]])? {
    var best: (segment: Segment, words: [[Spelling]])?
    var maximum = (words: 0, documents: UInt64(0))
    for (number, segment) in segments.enumerated() {
      var words: [[Spelling]] = []
      for clause in plan.clauses { words.append(spellings(clause.word, try segment.lists(clause, of: plan, number))) }
      let counts = words.filter { !$0.isEmpty }.map { $0.reduce(0) { $0 + $1.documents } }
      let minimum = counts.min() ?? 0
      if (counts.count, minimum) > maximum { (best, maximum) = ((segment, words), (counts.count, minimum)) }
    }
    return best
  }

  /// The spellings of a word that is typed without marks and may be any of them, first as it is typed; none for other words.
  private static func spellings(_ word: QueryWord, _ lists: [Segment.SelectedList]) -> [Spelling] {
    guard let selector = word.selectors.first(where: { $0.match == .allSpellings }), !lists.isEmpty else { return [] }
    let hasDiacritics = { (list: Segment.SelectedList) in
      selector.selects(list.address) && !list.address.spelling.isEmpty
        && !list.address.spelling.elementsEqual(list.address.key)
    }
    let marked = lists.filter(hasDiacritics).sorted { a, b in
      let (x, y) = (a.entry.list.documents, b.entry.list.documents)
      return x != y ? x > y : a.address < b.address
    }
    return [Spelling(form: nil, lists: lists.filter { !hasDiacritics($0) })]
      + marked.prefix(maximumSpellings).map { Spelling(form: Array($0.address.spelling), lists: [$0]) }
  }

  /// Where the best chain to a spelling comes from, and whether enough documents have both side by side.
  private typealias Origin = (place: Int, isHeld: Bool)

  /// The spellings of neighbouring words that stand side by side most often (Viterbi's way through all chains); nil for
  /// those that stay as they are typed, or are held by no neighbour.
  private static func bestChain(
    _ words: [[Spelling]], _ segment: Segment
  ) throws(SearchError) -> [[UInt8]?] {
    var scores = words[0].map { wordScore($0) }
    var origins: [[Origin]] = []
    for word in 1..<words.count {
      let votes = try votes(words[word - 1], words[word], segment)
      var nextScores: [Double] = []
      var from: [Origin] = []
      for (place, spelling) in words[word].enumerated() {
        let ways = scores.indices.map { scores[$0] + voteWeight * Double(votes.votes[$0][place]) }
        let best = ways.indices.max { ways[$0] < ways[$1] } ?? 0
        from.append((best, isHeld(votes.votes[best][place], votes)))
        nextScores.append(ways[best] + wordScore(spelling))
      }
      origins.append(from)
      scores = nextScores
    }
    return chain(words, origins, last: scores.indices.max { scores[$0] < scores[$1] } ?? 0)
  }

  /// Follows the best chain back from its last spelling.
  private static func chain(_ words: [[Spelling]], _ origins: [[Origin]], last: Int) -> [[UInt8]?] {
    var chosen = [[UInt8]?](repeating: nil, count: words.count)
    var place = last
    for word in words.indices.reversed() {
      let origin: Origin = word > 0 ? origins[word - 1][place] : (0, false)
      if origin.isHeld {
        chosen[word] = words[word][place].form
        chosen[word - 1] = words[word - 1][origin.place].form
      }
      place = origin.place
    }
    return chosen
  }

  private static func isHeld(_ votes: Int, _ all: NeighbourVotes) -> Bool {
    votes > 0 && minimumShare * votes >= all.voters && minimumPresence * votes >= all.looked
  }

  private static func votes(
    _ first: [Spelling], _ second: [Spelling], _ segment: Segment
  ) throws(SearchError) -> NeighbourVotes {
    var words: [[SpelledWord]] = []
    for spellings in [first, second] {
      var own: [SpelledWord] = []
      for spelling in spellings { own.append(try spelling.word(segment)) }
      words.append(own)
    }
    return try NeighbourVotes(words[0], words[1], documents: segment.documentCount)
  }

  /// Grows with the documents: one point for each doubling.
  private static func wordScore(_ spelling: Spelling) -> Double {
    Double(UInt64.bitWidth - spelling.documents.leadingZeroBitCount)
  }
}
