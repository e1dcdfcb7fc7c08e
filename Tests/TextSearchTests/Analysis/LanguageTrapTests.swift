import Testing

@testable import TextSearch

/// What other engines get wrong: each trap is a document that a query must find, or must rank first.
@Suite struct LanguageTrapTests {
  private func finds(_ query: String, in text: String) throws -> Bool {
    try TestIndex(["d": text]).keys(query) == ["d"]
  }

  private func address(_ word: String) -> TermAddress? { TestAnalyzer().tokens(word).first?.address }

  @Test func dWithStrokeFolds() throws {
    #expect(try finds("doi ngoai", in: "Công tác đối ngoại nhân dân"))
    #expect(try finds("dong", in: "Le đồng est la monnaie du pays"))
  }

  @Test func ligaturesFold() throws {
    #expect(try finds("coeur", in: "Le cœur de la ville"))
    #expect(try finds("cœur", in: "Le coeur de la ville"))
    #expect(try finds("OEUVRE", in: "Une œuvre de la littérature"))
    #expect(try finds("aequo", in: "Ils sont ex æquo dans la course"))
  }

  @Test func shortWordsFoldToo() throws {
    #expect(try finds("ete", in: "Un été dans la région"))
    #expect(try finds("été", in: "Un ete dans la region"))
    #expect(address("été") == address("ete"))
  }

  @Test func theStemDoesNotDependOnAccents() throws {
    for word in ["développement", "général", "première", "évidemment", "diplômés", "créées"] {
      #expect(address(word) == address(String(decoding: Folding.key(of: Array(word.utf8)), as: UTF8.self)), "\(word)")
    }
  }

  @Test(arguments: AnalyzerTests.apostrophes)
  func anyApostropheFindsAnyOther(apostrophe: String) throws {
    #expect(try finds("l'eau", in: "Il boit de l\(apostrophe)eau"))
    #expect(try finds("aujourd'hui", in: "C\(apostrophe)est aujourd\(apostrophe)hui"))
    #expect(try finds("île", in: "La presqu\(apostrophe)île de la baie"))
    #expect(try finds("aujourd\(apostrophe)hui", in: "Aujourd'hui il est venu"))
  }

  @Test func namesWithAnArticleAreFoundWithAndWithoutIt() throws {
    for query in ["L'Oréal", "Oréal", "oreal", "l’oreal"] {
      #expect(try finds(query, in: "Le groupe L'Oréal a publié ses comptes"), "\(query)")
    }
    #expect(try finds("Haÿ", in: "Il habite à L'Haÿ-les-Roses"))
  }

  @Test func theExactSpellingComesFirst() throws {
    let index = try TestIndex([
      "a": "đội tuyển của thành phố", "b": "đối tác của thành phố", "c": "đợi chờ của thành phố",
      "d": "đổi mới của thành phố",
    ])
    #expect(try index.keys("đối") == ["b"])
    #expect(Set(try index.keys("doi")) == ["a", "b", "c", "d"])
  }

  @Test func plainTypingFindsTextWithDiacritics() throws {
    #expect(try finds("doi ngoai", in: "Hội nghị đối ngoại nhân dân năm nay"))
    #expect(try finds("đối ngoại", in: "Hoi nghi doi ngoai nhan dan nam nay cua cac dia phuong"))
  }

  @Test(arguments: [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("hóa", "hoá"), ("lũy", "luỹ")])
  func oldAndNewTonePlacementAreOneTerm(old: String, new: String) throws {
    #expect(try finds(old, in: "Nước Việt Nam \(new) bình và phát triển"))
    #expect(try finds(new, in: "Nước Việt Nam \(old) bình và phát triển"))
  }

  @Test func namesAreFoundAcrossLanguagesAndDiacritics() throws {
    let french = "Le ministre Bui Thanh Son a présidé la conférence."
    #expect(try finds("Bùi Thanh Sơn", in: french))
    #expect(try finds("Bui Thanh Son", in: "Bộ trưởng Bùi Thanh Sơn chủ trì hội nghị."))
    #expect(try finds("bui thanh son", in: "Le ministre Bùi Thanh Sơn a présidé la conférence."))
  }

  @Test func wordsWithDiacriticsOfBothLanguagesAreFound() throws {
    #expect(try finds("coração", in: "Le coração est au centre de la chanson."))
    #expect(try finds("coração", in: "Bài hát coração được mọi người yêu thích."))
    #expect(try finds("Conceição", in: "La ville de Conceição est dans la région."))
  }

  @Test func theStemsToBeOneAreOne() {
    let families = [
      ["diplomatie", "diplomaties", "diplomatique", "diplomatiques", "diplomate", "diplomates"],
      ["général", "générale", "généraux", "générales"], ["journal", "journaux"], ["travail", "travaux"],
      ["nouveau", "nouveaux", "nouvel", "nouvelle", "nouvelles"], ["premier", "première", "premières"],
      ["actif", "active", "actives", "actifs"], ["heureux", "heureuse", "heureuses"], ["acteur", "actrice"],
      ["deuxième", "deuxieme"],
    ]
    for family in families { #expect(Set(family.map(stem)).count == 1, "\(family.map(stem))") }
  }

  @Test func theStemsToBeApartAreApart() {
    for (a, b) in [
      ("université", "univers"), ("français", "franc"), ("organisation", "organe"), ("formation", "forme"),
    ] {
      #expect(stem(a) != stem(b))
    }
  }

  private func stem(_ word: String) -> String {
    AnalyzerOptions.FrenchStemmer.light.stem(word)
  }

  @Test func capitalsWithoutAccentsAreFound() throws {
    #expect(try finds("État", in: "LE CHEF DE L'ETAT EST A L'ETRANGER"))
    #expect(try finds("étranger", in: "LE CHEF DE L'ETAT EST A L'ETRANGER"))
  }
}
