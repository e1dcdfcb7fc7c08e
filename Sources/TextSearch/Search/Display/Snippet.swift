/// A part of a document's text with the matched words marked.
public struct Snippet: Sendable, Equatable {
  /// A range of the text, all of it matched or none; white space is single spaces.
  public struct Piece: Sendable, Equatable {
    /// The text, not empty.
    public let text: String
    /// Whether the query matches it.
    public let isMatch: Bool

    /// Creates a piece.
    public init(text: String, isMatch: Bool) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  /// The pieces, in the order of the text.
  public let pieces: [Piece]

  /// Creates a snippet of pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// Returns the text with `open` and `close` around matched words, each piece passed through `escape`.
  public func marked(open: String, close: String, escape: (String) -> String = { $0 }) -> String {
    pieces.map { $0.isMatch ? open + escape($0.text) + close : escape($0.text) }.joined()
  }

  /// The text with `<b>` and `</b>` around matched words, escaped for HTML.
  public var html: String { marked(open: "<b>", close: "</b>", escape: Snippet.escapeHTML) }

  /// Returns a text with `&`, `<`, `>` and `"` as entities.
  public static func escapeHTML(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
