import TestSupport
import Testing

@testable import TextSearch

/// How strictly diacritics are matched, and the weights of agreement.
@Suite struct StrictnessTests {
  private static let texts = [
    "with": "Công tác đối ngoại của nhân dân", "other": "Trời đổi gió ở ngoài đồng",
    "without": "Cong tac doi ngoai nhan dan",
    "french": "Les événements de la politique", "mixed": "M. Bui Thanh Son et la diplomatie",
    "y": "Khoa học kỹ thuật của nước ta", "i": "Khoa học kĩ thuật của nước ta",
  ]

  private func readings(
    _ query: String, _ strictness: ReadingOptions.Strictness, _ weights: AgreementWeights = AgreementWeights()
  ) throws -> [[String]] {
    let options = ReadingOptions(strictness: strictness, weights: weights, stopWords: .keep)
    return try TestAnalyzer().query(query, options).map { $0.selectors.map(\.text) }
  }

  private func keys(_ query: String, _ strictness: ReadingOptions.Strictness) throws -> Set<String> {
    let options = SearchOptions(limit: 100, requiresAllWords: true, reading: ReadingOptions(strictness: strictness))
    return Set(try TestIndex(Self.texts).keys(query, options))
  }

  @Test func exactReadsWhatIsWritten() throws {
    #expect(try readings("đối", .exact) == [["vi doi đối"]])
    #expect(try readings("kỹ", .exact) == [["vi ky kỹ"]])
    #expect(try readings("thé", .exact) == [["fr the ", "vi the thé"]])
    #expect(try readings("été", .exact) == [["none ete ", "fr ete "]])
    #expect(try readings("doi", .exact) == [["fr doi ", "vi doi ", "vi doi doi"]])
    #expect(try readings("2025", .exact) == [["none 2025 "]])
    #expect(try readings("coração", .exact) == [["vi coracao coração"]])
  }

  @Test func foldedReadsAllSpellings() throws {
    for (written, plain) in [("đối ngoại", "doi ngoai"), ("été", "ete"), ("kỹ", "ky"), ("cœur thé", "coeur the")] {
      #expect(try readings(written, .folded) == readings(plain, .folded))
      #expect(try readings(written, .folded) == readings(plain, .smart))
    }
    #expect(try readings("đối ngoai", .folded)[1] == ["none ngoai ", "fr ngoai ", "fr ngoai -", "vi ngoai *"])
  }

  @Test func strictnessDecidesWhatIsFound() throws {
    #expect(try keys("đối ngoại", .exact) == ["with"])
    #expect(try keys("đối ngoại", .smart) == ["with", "without"])
    #expect(try keys("đối ngoại", .folded) == ["with", "without", "other"])
    #expect(try keys("doi ngoai", .exact) == ["without"])
    #expect(try keys("doi ngoai", .smart) == ["with", "without", "other"])
    #expect(try keys("Bùi Thanh Sơn", .exact) == [])
    #expect(try keys("Bùi Thanh Sơn", .smart) == ["mixed"])
    #expect(try keys("Bui Thanh Son", .exact) == ["mixed"])
    #expect(try keys("kỹ thuật", .exact) == ["y"])
    #expect(try keys("kỹ thuật", .smart) == ["y", "i"])
    for strictness in ReadingOptions.Strictness.allCases {
      // The index keeps French words by their stems alone.
      #expect(try keys("evenement", strictness) == ["french"])
    }
    #expect(try keys("ddoois ngoaij", .exact) == ["with"])
    #expect(try keys("ddoois ngoaij", .folded) == ["with", "without", "other"])
  }

  @Test func whatStricterSearchesFindLooserOnesFindToo() throws {
    let index = try TestIndex()
    for seed in [701, 702, 703] as [UInt64] {
      var random = SeededRandom(seed: seed)
      try index.build(RandomDocuments.make(100, &random))
      for _ in 0..<40 {
        let query = random.pick(RandomDocuments.words) + " " + random.pick(RandomDocuments.words)
        let found = try ReadingOptions.Strictness.allCases.map { strictness in
          Set(try index.keys(query, SearchOptions(limit: 1000, reading: ReadingOptions(strictness: strictness))))
        }
        #expect(found[0].isSubset(of: found[1]) && found[1].isSubset(of: found[2]), "seed \(seed), \(query)")
      }
    }
  }

  @Test func listsComeInDictionaryOrderAndOnce() throws {
    for strictness in ReadingOptions.Strictness.allCases {
      for query in ["doi", "đối", "kỹ", "ky", "thé", "été", "2025", "coração", "đối ngoai le"] {
        let options = ReadingOptions(strictness: strictness)
        for word in try TestAnalyzer().query(query, options) {
          let addresses = word.selectors.map(\.address)
          #expect(addresses == addresses.sorted() && Set(addresses).count == addresses.count, "\(query)")
        }
      }
    }
  }

  @Test func weightsEnterTheirLists() throws {
    let weights = AgreementWeights(withoutDiacritics: 0.5, otherSpelling: 0.25)
    #expect(
      try readings("kỹ", .smart, weights) == [
        ["none ky ", "fr ky -^0.5", "vi ki ^0.125", "vi ki kĩ^0.25", "vi ky ^0.5", "vi ky kỹ"]
      ])
    #expect(try readings("ky", .smart, weights) == [["none ky ", "fr ky ", "fr ky -", "vi ki *^0.25", "vi ky *"]])
    let none = AgreementWeights(withoutDiacritics: 0, otherSpelling: 0)
    #expect(try readings("kỹ", .smart, none) == [["none ky ", "vi ky kỹ"]])
  }

  @Test func weightsAreClamped() {
    var weights = AgreementWeights(
      withoutDiacritics: -1, otherSpelling: 7, synonym: .nan, frenchStopWord: .infinity, vietnameseStopWord: 0.0001)
    #expect(weights.withoutDiacritics == 0 && weights.otherSpelling == 1 && weights.synonym == 0.8)
    #expect(weights.frenchStopWord == 1 && weights.vietnameseStopWord == 0)
    weights.withoutDiacritics = 3
    weights.otherSpelling = -.infinity
    weights.synonym = 0.4
    weights.frenchStopWord = .nan
    weights.vietnameseStopWord = 2
    #expect(weights.withoutDiacritics == 1 && weights.otherSpelling == 0 && weights.synonym == 0.4)
    #expect(weights.frenchStopWord == 0.3 && weights.vietnameseStopWord == 1)
  }

  @Test func optionsOfASearchAreThoseOfItsReading() throws {
    var options = SearchOptions()
    #expect(options.strictness == .smart && options.stopWords == .weigh && options.synonyms == nil)
    options.strictness = .exact
    options.stopWords = .drop
    options.weights.withoutDiacritics = 0.5
    options.synonyms = try Synonyms("a, b")
    #expect(options.reading.strictness == .exact && options.reading.stopWords == .drop)
    #expect(options.reading.weights.withoutDiacritics == 0.5 && options.reading.synonyms != nil)
  }

  @Test func aFoldingIndexHasNoStrictness() throws {
    var options = IndexOptions()
    options.analyzer = AnalyzerOptions(preset: .folding)
    let index = try TestIndex(Self.texts, options)
    let expected = try index.keys("đối la", SearchOptions(limit: 100, reading: ReadingOptions(stopWords: .keep)))
    for strictness in ReadingOptions.Strictness.allCases {
      for use in ReadingOptions.StopWordUse.allCases {
        let reading = ReadingOptions(strictness: strictness, stopWords: use)
        #expect(try index.keys("đối la", SearchOptions(limit: 100, reading: reading)) == expected)
      }
    }
  }
}

extension ListSelector {
  /// Language, key, and spelling or * for all; the weight if it is not 1.
  var text: String {
    let spelling = match == .allSpellings ? "*" : String(decoding: address.spelling, as: UTF8.self)
    let key = String(decoding: address.key, as: UTF8.self)
    return "\(address.language) \(key) \(spelling)" + (weight == 1 ? "" : "^\(weight)")
  }
}
