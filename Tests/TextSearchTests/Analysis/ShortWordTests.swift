import TestSupport
import Testing

@testable import TextSearch

/// The fast path for short words beside the general way, which reads every word alike.
@Suite struct ShortWordTests {
  private static let words = [
    "le", "La", "de", "DE", "diplomatie", "Été", "été", "œuvre", "ÇA", "anticonstitutionnellement", "l'", "L’", "qu'",
    "jusqu'", "aujourd'hui", "Vie", "vie", "XIXe", "xixe", "IVème", "vivre", "Ier", "mixe", "d'", "t'", "a-t-il", "đối",
    "Nguyễn", "người", "Ớt", "O.N.U.", "É.", "a.", "fin.", "x", "t", "naïveté", "нет", "ΐ", "ﬁn", "2e", "B2", "b_c",
    "e\u{301}te\u{301}", "n'\u{302}", "中", "internationales", "internationale", "abcdefgh", "abcdefghi", "éabcdefg",
    "éabcdefgh", "abcdefghijklmnop", "abcdefghijklmnopq", "ệệệệệ", "ệệệệệa", "ệệệệệab",
  ]
  private static let gaps = [
    " ", " ", " ", "  ", ", ", ". ", ".", "\n", "-", "'", "’", "…", "\u{A0}", "\u{202F}", "« ", " »", "(", ")", "! ",
    "\"", ":", ";", "\u{AD}", "\u{200D}", "😀", "_", "/", "",
  ]

  private struct Result: Equatable {
    var tokens: [String] = []
    var runs: [String] = []
  }

  private func read(_ bytes: [UInt8], _ analyzer: inout Analyzer, plainly: Bool) -> Result {
    var tokens = TokenBuffer()
    if plainly {
      analyzer.findWordsPlainly(bytes.span, into: &tokens)
    } else {
      analyzer.findWords(bytes.span, into: &tokens)
    }
    var result = Result()
    for index in 0..<tokens.count {
      result.tokens.append("\(tokens[index]) \(analyzer.forms.form(tokens.form(index)))")
    }
    for index in 0..<tokens.runs.count { result.runs.append("\(tokens.runs[index])") }
    return result
  }

  @Test(arguments: [(AnalyzerOptions.Recipe.frenchVietnamese, UInt64(91)), (.folding, 92), (.frenchVietnamese, 93)])
  func bothWaysReadTheSame(recipe: AnalyzerOptions.Recipe, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var analyzer = Analyzer(AnalyzerOptions(recipe: recipe))
    for number in 0..<4000 {
      var bytes: [UInt8]
      if number % 4 == 0 {
        bytes = RandomText.damagedBytes(&random, most: 30)
      } else {
        bytes = []
        for _ in 0..<random.integer(0...20) {
          bytes += Array((random.pick(Self.words) + random.pick(Self.gaps)).utf8)
        }
      }
      // The general way first: it makes the forms known, which the fast path needs.
      let slow = read(bytes, &analyzer, plainly: true)
      let fast = read(bytes, &analyzer, plainly: false)
      #expect(fast == slow, "seed \(seed), \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func piecesAreJoinedAtEveryPlace() {
    let letters = Array("abcdefghijklmnop".utf8)
    for first in 1...8 {
      for second in 1...8 {
        for third in 0...3 where first + second + third <= 16 {
          var rest = letters[...]
          var joined = UInt128(0)
          for (place, byte) in letters.prefix(first + second + third).enumerated() {
            joined |= UInt128(byte) << UInt128(8 * place)
          }
          func take(_ count: Int) -> UInt64 {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
          }
          var word = ShortWord(take(first), count: first)
          let fits = word.append(take(second), count: second) && (third == 0 || word.append(take(third), count: third))
          #expect(fits)
          #expect(UInt128(word.tail) << 64 | UInt128(word.head) == joined)
          #expect(word.count == first + second + third)
        }
      }
    }
    var full = ShortWord(1, count: 8)
    let (fits, overflows) = (full.append(1, count: 8), !full.append(1, count: 1))
    #expect(fits && overflows)
  }
}
