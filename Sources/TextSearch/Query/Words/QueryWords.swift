/// Finds every posting list that the words of a query may mean. A query is too short to detect its language, so each word is
/// read in every language that its letters allow.
struct QueryWords {
  /// Capacity for the selectors of most words: neither language, French, compounds and two Vietnamese spellings.
  private static let usualSelectors = 5
  /// Weight of a number with more or fewer leading zeros than the typed one.
  private static let otherZeros: Float = 0.5
  /// Maximum number of leading zeros that are looked for beyond those typed, and maximum digits of such a number.
  private static let (maximumZeros, maximumDigits) = (3, 12)

  private let options: AnalyzerOptions
  private let reading: ReadingOptions

  /// Reads the words of a text. Stop words to leave out are returned too, with `isStopWord` set.
  ///
  /// - Parameters:
  ///   - text: the words of the query.
  ///   - analyzer: the analyzer of the index.
  ///   - reading: how the words are read.
  ///   - typed: decoded forms that replace words of the text, by the ordinals of the words. If there are any, words without
  ///     diacritics are read as typed on purpose.
  /// - Throws: `SearchError.emptyQuery` if the text holds no word.
  static func read(
    _ text: String, _ analyzer: inout Analyzer, _ reading: ReadingOptions = ReadingOptions(), typed: [Int: String] = [:]
  ) throws(SearchError) -> [QueryWord] {
    var tokens = TokenBuffer(capacity: 16)
    analyzer.findQueryWords(text.utf8.span, into: &tokens)
    guard tokens.count > 0 else { throw .emptyQuery }
    let reader = QueryWords(options: analyzer.options, reading: reading)
    let read = forms(tokens, typed, &analyzer)
    // If one word has diacritics, their absence in another one is meant.
    let hasDiacritics = !typed.isEmpty || read.contains { $0.traits.contains(.vietnameseDiacritics) }
    let hasTones = hasDiacritics || read.contains(where: \.hasTone)
    let synonyms = reading.synonyms?.table(analyzer.options)
    var words: [QueryWord] = []
    words.reserveCapacity(read.count)
    let bytes = tokens.range(0) == 0..<text.utf8.count ? [] : Array(text.utf8)
    let stopWords = reader.stopWords(read, queryHasDiacritics: hasDiacritics)
    for (index, word) in read.enumerated() {
      var selectors = reader.selectors(word, queryHasDiacritics: hasDiacritics)
      if !hasTones { reader.appendToned(word, to: &selectors) }
      if stopWords?.isOnlyFrench(index, of: read) == true { selectors.removeAll { $0.address.language == .vietnamese } }
      if let synonyms {
        selectors = ListSelector.joined(selectors, reader.selectors(ofSynonymsIn: synonyms, selectors))
      }
      // Avoids a copy of a text that is one word.
      let own = bytes.isEmpty ? text : String(decoding: bytes[tokens.range(index)], as: UTF8.self)
      words.append(QueryWord(text: own, selectors: selectors, isSyllable: word.traits.contains(.syllable)))
    }
    if reader.options.preset == .frenchVietnamese, reading.strictness != .exact {
      reader.addCompounds(of: text, tokens, to: &words, &analyzer)
    }
    if let stopWords { reader.weigh(&words, read, stopWords) }
    return words
  }

  /// Adds the lists of each compound written as one word to the selectors of its parts: `week-end` finds `weekend`.
  private func addCompounds(
    of text: String, _ tokens: borrowing TokenBuffer, to words: inout [QueryWord], _ analyzer: inout Analyzer
  ) {
    var compounds: [(range: Range<Int>, joined: [UInt8])] = []
    Compounds.forEach(text.utf8.span, tokens) { range in
      if let joined = Compounds.joined(range, tokens, analyzer.forms) { compounds.append((range, joined)) }
    }
    for (range, joined) in compounds {
      let readings = [
        ListSelector(address: TermAddress(.none, key: joined), match: .term, weight: 1),
        ListSelector(address: address(.french, joined, joined), match: .term, weight: 1, typed: joined),
      ]
      for part in range { words[part].selectors = ListSelector.joined(words[part].selectors, readings) }
    }
  }

  /// Returns the forms of the words in the text, with those of `typed` instead of the words at their ordinals.
  private static func forms(
    _ tokens: borrowing TokenBuffer, _ typed: [Int: String], _ analyzer: inout Analyzer
  ) -> [WordForm] {
    var read: [WordForm] = []
    read.reserveCapacity(tokens.count)
    for index in 0..<tokens.count { read.append(WordForm(tokens[index].form, analyzer.forms)) }
    for (ordinal, form) in typed where ordinal < read.count {
      var decoded = TokenBuffer(capacity: 16)
      analyzer.findQueryWords(form.utf8.span, into: &decoded)
      if decoded.count == 1 { read[ordinal] = WordForm(decoded[0].form, analyzer.forms) }
    }
    return read
  }

  /// Returns what decides on stop words; nil where they are read like other words.
  private func stopWords(_ read: [WordForm], queryHasDiacritics: Bool) -> StopWordWeights? {
    guard reading.stopWords != .keep, options.preset == .frenchVietnamese else { return nil }
    return StopWordWeights(read, hasDiacritics: queryHasDiacritics, reading.weights)
  }

  private func weigh(_ words: inout [QueryWord], _ read: [WordForm], _ stopWords: StopWordWeights) {
    for (index, word) in read.enumerated() {
      guard let weight = stopWords.weight(of: word) else { continue }
      words[index].isStopWord = true
      if reading.stopWords == .weigh { words[index].boost = weight }
    }
  }

  // MARK: Readings of a word

  /// Returns the selectors of every list that a word may mean, in dictionary order.
  private func selectors(_ word: WordForm, queryHasDiacritics: Bool) -> [ListSelector] {
    if reading.strictness == .folded, !word.lacksDiacritics { return selectors(word.folded, queryHasDiacritics: false) }
    let plain = ListSelector(address: TermAddress(.none, key: word.key), match: .term, weight: 1)
    guard options.preset == .frenchVietnamese else { return [plain] }
    if word.isSign {
      return [plain, ListSelector(address: Compounds.address(stem: word.key), match: .term, weight: 1)]
    }
    guard word.isWord else { return reading.strictness == .exact ? [plain] : numbers(word.key) ?? [plain] }
    var selectors: [ListSelector] = []
    selectors.reserveCapacity(QueryWords.usualSelectors)
    selectors.append(plain)
    let hasDiacritics = word.traits.contains(.vietnameseDiacritics)
    let isSyllable = hasDiacritics || word.traits.contains(.syllable)
    // A syllable is always posted as French or Vietnamese: a list of neither language at its key is of another spelling.
    if reading.strictness == .exact, isSyllable { selectors.removeAll() }
    if hasDiacritics { appendParts(of: word, to: &selectors) } else { appendFrench(word, to: &selectors) }
    guard word.lacksDiacritics || isSyllable else { return selectors }
    switch reading.strictness {
    case .exact:
      if word.lacksDiacritics {
        selectors.append(ListSelector(address: address(.withoutDiacritics, word), match: .term, weight: 1))
      }
      selectors.append(ListSelector(address: address(.vietnamese, word), match: .term, weight: 1))
    case .smart:
      appendSpellings(of: word, isAny: word.lacksDiacritics && !queryHasDiacritics, to: &selectors)
    case .folded:
      appendSpellings(of: word, isAny: true, to: &selectors)
    }
    return selectors
  }

  /// Returns the selectors of a number of digits with more or fewer leading zeros: 843 and 0843; nil for anything else.
  private func numbers(_ key: [UInt8]) -> [ListSelector]? {
    let digits = key.drop { $0 == 0x30 }
    guard !digits.isEmpty, key.count <= QueryWords.maximumDigits, key.allSatisfy({ $0 &- 0x30 < 10 }) else {
      return nil
    }
    let typed = key.count - digits.count
    // In dictionary order: the more zeros, the earlier.
    return (0...typed + QueryWords.maximumZeros).reversed().map { zeros in
      let number = [UInt8](repeating: 0x30, count: zeros) + digits
      let weight = zeros == typed ? 1 : QueryWords.otherZeros
      return ListSelector(address: TermAddress(.none, key: number), match: .term, weight: weight)
    }
  }

  /// Adds the list of a word with Vietnamese diacritics where it is a part of words in camel case (`đổiMới`); it is without
  /// diacritics.
  private func appendParts(of word: WordForm, to selectors: inout [ListSelector]) {
    guard reading.strictness != .exact, reading.weights.withoutDiacritics > 0,
      (CamelCase.minimumLetters..<Compounds.maximumBytes).contains(word.key.count)
    else { return }
    let address = Compounds.address(joined: word.key, options.frenchStemmer)
    selectors.append(ListSelector(address: address, match: .term, weight: reading.weights.withoutDiacritics))
  }

  /// Whether a word may be in the list of compounds, or of parts of words in camel case. A short stop word of French is in
  /// neither often enough to read one more list; but `moi` may be Vietnamese.
  private func mayBePart(_ word: WordForm) -> Bool {
    if word.key.count >= Compounds.minimumBytes { return true }
    guard word.key.count >= CamelCase.minimumLetters else { return false }
    let mayBeVietnamese = word.key.count > CamelCase.minimumLetters && word.traits.contains(.syllable)
    return mayBeVietnamese || !StopWords.isFrench(word.form)
  }

  /// Adds the list of the French word and that of the compounds that equal it without their hyphens: `weekend` finds
  /// `week-end`. The latter has the parts of words in camel case too.
  private func appendFrench(_ word: WordForm, to selectors: inout [ListSelector]) {
    let own = address(.french, word)
    selectors.append(ListSelector(address: own, match: .term, weight: 1, typed: word.key))
    guard reading.strictness != .exact, word.key.count < Compounds.maximumBytes, mayBePart(word) else { return }
    if !options.frenchStemmer.readsAccents || word.form == word.key {
      // The joined word has the same stem.
      selectors.append(ListSelector(address: Compounds.address(stem: own.key), match: .term, weight: 1))
    } else {
      let address = Compounds.address(joined: word.key, options.frenchStemmer)
      selectors.append(ListSelector(address: address, match: .term, weight: 1))
      // The stem of the word with accents may sort after that of the folded one.
      selectors.sort { $0.address < $1.address }
    }
  }

  /// Adds the Vietnamese lists of the syllables that a syllable without its tone stands for: Huế for Huê.
  private func appendToned(_ word: WordForm, to selectors: inout [ListSelector]) {
    guard reading.strictness == .smart, reading.weights.partOfDiacritics > 0, options.preset == .frenchVietnamese,
      word.isToneless
    else { return }
    // Not all such forms are syllables: Têt.
    var own: [ListSelector] = []
    if !selectors.contains(where: { $0.address.language == .vietnamese }) {
      appendSpellings(form: word.form, key: word.key, isAny: false, weight: 1, to: &own)
    }
    own += TonelessSyllable.tonedSpellings(of: word.form).map { form in
      ListSelector(
        address: address(.vietnamese, form, word.key), match: .term, weight: reading.weights.partOfDiacritics,
        isPart: true)
    }
    selectors = ListSelector.joined(selectors, own)
  }

  /// Adds the Vietnamese lists of a word and of its other spelling with i or y.
  private func appendSpellings(of word: WordForm, isAny: Bool, to selectors: inout [ListSelector]) {
    appendSpellings(form: word.form, key: word.key, isAny: isAny, weight: 1, to: &selectors)
    guard reading.weights.otherSpelling > 0, let other = VietnameseVariants.other(word.form) else { return }
    appendSpellings(
      form: other, key: Folding.key(of: other), isAny: isAny, weight: reading.weights.otherSpelling, to: &selectors)
    // Scores are summed in dictionary order, and ki sorts before ky.
    selectors.sort { $0.address < $1.address }
  }

  private func appendSpellings(
    form: [UInt8], key: [UInt8], isAny: Bool, weight: Float, to selectors: inout [ListSelector]
  ) {
    if isAny {
      selectors.append(
        ListSelector(address: TermAddress(.vietnamese, key: key), match: .allSpellings, weight: weight))
      return
    }
    if reading.weights.withoutDiacritics > 0 {
      selectors.append(
        ListSelector(
          address: address(.withoutDiacritics, form, key), match: .term,
          weight: weight * reading.weights.withoutDiacritics))
    }
    selectors.append(ListSelector(address: address(.vietnamese, form, key), match: .term, weight: weight))
  }

  private func address(_ kind: TokenKind, _ word: WordForm) -> TermAddress { address(kind, word.form, word.key) }

  private func address(_ kind: TokenKind, _ form: [UInt8], _ key: [UInt8]) -> TermAddress {
    TermAddress(kind, form: form, key: key, stemmer: options.frenchStemmer)
  }
}

extension QueryWords {
  /// Returns the selectors of a word of a synonym file: the lists of its exact spelling.
  static func ownSelectors(_ word: WordForm, _ options: AnalyzerOptions) -> [ListSelector] {
    let reader = QueryWords(options: options, reading: ReadingOptions(strictness: .exact))
    return reader.selectors(word, queryHasDiacritics: true)
  }

  /// Returns the words of a synonym, which are read as written.
  static func words(
    ofSynonym entry: [WordForm], _ options: AnalyzerOptions, _ reading: ReadingOptions
  ) -> [QueryWord] {
    let reader = QueryWords(options: options, reading: reading)
    return entry.map { word in
      QueryWord(
        text: String(decoding: word.form, as: UTF8.self), selectors: reader.selectors(word, queryHasDiacritics: true))
    }
  }

  /// Returns the selectors of a word's synonyms, given the word's own ones. A synonym without diacritics means a syllable
  /// without diacritics.
  private func selectors(ofSynonymsIn table: SynonymTable, _ own: [ListSelector]) -> [ListSelector] {
    guard reading.weights.synonym > 0 else { return [] }
    return table.equivalents(of: own).flatMap { word in
      selectors(word, queryHasDiacritics: true).map { selector in
        ListSelector(
          address: selector.address, match: selector.match, weight: selector.weight * reading.weights.synonym,
          typed: selector.typed, isPart: selector.isPart)
      }
    }
  }
}

/// Decides which words of a query are stop words, and their weights.
///
/// Some words without diacritics are stop words of both languages, or a stop word of one and another word of the other:
/// `toi` may be French, or Vietnamese `tôi` or `tội`. For these the evidence of all words of the query decides on the
/// language.
struct StopWordWeights {
  private let isVietnamese: Bool
  private let hasDiacritics: Bool
  private let weights: AgreementWeights
  /// Some word that is no stop word can only be French.
  private var hasOnlyFrench = false

  /// - Parameters:
  ///   - words: all words of the query.
  ///   - hasDiacritics: whether the query has Vietnamese diacritics, so that their absence in a word is meant.
  ///   - weights: the weights of stop words.
  init(_ words: [WordForm], hasDiacritics: Bool, _ weights: AgreementWeights) {
    isVietnamese = hasDiacritics || words.reduce(0) { $0 + $1.evidence } > 0
    self.hasDiacritics = hasDiacritics
    self.weights = weights
    hasOnlyFrench = words.contains { $0.isOnlyFrench && !isFrench($0) }
  }

  /// Returns the factor of a word's score; nil if it is no stop word.
  func weight(of word: WordForm) -> Float? {
    if isFrench(word) { return weights.frenchStopWord }
    let mayBeVietnamese = mayBeVietnamese(word)
    if isVietnamese || !word.lacksDiacritics, StopWords.isVietnamese(word.form) { return weights.vietnameseStopWord }
    // In a query without diacritics the word means all spellings, and the stop word is the most frequent of them.
    if mayBeVietnamese, !hasDiacritics, StopWords.isVietnameseWithoutDiacritics(word.key) {
      return weights.vietnameseStopWord
    }
    return nil
  }

  private func mayBeVietnamese(_ word: WordForm) -> Bool {
    isVietnamese && word.lacksDiacritics && word.traits.contains(.syllable)
  }

  private func isFrench(_ word: WordForm) -> Bool { !mayBeVietnamese(word) && StopWords.isFrench(word.form) }

  /// Whether a word of the query is a French stop word that need not be looked for in Vietnamese text: another word can only be
  /// French, and none beside it may belong to a Vietnamese name (Sa Pa).
  func isOnlyFrench(_ index: Int, of words: [WordForm]) -> Bool {
    guard hasOnlyFrench, isFrench(words[index]) else { return false }
    return ![index - 1, index + 1].contains { beside in
      words.indices.contains(beside) && words[beside].mayBeInVietnameseName && !isFrench(words[beside])
    }
  }
}

extension WordForm {
  /// Whether the word is no Vietnamese syllable, with or without its diacritics.
  fileprivate var isOnlyFrench: Bool {
    isWord && !traits.contains(.syllable) && !traits.contains(.vietnameseDiacritics)
  }

  /// Whether the word is a syllable that is no French word: `pa`, not `loi`.
  fileprivate var mayBeInVietnameseName: Bool {
    traits.contains(.syllable) && evidence >= WordForm.evidenceOfUnlistedSyllable
  }

  private static let evidenceOfUnlistedSyllable = 10
}
