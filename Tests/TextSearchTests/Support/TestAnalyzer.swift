@testable import TextSearch

/// An analyzer that returns its tokens as plain values.
final class TestAnalyzer {
  private var analyzer: Analyzer
  private var tokens = TokenBuffer()

  init(_ preset: AnalyzerOptions.Preset = .frenchVietnamese) { analyzer = Analyzer(AnalyzerOptions(preset: preset)) }

  func tokens(_ text: String) -> [AnalyzedToken] { tokens(Array(text.utf8)) }

  func tokens(_ bytes: [UInt8]) -> [AnalyzedToken] { tokens([bytes])[0] }

  /// The tokens of the fields of one document.
  func tokens(fields: [String]) -> [[AnalyzedToken]] { tokens(fields.map { Array($0.utf8) }) }

  private func tokens(_ fields: [[UInt8]]) -> [[AnalyzedToken]] {
    var signs = DocumentSigns()
    for field in fields {
      analyzer.findWords(field.span, into: &tokens)
      signs.add(tokens)
    }
    return fields.map { field in
      analyzer.findWords(field.span, into: &tokens)
      analyzer.decideLanguages(&tokens, in: signs)
      return analysedTokens(field)
    }
  }

  private func analysedTokens(_ bytes: [UInt8]) -> [AnalyzedToken] {
    var out: [AnalyzedToken] = []
    for index in 0..<tokens.count {
      let id = tokens[index].form
      let range = tokens.range(index)
      let isInside = range.lowerBound >= 0 && range.upperBound <= bytes.count
      out.append(
        AnalyzedToken(
          source: isInside ? Array(bytes[range]) : [], form: String(decoding: analyzer.forms.form(id), as: UTF8.self),
          key: String(decoding: analyzer.forms.key(id), as: UTF8.self), kind: tokens.kind(index),
          address: analyzer.address(of: index, in: tokens), range: range))
    }
    return out
  }

  /// The forms of a text's words.
  func forms(_ text: String) -> [String] { tokens(text).map(\.form) }

  /// The kinds of a text's words, by form; the last one where a form comes twice.
  func kinds(_ text: String) -> [String: TokenKind] {
    Dictionary(tokens(text).map { ($0.form, $0.kind) }, uniquingKeysWith: { $1 })
  }

  /// The words of a query.
  func query(_ text: String, _ reading: ReadingOptions = ReadingOptions()) throws(SearchError) -> [QueryWord] {
    try QueryWords.read(text, &analyzer, reading)
  }
}

/// A token with everything that tests look at.
struct AnalyzedToken: Equatable, Sendable, CustomStringConvertible {
  var source: [UInt8]
  var form: String
  var key: String
  var kind: TokenKind
  var address: TermAddress
  var range: Range<Int>

  var description: String { "\(form)[\(kind)]@\(range)" }
}
