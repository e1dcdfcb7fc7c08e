import TestSupport
import Testing

@testable import TextSearch

/// Snippets: which words are highlighted, which piece of the text is shown.
@Suite struct SnippetTests {
  private func snippet(_ query: String, _ body: String, title: String = "") throws -> Snippet {
    let index = try TestIndex()
    try index.build([Document(key: "d", title: title, body: body)])
    return try #require(try index.open().search(query).hits.first).snippet
  }

  private func highlighted(_ query: String, _ body: String, title: String = "") throws -> String {
    try snippet(query, body, title: title).marked(open: "[", close: "]")
  }

  @Test(arguments: [
    ("diplomatie", "Les diplomates et la Diplomatie, le diplôme.", "Les [diplomates] et la [Diplomatie], le diplôme."),
    ("đối", "Công tác đối ngoại, đội bóng, ĐỐI tác.", "Công tác [đối] ngoại, đội bóng, [ĐỐI] tác."),
    ("doi", "Công tác đối ngoại, đội bóng.", "Công tác [đối] ngoại, [đội] bóng."),
    ("eau", "Il boit de l’eau, aujourd'hui.", "Il boit de l’[eau], aujourd'hui."),
    ("ONU", "Le rôle de l'O.N.U. dans la paix.", "Le rôle de l'[O.N.U]. dans la paix."),
    ("hòa", "Nước Việt Nam dân chủ cộng hoà.", "Nước Việt Nam dân chủ cộng [hoà]."),
    ("Bùi Thanh Sơn", "Le ministre Bui Thanh Son parle.", "Le ministre [Bui] [Thanh] [Son] parle."),
    ("le", "Le chat et le chien dans la ville.", "[Le] chat et [le] chien dans la ville."),
  ])
  func matchedWordsAreHighlightedAndNoOthers(query: String, body: String, expected: String) throws {
    #expect(try highlighted(query, body) == expected)
  }

  @Test(arguments: [
    (
      "\"diplomatie populaire\"", "La diplomatie, la diplomatie populaire.",
      "La diplomatie, la [diplomatie] [populaire]."
    ),
    ("\"diplomatie populaire\" la", "La diplomatie populaire, diplomatie", "[La] [diplomatie] [populaire], diplomatie"),
    (
      "\"populaire diplomatie\"~2", "Une diplomatie populaire, et populaire",
      "Une [diplomatie] [populaire], et populaire"
    ),
    ("diplo*", "Diplomate, diplôme et plomb", "[Diplomate], [diplôme] et plomb"),
    ("*plo?e", "Diplomate, diplôme et plomb", "Diplomate, [diplôme] et plomb"),
    ("diplomte~1", "Diplomate, diplômes et plomb", "[Diplomate], diplômes et plomb"),
    ("=eleve", "Un élève, eleve, élevé", "Un élève, [eleve], élevé"),
    ("body:eau -vin", "L'eau", "L'[eau]"), ("title:eau rose", "L'eau rose", "L'eau [rose]"),
    ("đô*", "đối ngoại, đội, doi", "[đối] ngoại, [đội], doi"),
  ])
  func everyKindIsHighlightedExactly(query: String, body: String, expected: String) throws {
    let index = try TestIndex()
    try index.build([Document(key: "d", title: "Eau", body: body)])
    let opened = try index.open()
    let hit = try #require(try opened.search(opened.parse(query)).hits.first)
    #expect(hit.snippet.marked(open: "[", close: "]") == expected)
  }

  @Test func decomposedTextIsHighlightedInFull() throws {
    let body = "Un e\u{301}te\u{301} dans la ville"
    let pieces = try snippet("été", body).pieces
    #expect(
      pieces.filter(\.isMatch).map { Array($0.text.unicodeScalars) } == [Array("e\u{301}te\u{301}".unicodeScalars)])
  }

  @Test func htmlIsEscaped() throws {
    let found = try snippet("paix", "<script>\"paix\" & guerre</script> dans la ville")
    #expect(found.html == "&lt;script&gt;&quot;<b>paix</b>&quot; &amp; guerre&lt;/script&gt; dans la ville")
    #expect(Snippet.escapeHTML("a<b>&\"'é") == "a&lt;b&gt;&amp;&quot;'é")
  }

  @Test func whiteSpaceCollapses() throws {
    #expect(try highlighted("paix", "La  \t paix\u{1}\u{7F}dans  la\r\n\n ville \n") == "La [paix] dans la ville")
  }

  @Test func textAfterTheLastWordIsShownInFull() throws {
    #expect(try highlighted("paix", "Il a dit « la paix »") == "Il a dit « la [paix] »")
    #expect(try highlighted("paix", "On veut la paix… ») 😀") == "On veut la [paix]… ») 😀")
    #expect(try highlighted("paix", "La paix !!") == "La [paix] !!")
  }

  @Test func textsThatEndInSignsAreNeverCutInsideALetter() throws {
    for tail in ["»", "…", "😀", "é", "\u{301}", "”»…"] {
      for count in [1, 2, 60, 90, 200] {
        let pieces = try snippet("paix", "La paix " + String(repeating: tail, count: count)).pieces
        #expect(!pieces.contains { $0.text.unicodeScalars.contains("\u{FFFD}") }, "\(tail) \(count)")
      }
    }
    // A title that matches and a body without words.
    for sign in ["»", "…", "😀", "x »…"] {
      let body = "*" + String(repeating: sign, count: 300)
      let pieces = try snippet("paix", body, title: "La paix").pieces
      #expect(!pieces.contains { $0.text.unicodeScalars.contains("\u{FFFD}") }, "\(sign)")
    }
  }

  @Test func aMatchInTheTitleAloneShowsTheBody() throws {
    let found = try snippet("paix", "Les villes et la région.", title: "La paix")
    #expect(found.marked(open: "[", close: "]") == "Les villes et la région.")
  }

  @Test func anEmptyBodyShowsTheTitle() throws {
    #expect(try highlighted("paix", "", title: "La paix du monde") == "La [paix] du monde")
  }

  @Test func theWindowHoldsTheRareWord() throws {
    let filler = String(repeating: "La ville de la région est grande et belle. ", count: 50)
    let index = try TestIndex([
      "long": filler + "Le traité de la paix est signé. " + filler, "other": "la ville",
      "more": "la région et la ville",
    ])
    let hits = try index.open().search("ville traité").hits
    let found = try #require(hits.first { $0.key == "long" }).snippet
    #expect(found.pieces.contains { $0.isMatch && $0.text == "traité" })
    #expect(found.pieces.first?.text == "… " && found.pieces.last?.text == " …")
    let length = found.pieces.reduce(0) { $0 + $1.text.utf8.count }
    #expect(length <= SnippetMaker.width + 20)
  }

  @Test func snippetsCanBeSwitchedOff() throws {
    let index = try TestIndex(["a": "la paix"])
    #expect(try index.open().search("paix", SearchOptions(makesSnippets: false)).hits[0].snippet.pieces.isEmpty)
  }

  @Test func piecesJoinToTheText() throws {
    let body = "La paix, la guerre: la paix; et la PAIX."
    let pieces = try snippet("paix", body).pieces
    #expect(pieces.map(\.text).joined() == body)
    #expect(pieces.filter(\.isMatch).map(\.text) == ["paix", "paix", "PAIX"])
  }

  /// What an analyzer knows from other texts and queries changes no snippet.
  @Test func snippetsDoNotDependOnEarlierSearches() throws {
    var random = SeededRandom(seed: 651)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(60, &random) + [Document(key: "w", body: "un week-end et un weekend")])
    let kept = try index.open()
    let queries = ["diplomat*", "\"đối ngoại\"", "weekend", "week-end", "=été", "doi", "populaires~1", "hoà Bùi l'eau"]
    for _ in 0..<40 {
      let text = random.pick(queries + [random.pick(RandomDocuments.words) + " " + random.pick(RandomDocuments.words)])
      let query = try kept.parse(text)
      #expect(try kept.search(query).hits == index.open().search(query).hits, "\(text)")
    }
  }

  @Test func aPooledAnalyzerKnowsItsFormsAnewAfterAReset() throws {
    let pooled = PooledAnalyzer(AnalyzerOptions())
    func hashes(_ text: String) -> [UInt64] {
      var tokens = TokenBuffer()
      pooled.analyzer.analyze(text.utf8.span, into: &tokens)
      return (0..<tokens.count).map {
        pooled[tokens[$0]].address
      }
    }
    let (first, second) = (hashes("les diplomates étrangers"), hashes("các nhà ngoại giao"))
    #expect(Set(first + second).count == first.count + second.count)
    #expect(hashes("les diplomates étrangers") == first)
    pooled.reset()
    #expect(hashes("các nhà ngoại giao") == second && hashes("les diplomates étrangers") == first)
  }
}
