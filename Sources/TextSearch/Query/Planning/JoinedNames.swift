/// Vietnamese names that texts of other languages write as one word (*Hanoi* for *Hà Nội*), as the collection shows.
///
/// A word that can be cut into syllables means them if they stand side by side in it: of its cuts, those of the syllables that do so in
/// most documents, unless two cuts are equal. Words that are far commoner than their syllables are no names, nor French words of which
/// documents hold other forms (*maison*, *maisons*): names have one.
struct JoinedNames {
  /// How much commoner a joined word may be than its syllables side by side.
  private static let commoner: UInt64 = 8
  /// Syllables of a name that is looked for joined.
  static let syllables = 2...3

  let statistics: QueryStatistics
  let options: AnalyzerOptions

  /// Returns the lists of a joined word.
  static func selectors(of key: [UInt8], _ options: AnalyzerOptions) -> [ListSelector] {
    let french = TermAddress(.french, form: key, key: key, stemmer: options.frenchStemmer)
    return [TermAddress(.none, key: key), french].map { ListSelector(address: $0, match: .term, weight: 1) }
  }

  /// Returns the slots of the pairs of neighbouring syllables (`PairFrequencies`), one for each; nil if one is of two
  /// frequent words, whose pairs are not kept.
  static func slots(of cut: [[UInt8]]) -> [UInt32]? {
    let words = cut.map { PairWord(key: $0.span, .vietnamese) }
    let slots = zip(words, words.dropFirst()).map { PairFrequencies[[$0], [$1]] }
    return slots.contains(where: \.isEmpty) ? nil : slots.flatMap { Array($0) }
  }

  /// Returns the syllables of a joined word, and in how many documents they stand side by side; nil if it is no name.
  func syllables(ofJoined key: [UInt8]) throws(SearchError) -> (syllables: [[UInt8]], documents: UInt64)? {
    let cuts = SyllableCuts.of(key)
    return cuts.isEmpty ? nil : try best(cuts, of: key, joined: try documents(withJoined: key))
  }

  /// Whether documents hold syllables written as one word, and these are what it means.
  func isJoined(_ syllables: [[UInt8]]) throws(SearchError) -> Bool {
    let key = Array(syllables.joined())
    // Most words are in no document: nothing is cut for them.
    let joined = try documents(withJoined: key)
    if joined == 0 { return false }
    return try best(SyllableCuts.of(key), of: key, joined: joined)?.syllables == syllables
  }

  private func documents(withJoined key: [UInt8]) throws(SearchError) -> UInt64 {
    var documents: UInt64 = 0
    for selector in JoinedNames.selectors(of: key, options) { documents += try statistics.documentFrequency(selector) }
    return documents
  }

  /// Returns the cut of a word whose syllables stand side by side in most documents; nil for a tie, and for a word that is no name.
  ///
  /// - Parameter joined: documents that hold the word.
  private func best(
    _ cuts: [[[UInt8]]], of key: [UInt8], joined: UInt64
  ) throws(SearchError) -> (syllables: [[UInt8]], documents: UInt64)? {
    var best: (syllables: [[UInt8]], documents: UInt64)?
    var isTie = false
    for cut in cuts {
      guard let slots = JoinedNames.slots(of: cut) else { continue }
      var documents = UInt64.max
      for slot in slots { documents = min(documents, try statistics.documentFrequency(pair: slot)) }
      isTie = documents == best?.documents || isTie && documents < best?.documents ?? 0
      if documents > best?.documents ?? 0 { best = (cut, documents) }
    }
    guard let best, !isTie, best.documents * JoinedNames.commoner >= joined else { return nil }
    if joined > 0, try statistics.hasOtherForms(key, options) { return nil }
    return best
  }
}

extension QueryStatistics {
  /// Whether documents hold a French word in other forms than the typed one, accents aside.
  func hasOtherForms(_ key: [UInt8], _ options: AnalyzerOptions) throws(SearchError) -> Bool {
    if let shared = try sharedOtherForms(key) { return shared }
    let address = TermAddress(.french, form: key, key: key, stemmer: options.frenchStemmer)
    for segment in segments where try segment.hasOtherForms(address, than: key) { return true }
    return false
  }
}

extension ResolvedWord {
  /// Whether the word was typed without diacritics.
  var lacksDiacritics: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  /// Whether the word is a typed Vietnamese syllable, with or without its diacritics.
  var isSyllable: Bool {
    if case .read(let word) = terms { word.isSyllable } else { false }
  }

  /// The folded word, if it is a typed one.
  var plainKey: [UInt8]? { selectors.first { $0.address.language == .none }.map { Array($0.address.key) } }
}
