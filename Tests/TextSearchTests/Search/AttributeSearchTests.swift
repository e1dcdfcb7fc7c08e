import TestSupport
import Testing

@testable import TextSearch

/// Filters, facets and order by attributes on indexes of one and of many segments, against looking at every document.
@Suite struct AttributeSearchTests {
  private func segments(_ index: TestIndex) throws -> [Segment] {
    try index.segmentNames().map { try Segment(index.path + "/" + $0) }
  }

  /// The number of a document in the model.
  private func number(_ segment: Segment, _ document: Int) throws -> Int {
    Int(String(decoding: try segment.key(UInt32(document)).dropFirst(), as: UTF8.self))! - 100_000
  }

  @Test(arguments: [UInt64(1301), 1302, 1303, 1304]) func filtersPassWhatTheyShould(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: random.integer(1...200), &random)
    let index = try TestIndex()
    try model.build(index, segmentBudget: seed % 2 == 0 ? 0 : 1 << 30, shuffled: &random)
    let segments = try segments(index)
    #expect(segments.count == (seed % 2 == 0 ? model.documents.count : 1))
    for _ in 0..<(seed % 2 == 0 ? 40 : 400) {
      let filter = model.filter(&random)
      for segment in segments {
        let set = try filter.documents(in: segment)
        for document in 0..<segment.documentCount {
          let expected = model.passes(filter, try number(segment, document))
          #expect(set.contains(document) == expected, "seed \(seed), \(filter), document \(document)")
        }
        #expect(set.count == (0..<segment.documentCount).filter { set.contains($0) }.count)
      }
    }
  }

  @Test func searchesShowOnlyWhatPasses() throws {
    var random = SeededRandom(seed: 1311)
    let model = AttributeModel(count: 120, &random)
    for budget in [0, 1 << 30] {
      let index = try TestIndex()
      try model.build(index, segmentBudget: budget, shuffled: &random)
      let opened = try index.open()
      var passing = 0
      for _ in 0..<30 {
        let filter = model.filter(&random)
        let results = try opened.search("mot", SearchOptions(limit: 200, filter: filter))
        let expected = model.documents.indices.filter { model.passes(filter, $0) }
        #expect(results.hits.map(\.key) == expected.map(AttributeModel.key), "seed 1311, \(filter)")
        #expect(results.total == expected.count)
        passing += expected.count
        for (hit, document) in zip(results.hits, expected) {
          #expect(hit.document.attributes == model.documents[document], "seed 1311")
        }
      }
      #expect(passing > 100)
    }
  }

  @Test(arguments: [UInt64(1321), 1322]) func facetsCountEveryDocument(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: 150, &random)
    let index = try TestIndex()
    try model.build(index, segmentBudget: seed % 2 == 0 ? 0 : 1 << 30, shuffled: &random)
    let segments = try segments(index)
    for round in 0..<20 {
      let filter = round == 0 ? AttributeFilter.all([]) : model.filter(&random)
      let passing = model.documents.indices.filter { model.passes(filter, $0) }
      let sets = try segments.map { (segment: $0, documents: try filter.documents(in: $0)) }
      for name in AttributeModel.names {
        var counts = FacetCounts()
        for (segment, set) in sets { counts += try FacetCounts(name, segment, in: set) }
        let expected = model.counts(name, of: passing)
        #expect(counts.ascending == expected.values.sorted { $0.value < $1.value }, "seed \(seed), \(name)")
        #expect(counts.ascending.allSatisfy { counts[$0.value] == $0.documents && !$0.spellings.isEmpty })
        #expect(counts.missing == passing.filter { model.values(name, of: $0).isEmpty }.count, "seed \(seed), \(name)")
        for (segment, set) in sets where round < 3 {
          #expect(try FacetCounts(name, segment, in: set) == FacetCounts(definition: name, segment, in: set))
        }
        let top = counts.top(3)
        #expect(top.count == min(3, expected.count))
        for entry in counts.ascending where !top.contains(entry) {
          #expect(top.allSatisfy { ($0.documents, entry.value) > (entry.documents, $0.value) }, "seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: [UInt64(1331), 1332]) func histogramsCountPeriods(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var model = AttributeModel(count: 150, &random)
    // Several dates in a document, and texts that are none.
    for document in model.documents.indices where random.integer(0...2) == 0 {
      model.documents[document]["date"] = (0..<4).map { _ in AttributeModel.text(of: .date, &random) }
    }
    let index = try TestIndex()
    try model.build(index, segmentBudget: seed % 2 == 0 ? 0 : 1 << 30, shuffled: &random)
    for precision in [AttributeDate.Precision.year, .month, .day] {
      var counts = FacetCounts()
      for segment in try segments(index) {
        counts += try FacetCounts("date", by: precision, segment, in: DocumentSet(all: segment.documentCount))
      }
      var expected: [String: Int] = [:]
      var missing = 0
      for document in model.documents.indices {
        let periods = model.values("date", of: document).compactMap { value -> String? in
          guard case .date(let date) = value else { return nil }
          return String(date.description.prefix([4, 7, 10][Int(precision.rawValue)]))
        }
        for period in Set(periods) { expected[period, default: 0] += 1 }
        if periods.isEmpty { missing += 1 }
      }
      #expect(Dictionary(uniqueKeysWithValues: counts.ascending.map { ($0.value.text, $0.documents) }) == expected)
      #expect(counts.missing == missing, "seed \(seed)")
    }
  }

  @Test(arguments: [UInt64(1341), 1342, 1343]) func documentsAreSortedByValues(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let model = AttributeModel(count: random.integer(1...300), &random)
    let index = try TestIndex()
    try model.build(index, shuffled: &random)
    let segment = try #require(try segments(index).first)
    for name in AttributeModel.names + ["none"] {
      for _ in 0..<4 {
        let order = AttributeModel.order(name, &random)
        let filter = model.filter(&random)
        let expected = model.documents.indices.filter { model.passes(filter, $0) }
          .map { (number: $0, key: model.sortKey(order, of: $0)) }
          .sorted { ($0.key, $0.number) < ($1.key, $1.number) }
        let limit = random.integer(0...150)
        let set = try filter.documents(in: segment)
        let found = try order.top(limit, segment, in: set, by: .attribute, SearchControl())
        #expect(found.map { Int($0.document) } == expected.prefix(limit).map(\.number), "seed \(seed), \(order)")
        #expect(found.map(\.key) == expected.prefix(limit).map(\.key), "seed \(seed), \(order)")
        #expect(try order.topByDefinition(limit, segment, in: set, by: .attribute) == found, "seed \(seed), \(order)")
      }
    }
  }

  @Test func orderOfTypedTextAndMissingValues() throws {
    let index = try TestIndex()
    let values: [String: [String]] = [
      "a": [], "b": ["x"], "c": ["3"], "d": ["a"], "e": ["-1"], "f": ["7", "zz"], "g": ["É", "b"],
    ]
    try index.build(
      values.map { Document(key: $0.key, body: "mot", attributes: ["n": $0.value]) },
      IndexOptions(attributes: ["n": .integer]))
    let opened = try index.open()
    for (isDescending, expected) in [(false, "ecfdgba"), (true, "fcebgda")] {
      var options = SearchOptions()
      options.order = AttributeOrder("n", descending: isDescending)
      #expect(try opened.search("mot", options).hits.map(\.key).joined() == expected)
    }
  }

  // MARK: What is said

  @Test func valuesThatAreNotOfTheTypeAreKeptAsTexts() throws {
    let index = try TestIndex()
    let documents = [
      Document(key: "a", body: "mot", attributes: ["n": ["7", "sept"]]),
      Document(key: "b", body: "mot", attributes: ["n": "8"]),
    ]
    try index.build(documents, IndexOptions(attributes: ["n": .integer]))
    func keys(_ filter: AttributeFilter) throws -> [String] { try index.keys("mot", SearchOptions(filter: filter)) }
    #expect(try keys(.equals("n", .keyword("sept"))) == ["a"])
    #expect(try keys(.equals("n", .keyword("7.0"))) == ["a"])
    #expect(try keys(.range("n", from: nil, through: nil)) == ["a", "b"])
    #expect(try keys(.range("n", from: .integer(8), through: nil)) == ["b"])
    #expect(try index.open().search("mot").hits[0].document.attributes == ["n": ["7", "sept"]])
    #expect(try index.open().search("mot").hits[0].document.attribute("n") == "7")
    #expect(throws: SearchError.attributeValue(name: "n", value: "sept", type: .integer)) {
      try keys(.range("n", from: .keyword("sept"), through: nil))
    }
    #expect(throws: SearchError.unknownAttribute(name: "m", known: ["n"])) { try keys(.not(.exists("m"))) }
  }

  @Test func spellingsOfOneTextAreOneValue() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", body: "mot", attributes: ["lieu": "Ha\u{300} No\u{323}\u{302}i"]),
      Document(key: "b", body: "mot", attributes: ["lieu": "Hà Nội"]),
    ])
    for text in ["Hà Nội", "Ha\u{300} No\u{302}\u{323}i"] {
      #expect(try index.keys("mot", SearchOptions(filter: .equals("lieu", .keyword(text)))) == ["a", "b"])
    }
  }

  @Test func segmentsOfAnotherSchemaAreRefused() throws {
    let index = try TestIndex()
    let document = Document(key: "a", body: "mot", attributes: ["n": "7"])
    try index.build([document], IndexOptions(attributes: ["n": .integer]))
    var manifest = try #require(try Manifest.read(in: index.path))
    #expect(manifest.settings.schema == AttributeSchema(["n": .integer]))
    manifest.settings.schema = AttributeSchema()
    try manifest.write(in: index.path)
    let name = try #require(try index.segmentNames().first)
    #expect(throws: SearchError.otherSchema(file: index.path + "/" + name)) { try index.open() }
  }

  @Test func attributesOfReplacedDocumentsAreGone() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", body: "mot", attributes: ["old": "x"]),
      Document(key: "a", body: "mot", attributes: ["new": "y"]),
    ])
    #expect(try segments(index)[0].attributeColumns.names == ["new"])
  }
}
