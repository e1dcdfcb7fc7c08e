import Testing

@testable import TextSearch

/// Lines that show nothing lean on what their document shows, in whichever field.
@Suite struct DocumentSignsTests {
  private let analyzer = TestAnalyzer()
  private static let french = "La conférence a adopté quatre résolutions pour le développement de la région."
  private static let vietnamese = "Hội nghị đối ngoại nhân dân đã thông qua bốn nghị quyết của các địa phương."
  private static let english = "The state of this component is managed by its parent."

  /// Lines that show nothing: code, style sheets, headings and table rows of words that no list has.
  static let lines = [
    "const [name, setName] = useState(x);", "return (", "export default function Form() {", "margin: 0 auto;",
    "SELECT region, COUNT(*)", "| onChange | function | null |", "Getting started", "useState", "<div class=\"row\">",
  ]

  @Test(arguments: lines)
  func aLineThatShowsNothingLeansOnItsDocument(line: String) {
    for (text, kind) in [
      (Self.french, TokenKind.french), (Self.english, .none), (Self.vietnamese + " " + Self.vietnamese, .none),
    ] {
      for document in [text + "\n" + line, line + "\n" + text] {
        let own = analyzer.forms(line)
        let kinds = analyzer.kinds(document)
        // A word of code may be a Vietnamese syllable by its letters (auto, on, div).
        #expect(own.allSatisfy { kinds[$0] != .french || kind == .french }, "\(document)")
        if kind == .french { #expect(own.contains { kinds[$0] == .french }, "\(document)") }
      }
    }
  }

  @Test(arguments: ["Code civil", "Zanzibar", "Salaire", "x", "return (", "Rupture conventionnelle"])
  func aShortDocumentThatShowsNothingIsFrench(text: String) {
    #expect(analyzer.tokens(text).allSatisfy { $0.kind == .french })
  }

  @Test func aLongDocumentThatShowsNothingIsOfNoLanguage() {
    let code = Array(repeating: "const value = compute(input);", count: 12).joined(separator: "\n")
    #expect(analyzer.tokens(code).allSatisfy { $0.kind == TokenKind.none })
  }

  @Test func aFrenchPageMayBeCodeForItsLargerPart() {
    let code = Array(repeating: "const value = compute(input);\n", count: 60).joined()
    let kinds = analyzer.kinds(code + "Installation\n" + Self.french + "\n" + Self.french)
    #expect(kinds["installation"] == .french)
  }

  @Test func aFrenchSentenceInAnEnglishPageIsFrench() {
    let kinds = analyzer.kinds(
      Array(repeating: Self.english + "\n", count: 9).joined() + Self.french + "\nGetting started")
    #expect(kinds["conférence"] == .french && kinds["started"] == TokenKind.none)
  }

  /// The title is decided with the text below it, and a query finds both however the words are posted.
  @Test func titlesLeanOnTheText() throws {
    let index = try TestIndex()
    for (body, found) in [(Self.french, ["d"]), (Self.vietnamese + "\n" + Self.vietnamese, [])] {
      try index.build([Document(key: "d", title: "Configurations useState", body: body)])
      #expect(try index.keys(parsing: "\"configuration\"") == found, "\(body)")
      for query in ["configurations", "USESTATE", "\"configurations usestate\"", "title:configurations", "config*"] {
        #expect(try index.keys(parsing: query) == ["d"], "\(query)")
      }
    }
  }

  @Test func snippetsMarkWhatTheIndexHolds() throws {
    let index = try TestIndex(["d": Self.vietnamese + "\n" + Self.vietnamese + "\nconst components = render(page);"])
    let opened = try index.open()
    for query in ["components", "COMPONENTS", "\"const components\"", "compon*"] {
      let hits = try opened.search(opened.parse(query), SearchOptions()).hits
      #expect(hits.first?.snippet.marked(open: "[", close: "]").contains("[components]") == true, "\(query)")
    }
  }
}
