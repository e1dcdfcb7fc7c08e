/// A Swift source split into code, comments and string literals. Each has the length of the source: everything else is blank,
/// lines stay.
struct SwiftText {
  private enum Kind: UInt8 {
    case code
    case comment
    case literal
  }

  /// What the compiler reads besides literals; interpolations are code.
  let code: String
  let comments: String

  init(_ text: String) {
    var lexer = Lexer(Array(text.utf8))
    lexer.readCode(inInterpolation: false)
    code = lexer.text(.code)
    comments = lexer.text(.comment)
  }

  private struct Lexer {
    private let bytes: [UInt8]
    private var kinds: [Kind]
    private var next = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      kinds = [Kind](repeating: .code, count: bytes.count)
    }

    func text(_ kind: Kind) -> String {
      var kept = bytes
      for index in kept.indices where kinds[index] != kind && kept[index] != UInt8(ascii: "\n") {
        kept[index] = UInt8(ascii: " ")
      }
      return String(decoding: kept, as: UTF8.self)
    }

    private func isAt(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { unsafe bytes[next...].starts(with: $0) }
    }

    private mutating func take(_ count: Int, _ kind: Kind) {
      let end = min(next + count, bytes.count)
      while next < end {
        kinds[next] = kind
        next += 1
      }
    }

    /// Reads up to the end, or to the parenthesis that closes an interpolation.
    mutating func readCode(inInterpolation: Bool) {
      var depth = 0
      while next < bytes.count {
        switch bytes[next] {
        case UInt8(ascii: "/") where isAt("//"): takeComment { $0.isAt("\n") }
        case UInt8(ascii: "/") where isAt("/*"):
          takeComment { $0.isAt("*/") }
          take(2, .comment)
        case UInt8(ascii: "#"), UInt8(ascii: "\""): readLiteral()
        case UInt8(ascii: "("):
          depth += 1
          next += 1
        case UInt8(ascii: ")"):
          depth -= 1
          if inInterpolation, depth < 0 { return }
          next += 1
        default: next += 1
        }
      }
    }

    private mutating func takeComment(until isEnd: (Lexer) -> Bool) {
      while next < bytes.count, !isEnd(self) { take(1, .comment) }
    }

    /// Reads a string or an extended regular expression; other words behind a number sign are code.
    private mutating func readLiteral() {
      let signs = bytes[next...].prefix { $0 == UInt8(ascii: "#") }.count
      guard next + signs < bytes.count else {
        next += signs
        return
      }
      switch bytes[next + signs] {
      case UInt8(ascii: "\""): readString(signs)
      case UInt8(ascii: "/") where signs > 0:
        take(signs + 1, .literal)
        while next < bytes.count, !isEnd("/", signs) { take(1, .literal) }
        take(signs + 1, .literal)
      default: next += max(signs, 1)
      }
    }

    private func isEnd(_ quote: StaticString, _ signs: Int) -> Bool {
      isAt(quote)
        && bytes[(next + quote.utf8CodeUnitCount)...].prefix(signs).count { $0 == UInt8(ascii: "#") } == signs
    }

    private mutating func readString(_ signs: Int) {
      take(signs, .literal)
      let quote: StaticString = isAt("\"\"\"") ? "\"\"\"" : "\""
      take(quote.utf8CodeUnitCount, .literal)
      while next < bytes.count, !isEnd(quote, signs) {
        // A quotation mark in a regular expression begins no string.
        if quote.utf8CodeUnitCount == 1, isAt("\n") { return }
        guard isEnd("\\", signs) else {
          take(1, .literal)
          continue
        }
        take(1 + signs, .literal)
        let isInterpolation = isAt("(")
        take(1, .literal)
        guard isInterpolation else { continue }
        readCode(inInterpolation: true)
        take(1, .literal)
      }
      take(quote.utf8CodeUnitCount + signs, .literal)
    }
  }
}
