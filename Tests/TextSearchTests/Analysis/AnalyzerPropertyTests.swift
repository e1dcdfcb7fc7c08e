import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// What holds of every text.
@Suite struct AnalyzerPropertyTests {
  private func hex(_ bytes: [UInt8]) -> String { bytes.map { String($0, radix: 16) }.joined(separator: " ") }

  @Test(arguments: [UInt64(41), 42, 43, 44])
  func rangesRiseAndCutOutTheirWords(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let analyzer = TestAnalyzer()
    for number in 0..<600 {
      let bytes =
        number % 2 == 0
        ? Array(RandomText.text(&random, maximum: 30).utf8) : RandomText.damagedBytes(&random, maximum: 30)
      var end = 0
      for token in analyzer.tokens(bytes) {
        #expect(token.range.lowerBound >= end && !token.range.isEmpty && token.range.upperBound <= bytes.count)
        end = token.range.upperBound
        let again = analyzer.tokens(token.source).map(\.form)
        #expect(again == [token.form], "seed \(seed), token \(token), text \(hex(bytes))")
      }
    }
  }

  @Test(arguments: [UInt64(45), 46])
  func composedAndDecomposedTextsAgree(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let analyzer = TestAnalyzer()
    for _ in 0..<600 {
      let text = RandomText.text(&random, maximum: 12)
      let composed = analyzer.tokens(text.precomposedStringWithCanonicalMapping).map(\.address)
      let decomposed = analyzer.tokens(text.decomposedStringWithCanonicalMapping).map(\.address)
      #expect(composed == decomposed, "seed \(seed), \(hex(Array(text.utf8)))")
    }
  }

  @Test func everyLetterThatGoesInComesOut() {
    var random = SeededRandom(seed: 47)
    let analyzer = TestAnalyzer(.folding)
    for _ in 0..<1500 {
      let value = UInt32(random.integer(0x41...0x2_FFFF))
      guard let scalar = Unicode.Scalar(value), CharacterTable.shared[value].characterClass == .letter else { continue }
      let keys = analyzer.tokens("a" + String(scalar) + "b").map(\.key)
      #expect(keys.count == 1 && keys[0].unicodeScalars.count >= 3, "U+\(String(value, radix: 16)) returns \(keys)")
    }
  }

  @Test func theResultDependsOnlyOnTheText() {
    var random = SeededRandom(seed: 48)
    let used = TestAnalyzer()
    for _ in 0..<300 {
      let bytes = RandomText.damagedBytes(&random, maximum: 20)
      #expect(used.tokens(bytes) == TestAnalyzer().tokens(bytes), "seed 48, \(hex(bytes))")
    }
  }

  @Test func whatIsPostedIsFoundByItsOwnText() throws {
    var random = SeededRandom(seed: 49)
    let analyzer = TestAnalyzer()
    for _ in 0..<400 {
      let text = RandomText.text(&random, maximum: 20) + " " + RandomDocuments.text(&random, maximum: 10)
      for token in analyzer.tokens(text) {
        let words = try analyzer.query(String(decoding: token.source, as: UTF8.self))
        #expect(
          words.count == 1 && words[0].selectors.contains { $0.selects(token.address) },
          "seed 49, token \(token), text \(hex(Array(text.utf8)))")
      }
    }
  }
}
