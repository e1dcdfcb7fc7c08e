import Foundation
import TestSupport
import Testing
import TextSearch

/// The examples of the README and of the DocC articles: compiled here, run here, and compared with the pages letter by letter.
@Suite struct DocumentationTests {
  @Test func `the library in ten lines`() throws {
    let folder = try TemporaryFolder()
    let previous = FileManager.default.currentDirectoryPath
    try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
    defer { _ = FileManager.default.changeCurrentDirectoryPath(previous) }
    // example: begin
    let writer = try IndexWriter("press-index")
    try writer.add(Document(key: "1", title: "Diplomatie", body: "La diplomatie populaire, hier et aujourd’hui."))
    try writer.add(Document(key: "2", title: "Đối ngoại", body: "Công tác đối ngoại nhân dân năm 2025."))
    try writer.commit()

    let index = try SearchIndex("press-index")
    let results = try index.search("doi ngoai nhan dan")
    for hit in results.hits {
      print(hit.key, hit.score, hit.snippet.html)
    }
    // example: end
    #expect(results.hits.map(\.key) == ["2"])
    #expect(results.hits[0].snippet.html == "Công tác <b>đối</b> <b>ngoại</b> <b>nhân</b> <b>dân</b> năm 2025.")

    let example = try DocumentationTests.example(in: #filePath)
    for page in ["README.md", "Sources/TextSearch/TextSearch.docc/TextSearch.md"] {
      let text = try String(contentsOfFile: TestData.repository + "/" + page, encoding: .utf8)
      #expect(text.contains("```swift\n\(example)\n```"), "the example in \(page) differs")
    }
  }

  @Test func `reading a query`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/vehicles"
    let writer = try IndexWriter(path)
    try writer.add(Document(key: "1", body: "Une automobile rouge."))
    try writer.add(Document(key: "2", body: "Les vélos du quartier."))
    try writer.add(Document(key: "3", body: "Chiếc xe màu đỏ của người dân."))
    try writer.commit()
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/QueryReading.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "reading").replacing("(path)", with: "(\"vehicles\")")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in QueryReading.md differs")
    // reading: begin
    let index = try SearchIndex(path)
    var options = SearchOptions()
    options.strictness = .exact
    options.stopWords = .drop
    options.synonyms = try Synonyms("voiture, automobile, xe", options: index.options)
    for hit in try index.search("les voitures", options).hits {
      print(hit.key, hit.snippet.html)
    }
    // reading: end
    let hits = try index.search("les voitures", options).hits
    #expect(Set(hits.map(\.snippet.html)) == ["Une <b>automobile</b> rouge.", "Chiếc <b>xe</b> màu đỏ của người dân."])
  }

  @Test func `searches that end early, and weights of fields`() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index")
    try writer.add(Document(key: "1", title: "Page", body: "La diplomatie et la diplomatie"))
    try writer.add(Document(key: "2", title: "La diplomatie", body: "Une page"))
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    for (page, mark) in [("ResultPages", "ending"), ("Ranking", "weights")] {
      let text = try String(
        contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/\(page).md", encoding: .utf8)
      let example = try DocumentationTests.example(in: #filePath, mark)
      #expect(text.contains("```swift\n\(example)\n```"), "the example in \(page).md differs")
    }
    // ending: begin
    let cancellation = Cancellation()  // cancellation.cancel() from any thread ends the search
    var limited = SearchOptions()
    limited.deadline = .now.advanced(by: .milliseconds(50))
    limited.cancellation = cancellation
    let soon = try index.search("diplomatie", limited)
    print(soon.hits.count, soon.isPartial ? "of what was found by then" : "of all")
    // ending: end
    #expect(soon.hits.count <= 2)
    cancellation.cancel()
    #expect(try index.search("diplomatie", limited).isPartial)
    // weights: begin
    var byTitle = SearchOptions()
    byTitle.ranking.fieldWeights = ["title": 2]
    let titled = try index.search("diplomatie", byTitle)
    // weights: end
    #expect(titled.hits.map(\.key) == ["2", "1"])
    #expect(try index.search("diplomatie").hits.map(\.key) == ["1", "2"])
  }

  @Test func `pages of results`() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(folder.path + "/index")
    for (key, date) in [("1", "2022"), ("2", "2023-12-23"), ("3", "2025-08-06"), ("4", "2024"), ("5", "2026")] {
      let attributes = ["date": date, "language": key == "3" ? "vi" : "fr"]
      try writer.add(Document(key: key, body: "La diplomatie", attributes: attributes))
    }
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/ResultPages.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "results")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in ResultPages.md differs")
    var printed: [String] = []
    func print(_ items: any CustomStringConvertible...) {
      printed.append(items.map(\.description).joined(separator: " "))
    }
    // results: begin
    var options = SearchOptions(limit: 2)
    options.filter = try index.parseFilter("date:[2023 TO 2025]")
    options.facets = [Facet("language"), Facet("date", by: .year)]
    options.order = AttributeOrder("date", descending: true)
    let results = try index.search("diplomatie", options)
    print(results.total ?? 0, results.hits.map(\.key))
    for entry in results.facets[0].top(5) { print(entry.value.text, entry.documents) }
    let limited = try index.search("diplomatie", SearchOptions(limit: 2, countLimit: 2))
    if let total = limited.total { print(limited.isTotalExact ? "" : "more than", total) }
    // results: end
    #expect(printed == [#"3 ["3", "4"]"#, "fr 2", "vi 1", "more than 2"])
  }

  @Test func `suggesting words`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/fts-index"
    let writer = try IndexWriter(path)
    for (key, body) in [
      ("1", "La diplomatie populaire."), ("2", "La diplomatie, les diplomates."), ("3", "Công tác đối ngoại nhân dân."),
    ] { try writer.add(Document(key: key, body: body)) }
    try writer.commit()
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/Suggestions.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "suggesting")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in Suggestions.md differs")
    var printed: [String] = []
    func print(_ items: any CustomStringConvertible...) {
      printed.append(items.map(\.description).joined(separator: " "))
    }
    // suggesting: begin
    let index = try SearchIndex(path)
    for completion in try index.completions(of: "la diplo", limit: 3) {
      print(completion.text, completion.documents)
    }
    if let correction = try index.correction(of: "doi ngoai nhan dan") {
      print("did you mean", correction.text)
    }
    // suggesting: end
    #expect(printed == ["la diplomatie 2", "la diplomates 1", "did you mean đối ngoại nhân dân"])
  }

  @Test func `filtering by attributes`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/index"
    let writer = try IndexWriter(path, options: IndexOptions(attributes: ["year": .integer]))
    for (key, date, year) in [("1", "2023-12-23", "2023"), ("2", "2024-07-01", "2024"), ("3", "2023", "2022")] {
      let attributes = ["date": date, "year": year, "lang": "fr"]
      try writer.add(Document(key: key, body: "La diplomatie", attributes: attributes))
    }
    try writer.commit()
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/TypedAttributes.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "filtering")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in TypedAttributes.md differs")
    // filtering: begin
    let index = try SearchIndex(path)
    var options = SearchOptions()
    options.filter = .all([
      .range("date", from: .keyword("2023"), through: .keyword("2024-06")),
      .oneOf("lang", [.keyword("fr"), .keyword("vi")]),
      .not(.equals("year", .integer(2022))),
    ])
    for hit in try index.search("diplomatie", options).hits {
      print(hit.key, hit.document.attribute("date") ?? "")
    }
    // filtering: end
    #expect(try index.search("diplomatie", options).hits.map(\.key) == ["1"])
  }

  @Test func `sorting by title`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/index"
    let writer = try IndexWriter(path)
    for (key, title) in [("1", "Zola"), ("2", "L’Émile"), ("3", "Đà Nẵng"), ("4", "")] {
      try writer.add(Document(key: key, title: title, body: "La diplomatie"))
    }
    try writer.commit()
    let index = try SearchIndex(path)
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/TypedAttributes.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "sorting")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in TypedAttributes.md differs")
    // sorting: begin
    var sorted = SearchOptions()
    sorted.order = AttributeOrder("title", Collation(skipsArticles: true))
    for hit in try index.search("diplomatie", sorted).hits { print(hit.title ?? "") }
    // sorting: end
    #expect(try index.search("diplomatie", sorted).hits.map(\.key) == ["3", "2", "1", "4"])
  }

  @Test func `searching shards`() throws {
    let folder = try TemporaryFolder()
    let (north, south) = (folder.path + "/north", folder.path + "/south")
    let bodies = ["La diplomatie populaire", "diplomatie des peuples", "Công tác đối ngoại", "populaire, oui"]
    for (path, numbers) in [(north, [0, 2]), (south, [1, 3]), (folder.path + "/whole", [0, 1, 2, 3])] {
      let writer = try IndexWriter(path)
      for number in numbers { try writer.add(Document(key: "\(number)", body: bodies[number])) }
      try writer.commit()
    }
    let page = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/SearchingShards.md", encoding: .utf8)
    let example = try DocumentationTests.example(in: #filePath, "shards")
    #expect(page.contains("```swift\n\(example)\n```"), "the example in SearchingShards.md differs")
    // shards: begin
    let shards = [try SearchIndex(north), try SearchIndex(south)]
    let query = "diplomatie populaire"

    // Each shard exports its statistics as bytes.
    var exports: [[UInt8]] = []
    for shard in shards { exports.append(try shard.statistics(for: query).bytes) }

    // One process adds them.
    var collection = try SharedStatistics(exports[0])
    for bytes in exports.dropFirst() { try collection += SharedStatistics(bytes) }

    // Each shard searches with the statistics of the collection.
    var options = SearchOptions(limit: 10)
    options.statistics = collection
    var found: [SearchResults] = []
    for shard in shards { found.append(try shard.search(query, options)) }
    let results = SearchResults(merging: found, limit: 10)
    // shards: end
    #expect(try results == SearchIndex(folder.path + "/whole").search(query) && results.hits.count == 3)
    #expect(try SearchResults(merging: shards.map { try $0.search(query) }, limit: 10) != results)
  }

  /// The lines between the comments `mark: begin` and `mark: end`, without their indentation.
  private static func example(in file: String, _ mark: String = "example") throws -> String {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let trimmed = lines.map { $0.drop { $0 == " " } }
    let begin = try #require(trimmed.firstIndex(of: "// \(mark): begin"))
    let end = try #require(trimmed.firstIndex(of: "// \(mark): end"))
    return lines[(begin + 1)..<end].map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : String($0) }
      .joined(separator: "\n")
  }
}
