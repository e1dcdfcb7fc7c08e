/// The probable meaning of a mistyped query.
public struct Correction: Sendable, Hashable {
  /// A corrected word.
  public struct Word: Sendable, Hashable {
    /// The word in the text.
    public let typed: String
    /// The word that was probably meant, in lower case.
    public let meant: String
  }

  /// The corrected text.
  public let text: String
  /// The words that differ, in the order of the text.
  public let words: [Word]
}

extension SearchIndex {
  /// Returns the text with unknown words replaced by the nearest known words, or else with diacritics restored in
  /// Vietnamese words; nil if nothing changes.
  ///
  /// A word is unknown if no document contains it in any reading. It is replaced by its Telex or VNI decoding if that
  /// is known; else, for words of four letters or more that are no French stop words, by a word within one edit, the
  /// nearer and the more frequent the better; else, where no word of the text but stop words is known, for words of five
  /// letters or more, by the nearest with the same first letter that differs in two. A text without diacritics is
  /// corrected without. If all words are known, Vietnamese words typed without diacritics are replaced by spellings that
  /// are adjacent in the documents, all or none of them.
  ///
  /// - Throws: `SearchError.corrupt` for damaged sections.
  public func correction(of text: String) throws(SearchError) -> Correction? {
    let words = try CorrectedWords(text, self)
    return words.isChanged ? Correction(text: words.text, words: words.changes) : nil
  }
}

/// The words of a text with their corrections.
private struct CorrectedWords {
  private let bytes: [UInt8]
  private var ranges: [Range<Int>] = []
  /// The correction of each word; nil for a word that does not change.
  private var meant: [String?] = []

  init(_ text: String, _ index: SearchIndex) throws(SearchError) {
    bytes = Array(text.utf8)
    var forms: [WordForm] = []
    var words: [QueryWord] = []
    try index.tools.withAnalyzer(index.options) { (analyzer) throws(SearchError) in
      var tokens = TokenBuffer()
      analyzer.findWords(text.utf8.span, into: &tokens)
      guard tokens.count > 0 else { return }
      ranges = (0..<tokens.count).map { tokens.range($0) }
      forms = (0..<tokens.count).map { WordForm(tokens.form($0), analyzer.forms) }
      words = try QueryWords.read(text, &analyzer, ReadingOptions(stopWords: .keep))
    }
    meant = [String?](repeating: nil, count: forms.count)
    guard !forms.isEmpty, words.count == forms.count else { return }
    let resolved = try ResolvedWord.resolve(words, index.ownStatistics, AgreementWeights())
    // Diacritics on one word would make syllables without them of all others.
    let isFolded = forms.allSatisfy(\.lacksDiacritics)
    // Where other words find something, a word that differs in two letters is more often a wrong one.
    let stopWords = StopWordWeights(
      forms, hasDiacritics: forms.contains { $0.traits.contains(.vietnameseDiacritics) }, AgreementWeights())
    let findsNothing = zip(resolved, forms).allSatisfy { word, form in
      word.frequencies.isZero || stopWords.weight(of: form) != nil
    }
    for (number, word) in resolved.enumerated() where word.frequencies.isZero {
      meant[number] = try CorrectedWords.nearest(
        forms[number], index, distance: findsNothing ? 2 : 1, isFolded: isFolded)
    }
    if meant.allSatisfy({ $0 == nil }), index.options.preset == .frenchVietnamese {
      meant = try DiacriticSpellings(resolved, index).restored
    }
    for (number, word) in meant.enumerated() {
      if let word { meant[number] = try index.withToneOfTexts(word) }
    }
  }

  var isChanged: Bool { meant.contains { $0 != nil } }

  /// The corrected text.
  var text: String {
    var text = ""
    var end = 0
    for (range, word) in zip(ranges, meant) {
      text += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
      let typed = String(decoding: bytes[range], as: UTF8.self)
      text += word.map { LastWord(typed).text(with: $0) } ?? typed
      end = range.upperBound
    }
    return text + String(decoding: bytes[end...], as: UTF8.self)
  }

  /// The words that differ.
  var changes: [Correction.Word] {
    zip(ranges, meant).compactMap { range, word in
      word.map { Correction.Word(typed: String(decoding: bytes[range], as: UTF8.self), meant: $0) }
    }
  }

  /// Minimum number of letters of a word in which two letters may differ.
  private static let longWord = 5

  /// Returns the known word that was probably meant; nil if none is near.
  ///
  /// - Parameters:
  ///   - distance: maximum number of edits.
  ///   - isFolded: whether it is returned without diacritics. Telex and VNI typing is decoded in any case.
  private static func nearest(
    _ word: WordForm, _ index: SearchIndex, distance: Int, isFolded: Bool
  ) throws(SearchError) -> String? {
    guard word.isWord else { return nil }
    let vocabulary = Vocabulary(segments: index.segments)
    if let decoded = TypedInput.decode(word.form) {
      let spelling = Vocabulary.Word(
        kind: .vietnamese, folded: Folding.key(of: decoded), form: ToneMarks.canonical(decoded))
      if try vocabulary.documents(spelling, index.options.frenchStemmer) > 0 {
        return String(decoding: decoded, as: UTF8.self)
      }
    }
    // Short words have many neighbours, and a stop word is a word, whether documents hold it or not.
    guard word.key.count >= NearestWords.minimumLetters, !StopWords.isFrench(word.form) else { return nil }
    let expansion = WordExpansion(vocabulary: vocabulary, options: index.options, reading: ReadingOptions())
    var best = WordExpansion.likeliest(try expansion.nearWords(to: word.form))
    // The first letter is usually right, and the words that begin with it are few to compare.
    if best == nil, distance > 1, word.key.count >= longWord {
      best = try expansion.nearestWord(to: word.form, distance: distance, shared: 1)
    }
    return best.map { WordExpansion.written($0, insteadOf: word.form, isFolded: isFolded) }
  }
}
