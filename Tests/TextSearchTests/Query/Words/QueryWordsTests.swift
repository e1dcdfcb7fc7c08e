import Testing

@testable import TextSearch

/// Which lists a word of a query reads: every way that its letters allow.
@Suite struct QueryWordsTests {
  /// A selector as text: language, key, and spelling or * for all.
  private func readings(_ query: String, _ preset: AnalyzerOptions.Preset = .frenchVietnamese) throws -> [[String]] {
    try TestAnalyzer(preset).query(query).map { word in
      word.selectors.map { selector in
        let address = selector.address
        let spelling = String(decoding: address.spelling, as: UTF8.self)
        let tail = selector.match == .allSpellings ? "*" : spelling
        let weight = selector.weight == 1 ? "" : "^\(selector.weight)"
        return "\(address.language) \(String(decoding: address.key, as: UTF8.self)) \(tail)\(weight)"
      }
    }
  }

  @Test func wordsWithoutDiacriticsReadAllSpellings() throws {
    #expect(try readings("doi") == [["none doi ", "fr doi ", "fr doi -", "vi doi *"]])
    #expect(try readings("diplomatie") == [["none diplomatie ", "fr diplomat ", "fr diplomat -", "vi diplomatie *"]])
  }

  @Test func diacriticsThatOnlyVietnameseUsesReadNoFrenchList() throws {
    for (word, key) in [
      ("đối", "doi"), ("ạ", "a"), ("ngoại", "ngoai"), ("ì", "i"), ("hòn", "hon"), ("ăn", "an"), ("ơ", "o"),
    ] {
      // A part of a word in camel case has two letters.
      let parts = key.count > 1 ? ["fr \(key) -^0.8"] : []
      let expected = ["none \(key) "] + parts + ["vi \(key) ^0.8", "vi \(key) \(word)"]
      #expect(try readings(word) == [expected], "\(word)")
    }
  }

  @Test func diacriticsOfBothLanguagesReadBoth() throws {
    for word in ["thé", "là", "né"] {
      let key = String(decoding: Folding.key(of: Array(word.utf8)), as: UTF8.self)
      let expected = ["none \(key) ", "fr \(key) ", "fr \(key) -", "vi \(key) ^0.8", "vi \(key) \(word)"]
      #expect(try readings(word) == [expected], "\(word)")
    }
  }

  @Test func circumflexesReadTonesToo() throws {
    let toned = ["cố", "cồ", "cổ", "cỗ", "cộ"].map { "vi co \($0)^0.2" }
    #expect(try readings("cô") == [["none co ", "fr co ", "fr co -", "vi co ^0.8", "vi co cô"] + toned])
    #expect(try readings("cô giáo")[0] == ["none co ", "fr co ", "fr co -", "vi co ^0.8", "vi co cô"])
  }

  @Test func frenchDiacriticsAndWordsThatAreNoSyllablesReadFrench() throws {
    #expect(try readings("ça") == [["none ca ", "fr ca ", "fr ca -"]])
    #expect(try readings("cœur") == [["none coeur ", "fr coeur ", "fr coeur -"]])
    #expect(try readings("été") == [["none ete ", "fr ete ", "fr ete -"]])
    #expect(try readings("naïve") == [["none naive ", "fr naif ", "fr naif -"]])
    #expect(try readings("général") == [["none general ", "fr general ", "fr general -"]])
  }

  @Test func diacriticsOfBothReadTheVietnameseLists() throws {
    #expect(
      try readings("coração") == [["none coracao ", "fr coracao -^0.8", "vi coracao ^0.8", "vi coracao coração"]])
  }

  @Test func wordsWithoutDiacriticsOfAQueryWithSomeMeanPlainSyllables() throws {
    let found = try readings("đối ngoai")
    #expect(found[1] == ["none ngoai ", "fr ngoai ", "fr ngoai -", "vi ngoai ^0.8", "vi ngoai ngoai"])
    // Diacritics that French uses too are no evidence of Vietnamese typing.
    #expect(try readings("thé ngoai")[1] == ["none ngoai ", "fr ngoai ", "fr ngoai -", "vi ngoai *"])
  }

  @Test func tonePlacementDoesNotMatter() throws {
    #expect(try readings("hòa") == readings("hoà") || readings("hòa")[0].last == readings("hoà")[0].last)
    #expect(try readings("thủy") == readings("thuỷ"))
  }

  @Test func numbersAndOtherScriptsReadOneList() throws {
    for word in ["3,14", "19e", "中", "россия"] { #expect(try readings(word) == [["none \(word) "]]) }
  }

  @Test func signsReadTheirListAndThatOfFieldsWithoutWords() throws {
    #expect(try readings("5 €")[1] == ["none € ", "fr € -"] && readings("❤️") == [["none ❤ ", "fr ❤ -"]])
    #expect(try readings("C++ c#") == [["none c++ "], ["none c# "]])
  }

  @Test func shortStopWordsOfFrenchReadNoPartsOfWordsInCamelCase() throws {
    #expect(try readings("les")[0].contains { $0.hasSuffix(" -") } == false)
    #expect(try readings("de")[0].contains("fr de -") == false && readings("moi")[0].contains("fr moi -"))
  }

  @Test func digitsReadOtherLeadingZeros() throws {
    let zeros = ["none 0002025 ^0.5", "none 002025 ^0.5", "none 02025 ^0.5"]
    #expect(try readings("2025") == [zeros + ["none 2025 "]])
  }

  @Test func theFoldingPresetReadsOneList() throws {
    #expect(try readings("đối été", .folding) == [["none doi "], ["none ete "]])
  }

  @Test func wordsKeepTheirTextAndOrder() throws {
    let words = try TestAnalyzer().query("L'Été à O.N.U. — đối")
    #expect(words.map(\.text) == ["Été", "à", "O.N.U", "đối"])
  }

  @Test(arguments: ["", " ", "...", "'", "→", "\u{AD}"])
  func queriesWithoutWordsAreErrors(query: String) throws {
    let analyzer = TestAnalyzer()
    #expect(throws: SearchError.emptyQuery) { try analyzer.query(query) }
    let index = try TestIndex(["a": "texte"])
    #expect(throws: SearchError.emptyQuery) { try index.open().search(query) }
  }

  @Test func selectorsComeInDictionaryOrder() throws {
    for query in ["doi", "đối", "thé", "été", "2025", "coração", "đối ngoai le"] {
      for word in try TestAnalyzer().query(query) {
        let addresses = word.selectors.map(\.address)
        #expect(addresses == addresses.sorted(), "\(query)")
      }
    }
  }
}
