import Testing

@testable import TextSearch

/// Titles, headings, captions of few words, and runs in other languages.
@Suite struct ShortRunTests {
  private let analyzer = TestAnalyzer()

  @Test(arguments: [
    "Salaire", "Rupture conventionnelle", "Congé", "Droit du travail", "Lecture", "si tu", "et bien", "rien, dit-elle",
    "roi et puis", "mon bon", "LE MOT DU PRESIDENT", "LA LOI", "Mon Dieu", "De la nuit", "qui se dit",
  ])
  func frenchTitles(title: String) {
    #expect(analyzer.tokens(title).allSatisfy { $0.kind == .french }, "\(analyzer.tokens(title))")
  }

  @Test(arguments: ["Ha Noi", "Nguyen Van A", "Tuyen Quang", "doi ngoai nhan dan", "Le Thi Hong Van", "Hoi nghi"])
  func vietnameseTitlesWithoutDiacritics(title: String) {
    let tokens = analyzer.tokens(title).filter { $0.form.utf8.count > 1 }
    #expect(tokens.allSatisfy { $0.kind == .withoutDiacritics }, "\(tokens)")
  }

  @Test(arguments: [
    "The history of the world is written by the winners and not by the others.",
    "To be or not to be, that is the question.", "She was with her mother when they came from London.",
    "This is what you should have done before the meeting.", "Science and the Raj: a study of British India",
  ])
  func englishIsNeither(text: String) {
    for text in [text, text + "\nLa conférence a adopté quatre résolutions pour le développement de la région."] {
      let count = analyzer.tokens(String(text.prefix { $0 != "\n" })).count
      #expect(analyzer.tokens(text).prefix(count).allSatisfy { $0.kind == TokenKind.none })
    }
  }

  @Test func aVietnameseNameInEnglishIsFound() {
    let kinds = analyzer.kinds("The minister Bui Thanh Son was with them in the city of Hue.")
    #expect(
      kinds["bui"] == .withoutDiacritics && kinds["thanh"] == .withoutDiacritics && kinds["son"] == .withoutDiacritics)
    #expect(kinds["minister"] == TokenKind.none)
  }

  @Test func aForeignTitleInAFrenchSentenceIsOfTheSentence() {
    let kinds = analyzer.kinds("Le film The Lord of the Rings est sorti dans les salles de New York.")
    #expect(kinds["film"] == .french && kinds["sorti"] == .french && kinds["york"] == .french)
  }

  @Test(arguments: [
    "S'agit d'amendements essentiels.", "Grandier fut condamne", "Volet technique de la", "28 aout 1945",
  ])
  func frenchCaptionsInVietnameseText(caption: String) {
    let line = "Hội nghị đối ngoại nhân dân đã thông qua bốn nghị quyết về phát triển của các địa phương.\n"
    let tokens = analyzer.tokens(line + caption + "\n" + line).filter { caption.lowercased().contains($0.form) }
    #expect(tokens.contains { $0.kind == .french } && tokens.allSatisfy { $0.kind != .withoutDiacritics })
  }

  @Test func aPlaceAfterAPrepositionAtTheHeadOfALine() {
    let kinds = analyzer.kinds("De Tuyen Quang à Tan Trao, le carnet de la conférence")
    #expect(
      kinds["tuyen"] == .withoutDiacritics && kinds["quang"] == .withoutDiacritics
        && kinds["trao"] == .withoutDiacritics)
    #expect(kinds["carnet"] == .french && kinds["à"] == .french)
    #expect(analyzer.tokens("De Tuyen Quang à Tan Trao, le carnet de la conférence")[0].kind == .french)
  }
}
