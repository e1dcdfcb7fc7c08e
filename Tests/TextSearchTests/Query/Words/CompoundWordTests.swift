import TestSupport
import Testing

@testable import TextSearch

/// Words with hyphens: their parts, the spelling with spaces and the joined spelling find each other.
@Suite struct CompoundWordTests {
  private func search(_ query: String, in bodies: [String], budget: Int = 1 << 28) throws -> [Int] {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index", options: IndexOptions(segmentBudget: budget))
    for (number, body) in bodies.enumerated() { try writer.add(Document(key: String(number), body: body)) }
    try writer.commit()
    let results = try SearchIndex(folder.path + "/index").search(query, SearchOptions(requiresAllWords: true))
    #expect(results.hits.allSatisfy { $0.snippet.html.contains("<b>") })
    return results.hits.compactMap { Int($0.key) }.sorted()
  }

  private static let bodies = [
    "Le week-end dernier, le porte-parole a parlé.", "Ce weekend, le porteparole parle.", "Les week‑ends sont courts.",
    "La fin de la week, puis the end.", "Il porte la parole de tous.", "Rien de tout cela.",
  ]

  @Test(arguments: [1 << 28, 1])
  func theJoinedSpellingFindsTheOthers(budget: Int) throws {
    #expect(try search("weekend", in: Self.bodies, budget: budget) == [0, 1, 2])
    #expect(try search("porteparole", in: Self.bodies, budget: budget) == [0, 1])
    #expect(try search("PORTEPAROLE", in: Self.bodies, budget: budget) == [0, 1])
  }

  @Test func theSpellingWithAHyphenFindsTheOthers() throws {
    #expect(try search("week-end", in: Self.bodies) == [0, 1, 2, 3])
    #expect(try search("porte-parole", in: Self.bodies) == [0, 1, 4])
    #expect(try search("week end", in: Self.bodies) == [0, 2, 3])
  }

  @Test func onlyCompoundsThatWereSeenAreTakenApart() throws {
    #expect(try search("pourtant", in: ["pour tant de gens", "un pour-cent"]).isEmpty)
    #expect(try search("estce", in: ["est-ce vrai"]).isEmpty)
    #expect(try search("57nq", in: ["57-NQ/TW"]).isEmpty)
  }

  @Test func compoundsOfThreePartsAllHighlighted() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index")
    try writer.add(Document(key: "a", body: "Un arc-en-ciel et un arc, en plein ciel."))
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    #expect(
      try index.search("arcenciel").hits[0].snippet.html
        == "Un <b>arc</b>-<b>en</b>-<b>ciel</b> et un arc, en plein ciel.")
    #expect(try index.search("arc en ciel").total == 1)
  }

  @Test func aCompoundScoresAsAWordOfItsFrequency() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index")
    try writer.add(Document(key: "a", body: "le week-end puis le week-end encore un mot"))
    try writer.add(Document(key: "b", body: "le chat puis le chien encore un mot simple"))
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    let hit = try #require(try index.search("weekend").hits.first)
    let idf = Float(ResolvedWord.idf(documents: 2, frequency: 1))
    let x = 2 * LengthNorms.values(BM25(), averageLength: index.statistics.averageLength(.french))[10]
    #expect(abs(hit.score - idf * x / (1 + x)) < 1e-6)
  }

  @Test(arguments: [1 << 28, 1 << 14])
  func theListOfASpellingHoldsEveryCompoundAndNothingElse(budget: Int) throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index", options: IndexOptions(segmentBudget: budget))
    var random = SeededRandom(seed: 5)
    let parts = ["porte", "week", "end", "parole", "arc", "ciel", "haut", "bas", "contre", "temps"]
    var documents: [String: Set<String>] = [:]
    for number in 0..<200 {
      let compound = (0..<random.integer(2...4)).map { _ in random.pick(parts) }.joined(separator: "-")
      let joined = compound.replacing("-", with: "")
      if compound.utf8.count <= Compounds.maximumBytes { documents[joined, default: []].insert(String(number)) }
      try writer.add(Document(key: String(number), body: "un \(compound)."))
    }
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    for (joined, keys) in documents {
      let results = try index.search(joined, SearchOptions(limit: 200))
      #expect(Set(results.hits.map(\.key)) == keys && results.total == keys.count, "seed 5, \(joined)")
      #expect(results.hits.allSatisfy { $0.snippet.html.hasPrefix("un <b>") }, "seed 5, \(joined)")
    }
  }

  @Test func aCompoundIsAPostingListAtItsOwnAddress() throws {
    let index = try TestIndex(["a": "un week-end, des week‑ends", "b": "le weekend", "c": "week end"])
    let segment = try Segment(index.path + "/" + Manifest.segmentName(1))
    let address = Compounds.address(joined: Array("weekend".utf8), .light)
    #expect(address.bytes == [1] + Array("wekend".utf8) + [0, 0x2D])
    let entry = try #require(try segment.dictionary.list(at: address.bytes))
    #expect(entry.list.documents == 1)
    var cursor = try segment.cursor(entry)
    #expect(try cursor.advance() == 0)
    // The title is empty: the body begins at position 100.
    #expect(try cursor.positions() == [101, 104])
  }

  @Test func deletedCompoundsLeaveNoTrace() throws {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path, options: IndexOptions(segmentBudget: 0))
    try writer.add(Document(key: "a", body: "le week-end dernier"))
    try writer.add(Document(key: "b", body: "la week puis the end, week end"))
    try writer.add(Document(key: "a", body: "rien"))
    try writer.commit()
    #expect(try index.keys("weekend") == [])
    #expect(Set(try index.keys("week")) == ["b"])
  }
}
