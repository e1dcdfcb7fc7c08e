/// Analyses single texts as an index does: for tools that show what becomes of a text, and for tests.
///
/// Not shared between threads; it keeps the forms that it has seen.
public final class TextAnalyzer {
  /// A token with everything that is known of it.
  public struct Token: Sendable, Equatable {
    /// The writing that tells inflected forms apart: lower case, composed, diacritics kept.
    public let form: String
    /// What the token shares with other writings of its word.
    public let key: String
    /// The canonical Vietnamese syllable; nil for other languages and for unmarked text.
    public let spelling: String?
    public let language: Language
    /// Position in the text, in tokens.
    public let position: Int
    /// The token's bytes in the text (UTF-8 offsets).
    public let range: Range<Int>
  }

  /// A posting list that a word of a query reads.
  public struct Reading: Sendable, Equatable {
    /// Number of the word in the query, from 0.
    public let word: Int
    /// The word as typed.
    public let text: String
    public let language: Language
    public let key: String
    /// The Vietnamese spelling; nil for *unmarked* and for other languages.
    public let spelling: String?
    /// All spellings of the key are read, not one.
    public let readsAllSpellings: Bool
    /// How much the list agrees with what was typed, 0 to 1.
    public let weight: Float
    /// What the score of the whole word is multiplied by: less than 1 for stop words that are to count less.
    public let boost: Float
  }

  var analyzer: Analyzer
  private var tokens = TokenBuffer()

  public init(_ options: AnalyzerOptions = AnalyzerOptions()) { analyzer = Analyzer(options) }

  /// The tokens of a document's field.
  public func tokens(of text: String) -> [Token] {
    analyzer.analyze(text.utf8.span, into: &tokens)
    var out: [Token] = []
    for index in 0..<tokens.count {
      let address = analyzer.address(of: index, in: tokens)
      let spelling = String(decoding: address.spelling, as: UTF8.self)
      out.append(
        Token(
          form: String(decoding: analyzer.forms.form(tokens.form(index)), as: UTF8.self),
          key: String(decoding: address.key, as: UTF8.self), spelling: spelling.isEmpty ? nil : spelling,
          language: address.language, position: index, range: tokens.range(index)))
    }
    return out
  }

  /// Analyses a text and gives only the number of its tokens: what is timed when the analyzer is measured.
  public func countTokens(of text: String) -> Int {
    analyzer.analyze(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// The same without the decision on languages: one stage of what is measured.
  package func countWords(of text: String) -> Int {
    analyzer.findWords(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// The same again by the general way alone, without the fast path for known words.
  package func countWordsPlainly(of text: String) -> Int {
    analyzer.findWordsPlainly(text.utf8.span, into: &tokens)
    return tokens.count
  }

  /// Distinct forms seen.
  package var formCount: Int { analyzer.forms.count }
}
