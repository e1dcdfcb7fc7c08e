import TestSupport
import Testing

@testable import TextSearch

/// The fast search of words is bit-identical with the reference search.
@Suite struct WordSearchTests {
  private static let extra = [
    "rare", "eau", "eaux", "port", "ports", "porte", "dân chủ", "công hòa", "week-end", "weekend",
  ]

  private func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    RandomDocuments.documents(count, extra: Self.extra, rarity: 60, &random)
  }

  private func query(_ random: inout SeededRandom) -> String {
    (0..<random.integer(1...random.pick([1, 2, 3, 8]))).map { _ in
      random.pick(random.integer(0...3) == 0 ? Self.extra : RandomDocuments.words)
    }.joined(separator: " ")
  }

  private func options(_ random: inout SeededRandom) -> SearchOptions {
    var options = SearchOptions(
      limit: random.pick([0, 1, 3, 10, 10, 10, 100, 10_000]), requiresAllWords: random.integer(0...2) == 0,
      makesSnippets: false)
    options.strictness = random.pick(ReadingOptions.Strictness.allCases)
    options.stopWords = random.pick(ReadingOptions.StopWordUse.allCases)
    if random.integer(0...3) == 0 { options.adjacency = .off }
    if random.integer(0...5) == 0 { options.weights.inflection = 1 }
    if random.integer(0...9) == 0 { options.weights.frenchStopWord = 0 }
    if random.integer(0...4) == 0 { options.ranking = BM25(k1: random.pick([0, 0.5, 2]), b: random.pick([0, 1])) }
    if random.integer(0...4) == 0 { options.offset = random.pick([1, 5, 50]) }
    if random.integer(0...3) == 0 {
      options.filter = .range("year", from: .integer(Int64(random.integer(1985...2020))), through: nil)
    }
    return options
  }

  private func expectEqual(_ index: SearchIndex, _ text: String, _ options: SearchOptions, context: String) throws {
    try ReferenceComparison.expectEqual(index, .words(text), options, context: context)
  }

  /// 1,000 cases, or 10,000.
  @Test(arguments: UInt64(601)..<611)
  func hitsAndScoresAreThoseOfTheReference(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    let documents = documents(random.pick([3, 40, 200, 700]), &random)
    try RandomDocuments.buildReplaced(documents, in: index, &random)
    let opened = try index.open()
    for _ in 0..<LongTests.choose(1000, else: 100) {
      try expectEqual(opened, query(&random), options(&random), context: "seed \(seed)")
    }
  }

  /// Several windows, so that both ways of `DisjunctionSearch` to choose essential words are taken, and words of many spellings,
  /// which are read whole for many candidates.
  @Test(arguments: [UInt64(612), 613]) func manyWindowsFindWhatTheReferenceFinds(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let syllables = [
      "đối", "đội", "đôi", "doi", "ngoại", "ngoài", "ngoai", "nhân", "nhận", "nhan", "dân", "dần", "dan", "hòa", "hoa",
      "Singapore", "2025", "của", "và",
    ]
    let words = syllables + ["loi", "la", "de", "travail", "travaux", "port", "ports", "week-end"]
    let index = try TestIndex()
    try index.build(
      (0..<9000).map { number in
        let body = (0..<random.integer(0...9)).map { _ in random.pick(words) }.joined(separator: " ")
        return Document(key: "d\(100_000 + number)", body: body)
      })
    let opened = try index.open()
    for _ in 0..<LongTests.choose(200, else: 12) {
      let bare = ["doi", "ngoai", "nhan", "dan", "hoa", "la", "de", "travail", "port", "cua"]
      let query = (0..<random.integer(2...7)).map { _ in random.pick(random.integer(0...3) > 0 ? bare : words) }
      let options = SearchOptions(limit: random.pick([1, 10, 100]), makesSnippets: false)
      try expectEqual(opened, query.joined(separator: " "), options, context: "seed \(seed)")
    }
  }

  /// Bags of words and phrases, in one group or in groups of their own, take the same search; totals and threads too.
  @Test(arguments: UInt64(614)..<618) func phrasesBesideWords(seed: UInt64) throws {
    try expectGroups(seed, counting: \.isPhrase) { random in
      let text = query(&random)
      switch random.integer(0...4) {
      case 0, 1: return .phrase(text)
      case 2: return .group([.should(.phrase(text)), .should(.words(query(&random)))])
      default: return .words(text)
      }
    } options: {
      options(&$0)
    }
  }

  /// So do patterns, similar words, exact spellings and mistyped words beside words and phrases.
  @Test(arguments: UInt64(619)..<623) func expandedWordsBesideWords(seed: UInt64) throws {
    try expectGroups(seed, counting: \.isExpanded) { random in
      let text = query(&random)
      let word = text.split(separator: " ").first.map(String.init) ?? text
      switch random.integer(0...7) {
      case 0: return .prefix(String(word.prefix(random.integer(1...3))))
      case 1: return .fuzzy(word, distance: 1)
      case 2: return .exact(word)
      case 3: return .words(text + " " + word + random.pick(["x", "z", "e"]))
      case 4: return .phrase(text)
      default: return .words(text)
      }
    } options: { random in
      var options = options(&random)
      if random.integer(0...3) == 0 { options.expansionScore = .constant }
      return options
    }
  }

  /// Searches for random groups of parts as the reference does; more than ten are bags with a leaf of a kind.
  private func expectGroups(
    _ seed: UInt64, counting isCounted: (QueryPlan.Leaf) -> Bool, part: (inout SeededRandom) -> Query,
    options: (inout SeededRandom) -> SearchOptions
  ) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try RandomDocuments.buildReplaced(documents(random.pick([40, 400, 1500]), &random), in: index, &random)
    let opened = try index.open()
    var bags = 0
    for number in 0..<LongTests.choose(600, else: 40) {
      let group = Query.group((0..<random.integer(2...4)).map { _ in .should(part(&random)) })
      let options = options(&random)
      let what = "seed \(seed), case \(number)"
      try ReferenceComparison.expectEqual(opened, group, options, context: what, mayBeEmpty: true)
      if number % 4 == 0 { try ReferenceComparison.expectSorted(opened, group, options, context: what) }
      let plan = try plan(group, options, opened)
      if plan.bag != nil, plan.leaves.contains(where: isCounted) { bags += 1 }
    }
    #expect(bags > 10)
  }

  /// The documents of a phrase of frequent words are not collected: the plan is searched as a tree.
  @Test func phrasesOfFrequentWordsBesideWords() throws {
    var random = SeededRandom(seed: 618)
    let index = try TestIndex()
    try index.build(
      (0..<9000).map { number in
        let words = ["eau", "port", "ville"].shuffled(using: &random).prefix(random.integer(1...3))
        let body = words.joined(separator: " ") + (number % 90 == 0 ? " rare" : "")
        return Document(key: "d\(number)", body: body, attributes: ["year": "\(1990 + number % 30)"])
      }, IndexOptions(attributes: ["year": .integer]))
    let opened = try index.open()
    for (phrase, isCollected) in [("eau port", false), ("port rare", true), ("ville port", false)] {
      let query = Query.group([.should(.phrase(phrase)), .should(.words("rare ville"))])
      let options = SearchOptions(limit: random.pick([1, 10, 100]), makesSnippets: false)
      try ReferenceComparison.expectEqual(opened, query, options, context: phrase)
      try ReferenceComparison.expectSorted(opened, query, options, context: phrase)
      let context = try SnapshotSearch(
        opened.snapshot, plan: plan(query, options, opened), options, SearchControl(), tools: opened.tools
      ).context(0)
      let search = try WordSearch(context)
      #expect((search != nil) == isCollected, "\(phrase)")
    }
  }

  private func plan(_ query: Query, _ options: SearchOptions, _ opened: SearchIndex) throws -> QueryPlan {
    let statistics = try opened.queryStatistics(options)
    return try opened.tools.withAnalyzer(opened.options) { (analyzer) throws(SearchError) in
      try QueryPlanner.plan(
        query, &analyzer, statistics, reading: options.reading, requiresAll: options.requiresAllWords,
        control: SearchControl())
    }
  }

  @Test func foldingIndexesToo() throws {
    var random = SeededRandom(seed: 611)
    let index = try TestIndex()
    try index.build(
      documents(900, &random),
      IndexOptions(analyzer: AnalyzerOptions(preset: .folding), attributes: ["year": .integer]))
    let opened = try index.open()
    for _ in 0..<60 { try expectEqual(opened, query(&random), options(&random), context: "seed 611") }
  }

  @Test(arguments: [AnalyzerOptions.Preset.folding, .frenchVietnamese])
  func manyWindowsToo(preset: AnalyzerOptions.Preset) throws {
    // Windows of all sizes, of few matches and of many, and lists of many blocks.
    var random = SeededRandom(seed: 613)
    let index = try TestIndex()
    let count = 12_000
    let documents = (0..<count).map { number in
      var text = RandomDocuments.text(&random, maximum: number % 3 == 0 ? 12 : 4)
      if random.integer(0...40) == 0 { text += " " + random.pick(Self.extra) }
      return Document(
        key: "d\(String(number, radix: 36))", body: text, attributes: ["year": String(1990 + number % 40)])
    }
    try index.build(
      documents, IndexOptions(analyzer: AnalyzerOptions(preset: preset), attributes: ["year": .integer]))
    let opened = try index.open()
    for _ in 0..<25 { try expectEqual(opened, query(&random), options(&random), context: "seed 613") }
  }

  /// Stop words that the format does not list have neighbours, too: those may allow a pair in a document without its other word.
  @Test(arguments: UInt64(618)..<621)
  func documentsOfStopWordsAloneAreNoHits(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let words = ["và", "của", "la", "de", "ngoại", "port", "nhân"]
    let documents = (0..<400).map { number in
      let text = (0..<random.integer(1...12)).map { _ in random.pick(words) }.joined(separator: " ")
      return Document(key: "d\(number)", body: text)
    }
    let index = try TestIndex()
    try index.build(documents)
    let opened = try index.open()
    for _ in 0..<40 {
      let text = (0..<random.integer(2...4)).map { _ in random.pick(words) }.joined(separator: " ")
      let options = SearchOptions(limit: random.pick([10, 1000]), makesSnippets: false)
      try expectEqual(opened, text, options, context: "seed \(seed), \(text)")
    }
  }

  /// Words that are frequent in French and not in Vietnamese: two frequent terms make no pair, one and another do.
  @Test(arguments: UInt64(640)..<644)
  func frequentWordsPairWithOthersOfTheirKey(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let french = ["de", "la", "à", "les", "loi", "ville"]
    let vietnamese = ["đề", "là", "lạ", "nhân", "dân", "ngoại", "đối"]
    let documents = (0..<300).map { number in
      let words = random.integer(0...1) == 0 ? french : random.integer(0...3) == 0 ? french + vietnamese : vietnamese
      let text = (0..<random.integer(2...14)).map { _ in random.pick(words) }.joined(separator: " ")
      return Document(key: "d\(number)", body: text)
    }
    let index = try TestIndex()
    try index.build(documents)
    let opened = try index.open()
    let typed = ["de la", "la de", "de la de", "à la", "la les", "de la loi", "nhan la de", "+de +la", "+la +de +les"]
    for text in typed {
      let options = SearchOptions(limit: random.pick([1, 10, 1000]), makesSnippets: false)
      try expectEqual(opened, text, options, context: "seed \(seed), \(text)")
    }
  }

  @Test func nearlyAllDocumentsAreNeverScored() throws {
    // A word of every second document and one of every thousandth.
    var random = SeededRandom(seed: 612)
    let index = try TestIndex()
    let count = 100_000
    let writer = try IndexWriter(
      index.path, options: IndexOptions(analyzer: AnalyzerOptions(preset: .folding), storedFields: []))
    for number in 0..<count {
      var body = String(repeating: "autre ", count: random.integer(1...20))
      if random.integer(0...1) == 0 { body += String(repeating: "souvent ", count: random.integer(1...3)) }
      if random.integer(0...999) == 0 { body += "rarement" }
      try writer.add(Document(key: String(number), body: body))
    }
    try writer.commit()
    let opened = try index.open()
    let text = "souvent rarement"
    try expectEqual(opened, text, SearchOptions(makesSnippets: false), context: "seed 612")
    let all = try #require(try opened.search(text, SearchOptions(makesSnippets: false, countLimit: .max)).total)
    #expect(all > count / 3)
    let counted = try opened.search(text, SearchOptions(makesSnippets: false))
    #expect(counted.total == 10_000 && !counted.isTotalExact)
  }

  @Test func formsAndNeighboursContribute() throws {
    let index = try TestIndex([
      "a": "Le diplomate arrive. Rien de plus ici.", "b": "Les diplomates arrivent. Rien de plus ici.",
      "c": "ministre puis affaires et encore étrangères", "d": "ministre des affaires étrangères ici",
    ])
    #expect(try index.keys("diplomates") == ["b", "a"])
    #expect(try index.keys("diplomate") == ["a", "b"])
    #expect(try index.keys("affaires etrangeres") == ["d", "c"])
    var options = SearchOptions()
    options.adjacency = .off
    options.weights.inflection = 1
    let hits = try index.open().search("diplomates", options).hits
    #expect(hits.count == 2 && hits[0].score == hits[1].score)
  }

  // MARK: Long queries

  /// More words than bits say which of them a document holds, and more pairs than bits say which may stand in it.
  @Test(arguments: [false, true], UInt64(614)..<617)
  func longQueriesFindWhatTheReferenceFinds(keepsPairs: Bool, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try index.build(
      documents(random.pick([300, 1500]), &random),
      IndexOptions(
        storedFields: [], segmentBudget: random.pick([1 << 20, 384 << 20]), attributes: ["year": .integer],
        keepsPairs: keepsPairs))
    let opened = try index.open()
    for _ in 0..<LongTests.choose(100, else: 6) {
      let words = RandomDocuments.words + Self.extra + ["absent"]
      let few = random.integer(0...1) == 0 ? (0..<5).map { _ in random.pick(words) } : words
      let query = (0..<random.pick([7, 9, 15, 63, 65, 66, 90])).map { _ in random.pick(few) }
      var options = options(&random)
      options.adjacency = random.pick([Adjacency(), Adjacency(french: 4, vietnamese: 4)])
      if random.integer(0...1) == 0 { options.weights.frenchStopWord = random.pick([0, 0.001]) }
      try expectEqual(opened, query.joined(separator: " "), options, context: "seed \(seed), pairs \(keepsPairs)")
    }
  }

  /// Documents differ little by words that all hold; pairs of rare words, which share a bit with one of these, could add a
  /// million times as much, but for the filters.
  @Test(arguments: 0..<6)
  func smallScoresAreNotLostBesideLargeBounds(number: Int) throws {
    let rare = (0..<12).map { "rare" + String(repeating: "b", count: $0) }
    let index = try TestIndex()
    let count = 6000 + 100 * number
    let documents = (0..<count).map { document in
      let length = document < 3000 ? 21 : 20
      let tail = document % 1000 == 500 ? rare : []
      let words = ["commun", "partout"] + [String](repeating: "rien", count: length - 2) + tail
      return Document(key: "d\(10_000 + document)", body: words.joined(separator: " "))
    }
    try index.build(documents, IndexOptions(analyzer: AnalyzerOptions(preset: .folding), storedFields: []))
    var options = SearchOptions(limit: 20, makesSnippets: false)
    options.ranking = BM25(b: 0.05)
    let query = ["commun", "partout"] + [String](repeating: "absent", count: 4) + rare + ["commun"]
    try expectEqual(index.open(), query.joined(separator: " "), options, context: "\(count) documents")
  }

  @Test func pairsOfWordsThatWeighNothingContribute() throws {
    let index = try TestIndex([
      "a": "de la mairie", "b": "la ville de Paris", "c": "de la de la", "d": "port", "e": "la de",
      "f": "le port de la ville",
    ])
    var options = SearchOptions(makesSnippets: false)
    options.weights.frenchStopWord = 0
    for adjacency in [Adjacency.off, Adjacency()] {
      options.adjacency = adjacency
      for query in ["de la", "de la port", "port de la"] {
        for all in [false, true] {
          options.requiresAllWords = all
          try expectEqual(index.open(), query, options, context: "stop words of weight 0")
        }
      }
    }
  }
}
