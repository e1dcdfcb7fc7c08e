/// Expands patterns, fuzzy words and exact spellings to words of the whole index.
struct WordExpansion {
  /// Maximum number of words that a pattern may match.
  static let maximumPatternWords = 1 << 16
  /// Maximum number of words that a fuzzy word expands to: the heaviest, among equals those in the largest number of
  /// documents.
  static let maximumSimilarWords = 64

  let vocabulary: Vocabulary
  let options: AnalyzerOptions
  let reading: ReadingOptions

  /// A word of the index, its weight from 0 to 1 and its document frequency.
  typealias Found = (word: Vocabulary.Word, weight: Float, documents: UInt64)

  // MARK: Patterns

  /// Expands a pattern to the words that match it.
  ///
  /// With the strictness `smart`, accents of French words are ignored, and a Vietnamese word must have the diacritics of the
  /// pattern, possibly with more.
  ///
  /// - Throws: `SearchError.expansion` for more than ``maximumPatternWords``.
  func words(_ pattern: WordPattern, _ text: String) throws(SearchError) -> ExpandedWord {
    ExpandedWord(text, try found(pattern, text).filter { $0.weight > 0 }, options.frenchStemmer)
  }

  /// Returns the words that match a pattern, with their weights, in no order.
  ///
  /// - Throws: `SearchError.expansion` for more than ``maximumPatternWords``.
  func found(_ pattern: WordPattern, _ text: String) throws(SearchError) -> [Found] {
    var words: [(word: Vocabulary.Word, documents: UInt64)] = []
    var ordinals: [Vocabulary.Word: Int] = [:]
    let isOfOneSource = vocabulary.isOfOneSource
    try vocabulary.forEach(foldedPrefix: pattern.prefix) { (kind, folded, form, documents) throws(SearchError) in
      guard pattern.isPrefix || pattern.fits(folded: Array(folded)) else { return .next }
      let word = Vocabulary.Word(kind: kind, folded: Array(folded), form: Array(form))
      let rule = diacriticRule(kind)
      guard rule == .ignored || fits(pattern, word, rule) else { return .next }
      if !isOfOneSource, let ordinal = ordinals[word] {
        words[ordinal].documents += documents
        return .next
      }
      if !isOfOneSource { ordinals[word] = words.count }
      words.append((word, documents))
      guard words.count <= WordExpansion.maximumPatternWords else {
        throw .expansion(pattern: text, maximum: WordExpansion.maximumPatternWords)
      }
      return .next
    }
    return words.map { word, documents -> Found in
      // Text without diacritics cannot confirm those of the pattern.
      let isUnchecked = word.kind == .withoutDiacritics && pattern.hasDiacritics
      return (word, isUnchecked ? reading.weights.withoutDiacritics : 1, documents)
    }
  }

  private func fits(_ pattern: WordPattern, _ word: Vocabulary.Word, _ rule: Letters.DiacriticRule) -> Bool {
    word.kind == .vietnamese
      ? pattern.fits(spelling: word.form, rule) : pattern.fits(Letters(form: word.form), rule)
  }

  private func diacriticRule(_ kind: TokenKind) -> Letters.DiacriticRule {
    switch (reading.strictness, kind) {
    case (.folded, _), (_, .none), (.smart, .french), (.smart, .withoutDiacritics): .ignored
    case (.exact, _): .exact
    case (.smart, .vietnamese): .contained
    }
  }

  // MARK: Similar words

  /// Expands a fuzzy word to the best words within the edit distance `distance`. The weight falls with the distance and with
  /// each letter of different diacritics.
  func words(similarTo typed: [UInt8], distance: Int, _ text: String) throws(SearchError) -> ExpandedWord {
    let best = try similarWords(to: typed, distance: distance)
    return ExpandedWord(text, Array(best.prefix(WordExpansion.maximumSimilarWords)), options.frenchStemmer)
  }

  /// Returns all words within the edit distance `distance`, with their weights, best first.
  func similarWords(to typed: [UInt8], distance: Int) throws(SearchError) -> [Found] {
    let typed = Letters(form: typed)
    var near = NearWords(typed.folded, limit: distance)
    try vocabulary.visit(foldedPrefix: [], &near)
    return similarWords(near, typed, distance: distance)
  }

  /// Returns the words within one edit, as `similarWords(to:distance:)` does, of those that begin with a letter from a to z.
  ///
  /// Words that begin as the typed one are walked; those that the edit gives another first letter are looked up one by one.
  func nearWords(to typed: [UInt8]) throws(SearchError) -> [Found] {
    let typed = Letters(form: typed)
    guard typed.folded.count > 2 else { return try similarWords(to: Letters.bytes(typed.written), distance: 1) }
    var near = NearWords(typed.folded, limit: 1)
    try vocabulary.visit(foldedPrefix: Letters.bytes(typed.folded.prefix(1)), &near)
    try visitOtherFirstLetters(typed.folded, visited: typed.folded[0], &near)
    return similarWords(near, typed, distance: 1)
  }

  private func similarWords(_ near: NearWords, _ typed: Letters, distance: Int) -> [Found] {
    var measure = EditDistance(typed.folded, limit: distance)
    var similar: [Found] = []
    for (word, (edits, documents)) in near.found {
      guard let weight = weight(of: word, typed, edits: edits, &measure, limit: distance) else { continue }
      similar.append((word, weight, documents))
    }
    return similar.sorted(by: WordExpansion.isBetter)
  }

  /// Returns the best word within the edit distance `distance`.
  ///
  /// - Parameters:
  ///   - typed: the typed form.
  ///   - distance: maximum edit distance.
  ///   - shared: number of letters at the beginning that must be equal.
  func nearestWord(to typed: [UInt8], distance: Int, shared: Int = 0) throws(SearchError) -> Found? {
    let typed = Letters(form: typed)
    var near = NearWords(typed.folded, limit: distance)
    try vocabulary.visit(foldedPrefix: Letters.bytes(typed.folded.prefix(shared)), &near)
    return best(of: near, typed, distance: distance)
  }

  /// Returns the word that was most probably meant: the nearer and the more frequent, the likelier.
  static func likeliest(_ found: [Found]) -> Found? {
    func likelihood(_ found: Found) -> Double { Double(found.weight) * Double(found.documents) }
    var best: Found?
    // Of equally likely words the first is the better one.
    for word in found where best.map({ likelihood(word) > likelihood($0) }) ?? true { best = word }
    return best
  }

  /// Returns a word as it is written instead of a typed one: with the apostrophes that the typed one lacks (*cest*: c'est,
  /// *aujourdhui*: aujourd'hui).
  ///
  /// - Parameter isFolded: whether the word is written without diacritics.
  static func written(_ found: Found, insteadOf typed: [UInt8], isFolded: Bool) -> String {
    let word = found.word
    var text = String(decoding: isFolded ? word.folded : word.form, as: UTF8.self)
    for (before, after) in FrenchWords.withApostrophe where text.hasPrefix(before + after) {
      text.insert("'", at: text.index(text.startIndex, offsetBy: before.count))
    }
    // The typed word is the word behind an elided one.
    let folded = Folding.key(of: typed)
    let count = folded.count - word.folded.count
    guard count > 0, count <= 2, word.kind != .vietnamese, folded.dropFirst(count).elementsEqual(word.folded),
      let first = word.folded.first, "aeiouyh".utf8.contains(first)
    else { return text }
    let elided = String(decoding: folded.prefix(count), as: UTF8.self)
    return FrenchWords.elided.contains(elided) ? "\(elided)'\(text)" : text
  }

  /// Visits the words that one edit of the first letter makes of a typed one.
  ///
  /// - Parameter visited: words that begin with this letter have been visited.
  private func visitOtherFirstLetters(
    _ letters: [UInt32], visited: UInt32, _ near: inout NearWords
  ) throws(SearchError) {
    // The zero byte that ends a folded form restricts each prefix to one word.
    let (complete, tail) = (Letters.bytes(letters) + [0], Letters.bytes(letters.dropFirst()) + [0])
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") where UInt32(letter) != visited {
      try vocabulary.visit(foldedPrefix: [letter] + tail, &near)
      try vocabulary.visit(foldedPrefix: [letter] + complete, &near)
    }
    guard letters[1] != visited else { return }
    try vocabulary.visit(foldedPrefix: tail, &near)
    if letters[0] != letters[1] {
      try vocabulary.visit(foldedPrefix: Letters.bytes([letters[1], letters[0]] + letters.dropFirst(2)) + [0], &near)
    }
  }

  private func best(of near: NearWords, _ typed: Letters, distance: Int) -> Found? {
    var measure = EditDistance(typed.folded, limit: distance)
    var best: Found?
    for edits in 0...distance {
      // `nearness` is an upper bound of the weight at this and every larger distance.
      if let best, best.weight > WordExpansion.nearness(edits) { break }
      for (word, found) in near.found where found.edits == edits {
        guard let weight = weight(of: word, typed, edits: edits, &measure, limit: distance) else { continue }
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

  /// Returns the weight of a word with `edits` edits whose diacritics agree.
  private static func nearness(_ edits: Int) -> Float { edits == 0 ? 1 : edits == 1 ? 0.5 : 0.25 }

  /// Returns the weight of a word: half for each edit, and a twentieth less for each letter with different diacritics.
  ///
  /// In a Vietnamese word, each letter without the diacritics of the typed one adds half an edit to the distance; nil if
  /// the distance then exceeds `limit`.
  private func weight(
    of word: Vocabulary.Word, _ typed: Letters, edits: Int, _ measure: inout EditDistance, limit: Int
  ) -> Float? {
    // The common case: neither the word nor the typed one has diacritics.
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

  /// Expands an exact spelling to the words of the index with that spelling.
  func words(spelledAs word: WordForm, _ text: String) throws(SearchError) -> ExpandedWord {
    ExpandedWord(text, try found(spelledAs: word), options.frenchStemmer)
  }

  /// Returns the words of the index with exactly this spelling: one for each kind that it may be posted as.
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
    // A syllable is always posted as French or Vietnamese. Other words may be posted as neither; their diacritics are not
    // in the index.
    if !isSyllable { kinds.append(.none) }
    if !hasDiacritics { kinds.append(.french) }
    if isSyllable { kinds.append(.vietnamese) }
    if isSyllable, word.lacksDiacritics { kinds.append(.withoutDiacritics) }
    return kinds
  }
}
