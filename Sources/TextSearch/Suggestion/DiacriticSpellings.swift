/// The probable spellings of Vietnamese words that are typed without diacritics.
///
/// One folded syllable stands for many spellings, but two adjacent ones mostly for a single pair. So each pair of
/// neighbouring words is scored: by the number of documents in which a spelling of the first is right before a spelling
/// of the second (``NeighbourVotes``). The chain of spellings with the highest score is taken. The words as typed,
/// which may be words of another language, compete with the spellings. All words are restored or none: beside words with diacritics
/// the others would mean syllables without.
struct DiacriticSpellings {
  /// The spelling of each word of the query; nil for a word that stays as typed.
  private(set) var restored: [String?]

  /// Maximum number of spellings of a syllable that are compared: those with the most documents.
  private static let maximumSpellings = 24
  /// Weight of a document that contains a pair: it outweighs any difference of the scores of single words.
  private static let voteWeight = 100.0
  /// A pair is accepted only if it is in one of this many documents in which the words are adjacent in any spelling,
  private static let maximumVotersPerVote = 4
  /// and in one of this many documents examined.
  private static let maximumExaminedPerVote = 64

  /// A spelling of a word.
  private struct Spelling {
    /// The spelling with diacritics; nil for the word as typed.
    let form: [UInt8]?
    /// The posting lists of the spelling.
    let lists: [SelectedList]

    /// Number of documents of all lists, added up.
    var documents: UInt64 { lists.reduce(0) { $0 + UInt64($1.entry.list.documents) } }

    func word(_ segment: Segment) throws(SearchError) -> SpelledWord { try SpelledWord(documents, lists, segment) }
  }

  /// Restores the diacritics of the words of a query.
  init(_ words: [ResolvedWord], _ index: SearchIndex) throws(SearchError) {
    restored = [String?](repeating: nil, count: words.count)
    guard let (segment, spellings) = try DiacriticSpellings.spellings(words, index.segments) else { return }
    // A syllable that documents of other segments alone hold stays undecided.
    for (word, own) in zip(words, spellings) where own.isEmpty && DiacriticSpellings.hasSpellings(word) { return }
    var found = restored
    for range in spellings.indices.split(whereSeparator: { spellings[$0].isEmpty }) {
      let chosen = try DiacriticSpellings.bestChain(spellings[range].map { $0 }, segment)
      for (word, choice) in zip(range, chosen) {
        guard choice.isAccepted || spellings[word].count == 1 else { return }
        found[word] = choice.form.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    restored = found
  }

  /// Whether a word is a syllable typed without diacritics that documents hold.
  private static func hasSpellings(_ word: ResolvedWord) -> Bool {
    word.selectors.contains { $0.match == .allSpellings } && word.lists.contains { !$0.isEmpty }
  }

  /// Returns the spellings of each word in one segment: the one in which the most words have spellings; of those, the
  /// one in which the rarest word has the most documents.
  private static func spellings(
    _ words: [ResolvedWord], _ segments: [Segment]
  ) throws(SearchError) -> (segment: Segment, words: [[Spelling]])? {
    var best: (segment: Segment, words: [[Spelling]])?
    var maximum = (words: 0, documents: UInt64(0))
    for (number, segment) in segments.enumerated() {
      let all = words.map { spellings($0, number) }
      let counts = all.filter { !$0.isEmpty }.map { $0.reduce(0) { $0 + $1.documents } }
      let minimum = counts.min() ?? 0
      if (counts.count, minimum) > maximum { (best, maximum) = ((segment, all), (counts.count, minimum)) }
    }
    return best
  }

  /// Returns the spellings of a word that is typed without diacritics, the word as typed first; none for a word that
  /// does not match all its spellings.
  private static func spellings(_ resolved: ResolvedWord, _ segment: Int) -> [Spelling] {
    guard case .read(let word) = resolved.terms, !resolved.lists.isEmpty else { return [] }
    let lists = resolved.lists[segment]
    guard let selector = word.selectors.first(where: { $0.match == .allSpellings }), !lists.isEmpty else { return [] }
    let hasDiacritics = { (list: SelectedList) in
      selector.selects(list.address) && !list.address.spelling.isEmpty
        && !list.address.spelling.elementsEqual(list.address.key)
    }
    let withDiacritics = lists.filter(hasDiacritics).sorted { a, b in
      let (x, y) = (a.entry.list.documents, b.entry.list.documents)
      return x != y ? x > y : a.address < b.address
    }
    return [Spelling(form: nil, lists: lists.filter { !hasDiacritics($0) })]
      + withDiacritics.prefix(maximumSpellings).map { Spelling(form: Array($0.address.spelling), lists: [$0]) }
  }

  /// The spelling of a word, nil for the word as typed, and whether it is in an accepted pair. Two words as typed are none: texts
  /// without diacritics have all of them side by side.
  private typealias Choice = (form: [UInt8]?, isAccepted: Bool)

  /// The index of the previous spelling in the best chain to a spelling, and whether enough documents contain the pair.
  private typealias Origin = (index: Int, isAccepted: Bool)

  /// Returns the best chain of spellings of neighbouring words (the Viterbi algorithm).
  private static func bestChain(_ words: [[Spelling]], _ segment: Segment) throws(SearchError) -> [Choice] {
    var scores = words[0].map { wordScore($0) }
    var origins: [[Origin]] = []
    for word in words.indices.dropFirst() {
      let votes = try votes(words[word - 1], words[word], segment)
      var nextScores: [Double] = []
      var from: [Origin] = []
      for (index, spelling) in words[word].enumerated() {
        let pairScores = scores.indices.map { scores[$0] + voteWeight * Double(votes.votes[$0][index]) }
        let best = pairScores.indices.max { pairScores[$0] < pairScores[$1] } ?? 0
        from.append((best, isAccepted(votes.votes[best][index], votes)))
        nextScores.append(pairScores[best] + wordScore(spelling))
      }
      origins.append(from)
      scores = nextScores
    }
    return chain(words, origins, last: scores.indices.max { scores[$0] < scores[$1] } ?? 0)
  }

  /// Follows the best chain back from its last spelling.
  private static func chain(_ words: [[Spelling]], _ origins: [[Origin]], last: Int) -> [Choice] {
    var chosen = [Choice](repeating: (nil, false), count: words.count)
    var index = last
    for word in words.indices.reversed() {
      let origin: Origin = word > 0 ? origins[word - 1][index] : (0, false)
      if origin.isAccepted, words[word][index].form != nil || words[word - 1][origin.index].form != nil {
        chosen[word] = (words[word][index].form, true)
        chosen[word - 1] = (words[word - 1][origin.index].form, true)
      }
      index = origin.index
    }
    return chosen
  }

  private static func isAccepted(_ votes: Int, _ all: NeighbourVotes) -> Bool {
    votes > 0 && maximumVotersPerVote * votes >= all.voters && maximumExaminedPerVote * votes >= all.examined
  }

  /// Counts the votes for the spellings of two neighbouring words.
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

  /// Returns the score of a spelling alone: one point for each doubling of its documents.
  private static func wordScore(_ spelling: Spelling) -> Double {
    Double(UInt64.bitWidth - spelling.documents.leadingZeroBitCount)
  }
}
