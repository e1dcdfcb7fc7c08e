import TestSupport
import Testing

@testable import TextSearch

/// The rules of `light1`, one by one.
@Suite struct FrenchStemmerRuleTests {
  private func stem(_ word: String) -> String { AnalyzerOptions.FrenchStemmer.light1.stem(word) }

  @Test(arguments: [
    ("demandez", "demand"), ("chevaux", "cheval"), ("nationaux", "national"), ("chateaux", "chateau"), ("lois", "loi"),
    ("établissement", "etabli"), ("évidemment", "evident"), ("licenciement", "licenci"), ("complètement", "complet"),
    ("paiement", "paiement"), ("finissent", "finir"), ("finir", "finir"), ("utilisateur", "utili"),
    ("utilisatrice", "utili"),
    ("directrice", "directeur"), ("personnelle", "personel"), ("telle", "tel"), ("première", "premi"),
    ("prendre", "prend"),
    ("permettre", "permet"), ("communication", "comunic"), ("opération", "operation"), ("donnera", "done"),
    ("donner", "done"),
    ("utilisait", "utili"), ("extrait", "extrait"), ("concernant", "concern"), ("appliquent", "aplic"),
    ("différent", "difer"),
    ("présent", "present"), ("gouvernement", "gouvernement"), ("gouvernements", "gouvernement"), ("mer", "mer"),
    ("yeux", "oeil"),
    ("travaux", "travail"), ("univers", "univers"), ("nouveaux", "nouvel"), ("1er", "1er"), ("2e", "2e"),
    ("diplomatie", "diplomat"),
    ("publique", "public"), ("longue", "long"), ("français", "francai"), ("active", "actif"), ("pouvoir", "pouvoir"),
  ])
  func examplesOfTheRules(word: String, expected: String) {
    #expect(stem(word) == expected)
  }

  @Test func shortWordsStayAsTheyAre() {
    for word in ["a", "la", "mer", "loi", "x", ""] { #expect(stem(word) == word) }
  }

  @Test func noStemIsEmptyOrHoldsAnythingButLetters() {
    var random = SeededRandom(seed: 51)
    let endings = [
      "ez", "aux", "issement", "emment", "ation", "eraient", "ait", "ant", "ent", "iques", "ees", "er", "ir", "v", "i",
      "s",
    ]
    for _ in 0..<5000 {
      let letters = (0..<random.integer(1...10)).map { _ in random.pick(Array("aeioubcdlmnrst").map(String.init)) }
      let word = letters.joined() + random.pick(endings)
      let found = stem(word)
      #expect(!found.isEmpty && found.allSatisfy { $0.isASCII && $0.isLetter }, "seed 51, \(word)")
    }
  }

  @Test func wordsWithOtherLettersAreTheirOwnStem() {
    for word in ["россия", "中文", "3,14", "a1"] {
      #expect(stem(word) == word)
    }
  }
}
