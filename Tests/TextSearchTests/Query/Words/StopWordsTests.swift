import TestSupport
import Testing

@testable import TextSearch

/// Stop words: which they are, and what becomes of them in a query.
@Suite struct StopWordsTests {
  private func boosts(_ query: String, _ weights: AgreementWeights = AgreementWeights()) throws -> [Float] {
    try TestAnalyzer().query(query, ReadingOptions(weights: weights)).map(\.boost)
  }

  private func dropped(_ query: String) throws -> [String] {
    try TestAnalyzer().query(query, ReadingOptions(stopWords: .drop)).filter(\.isStopWord).map(\.text)
  }

  @Test(.enabled(if: TestData.isPresent("analysis/stop-words/french.txt")))
  func theFrenchListIsSnowballs() throws {
    let lines = try TestData.lines("analysis/stop-words/french.txt")
    let words = lines.compactMap { line in
      line.split(separator: "|", omittingEmptySubsequences: false).first?.split(separator: " ").first
    }
    #expect(words.count > 150)
    #expect(StopWords.french == Set(words.map { Array($0.utf8) }))
  }

  @Test func listsHoldCanonicalForms() throws {
    for word in StopWords.french.union(StopWords.vietnamese) {
      let text = String(decoding: word, as: UTF8.self)
      #expect(TestAnalyzer().forms(text) == [text])
    }
    for word in StopWords.vietnamese { #expect(ToneMarks.canonical(word) == word) }
  }

  @Test func frenchStopWordsWeighLess() throws {
    #expect(try boosts("la politique de la ville") == [0.3, 1, 0.3, 0.3, 1])
    #expect(try boosts("à même les étés") == [0.3, 0.3, 0.3, 1])
    // Without accents too; what is also a noun is no stop word.
    #expect(try boosts("meme quand vous etes dans une ville") == [0.3, 1, 0.3, 0.3, 0.3, 0.3, 1])
    #expect(try boosts("dés avec fût son est") == [1, 0.3, 1, 1, 1])
    #expect(try boosts("l'eau d'une ville") == [1, 0.3, 1])
  }

  @Test func vietnameseStopWordsWeighLess() throws {
    #expect(try boosts("chính sách đối với người lao động") == [1, 1, 1, 0.5, 0.5, 1, 1])
    #expect(try boosts("là gì") == [0.5, 0.5])
    // Diacritics on the word alone are enough.
    #expect(try boosts("của la ville") == [0.5, 1, 1])
  }

  @Test func wordsWithoutDiacriticsGoByTheEvidenceOfTheQuery() throws {
    // toi is French toi, or tôi, tội, tới; cho is chợ and chó too, but cho by far the most often.
    #expect(try boosts("toi pham hinh su") == [1, 1, 1, 1])
    #expect(try boosts("avec toi dans la ville") == [0.3, 0.3, 0.3, 0.3, 1])
    #expect(try boosts("chinh sach doi voi nguoi lao dong") == [1, 1, 1, 0.5, 0.5, 1, 1])
    #expect(try boosts("Ngo Le Van") == [1, 1, 1])
    #expect(try boosts("et la France") == [0.3, 0.3, 1])
    // In a query with diacritics, words without them mean plain syllables: cho is on the list, va is not.
    #expect(try boosts("đối cho va") == [1, 0.5, 1])
  }

  @Test func stopWordsScaleTheClause() throws {
    let index = try TestIndex([
      "a": "la ville de Paris", "b": "la mer", "c": "le port de la ville", "d": "une rue", "e": "la gare",
    ])
    func scores(_ reading: ReadingOptions) throws -> [String: Float] {
      let hits = try index.open().search("la avec", SearchOptions(reading: reading)).hits
      return Dictionary(uniqueKeysWithValues: hits.map { ($0.key, $0.score) })
    }
    let kept = try scores(ReadingOptions(stopWords: .keep))
    let weighed = try scores(ReadingOptions(stopWords: .weigh))
    let halved = try scores(ReadingOptions(weights: AgreementWeights(frenchStopWord: 0.5)))
    #expect(kept.count == 4 && weighed.count == 4)
    for (key, score) in kept {
      #expect(abs((weighed[key] ?? 0) - 0.3 * score) < 1e-5)
      #expect(halved[key] == 0.5 * score)
    }
  }

  /// The languages that each word of a query is read in.
  private func languages(_ query: String, _ use: ReadingOptions.StopWordUse = .weigh) throws -> [Set<Language>] {
    try TestAnalyzer().query(query, ReadingOptions(stopWords: use)).map { Set($0.selectors.map(\.address.language)) }
  }

  @Test func frenchStopWordsAreReadInFrenchWhereTheQueryIs() throws {
    let (french, both): (Set<Language>, Set<Language>) = ([.none, .french], [.none, .french, .vietnamese])
    #expect(try languages("la loi du travail") == [french, both, french, both])
    #expect(try languages("le roi de France et la reine").map { $0 == french }.filter { $0 }.count == 4)
    // No word that can only be French, or a syllable beside it that is no French word: a Vietnamese name.
    #expect(try languages("la loi du") == [both, both, both])
    #expect(try languages("hotel a Sa Pa en montagne")[2] == both)
    #expect(try languages("Ngo Le Van ministre")[1] == both)
    #expect(try languages("la loi du travail", .keep) == [both, both, both, both])
  }

  // MARK: Beside other words

  /// The hits are those of a tree in which each word matches, without the documents that hold stop words alone.
  @Test(arguments: UInt64(771)..<775)
  func stopWordsOnlyScoreBesideOtherWords(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try RandomDocuments.buildReplaced(
      RandomDocuments.documents(300, extra: ["port"], rarity: 5, &random), in: index, &random)
    let opened = try index.open()
    let stopWords = ["le", "la", "les", "de", "des", "du", "et", "dans"]
    let content = ["diplomatie", "populaire", "national", "port", "été"]
    for _ in 0..<30 {
      var words = (0..<random.integer(1...4)).map { _ in random.pick(stopWords) }
      words += (0..<random.integer(1...3)).map { _ in random.pick(content) }
      words.shuffle(using: &random)
      func tree(_ words: [String]) -> Query { .any(words.map { .words($0) }) }
      let options = SearchOptions(limit: 1000, makesSnippets: false)
      let matches = try opened.search(tree(words.filter(content.contains)), options)
      let all = try opened.search(tree(words), options)
      let found = try opened.search(words.joined(separator: " "), options)
      #expect(found.total == matches.total && found.total == found.hits.count, "\(words)")
      let kept = Set(matches.hits.map(\.key))
      #expect(found.hits == all.hits.filter { kept.contains($0.key) }, "\(words)")
    }
  }

  @Test func onlyABagOfWordsHasOptionalStopWords() throws {
    let index = try TestIndex(["a": "la mer", "b": "la ville", "c": "une ville", "d": "port de la mer"])
    let opened = try index.open()
    func keys(_ text: String, all: Bool = false) throws -> [String] {
      try opened.search(opened.parse(text, requiresAll: all), SearchOptions(requiresAllWords: all)).hits.map(\.key)
        .sorted()
    }
    #expect(try keys("la ville") == ["b", "c"])
    #expect(try keys("la ville", all: true) == ["b"])
    #expect(try keys("la absent") == [])
    // Conditions, exclusions and boosts decide on no other words.
    #expect(try keys("la ville -une") == ["b"])
    #expect(try keys("(la ville)^2") == ["b", "c"])
    #expect(try keys("body:(la ville)") == ["b", "c"])
    // Operators, other leaves and stop words alone take each word as it is written.
    #expect(try keys("la OR ville") == ["a", "b", "c", "d"])
    #expect(try keys("+la ville") == ["a", "b", "d"])
    #expect(try keys("la \"une ville\"") == ["a", "b", "c", "d"])
    #expect(try keys("de la") == ["a", "b", "d"])
    #expect(try keys("(la ville mer)~2") == ["a", "b", "d"])
  }

  @Test func explanationsShowStopWords() throws {
    let index = try TestIndex(
      ["a": "la mer", "b": "vous la ville", "c": "ville"].merging((0..<40).map { ("x\($0)", "rien") }) { $1 })
    let opened = try index.open()
    let only = try #require(try opened.explain(.words("la ville"), key: "a"))
    #expect(!only.matches && only.score == 0)
    let both = try #require(try opened.explain(.words("vous la ville"), key: "b"))
    #expect(both.matches && both.leaves.allSatisfy(\.contributes))
    // Rare as they are, stop words beside other words are not rarer than e^-2.
    #expect(both.leaves.map(\.idf)[0...1] == [2, 2] && both.leaves[2].idf > 2)
    #expect(try #require(try opened.explain(.words("vous la"), key: "b")).leaves.allSatisfy { $0.idf > 2 })
  }

  @Test func droppedWordsAreNotRead() throws {
    #expect(try dropped("la politique de la ville") == ["la", "de", "la"])
    #expect(try dropped("chính sách đối với người lao động") == ["với", "người"])
    let index = try TestIndex([
      "a": "la politique de la ville", "b": "la mer", "c": "politique et ville", "d": "être ou ne pas être",
    ])
    func found(_ query: String, _ use: ReadingOptions.StopWordUse, all: Bool = false) throws -> [String] {
      try index.keys(query, SearchOptions(requiresAllWords: all, reading: ReadingOptions(stopWords: use))).sorted()
    }
    #expect(try found("la politique de la ville", .weigh) == ["a", "c"])
    #expect(try found("la politique de la ville", .keep) == ["a", "b", "c"])
    #expect(try found("la politique de la ville", .drop) == ["a", "c"])
    #expect(try found("la politique de la ville", .weigh, all: true) == ["a"])
    #expect(try found("la politique de la ville", .drop, all: true) == ["a", "c"])
    // A query of stop words alone is searched as it is.
    #expect(try found("ou ne pas", .drop) == ["d"])
    #expect(try found("ou ne pas", .drop, all: true) == ["d"])
    let snippet = try index.open().search("la mer", SearchOptions(reading: ReadingOptions(stopWords: .drop))).hits[0]
    #expect(snippet.snippet.html == "la <b>mer</b>")
  }

  @Test func typedWordsKeepTheirPlacesBesideDroppedOnes() throws {
    let index = try TestIndex(["a": "Công tác đối ngoại của nhân dân", "b": "của một người"])
    let options = SearchOptions(reading: ReadingOptions(stopWords: .drop))
    #expect(try index.keys("cuar ddoois ngoaij cua", options) == ["a"])
    #expect(try index.keys("cuar", options) == index.keys("của", options))
  }

  @Test func analysisShowsTheFactor() throws {
    let readings = try TextAnalyzer().readings(ofQuery: "la ville")
    #expect(readings.filter { $0.word == 0 }.allSatisfy { $0.boost == 0.3 })
    #expect(readings.filter { $0.word == 1 }.allSatisfy { $0.boost == 1 })
    let remaining = try TextAnalyzer().readings(ofQuery: "la ville", ReadingOptions(stopWords: .drop))
    #expect(Set(remaining.map(\.word)) == [1])
    #expect(try !TextAnalyzer().readings(ofQuery: "la", ReadingOptions(stopWords: .drop)).isEmpty)
  }
}
