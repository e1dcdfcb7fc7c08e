import TestSupport
import Testing

@testable import TextSearch

@Suite struct SnowballFrenchTests {
  private static func stem(_ word: String) -> String {
    String(decoding: SnowballFrench.stem(Array(word.utf8)), as: UTF8.self)
  }

  @Test(.enabled(if: TestData.isPresent("analysis/snowball-french/voc.txt")))
  func `equals the reference on its whole vocabulary`() throws {
    let words = try TestData.lines("analysis/snowball-french/voc.txt")
    let stems = try TestData.lines("analysis/snowball-french/output.txt")
    try #require(words.count == 21_655 && stems.count == words.count)
    let different = zip(words, stems).filter { SnowballFrenchTests.stem($0) != $1 }
    #expect(different.isEmpty, "\(different.count) differ: \(different.prefix(50).map { ($0, $1, Self.stem($0)) })")
  }

  @Test(arguments: [
    ("continuellement", "continuel"), ("majestueusement", "majestu"), ("maîtresses", "maîtress"), ("maïs", "maï"),
    ("l'île", "île"), ("qu'", "qu'"), ("mauvais", "mauvais"), ("niais", "niais"), ("française", "franc"),
    ("genoux", "genou"), ("", ""), ("é", "é"),
  ])
  func `stems as the description says`(word: String, stem: String) {
    #expect(SnowballFrenchTests.stem(word) == stem)
  }

  @Test func `never fails and never leaves nothing`() {
    for word in ["đối", "ngoại", "東京", "œuvre", "a'b'c", "'", "sss", "ëïëï", "quuuu"] {
      #expect(!SnowballFrenchTests.stem(word).isEmpty)
    }
  }
}
