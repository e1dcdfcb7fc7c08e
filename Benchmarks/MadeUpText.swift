import Foundation
import TextSearch

/// Documents of made-up words whose frequencies fall as those of a language do (Zipf, 1949): common, middling and rare ones.
enum MadeUpText {
  private static let words = 20_000
  private static let wordsInDocument = 80

  static func documents(count: Int, seed: UInt64) -> [Document] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      let body = (0..<wordsInDocument).map { _ in word(rank(&random)) }.joined(separator: " ")
      return Document(key: "made-up/\(number)", title: word(rank(&random)), body: body)
    }
  }

  /// A rank from 0 that comes about as often as one divided by it.
  private static func rank(_ random: inout SeededRandom) -> Int {
    Int(pow(Double(words), Double.random(in: 0..<1, using: &random))) - 1
  }

  /// A word of three syllables or more for a rank.
  private static func word(_ rank: Int) -> String {
    let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
    var rest = rank
    var word = ""
    repeat {
      word += syllables[rest % syllables.count]
      rest /= syllables.count
    } while rest > 0
    return word + "lune"
  }
}
