import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The example of attribute columns in `IndexFormat.md`: written by the builder, read by the engine.
@Suite struct AttributeFormatTests {
  private static func example() throws -> [UInt8] {
    let path = TestData.repository + "/Sources/TextSearch/TextSearch.docc/IndexFormat.md"
    let article = try String(contentsOfFile: path, encoding: .utf8)
    let tail = try #require(article.components(separatedBy: "```attribute columns\n").last)
    let block = try #require(tail.components(separatedBy: "```").first)
    return block.split(whereSeparator: { $0.isWhitespace }).compactMap { UInt8($0, radix: 16) }
  }

  @Test func `the example is what the builder writes and the reader reads`() throws {
    let documents: [[String: [String]]] = [
      ["date": ["2025-08-06"], "tags": ["paris", "paix"]], ["tags": ["paix"]], ["date": ["hier"]],
    ]
    let index = try TestIndex()
    try index.build(documents.enumerated().map { Document(key: "\($0)", body: "mot", attributes: $1) })
    let segment = try Segment(index.path + "/" + Manifest.segmentName(1))
    let bytes = try segment.bytes(of: .attributes)
    let example = try Self.example()
    #expect(bytes == example, "\(bytes.map { String($0, radix: 16) })")
    let columns = try AttributeColumns(
      try MappedBytes.region(example), documents: 3, fingerprint: AttributeSchema().fingerprint)
    let date = try #require(try columns.column("date"))
    let tags = try #require(try columns.column("tags"))
    let day = try #require(AttributeDate(year: 2025, month: 8, day: 6))
    #expect(try (0..<3).map { try date.values(of: $0) } == [[.date(day)], [], [.keyword("hier")]])
    #expect(
      try (0..<3).map { try tags.values(of: $0) } == [[.keyword("paix"), .keyword("paris")], [.keyword("paix")], []])
  }
}
