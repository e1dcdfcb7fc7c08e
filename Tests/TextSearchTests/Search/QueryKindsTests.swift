import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// What each kind of query finds.
@Suite struct QueryKindsTests {
  private func keys(_ index: TestIndex, _ text: String, _ options: SearchOptions = SearchOptions(limit: 100)) throws
    -> [String]
  {
    let opened = try index.open()
    return try opened.search(opened.parse(text), options).hits.map(\.key)
  }

  private func found(_ index: TestIndex, _ text: String) throws -> String { try keys(index, text).sorted().joined() }

  @Test func groups() throws {
    let index = try TestIndex([
      "a": "pivoine tulipe rose", "b": "pivoine", "c": "tulipe", "d": "rose iris", "e": "iris tulipe",
    ])
    for (text, keys) in [
      ("pivoine tulipe", "abce"), ("+pivoine tulipe", "ab"), ("pivoine -tulipe", "b"), ("pivoine AND tulipe", "a"),
      ("pivoine AND NOT tulipe", "b"), ("(pivoine OR iris) AND rose", "ad"), ("-pivoine", "cde"), ("*", "abcde"),
      ("* -rose", "bce"), ("(pivoine tulipe rose)~2", "a"), ("(pivoine tulipe iris)~2", "ae"), ("+pivoine +absent", ""),
      ("pivoine OR NOT tulipe", "abd"), ("NOT (pivoine OR tulipe)", "d"), ("+(pivoine iris) -rose", "be"),
      ("pivoine^0 iris", "abde"), ("absent", ""), ("iris -absent", "de"),
    ] { #expect(try found(index, text) == keys, "\(text)") }
    #expect(try keys(index, "pivoine^9 iris").first == "b")
    #expect(try keys(index, "pivoine iris^9").first == "d" || keys(index, "pivoine iris^9").first == "e")
  }

  @Test func phrases() throws {
    let index = try TestIndex([
      "a": "la diplomatie populaire est née", "b": "une diplomatie très populaire", "c": "populaire diplomatie",
      "d": "les diplomaties populaires", "e": "đối ngoại nhân dân", "f": "ngoại giao đối nhân",
      "g": "diplomatie, populaire",
    ])
    for (text, keys) in [
      ("\"diplomatie populaire\"", "adg"), ("\"diplomatie populaire\"~1", "abdg"),
      ("\"diplomatie populaire\"~2", "abcdg"), ("\"doi ngoai\"", "e"), ("\"đối ngoại\"", "e"), ("\"đối nhân\"", "f"),
      ("\"đối nhân\"~1", "ef"), ("\"populaire est née\"", "a"), ("=\"diplomatie populaire\"", "ag"),
      ("\"diplo* populaire\"", ""), ("diplomatie-populaire", "abcdg"), ("-\"diplomatie populaire\" +diplomatie", "bc"),
    ] { #expect(try found(index, text) == keys, "\(text)") }
  }

  @Test func phrasesDoNotReachFromFieldToField() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", title: "La diplomatie", body: "populaire et ancienne"),
      Document(key: "b", title: "Rien", body: "la diplomatie populaire"),
    ])
    for (text, keys) in [
      ("\"diplomatie populaire\"", "b"), ("\"diplomatie populaire\"~99", "b"), ("title:diplomatie", "a"),
      ("body:diplomatie", "b"), ("body:\"la diplomatie\"", "b"), ("title:\"la diplomatie\"", "a"),
      ("title:diplo*", "a"), ("title:(rien diplomatie)", "ab"), ("-title:rien", "a"), ("title:populaire", ""),
      ("body:=populaire", "ab"), ("title:diplomatei~1", "a"),
    ] { #expect(try found(index, text) == keys, "\(text)") }
    let opened = try index.open()
    #expect(throws: SearchError.unknownField(name: "nom", known: ["title", "body"])) {
      try opened.search(.field("nom", .words("a")))
    }
  }

  @Test func patterns() throws {
    let index = try TestIndex([
      "a": "réfrigération", "b": "le réfrigérateur", "c": "frigorifique et frigo", "d": "công tác đối ngoại",
      "e": "một đội quân", "f": "doi ngoai", "g": "L'État et l'été", "h": "ete 2024 ABC",
    ])
    for (text, keys) in [
      ("refrig*", "ab"), ("réfrigé*", "ab"), ("frigorifi*", "c"), ("frigorif*", "c"), ("*rateur", "b"),
      ("*frig*", "abc"),
      ("fr?go", "c"), ("đối*", "d"), ("đô*", "de"), ("do*", "def"), ("đ?i", "de"), ("l'ét*", "cgh"), ("202?*", "h"),
      ("ab*", "h"), ("frigo*ue", "c"), ("x*", ""),
    ] {
      // The syllables without diacritics of d, e and f are one word with any diacritics.
      let found = try found(index, text).filter { !("đối* đô* đ?i".contains(text) && $0 == "f") }
      #expect(found == keys, "\(text)")
    }
    var exact = SearchOptions()
    exact.strictness = .exact
    #expect(try self.keys(index, "ré*", exact).sorted() == ["a", "b"])
    #expect(try self.keys(index, "re*", exact).isEmpty)
  }

  /// hòa and hoà are one spelling everywhere that a word can stand, composed or not.
  @Test func toneMarksOfOpenRhymes() throws {
    let index = try TestIndex([
      "a": "Hội nghị hòa bình tại Khánh Hòa, bà Thúy, Ủy ban nhân dân, tòa án",
      "b": "Hội nghị hoà bình tại Khánh Hoà, bà Thuý, Uỷ ban nhân dân, toà án", "c": "ông Hoàng, hoa hồng, tháng, tơ",
    ])
    for (text, keys) in [
      ("hòa*", "abc"), ("hoà*", "abc"), ("HÒA*", "abc"), ("thúy*", "ab"), ("thuý*", "ab"), ("ủy*", "ab"), ("uỷ*", "ab"),
      ("*úy", "ab"), ("*uý", "ab"), ("tò?", "ab"), ("toà?", "ab"), ("hò?", "ab"), ("t?à", "ab"), ("tòa~1", "abc"),
      ("hòa~1", "abc"), ("=hòa", "ab"), ("=hoà", "ab"), ("\"khánh hoà\"", "ab"), ("\"khánh hòa\"", "ab"), ("hóa*", ""),
    ] {
      #expect(try found(index, text) == keys, "\(text)")
      let decomposed = text.decomposedStringWithCanonicalMapping
      #expect(try found(index, decomposed) == keys, "\(text), decomposed")
    }
  }

  @Test func similarWords() throws {
    let index = try TestIndex([
      "a": "la diplomatie", "b": "la diplomacie", "c": "diplmatie", "d": "diplomatique", "e": "đối ngoại",
      "f": "đôi khi", "g": "événement", "h": "dpilomatie",
    ])
    for (text, keys) in [
      ("diplomatie~1", "abch"), ("diplomacie~2", "abch"), ("evenemant~1", "g"), ("evenmant~2", "g"), ("đôi~1", "ef"),
      ("doi~1", "ef"), ("xyz~2", ""), ("diplomatie~", "abcdh"),
    ] { #expect(try found(index, text) == keys, "\(text)") }
    #expect(try keys(index, "diplomatie~1").first == "a")
    #expect(try keys(index, "diplomacie~1").first == "b")
  }

  @Test func exactSpellings() throws {
    let index = try TestIndex([
      "a": "les élèves", "b": "un élève", "c": "il eleve", "d": "đối ngoại", "e": "doi ngoai", "f": "đôi đũa",
      "g": "il élevé",
    ])
    for (text, keys) in [
      ("=élève", "b"), ("=eleve", "c"), ("=ÉLEVÉ", "g"), ("=élèves", "a"), ("=đối", "d"), ("=doi", "e"), ("=đôi", "f"),
      ("=\"un élève\"", "b"), ("=rien", ""),
    ] { #expect(try found(index, text) == keys, "\(text)") }
    #expect(try found(index, "élève") == "abcg")
  }

  @Test func conditions() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", body: "pivoine", attributes: ["date": "2023-05-01", "lang": "fr"]),
      Document(key: "b", body: "pivoine", attributes: ["date": "2024-05-01", "lang": "vi"]),
      Document(key: "c", body: "tulipe", attributes: ["date": "2025-05-01", "lang": "fr"]),
    ])
    for (text, keys) in [
      ("pivoine lang:fr", "a"), ("lang:fr", "ac"), ("-lang:fr", "b"), ("date:[2023 TO 2024]", "ab"), ("date:2025", "c"),
      ("date:[2024 TO *]", "bc"), ("pivoine date:[* TO 2023-12]", "a"), ("lang:(fr vi) tulipe", "c"),
      ("lang:vi OR tulipe", "bc"), ("lang:*", "abc"), ("genre:fr", ""),
    ] { #expect(try found(index, text) == keys, "\(text)") }
    let opened = try index.open()
    #expect(throws: SearchError.unknownAttribute(name: "genre", known: ["date", "lang"])) {
      try opened.search(.filter(.exists("genre")))
    }
  }

  @Test func limits() throws {
    let writer = (0..<66_000).map { "mot\(String($0, radix: 36))x" }.joined(separator: " ")
    let index = try TestIndex(["a": writer])
    let opened = try index.open()
    #expect(throws: SearchError.expansion(pattern: "mot*", maximum: 65_536)) { try opened.search(.prefix("mot")) }
    #expect(try opened.search(.fuzzy("mot1x", distance: 2)).total == 1)
    #expect(try opened.search(.prefix("mota")).total == 1)
    var deep = Query.words("a")
    for _ in 0..<200 { deep = .boost(deep, 1) }
    #expect(throws: SearchError.self) { try opened.search(deep) }
    for wrong in [
      Query.phrase("a b", slop: 100), .fuzzy("a", distance: 3), .boost(.words("a"), -1), .boost(.words("a"), .nan),
    ] {
      #expect(throws: SearchError.self) { try opened.search(wrong) }
    }
    for empty in [Query.words("!"), .all([]), .all([.words("")]), .phrase("…"), .prefix(""), .wildcard("'")] {
      #expect(throws: SearchError.emptyQuery) { try opened.search(empty) }
    }
  }
}
