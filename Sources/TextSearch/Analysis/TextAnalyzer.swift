/// An analyzer of single texts that produces the tokens of an index: for tools that display them, and for tests.
///
/// It caches the forms that it has seen and is not shared between threads.
public final class TextAnalyzer {
  /// A token of a text.
  public struct Token: Sendable, Equatable {
    /// The form: lower case, composed, with diacritics.
    public let form: String
    /// The key: the folded form, for French its stem.
    public let key: String
    /// The canonical Vietnamese syllable; nil for other languages and for text without diacritics.
    public let spelling: String?
    /// The language under which the token is indexed.
    public let language: Language
    /// Position in the text, in words, from 0. A sign (€) has the position of the word that it belongs to.
    public let position: Int
    /// Byte range of the token in the text (UTF-8 offsets).
    public let range: Range<Int>
  }

  /// A posting list that a word of a query reads.
  public struct Reading: Sendable, Equatable {
    /// Ordinal of the word in the query, from 0.
    public let word: Int
    /// The word as typed.
    public let text: String
    /// The language of the list.
    public let language: Language
    /// The key of the list: the folded word, for French its stem.
    public let key: String
    /// The Vietnamese spelling, or `-` for the French list of compounds (`week-end` under `weekend`); nil for the list
    /// of text without diacritics and for other lists.
    public let spelling: String?
    /// Whether all spellings of the key are read, not one.
    public let readsAllSpellings: Bool
    /// Weight of the list by its agreement with the typed word, 0 to 1.
    public let weight: Float
    /// Factor of the word's score: less than 1 for stop words with reduced weight.
    public let boost: Float
  }

  var analyzer: Analyzer
  private var tokens = TokenBuffer()

  /// Creates an analyzer.
  ///
  /// - Parameter options: the options of the analysis; default: French and Vietnamese with the light stemmer.
  public init(_ options: AnalyzerOptions = AnalyzerOptions()) { analyzer = Analyzer(options) }

  /// Returns the tokens of a document's field, in text order.
  public func tokens(of text: String) -> [Token] {
    analyzer.analyze(text.utf8.span, into: &tokens)
    if tokens.signs.count > 0 { tokens.mergeSigns() }
    var out: [Token] = []
    for index in 0..<tokens.count {
      let address = analyzer.address(of: index, in: tokens)
      let spelling = String(decoding: address.spelling, as: UTF8.self)
      out.append(
        Token(
          form: String(decoding: analyzer.forms.form(tokens.form(index)), as: UTF8.self),
          key: String(decoding: address.key, as: UTF8.self), spelling: spelling.isEmpty ? nil : spelling,
          language: address.language, position: tokens.position(index), range: tokens.range(index)))
    }
    return out
  }

  /// Analyses a text and returns only the number of its tokens, for measurements.
  public func countTokens(of text: String) -> Int {
    analyzer.analyze(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// Finds the words of a text and returns their number, without deciding on languages, for measurements.
  package func countWords(of text: String) -> Int {
    analyzer.findWords(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// Finds the words of a text without the fast path for known words and returns their number, for measurements.
  package func countWordsWithoutFastPath(of text: String) -> Int {
    analyzer.findWordsWithoutFastPath(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// Number of distinct forms seen.
  package var formCount: Int { analyzer.forms.count }
}
