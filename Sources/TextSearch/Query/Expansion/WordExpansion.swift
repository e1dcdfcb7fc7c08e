/// Finds the words that patterns, similar words and exact writings mean, in the whole index at once.
struct WordExpansion {
  /// Words that a pattern may stand for.
  static let maximumPatternWords = 1 << 16
  /// Words that a similar word stands for: the nearest, then those of most documents.
  static let maximumSimilarWords = 64

  let vocabulary: Vocabulary
  let options: AnalyzerOptions
  let reading: ReadingOptions

  typealias Found = (word: Vocabulary.Word, weight: Float, documents: UInt64)

  // MARK: Patterns

  /// Returns the words that fit a pattern.
  ///
  /// Diacritics are ignored in French words; Vietnamese ones must have the diacritics that are typed.
  ///
  /// - Throws: `SearchError.expansion` for more than ``maximumPatternWords``.
  func words(_ pattern: WordPattern, _ text: String) throws(SearchError) -> ExpandedWord {
    ExpandedWord(text, try found(pattern, text).filter { $0.weight > 0 }, options.frenchStemmer)
  }

  /// Returns the words that fit a pattern with their weights, in no order.
  func found(_ pattern: WordPattern, _ text: String) throws(SearchError) -> [Found] {
    var words: [(word: Vocabulary.Word, documents: UInt64)] = []
    var indices: [Vocabulary.Word: Int] = [:]
    let isOfOneSource = vocabulary.isOfOneSource
    try vocabulary.forEach(foldedPrefix: pattern.prefix) { (kind, folded, form, documents) throws(SearchError) in
      guard pattern.isPrefix || pattern.fits(folded: Array(folded)) else { return .next }
      let word = Vocabulary.Word(kind: kind, folded: Array(folded), form: Array(form))
      let rule = diacriticRule(kind)
      guard rule == .ignored || pattern.fits(Letters(form: word.form), rule) else { return .next }
      if !isOfOneSource, let index = indices[word] {
        words[index].documents += documents
        return .next
      }
      if !isOfOneSource { indices[word] = words.count }
      words.append((word, documents))
      guard words.count <= WordExpansion.maximumPatternWords else {
        throw .expansion(pattern: text, maximum: WordExpansion.maximumPatternWords)
      }
      return .next
    }
    return words.map { word, documents -> Found in
      // Typed diacritics cannot be checked in text without diacritics.
      let isUnchecked = word.kind == .withoutDiacritics && pattern.hasDiacritics
      return (word, isUnchecked ? reading.weights.withoutDiacritics : 1, documents)
    }
  }

  private func diacriticRule(_ kind: TokenKind) -> Letters.DiacriticRule {
    switch (reading.strictness, kind) {
    case (.folded, _), (_, .none), (.smart, .french), (.smart, .withoutDiacritics): .ignored
    case (.exact, _): .exact
    case (.smart, .vietnamese): .contained
    }
  }

  // MARK: Similar words

  /// The words that differ by at most `distance` letters. Those farther away weigh less, and so do those of other marks.
  func words(similarTo typed: [UInt8], distance: Int, _ text: String) throws(SearchError) -> ExpandedWord {
    let best = try similarWords(to: typed, distance: distance)
    return ExpandedWord(text, Array(best.prefix(WordExpansion.maximumSimilarWords)), options.frenchStemmer)
  }

  /// Returns the words like a typed one with their weights, best first.
  func similarWords(to typed: [UInt8], distance: Int) throws(SearchError) -> [Found] {
    let typed = Letters(form: typed)
    var near = NearWords(typed.folded, limit: distance)
    try vocabulary.visit(foldedPrefix: [], &near)
    var measure = EditDistance(typed.folded, limit: distance)
    var similar: [Found] = []
    for (word, (edits, documents)) in near.found {
      guard let weight = weight(typed, word, edits: edits, &measure, limit: distance) else { continue }
      similar.append((word, weight, documents))
    }
    return similar.sorted(by: WordExpansion.isBetter)
  }

  /// Returns the best of the words like a typed one.
  ///
  /// - Parameter shared: letters at the beginning that do not differ.
  func nearestWord(to typed: [UInt8], distance: Int, shared: Int = 0) throws(SearchError) -> Found? {
    let typed = Letters(form: typed)
    var near = NearWords(typed.folded, limit: distance)
    try vocabulary.visit(foldedPrefix: Letters.bytes(typed.folded.prefix(shared)), &near)
    return best(of: near, typed, distance: distance)
  }

  /// Returns the best of the words that differ in their first letter, of a to z: typed wrongly, left out, typed once too often, or
  /// swapped with the second. Each is looked up, two for each letter, which costs less than a walk over all words.
  func nearestWord(withOtherFirstLetterThan typed: [UInt8]) throws(SearchError) -> Found? {
    let typed = Letters(form: typed)
    let letters = typed.folded
    // What begins with any letter are all words.
    guard letters.count > 2 else { return try nearestWord(to: Letters.bytes(typed.written), distance: 1) }
    var near = NearWords(letters, limit: 1)
    // Whole words: a zero byte stands behind their folded writing.
    let (whole, rest) = (Letters.bytes(letters) + [0], Letters.bytes(letters.dropFirst()) + [0])
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
      try vocabulary.visit(foldedPrefix: [letter] + rest, &near)
      try vocabulary.visit(foldedPrefix: [letter] + whole, &near)
    }
    try vocabulary.visit(foldedPrefix: rest, &near)
    if letters[0] != letters[1] {
      try vocabulary.visit(foldedPrefix: Letters.bytes([letters[1], letters[0]] + letters.dropFirst(2)) + [0], &near)
    }
    return best(of: near, typed, distance: 1)
  }

  private func best(of near: NearWords, _ typed: Letters, distance: Int) -> Found? {
    var measure = EditDistance(typed.folded, limit: distance)
    var best: Found?
    for edits in 0...distance {
      // Words of more edits weigh no more than this.
      if let best, best.weight > WordExpansion.nearness(edits) { break }
      for (word, found) in near.found where found.edits == edits {
        guard let weight = weight(typed, word, edits: edits, &measure, limit: distance) else { continue }
        let found = Found(word, weight, found.documents)
        if best.map({ WordExpansion.isBetter(found, $0) }) ?? true { best = found }
      }
    }
    return best
  }

  private static func isBetter(_ a: Found, _ b: Found) -> Bool {
    if a.weight != b.weight { return a.weight > b.weight }
    return a.documents != b.documents ? a.documents > b.documents : Vocabulary.Word.precedes(a.word, b.word)
  }

  private static func nearness(_ edits: Int) -> Float { edits == 0 ? 1 : edits == 1 ? 0.5 : 0.25 }

  /// Returns half for each letter that differs, less a twentieth for each diacritic; nil where typed Vietnamese diacritics that
  /// differ, half a letter each, make the distance too great.
  private func weight(
    _ typed: Letters, _ word: Vocabulary.Word, edits: Int, _ measure: inout EditDistance, limit: Int
  ) -> Float? {
    // Most words have no diacritics, typed or not.
    if word.form == word.folded, typed.written == typed.folded { return WordExpansion.nearness(edits) }
    var (differing, conflicts) = (0, 0)
    let other = Letters(form: word.form)
    if other.written != typed.written {
      let folded = Letters.scalars(word.folded)
      guard other.folded.count == folded.count, measure.distance(folded) != nil else { return nil }
      for pair in measure.alignment() where typed.written[pair.typed] != other.written[pair.word] {
        let letter = typed.written[pair.typed]
        differing += 1
        let agrees = Letters.agree(
          letter, folded: typed.folded[pair.typed], other.written[pair.word], .contained)
        if !agrees, word.kind == .vietnamese { conflicts += 1 }
      }
    }
    guard 2 * edits + conflicts <= 2 * limit else { return nil }
    return WordExpansion.nearness(edits) * (1 - 0.05 * Float(min(10, differing)))
  }

  // MARK: Exact spellings

  /// Returns the words that exactly this spelling may be posted as.
  func words(spelledAs word: WordForm, _ text: String) throws(SearchError) -> ExpandedWord {
    ExpandedWord(text, try found(spelledAs: word), options.frenchStemmer)
  }

  /// Returns the words of the index that are spelled as a form, with their weights.
  func found(spelledAs word: WordForm) throws(SearchError) -> [Found] {
    var found: [Found] = []
    for kind in kinds(word) {
      let word = Vocabulary.Word(
        kind: kind, folded: word.key,
        form: kind == .vietnamese ? ToneMarks.canonical(word.form) : kind == .french ? word.form : word.key)
      let documents = try vocabulary.documents(word, options.frenchStemmer)
      if documents > 0 { found.append((word, 1, documents)) }
    }
    return found
  }

  private func kinds(_ word: WordForm) -> [TokenKind] {
    guard options.preset == .frenchVietnamese, word.isWord else { return [.none] }
    let hasDiacritics = word.traits.contains(.vietnameseDiacritics)
    let isSyllable = hasDiacritics || word.traits.contains(.syllable)
    var kinds: [TokenKind] = []
    // A syllable is always posted as French or Vietnamese; other words of neither language are posted without diacritics.
    if !isSyllable { kinds.append(.none) }
    if !hasDiacritics { kinds.append(.french) }
    if isSyllable { kinds.append(.vietnamese) }
    if isSyllable, word.lacksDiacritics { kinds.append(.withoutDiacritics) }
    return kinds
  }
}
