/// A word of a phrase in one segment.
struct PhraseWord {
  /// Words that expand to more terms may have too many lists: they are not looked up first.
  private static let maximumTerms = 64

  let lists: [PhraseList]
  /// The codes of its terms beside others.
  let codes: UInt16
  /// Its offset in the phrase.
  let offset: UInt32

  var documentCount: Int { lists.reduce(0) { $0 + $1.documentCount } }

  /// Looks up the words of a phrase; nil where one has too many lists.
  static func words(_ leaf: QueryPlan.Leaf, _ context: SegmentContext) throws(SearchError) -> [PhraseWord]? {
    var words: [PhraseWord] = []
    for (offset, word) in leaf.words.enumerated() {
      if case .expanded(let word) = word.terms, word.terms.count > maximumTerms { return nil }
      // Lists of weight 0 have no document that matches.
      let selected = try context.lists(word).filter { $0.weight > 0 }
      guard selected.count <= PhrasePosting.maximumLists else { return nil }
      var lists: [PhraseList] = []
      for list in selected { lists.append(try PhraseList(list, context.segment)) }
      words.append(PhraseWord(lists: lists, codes: selected.neighbourCodes, offset: UInt32(offset)))
    }
    return words
  }
}
