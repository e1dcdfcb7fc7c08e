import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The article on the query language says what the parser and the search do.
@Suite struct QueryLanguageTests {
  private let page: [Substring]

  init() throws {
    let text = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/QueryLanguage.md", encoding: .utf8)
    page = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func index() throws -> TestIndex {
    let first = try #require(page.firstIndex(of: "```documents")) + 1
    let end = try #require(page[first...].firstIndex(of: "```"))
    let documents = page[first..<end].map { line in
      let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      var attributes: [String: String] = [:]
      for attribute in parts[3].split(separator: " ") {
        let pair = attribute.split(separator: "=")
        attributes[String(pair[0])] = String(pair[1])
      }
      return Document(key: parts[0], title: parts[1], body: parts[2], attributes: attributes)
    }
    #expect(documents.count == 5)
    let index = try TestIndex()
    try index.build(documents)
    return index
  }

  /// The rows of the table below a heading: cells, the first one without its quotes.
  private func rows(_ heading: String) throws -> [[String]] {
    let first = try #require(page.firstIndex { $0.hasPrefix(heading) })
    return page[(first + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      var cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      cells[0] = String(cells[0].dropFirst().dropLast())
      return cells
    }
  }

  @Test func everyRowFindsWhatItSays() throws {
    let opened = try index().open()
    let tables = page.indices.filter { page[$0].hasPrefix("| written | finds") }
    #expect(tables.count == 2)
    var count = 0
    for table in tables {
      for line in page[(table + 2)...].prefix(while: { $0.hasPrefix("| `") }) {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        let text = String(cells[1].trimmingCharacters(in: .whitespaces).dropFirst().dropLast())
        let keys = try opened.search(opened.parse(text)).hits.map(\.key).joined(separator: " ")
        #expect(keys == cells[2].trimmingCharacters(in: .whitespaces), "\(text)")
        count += 1
      }
    }
    #expect(count > 40)
  }

  @Test func everyErrorIsAsItSays() throws {
    let opened = try index().open()
    let rows = try rows("| written | the error says")
    #expect(rows.count == 5)
    for row in rows {
      let error = #expect(throws: SearchError.self, "\(row[0])") { try opened.parse(row[0]) }
      #expect(error?.description == "the query, at " + row[1], "\(row[0])")
    }
  }
}
