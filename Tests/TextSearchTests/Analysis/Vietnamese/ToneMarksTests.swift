import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Tones and where they are written.
@Suite struct ToneMarksTests {
  private static let pairs = "analysis/vietnamese/tone_placement_old_new.tsv"

  private func canonical(_ word: String) -> String {
    String(decoding: ToneMarks.canonical(Array(word.precomposedStringWithCanonicalMapping.utf8)), as: UTF8.self)
  }

  @Test(.enabled(if: TestData.isPresent(pairs)))
  func oldAndNewPlacementHaveOneSpelling() throws {
    let rows = try TestData.lines(Self.pairs).dropFirst().map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.count == 375)
    for row in rows {
      #expect(canonical(row[0]) == canonical(row[1]), "\(row)")
      #expect(canonical(row[1]) == row[1].precomposedStringWithCanonicalMapping, "\(row)")
    }
  }

  @Test(.enabled(if: TestData.isPresent(pairs)))
  func pairsHaveOneAddressInVietnameseText() throws {
    let analyzer = TestAnalyzer()
    let before = "Hội nghị của người dân "
    var checked = 0
    for line in try TestData.lines(Self.pairs).dropFirst() {
      let words = line.split(separator: "\t").prefix(2).map(String.init)
      checked += 1
      let addresses = words.map { analyzer.tokens(before + $0).last?.address }
      #expect(addresses[0] != nil && addresses[0] == addresses[1], "\(words)")
    }
    #expect(checked == 375)
  }

  @Test func otherRhymesKeepTheirTone() {
    for word in ["hoàn", "hoài", "toán", "thuyền", "quý", "của", "mùa", "nghĩa", "đối", "a", "à", "hoa", "", "chào"] {
      #expect(canonical(word) == word)
    }
  }

  @Test func canonicalIsStable() {
    for word in ["hòa", "khỏe", "thủy", "hoà", "khoẻ", "thuỷ", "quỹ", "ngòe"] {
      #expect(canonical(canonical(word)) == canonical(word))
    }
  }

  @Test func splitsLettersAndTone() throws {
    for (word, letters, tone) in [
      ("đối", "đôi", Tone.sac), ("ngoại", "ngoai", .nang), ("hòa", "hoa", .huyen), ("nguyễn", "nguyên", .nga),
      ("ở", "ơ", .hoi),
      ("dân", "dân", .none), ("van", "van", .none),
    ] {
      let parts = try #require(ToneMarks.split(Array(word.utf8)))
      #expect(String(decoding: parts.letters, as: UTF8.self) == letters)
      #expect(parts.tone == tone)
    }
    for word in ["jazz", "đốí", "été1", "ça", "中", "naïve"] {
      #expect(ToneMarks.split(Array(word.utf8)) == nil, "\(word)")
    }
  }
}
