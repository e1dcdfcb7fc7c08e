/// What a query was probably meant to be.
public struct Correction: Sendable, Hashable {
  /// A word that is written otherwise.
  public struct Word: Sendable, Hashable {
    public let typed: String
    public let meant: String
  }

  /// The whole text, corrected.
  public let text: String
  /// The words that differ, in their order.
  public let words: [Word]
}

extension SearchIndex {
  /// The text with its unknown words replaced by the nearest known ones, and with the marks that Vietnamese words typed
  /// without any have in the documents; nil where nothing is to be changed.
  ///
  /// A word is unknown if no document holds it in any reading. Telex and VNI typing is decoded. Else the nearest word counts:
  /// marks first, then one letter, then two in words of five or more, the first letter always the same; then the first
  /// letter alone. Of equally near words the one of most documents counts. Marks are put on words of
  /// which documents hold marked spellings side by side.
  ///
  /// - Throws: `SearchError.corrupt` for damaged sections.
  public func correction(of text: String) throws(SearchError) -> Correction? {
    let words = try CorrectedWords(text, self)
    return words.isChanged ? Correction(text: words.text, words: words.changes) : nil
  }
}

/// The words of a text on their way to a correction.
private struct CorrectedWords {
  private let bytes: [UInt8]
  private var ranges: [Range<Int>] = []
  /// What each word becomes; nil for one that stays.
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
    let plan = try QueryPlan(words, QueryStatistics(index.segments), AgreementWeights())
    for (place, clause) in plan.clauses.enumerated() where clause.frequencies.isZero {
      meant[place] = try CorrectedWords.nearest(forms[place], index)
    }
    guard meant.allSatisfy({ $0 == nil }), index.options.preset == .frenchVietnamese else { return }
    meant = try DiacriticSpellings(plan, index).restored
  }

  var isChanged: Bool { meant.contains { $0 != nil } }

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

  var changes: [Correction.Word] {
    zip(ranges, meant).compactMap { range, word in
      word.map { Correction.Word(typed: String(decoding: bytes[range], as: UTF8.self), meant: $0) }
    }
  }

  /// Letters of a word of which two may differ.
  private static let longWord = 5

  private static func nearest(_ word: WordForm, _ index: SearchIndex) throws(SearchError) -> String? {
    guard word.isWord else { return nil }
    let vocabulary = Vocabulary(segments: index.segments)
    if let decoded = TypedInput.decode(word.form) {
      let spelling = Vocabulary.Word(
        kind: .vietnamese, folded: Folding.key(of: decoded), form: ToneMarks.canonical(decoded))
      if try vocabulary.documents(spelling, index.options.frenchStemmer) > 0 {
        return String(decoding: decoded, as: UTF8.self)
      }
    }
    let expansion = WordExpansion(vocabulary: vocabulary, options: index.options, reading: ReadingOptions())
    // The first letter is mostly right, and all words with that letter are few to look at.
    var best = try expansion.nearestWord(to: word.form, distance: 1, shared: 1)
    if best == nil, word.key.count >= longWord {
      best = try expansion.nearestWord(to: word.form, distance: 2, shared: 1)
    }
    if best == nil { best = try expansion.nearestWord(withOtherFirstLetterThan: word.form) }
    return best.map { String(decoding: $0.word.form, as: UTF8.self) }
  }
}
