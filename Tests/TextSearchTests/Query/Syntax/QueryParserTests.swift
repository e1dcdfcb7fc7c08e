import TestSupport
import Testing

@testable import TextSearch

/// What each syntax means, and that no text traps.
@Suite struct QueryParserTests {
  private let parser = QueryParser(fields: ["title", "body"], attributes: ["lang", "date"])

  private func expect(_ text: String, _ query: Query) throws {
    #expect(try parser.parse(text) == query, "\(text)")
  }

  @Test func plainWordsAreOneBag() throws {
    for text in [
      "diplomatie populaire", "aujourd'hui", "l'État", "vice-ministre des affaires", "1 234 567,89", "O.N.U.",
      "qui est le ministre ?", "quoi? rien!", "question : réponse", "10:30", "http://a.fr/?q=1", "a - b", "--help",
      "C++",
      "élu(e)s", ":)", "5\" de long", "a ~50 km", "R&D", "50%", "a = b", "x^y", "titre:oui", "[sic]", "AND", "NOT",
      "OR noir",
      "guerre AND", "\"sans fin", "« sans fin", "prix/unité", "a_b", "#mot", "a|b", "a && b", "là-bas...", "???",
    ] {
      try expect(text, .words(text))
    }
    try expect("  đối  ngoại ", .words("đối  ngoại"))
    try expect("", .words(""))
    try expect("attention * danger", .group([.should(.words("attention")), .should(.words("danger"))]))
  }

  @Test func signs() throws {
    try expect("+a b -c", .group([.must(.words("a")), .should(.words("b")), .mustNot(.words("c"))]))
    try expect("a b +c d", .group([.should(.words("a b")), .must(.words("c")), .should(.words("d"))]))
    try expect("-n", .group([.mustNot(.words("n"))]))
    try expect(
      "+vice-ministre -week-end",
      .group([.must(.words("vice-ministre", requiresAll: true)), .mustNot(.phrase("week-end"))]))
    try expect("+\"a b\" -(c d)", .group([.must(.phrase("a b")), .mustNot(.words("c d"))]))
    try expect("\\-a \\+b", .words("-a +b"))
  }

  @Test func operators() throws {
    try expect("a AND b", .all([.words("a"), .words("b")]))
    try expect("a OR b OR c", .any([.words("a"), .words("b"), .words("c")]))
    try expect("a AND NOT b", .all([.words("a"), .not(.words("b"))]))
    try expect("a OR b AND c", .any([.words("a"), .all([.words("b"), .words("c")])]))
    try expect("x a OR b", .group([.should(.words("x")), .should(.any([.words("a"), .words("b")]))]))
    try expect("a AND (b c)", .all([.words("a"), .words("b c")]))
    try expect("NOT a", .not(.words("a")))
    try expect("a OR -b", .group([.should(.words("a")), .mustNot(.words("b"))]))
    try expect("a \\AND b", .words("a AND b"))
    try expect("(a b c)~2", .group([.should(.words("a b c"))], minimum: 2))
    try expect("((a) (b))", .group([.should(.words("a")), .should(.words("b"))]))
    try expect("(a b", .words("a b"))
    try expect("a b)", .words("a b)"))
    try expect("(les élu(e)s) x", .group([.should(.words("les élu(e)s")), .should(.words("x"))]))
  }

  @Test func kindsOfWords() throws {
    try expect("\"phrase ici\"", .phrase("phrase ici"))
    try expect("“phrase ici” « là »", .group([.should(.phrase("phrase ici")), .should(.phrase(" là "))]))
    try expect("\"a b\"~4^2", .boost(.phrase("a b", slop: 4), 2))
    try expect("\"un \\\"mot\\\"\"", .phrase("un \"mot\""))
    try expect("diplo*", .prefix("diplo"))
    try expect("l'éco*", .prefix("l'éco"))
    try expect("di?lo*", .wildcard("di?lo*"))
    try expect("*tion", .wildcard("*tion"))
    try expect("**tion**?", .wildcard("*tion*"))
    try expect("mot*?", .prefix("mot"))
    try expect("?lev?", .wildcard("?lev?"))
    try expect("a?b? x", .group([.should(.wildcard("a?b?")), .should(.words("x"))]))
    try expect("tò?", .any([.words("tò?"), .wildcard("tò?")]))
    try expect("  Hanoi? ", .any([.words("Hanoi?"), .wildcard("Hanoi?")]))
    try expect("où est Hanoi?", .words("où est Hanoi?"))
    try expect("Hanoi??", .words("Hanoi??"))
    try expect("mot\\?", .words("mot?"))
    try expect("mot~", .fuzzy("mot", distance: 1))
    try expect(
      "ministre~ mot~2", .group([.should(.fuzzy("ministre", distance: 2)), .should(.fuzzy("mot", distance: 2))]))
    try expect("=été", .exact("été"))
    try expect("=\"la une\" ==x", .group([.should(.exact("la une")), .should(.words("==x"))]))
    try expect("mot^2", .boost(.words("mot"), 2))
    try expect("mot^0,5 a^b", .group([.should(.boost(.words("mot"), 0.5)), .should(.words("a^b"))]))
    try expect("*", .everything)
    try expect("* -a", .group([.should(.everything), .mustNot(.words("a"))]))
    try expect("mo\\*t", .words("mo*t"))
  }

  static let capitals: [(text: String, query: Query)] = [
    ("DIPLOMATIE OR MINISTRE", .words("DIPLOMATIE OR MINISTRE")),
    ("ONU AND OTAN", .group([.must(.words("ONU")), .must(.words("OTAN"))])),
    ("(DIPLOMATIE OR MINISTRE)", .any([.words("DIPLOMATIE"), .words("MINISTRE")])),
    ("DIPLOMATIE OR ministre", .any([.words("DIPLOMATIE"), .words("ministre")])),
    ("ĐỐI NGOẠI AND HÒABÌNH", .words("ĐỐI NGOẠI AND HÒABÌNH")),
    ("DE\u{301}FENSE NOT E\u{301}COLES", .words("DE\u{301}FENSE NOT E\u{301}COLES")),
    ("2024 OR 2025", .any([.words("2024"), .words("2025")])),
  ]

  @Test(arguments: capitals) func operatorsInQueriesOfCapitals(text: String, query: Query) throws {
    try expect(text, query)
  }

  @Test func fieldsAndAttributes() throws {
    try expect("title:mot", .field("title", .words("mot")))
    try expect("title:vice-ministre", .field("title", .words("vice-ministre", requiresAll: true)))
    try expect("title:\"a b\"^3", .boost(.field("title", .phrase("a b")), 3))
    try expect("title:(a b) c", .group([.should(.field("title", .words("a b"))), .should(.words("c"))]))
    try expect("title: mot", .words("title: mot"))
    try expect("title\\:mot", .words("title:mot"))
    try expect("a lang:fr", .group([.should(.words("a")), .must(.filter(.matches("lang", "fr")))]))
    try expect(
      "date:[2023 TO 2025] -lang:(fr vi)",
      .group([
        .must(.filter(.range("date", from: .keyword("2023"), through: .keyword("2025")))),
        .mustNot(.filter(.any([.matches("lang", "fr"), .matches("lang", "vi")]))),
      ]))
    try expect("lang:=Fr", .filter(.equals("lang", .keyword("Fr"))))
    try expect("lang:=\"a b\"", .filter(.equals("lang", .keyword("a b"))))
    try expect("lang:Fr*", .filter(.begins("lang", "Fr")))
    try expect("lang:Fr\\*", .filter(.matches("lang", "Fr*")))
    try expect("date:[2023 TO *]", .filter(.range("date", from: .keyword("2023"), through: nil)))
    try expect(
      "lang:\"a b\", lang:*",
      .group([
        .must(.filter(.matches("lang", "a b"))), .should(.words(",")), .must(.filter(.exists("lang"))),
      ]))
    try expect(
      "lang:fr OR lang:vi",
      .any([
        .filter(.matches("lang", "fr")), .filter(.matches("lang", "vi")),
      ]))
  }

  @Test func allWordsWhenRequired() throws {
    var parser = parser
    parser.requiresAll = true
    #expect(
      try parser.parse("a b \"c d\" -e")
        == .group([
          .must(.words("a b")), .must(.phrase("c d")), .mustNot(.words("e")),
        ]))
    #expect(try parser.parse("a OR b") == .any([.words("a"), .words("b")]))
    #expect(try parser.parse("(a b c)~2") == .group([.should(.words("a b c"))], minimum: 2))
  }

  @Test(arguments: [
    ("a [2023 TO 2025]", 2, "date:[2023 TO 2025]"), ("date:[2023]", 5, "date:[2023 TO 2025]"), ("mot~3", 3, "mot~1"),
    ("a^1001", 1, "1000"), ("\"a b\"~100", 5, "99"), ("(a)~0", 3, "1 or more"), ("m*t~1", 3, "not both"),
    ("title:lang:fr", 6, "alone"), (String(repeating: "(", count: 30) + "a", 20, "parentheses"),
  ]) func errorsNameThePlaceAndAHint(text: String, offset: Int, hint: String) throws {
    let error = #expect(throws: SearchError.self) { try parser.parse(text) }
    guard case .query(text, offset, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(hint))
  }

  private static let pieces = [
    "a", "mot", "đối", "é", "AND", "OR", "NOT", "TO", "title:", "lang:", "date:", "x:", " ", "  ", "\n", "(", ")", "\"",
    "“", "”", "«", "»", "[", "]", "~", "~1", "~9", "^", "^2", "^9999", "*", "?", "+", "-", "=", "\\", "!", ":", "'",
    ",",
    "2023", "[1 TO 2]", "\u{301}", "\u{0}", "🙂",
  ]

  @Test func anyTextParsesOrFailsWithAnOffset() throws {
    var random = SeededRandom(seed: 701)
    var failed = 0
    let texts = LongTests.choose(1_000_000, else: 100_000)
    for _ in 0..<texts {
      let text = (0..<random.integer(0...14)).map { _ in random.pick(Self.pieces) }.joined()
      do {
        let query = try parser.parse(text)
        try query.check()
      } catch {
        guard case .query(text, let offset, _) = error else {
          Issue.record("\(text): \(error)")
          return
        }
        #expect(offset >= 0 && offset <= text.unicodeScalars.count)
        failed += 1
      }
    }
    #expect(failed > 1000 && failed < texts / 10 * 9)
    if LongTests.isEnabled { print("parsed texts: \(texts), \(failed) errors with an offset") }
  }
}
