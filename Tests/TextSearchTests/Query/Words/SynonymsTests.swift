import TestSupport
import Testing

@testable import TextSearch

/// Equivalent words: reading the file, and what the words of a query read by it.
@Suite struct SynonymsTests {
  private func readings(
    _ query: String, _ synonyms: String, _ strictness: ReadingOptions.Strictness = .smart, weight: Float = 0.8
  ) throws -> [[String]] {
    let options = ReadingOptions(
      strictness: strictness, weights: AgreementWeights(synonym: weight), stopWords: .keep,
      synonyms: try Synonyms(synonyms))
    return try TestAnalyzer().query(query, options).map { $0.selectors.map(\.text) }
  }

  @Test func groupsAreReadBothWays() throws {
    let file = "# vehicles\n\nvoiture, automobile  # cars\n"
    #expect(
      try readings("voitures", file) == [
        [
          "none automobile ^0.8", "none voitures ", "fr automobil ^0.8", "fr automobil -^0.8", "fr voitur ",
          "fr voitur -",
          "vi automobile ^0.64000005",
          "vi automobile automobile^0.8", "vi voitures *",
        ]
      ])
    #expect(try readings("automobile", file)[0].contains("fr voitur ^0.8"))
    #expect(try readings("avion", file) == readings("avion", ""))
  }

  @Test func arrowsAreReadOneWay() throws {
    let file = "ONU => organisation, LHQ"
    #expect(try readings("O.N.U.", file)[0].contains("vi lhq lhq^0.8"))
    #expect(try readings("LHQ", file) == readings("LHQ", ""))
    #expect(
      try readings("onu", "onu => a\nonu => b")[0].filter { $0.hasPrefix("fr") } == [
        "fr a ^0.8", "fr b ^0.8", "fr onu ", "fr onu -",
      ])
    #expect(try readings("un", "un, deux => trois")[0].contains("fr troi ^0.8"))
    #expect(try !readings("un", "un, deux => trois")[0].contains("fr deu ^0.8"))
  }

  @Test func wordsWithDiacriticsMatchTheirSpelling() throws {
    let file = "đội, nhóm"
    #expect(try readings("đội", file)[0].contains("vi nhom nhóm^0.8"))
    #expect(try readings("đối", file) == readings("đối", ""))
    // Without diacritics in the query, its words mean all spellings; with some, words without them mean plain syllables.
    #expect(try readings("doi", file)[0].contains("vi nhom nhóm^0.8"))
    #expect(try readings("ngoại doi", file) == readings("ngoại doi", ""))
    #expect(try readings("doi", file, .exact) == readings("doi", "", .exact))
    // A word with diacritics is not its folded spelling.
    #expect(try readings("đội", "doi, xe") == readings("đội", ""))
    #expect(try readings("hoà", "hòa, bình")[0].contains("vi binh bình^0.8"))
  }

  @Test func accentsDoNotMatterInFrench() throws {
    for word in ["événement", "evenement", "évènements"] {
      #expect(try readings(word, "événement, fait")[0].contains("fr fair ^0.8"))
      #expect(
        try readings("fait", word + ", fait")[0].contains("fr even ^0.8") == readings(word, "")[0].contains("fr even "))
    }
  }

  @Test func strictnessHoldsForSynonymsToo() throws {
    #expect(try readings("xe", "xe, kỹ", .exact)[0] == ["fr xe ", "vi ky kỹ^0.8", "vi xe ", "vi xe xe"])
    #expect(
      try readings("xe", "xe, kỹ", .folded)[0] == [
        "none ky ^0.8", "none xe ", "fr ky ^0.8", "fr ky -^0.8", "fr xe ", "fr xe -", "vi ki *^0.8", "vi ky *^0.8",
        "vi xe *",
      ])
    #expect(try readings("xe", "xe, kỹ", .folded, weight: 0) == readings("xe", "", .folded))
  }

  @Test func noListIsReadTwice() throws {
    // Inflected forms of one stem, spellings of one key, the word itself.
    #expect(
      try readings("voiture", "voiture, voitures")[0].filter { $0.hasPrefix("fr") } == ["fr voitur ", "fr voitur -"])
    #expect(try readings("doi", "đội, đôi") == readings("doi", ""))
    #expect(
      try readings("đội", "đội, đôi")[0] == [
        "none doi ", "fr doi -^0.8", "vi doi ^0.8", "vi doi đôi^0.8", "vi doi đội",
      ])
    #expect(
      try readings("kỹ", "kỹ, kĩ")[0] == ["none ki ^0.8", "none ky ", "fr ki -^0.64000005"]
        + readings("kỹ", "")[0].dropFirst())
    let file = "doi, đội, đối, ky, kỹ, ki, voiture, voitures, thé, the\nđối => đôi, đời"
    for strictness in ReadingOptions.Strictness.allCases {
      for query in ["doi", "đội", "đối", "ky", "kĩ", "voiture", "thé", "the đối"] {
        for lists in try readings(query, file, strictness) {
          let names = lists.map { $0.split(separator: "^")[0] }
          #expect(Set(names).count == names.count, "\(query): \(lists)")
        }
        let options = ReadingOptions(strictness: strictness, synonyms: try Synonyms(file))
        for word in try TestAnalyzer().query(query, options) {
          for (a, b) in zip(word.selectors, word.selectors.dropFirst()) {
            #expect(a.address < b.address)
            #expect(a.match == .term || !a.selects(b.address))
          }
        }
      }
    }
  }

  @Test func documentsAreFoundAndHighlighted() throws {
    let index = try TestIndex([
      "a": "une voiture rouge", "b": "une automobile rouge", "c": "chiếc xe màu đỏ của người dân", "d": "un vélo rouge",
    ])
    var options = SearchOptions(reading: ReadingOptions(synonyms: try Synonyms("voiture, automobile, xe")))
    // Another form of the typed word weighs less than a synonym as it stands.
    #expect(try index.keys("voiture", options).first == "a")
    #expect(try Set(index.keys("voitures", options)) == ["a", "b", "c"])
    let hits = try index.open().search("voitures", options).hits
    #expect(hits.first { $0.key == "b" }?.snippet.html == "une <b>automobile</b> rouge")
    #expect(hits.first { $0.key == "c" }?.snippet.html == "chiếc <b>xe</b> màu đỏ của người dân")
    // One clause: a synonym is not a second word.
    options.requiresAllWords = true
    #expect(try Set(index.keys("automobile rouge", options)) == ["a", "b"])
    options.weights.synonym = 0
    #expect(try index.keys("automobile rouge", options) == ["b"])
  }

  @Test func anIndexOfAnotherAnalyzerReadsItsOwnForms() throws {
    for stemmer in AnalyzerOptions.FrenchStemmer.allCases {
      var options = IndexOptions()
      options.analyzer = AnalyzerOptions(frenchStemmer: stemmer)
      let index = try TestIndex(["a": "deux automobiles", "b": "une voiture"], options)
      for analyzer in [AnalyzerOptions(), options.analyzer] {
        let synonyms = try Synonyms("voiture, automobiles", options: analyzer)
        #expect(
          try Set(index.keys("voiture", SearchOptions(reading: ReadingOptions(synonyms: synonyms)))) == ["a", "b"],
          "\(stemmer)")
      }
    }
    var folding = IndexOptions()
    folding.analyzer = AnalyzerOptions(preset: .folding)
    let index = try TestIndex(["a": "eau", "b": "onde", "c": "l"], folding)
    let synonyms = try Synonyms("onde, eau\nonde, l'eau")
    #expect(try index.keys("onde", SearchOptions(reading: ReadingOptions(synonyms: synonyms))).sorted() == ["a", "b"])
  }

  // MARK: The file

  @Test func filesAreReadAsTheyCome() throws {
    let plain = try Synonyms("a, b\nc => d, e").groups
    for text in [
      "\u{FEFF}a, b\nc => d, e\n", "a,b\r\n\r\nc=>d,e\r\n", "# x\n  a ,\tb # y, z\n#\n c  =>  d , e",
      "a,\u{A0}b\nc =>d,e",
    ] {
      #expect(try Synonyms(text).groups == plain)
    }
    #expect(try Synonyms("").groups.isEmpty && Synonyms("# nothing\n\n").groups.isEmpty)
    #expect(try Synonyms("l'eau, O.N.U.").groups[0].left == ["l'eau", "O.N.U."])
  }

  @Test(arguments: [
    (
      "a, b\nun, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", 2,
      "'1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17' has more than 16 words"
    ),
    ("\n\n# c\nalone", 4, "'alone' stands alone; write its equivalents behind a comma"),
    ("a,, b", 1, "a word is missing; words stand between commas or =>"),
    ("a, b,", 1, "a word is missing; words stand between commas or =>"),
    ("a =>", 1, "a word is missing; words stand between commas or =>"),
    ("=> a", 1, "a word is missing; words stand between commas or =>"),
    ("a => b => c", 1, "there is more than one =>"), ("a, ...", 1, "'...' is no word"),
  ])
  func errorsNameTheLine(text: String, line: Int, reason: String) throws {
    #expect(throws: SearchError.synonyms(file: "f", line: line, reason: reason)) { try Synonyms(text, file: "f") }
    #expect(SearchError.synonyms(file: "f", line: line, reason: reason).description == "f:\(line): \(reason)")
  }

  @Test func filesThatCannotBeReadAreErrors() throws {
    let folder = try TemporaryFolder()
    try folder.write([0x61, 0x2C, 0x62, 0x0A, 0xFF, 0x2C, 0x62], to: "bad.txt")
    let path = folder.path + "/bad.txt"
    #expect(throws: SearchError.synonyms(file: path, line: 2, reason: "the line is not valid UTF-8")) {
      try Synonyms(path: path)
    }
    #expect(throws: SearchError.self) { try Synonyms(path: folder.path + "/missing") }
    try folder.write(Array("voiture, xe".utf8), to: "good.txt")
    #expect(try Synonyms(path: folder.path + "/good.txt").groups == Synonyms("voiture, xe").groups)
  }

  private static let phrases = """
    Hanoi, Hà Nội
    TPHCM => Thành phố Hồ Chí Minh
    pomme de terre, patate
    ONU, Organisation des Nations unies, Liên Hợp Quốc
    """

  /// Phrases stand on both sides: for words, and words for them.
  @Test(arguments: [
    ("TPHCM", "short city"), ("tphcm", "short city"), ("Thành phố Hồ Chí Minh", "city"), ("\"TPHCM\"", "short city"),
    ("patate", "patate pomme"), ("patates", "patate pomme"), ("\"pomme de terre\"", "pomme patate"),
    ("+pomme", "pomme"), ("+patate +frites", "patate pomme"), ("patate -frites", ""), ("TPHCM AND đông", "short city"),
    ("ONU", "onu lhq nations"), ("\"liên hợp quốc\"", "lhq nations onu"), ("\"lien hop quoc\"", "lhq nations onu"),
    ("title:TPHCM", ""), ("body:TPHCM", "short city"), ("=TPHCM", "short"),
  ])
  func phrasesHaveSynonyms(query: String, found: String) throws {
    let index = try TestIndex([
      "short": "TPHCM rất đông", "city": "Thành phố Hồ Chí Minh rất đông", "patate": "La patate et les frites",
      "pomme": "La pomme de terre et les frites", "onu": "ONU", "nations": "L'Organisation des Nations unies",
      "lhq": "Liên Hợp Quốc",
    ])
    let opened = try index.open()
    var options = SearchOptions(limit: 20, reading: ReadingOptions(synonyms: try Synonyms(Self.phrases)))
    options.reading.replacesUnknownWords = false
    let keys = try opened.search(opened.parse(query), options).hits.map(\.key)
    #expect(keys.sorted() == found.split(separator: " ").map(String.init).sorted(), "\(query)")
    #expect(keys.first == found.split(separator: " ").first.map(String.init), "\(query)")
    options.reading.weights.synonym = 0
    let plain = try opened.search(opened.parse(query), options).hits.map(\.key)
    #expect(plain.count <= keys.count)
  }

  @Test func phrasesInShardsAgreeWithTheWhole() throws {
    let bodies = [
      "a": "TPHCM rất đông", "b": "Thành phố Hồ Chí Minh", "c": "La pomme de terre", "d": "Une patate, TPHCM",
    ]
    let whole = try TestIndex(bodies).open()
    let shards = try [["a", "c"], ["b"], ["d"]].map { keys in
      try TestIndex(bodies.filter { keys.contains($0.key) }).open()
    }
    for query in ["TPHCM", "patate", "pomme de terre", "\"pomme de terre\"", "+TPHCM +patate"] {
      let options = SearchOptions(reading: ReadingOptions(synonyms: try Synonyms(Self.phrases)))
      try ShardComparison.expectEqual(whole, parts: shards, whole.parse(query), options)
    }
  }
}
