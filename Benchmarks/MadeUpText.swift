import Foundation
import TextSearch

/// Documents of made-up words whose frequencies follow those of a language (Zipf, 1949).
enum MadeUpText {
  private static let words = 20_000
  private static let wordsInDocument = 80

  /// Returns documents; equal seeds make equal documents.
  static func documents(count: Int, seed: UInt64) -> [Document] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      let body = (0..<wordsInDocument).map { _ in word(rank(&random)) }.joined(separator: " ")
      return Document(key: "made-up/\(number)", title: word(rank(&random)), body: body)
    }
  }

  /// Returns a random rank from 0, whose probability falls as 1 / (rank + 1).
  private static func rank(_ random: inout SeededRandom) -> Int {
    Int(pow(Double(words), Double.random(in: 0..<1, using: &random))) - 1
  }

  /// Returns the word of a rank, of three syllables or more.
  private static func word(_ rank: Int) -> String {
    let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
    var quotient = rank
    var word = ""
    repeat {
      word += syllables[quotient % syllables.count]
      quotient /= syllables.count
    } while quotient > 0
    return word + "lune"
  }
}
