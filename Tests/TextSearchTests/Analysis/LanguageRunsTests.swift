import Testing

@testable import TextSearch

/// The language of runs, and of names inside them.
@Suite struct LanguageRunsTests {
  private let analyzer = TestAnalyzer()
  private static let french =
    "La conférence populaire des localités a adopté quatre résolutions pour le développement de la région."
  private static let vietnamese =
    "Hội nghị đối ngoại nhân dân đã thông qua bốn nghị quyết về phát triển của các địa phương."

  @Test func plainTextsAreOfOneLanguage() {
    #expect(analyzer.tokens(Self.french).allSatisfy { $0.kind == .french })
    #expect(analyzer.tokens(Self.vietnamese).allSatisfy { $0.kind == .vietnamese })
  }

  @Test func captionLinesAreDecidedAlone() {
    let text = Self.french + "\n" + Self.vietnamese + "\n" + Self.french
    let kinds = analyzer.tokens(text).map(\.kind)
    let caption = analyzer.tokens(Self.vietnamese).count
    let article = analyzer.tokens(Self.french).count
    #expect(kinds.prefix(article).allSatisfy { $0 == .french })
    #expect(kinds.dropFirst(article).prefix(caption).allSatisfy { $0 == .vietnamese })
    #expect(kinds.dropFirst(article + caption).allSatisfy { $0 == .french })
  }

  @Test(arguments: ["Ngo Le Van", "Bui Thanh Son", "Tuyen Quang", "Le Thi Thu Hang"])
  func namesWithoutDiacriticsInFrenchAreVietnamese(name: String) {
    let text = "Le vice-ministre \(name) a présidé la conférence."
    let kinds = analyzer.kinds(text)
    for part in name.split(separator: " ") { #expect(kinds[part.lowercased()] == .withoutDiacritics, "\(part)") }
    for word in ["vice", "ministre", "présidé", "conférence"] { #expect(kinds[word] == .french) }
  }

  @Test func namesWithDiacriticsInFrenchAreVietnamese() {
    let kinds = analyzer.kinds("Le ministre Bùi Thanh Sơn a présidé la conférence à Tuyên Quang.")
    for part in ["bùi", "thanh", "sơn", "tuyên", "quang"] { #expect(kinds[part] == .vietnamese, "\(part)") }
    #expect(kinds["ministre"] == .french)
  }

  /// Where nothing has a tone, a circumflex alone is how French texts write Vietnamese names.
  @Test func namesWithoutTonesInFrenchLackDiacritics() {
    let kinds = analyzer.kinds("Le président Hô Chi Minh à Huê, au Viêt Nam. La fête du Têt. Diên Biên Phu est loin.")
    for part in ["hô", "chi", "minh", "huê", "viêt", "nam", "têt", "diên", "biên", "phu"] {
      #expect(kinds[part] == .withoutDiacritics, "\(part)")
    }
    for word in ["président", "fête", "loin"] { #expect(kinds[word] == .french, "\(word)") }
    #expect(analyzer.tokens("Hô Chi Minh").allSatisfy { $0.kind == .withoutDiacritics })
    #expect(analyzer.tokens("Công an nhân dân").allSatisfy { $0.kind == .vietnamese })
    for text in ["Tôt ou tard il viendra.", "Mât de misaine", "Il viendra tôt.", "Le Rôle de la Forêt, Prêt à tout."] {
      #expect(analyzer.tokens(text).allSatisfy { $0.kind == .french }, "\(text)")
    }
  }

  @Test func aLoneCapitalisedSyllableIsNoName() {
    let kinds = analyzer.kinds("Nous avons parlé avec Van hier dans la région.")
    #expect(kinds["van"] == .french)
  }

  @Test func anArticleAndANounAtTheHeadOfASentenceAreNoName() {
    let kinds = analyzer.kinds("Le Van est garé devant la maison pendant la réunion.")
    #expect(kinds["le"] == .french)
    #expect(kinds["van"] == .french)
  }

  @Test func textWithoutDiacriticsIsVietnameseWithoutDiacritics() {
    let tokens = analyzer.tokens(
      "Hoi nghi doi ngoai nhan dan da thong qua bon nghi quyet ve phat trien cua cac dia phuong")
    #expect(tokens.count > 15)
    #expect(tokens.allSatisfy { $0.kind == .withoutDiacritics })
  }

  @Test func aShortLineWithoutDiacriticsFollowsItsDocument() {
    let kinds = analyzer.tokens(Self.vietnamese + "\nThanh Minh\n" + Self.vietnamese)
    #expect(kinds.filter { $0.form == "thanh" || $0.form == "minh" }.allSatisfy { $0.kind == .vietnamese })
    // Between French lines it still follows the Vietnamese lines of its field.
    let far = Self.vietnamese + "\n" + Self.french + "\nnhan dan ngoai giao\n" + Self.french
    #expect(analyzer.tokens(far).first { $0.form == "giao" }?.kind == .vietnamese)
    // Without any, it is Vietnamese without diacritics.
    #expect(analyzer.tokens("nhan dan ngoai giao").allSatisfy { $0.kind == .withoutDiacritics })
  }

  @Test func aLongBlockWithoutDiacriticsDecidesAlone() {
    let plain = "nhan dan cac dia phuong da tham gia hoi nghi doi ngoai"
    let tokens = analyzer.tokens(Self.vietnamese + "\n" + Self.french + "\n" + plain)
    #expect(tokens.suffix(12).allSatisfy { $0.kind == .withoutDiacritics })
  }

  @Test func foreignWordsInVietnameseTextAreNone() {
    let kinds = analyzer.kinds("Hội nghị của UNESCO tại Washington đã thông qua nghị quyết về phát triển năm 2025.")
    #expect(kinds["washington"] == TokenKind.none)
    #expect(kinds["2025"] == TokenKind.none)
    #expect(kinds["nghị"] == .vietnamese)
  }

  @Test func aTextWithoutEvidenceIsFrench() {
    #expect(analyzer.tokens("Zanzibar").map(\.kind) == [.french])
    #expect(analyzer.tokens("x").map(\.kind) == [.french])
  }

  @Test func frenchFunctionWordsDecideAboutAmbiguousOnes() {
    let kinds = analyzer.kinds("On lui a dit que le thé de la mère est dans la salle.")
    #expect(kinds["thé"] == .french)
    #expect(kinds["lui"] == .french)
  }

  @Test func commonFrenchWordsThatAreSyllablesStayFrenchInFrenchText() {
    let text = "Il est venu au bal avec moi et mon ami, puis la nuit a mis fin au thé."
    #expect(analyzer.tokens(text).allSatisfy { $0.kind == .french })
  }
}
