import TestSupport
import Testing

@testable import TextSearch

/// The order of French and Vietnamese words, against lists in order.
@Suite struct CollationTests {
  /// Words in order.
  static let words = [
    "17e siècle", "3e âge", "a", "à", "ả", "ã", "á", "ạ", "ă", "â", "ấ", "abbé", "Abbé", "Abélard", "an",
    "ăn", "ân", "cơ", "cote", "coté", "côte", "Côte", "côté", "da", "dạ", "dzêta", "đa", "đá", "Đà Nẵng", "đàn",
    "école", "élevé",
    "élève", "Émile", "êta", "ète", "été", "Été", "hoa", "hoà", "hòa", "hỏa", "hóa", "họa", "hue", "Huế", "L'Haÿ",
    "L’Hay-les-Roses", "naïf", "oeil", "œil", "œuvre", "péché", "pêche", "pêché", "pécher", "tu", "tù", "tủ", "tũ",
    "tú", "tụ",
    "tư", "từ", "vice ministre", "vice-ministre", "viceroi", "Zola", "Zürich",
  ]

  private func sorted(_ words: [String], _ collation: Collation = Collation()) -> [String] {
    words.sorted { collation.isBefore($0, $1) }
  }

  @Test(arguments: UInt64(1)...20) func wordsAreInOrder(seed: UInt64) {
    #expect(Self.words.count >= 60 && Set(Self.words).count == Self.words.count)
    var random = SeededRandom(seed: seed)
    #expect(sorted(Self.words.shuffled(using: &random)) == Self.words, "seed \(seed)")
  }

  /// Decomposed words are where the composed ones are, and equal to them.
  @Test func compositionDoesNotMatter() {
    for collation in [Collation(), Collation(.vietnamese), Collation(skipsArticles: true)] {
      for word in Self.words {
        let scalars = word.unicodeScalars.flatMap { Normalizer.shared.decomposed($0.value) }
        var decomposed = String.UnicodeScalarView()
        for scalar in scalars { decomposed.append(Unicode.Scalar(scalar)!) }
        #expect(collation.key(of: String(decomposed)) == collation.key(of: word), "\(word)")
      }
    }
  }

  // MARK: Other orders

  /// By code points: capitals first, then letters with diacritics behind z.
  @Test func codePointsHaveAnotherOrder() {
    let others = Self.words.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    #expect(distance(others) > 40)
    #expect(others.firstIndex(of: "Zola")! < others.firstIndex(of: "abbé")!)
  }

  /// By folded letters: đ is d, and words that fold alike are in the order of their bytes.
  @Test func foldedWordsHaveAnotherOrder() {
    let others = Self.words.sorted {
      (key($0), $0.utf8.map(Int.init).description) < (key($1), $1.utf8.map(Int.init).description)
    }
    #expect(distance(others) > 10)
    #expect(others.firstIndex(of: "đa")! < others.firstIndex(of: "dzêta")!)
  }

  private func key(_ word: String) -> String {
    String(decoding: Folding.key(of: Folding.form(of: word.unicodeScalars)), as: UTF8.self)
  }

  /// By the root order of Unicode (letters, then all marks together, then case): acute before grave, đ a d with a stroke, tone marks
  /// among the other diacritics.
  @Test func rootHasAnotherOrder() {
    let marks: [UInt32] = [
      0x301, 0x300, 0x306, 0x302, 0x30C, 0x30A, 0x308, 0x303, 0x307, 0x328, 0x327, 0x304, 0x309, 0x31B, 0x323,
    ]
    func levels(_ word: String) -> [[Int]] {
      var (secondary, tertiary): ([Int], [Int]) = ([], [])
      for scalar in word.unicodeScalars {
        let decomposed = Normalizer.shared.decomposed(scalar.value)
        secondary.append(scalar == "đ" || scalar == "Đ" ? 99 : 0)
        secondary += decomposed.dropFirst().map { (marks.firstIndex(of: $0) ?? 50) + 1 }
        tertiary.append(CharacterTable.shared[scalar.value].isUpper ? 1 : 0)
      }
      return [key(word).unicodeScalars.map { Int($0.value) }, secondary, tertiary]
    }
    let others = Self.words.sorted { a, b in
      for (x, y) in zip(levels(a), levels(b)) where x != y { return x.lexicographicallyPrecedes(y) }
      return false
    }
    #expect(distance(others) > 10)
    #expect(others.firstIndex(of: "á")! < others.firstIndex(of: "à")!)
    #expect(others.firstIndex(of: "Đà Nẵng")! < others.firstIndex(of: "dzêta")!)
  }

  /// Words that stand elsewhere than in the list.
  private func distance(_ others: [String]) -> Int { zip(others, Self.words).count { $0 != $1 } }

  // MARK: Alphabets and articles

  @Test(arguments: [
    ("abbé Đà_Nẵng Émile Huế Zola", Collation()),
    ("an az ăn ân ba", Collation(.vietnamese)),
    ("am ăm âm an ăn ân", Collation()),
    ("am an ăm ăn âm ân", Collation(.vietnamese)),
    ("Cao_Bằng Cần_Thơ Củ_Chi Dĩ_An Đà_Lạt Đồng_Tháp", Collation(.vietnamese)),
    ("da dz đa em êm ga", Collation(.vietnamese)),
    ("co cò cỏ cõ có cọ cô cồ cổ cỗ cố cộ cơ cờ cở cỡ cớ cợ", Collation(.vietnamese)),
    ("co cò cỏ cõ có cọ cô cồ cổ cỗ cố cộ cơ cờ cở cỡ cớ cợ", Collation()),
    ("toà tòa tỏa toá tóa toạ tọa tôa", Collation()),
    ("u uz ư ưa v", Collation(.vietnamese)),
    // Spaces, signs, digits, letters; digits one by one.
    ("a_b a'b a’c a-b a1 a10 a2 ab aβ", Collation()),
    ("Fontaine L’Abbé l'École La_Fontaine les_Abbés", Collation()),
    ("L’Abbé les_Abbés l'École Fontaine La_Fontaine La_Fontaine_(Jean)", Collation(skipsArticles: true)),
    (
      "Des_hommes Une_île Le Les Lesage Lours Le_Monde Monde La_Monde_2 un_Noël L'ours",
      Collation(skipsArticles: true)
    ),
    ("«_Le_Bac_» «_Col_» L'_Abbé Des l'_été ÉTÉ La L’Le", Collation(skipsArticles: true)),
  ]) func listsAreInOrder(list: String, collation: Collation) {
    let words = list.split(separator: " ").map { $0.replacing("_", with: " ") }.map { String($0) }
    var random = SeededRandom(seed: 7)
    #expect(sorted(words.shuffled(using: &random), collation) == words, "\(list)")
  }
}
