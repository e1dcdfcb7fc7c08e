/// A word of a phrase in one segment.
struct PhraseWord {
  let lists: [PhraseList]
  /// What stands for the keys of its lists in the pair filters; empty where there are none.
  let keyHashes: [UInt32]
  /// Its place in the phrase.
  let offset: UInt32

  var documentCount: Int { lists.reduce(0) { $0 + $1.documentCount } }

  /// Words that stand for so many more may have too many lists: they are not looked up first.
  private static let maximumTerms = 64

  /// The words of a phrase; nil where one has too many lists.
  static func words(
    _ leaf: TreePlan.Leaf, _ segment: Segment, inflection: Float
  ) throws(SearchError) -> [PhraseWord]? {
    var words: [PhraseWord] = []
    for (place, word) in leaf.words.enumerated() {
      if case .expanded(let word) = word, word.terms.count > maximumTerms { return nil }
      let selected = try segment.lists(word, inflection: inflection).filter(\.canCount)
      guard selected.count <= PhrasePosting.maximumLists else { return nil }
      var lists: [PhraseList] = []
      for list in selected { lists.append(try PhraseList(list, segment)) }
      let hashes = segment.pairs.isEmpty ? [] : PairHashes.ofKeys(selected)
      words.append(PhraseWord(lists: lists, keyHashes: hashes, offset: UInt32(place)))
    }
    return words
  }
}

extension Segment.SelectedList {
  /// Some documents of the list count: not all weigh nothing.
  fileprivate var canCount: Bool { weight > 0 }
}

/// Where a document of a phrase's word is found: a place in one of the word's lists.
struct PhrasePosting: BitwiseCopyable {
  /// In no list, in several.
  static let none: UInt8 = 255
  static let several: UInt8 = 254
  static let maximumLists = 8

  var block: UInt32 = 0
  var index: UInt8 = 0
  /// The list's number among those of the word.
  var list = PhrasePosting.none
}

/// Where the beginnings of a phrase in a document stand in the buffer of all.
struct PhraseStretch: BitwiseCopyable {
  var start = 0
  var count = 0
}
