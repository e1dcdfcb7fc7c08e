import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The worked example of `IndexFormat.md`: the builder writes its bytes, and a decoder that follows the article's
/// grammar, and nothing else, reads its terms and postings back.
@Suite struct IndexFormatTests {
  /// The code blocks of the article by their names.
  private static func example() throws -> [String: [UInt8]] {
    let path = TestData.repository + "/Sources/TextSearch/TextSearch.docc/IndexFormat.md"
    let article = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    let worked = try #require(article.components(separatedBy: "## A worked example").last)
    var blocks: [String: [UInt8]] = [:]
    var name: String?
    for line in worked.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        name = name == nil ? String(line.dropFirst(3)) : nil
        if let name { blocks[name] = [] }
      } else if let name {
        blocks[name]? += line.split(separator: " ").compactMap { UInt8($0, radix: 16) }
      }
    }
    return blocks
  }

  private static func build(in folder: TemporaryFolder) throws -> Segment {
    let writer = try IndexWriter(folder.path + "/index")
    try writer.add(Document(key: "b", title: "Ports", body: "Đối ngoại"))
    try writer.add(Document(key: "a", body: "Le port."))
    try writer.commit()
    return try Segment(folder.path + "/index/" + Manifest.segmentName(1))
  }

  @Test func `every section of the example is what the builder writes`() throws {
    let folder = try TemporaryFolder()
    let segment = try IndexFormatTests.build(in: folder)
    let example = try IndexFormatTests.example()
    #expect(example.count == SegmentLayout.Section.allCases.count)
    for section in SegmentLayout.Section.allCases {
      #expect(try segment.bytes(of: section) == example[section.name.description], "section \(section.name)")
    }
  }

  @Test func `a decoder written after the grammar reads the example`() throws {
    let example = try IndexFormatTests.example()
    var terms = PlainReader(try #require(example["terms"]))
    var postings = PlainReader(try #require(example["postings"]))
    var positions = PlainReader(try #require(example["positions"]))
    let places: [Int] = [terms.variable(), terms.variable(), terms.variable()]
    #expect(places == [0, 0, 0])
    var rows: [String] = []
    var address: [UInt8] = []
    while !terms.isAtEnd {
      address = Array(address.prefix(terms.variable()))
      address += terms.take(terms.variable())
      let head = terms.variable()
      let occurrences = terms.variable() + head / 2
      var documents: [Int] = []
      var places: [Int] = []
      if head % 2 == 1 {
        _ = terms.variable()
        documents.append(terms.variable())
        for _ in 0..<occurrences { places.append(terms.variable()) }
      } else {
        _ = terms.take(2)
        for _ in 0..<head / 2 {
          let code = postings.variable()
          #expect(code % 2 == 1, "the example has no repeated word")
          documents.append((documents.last ?? -1) + code / 2 + 1)
          places.append(positions.variable())
        }
      }
      let key = String(decoding: address.dropFirst().prefix { $0 != 0 }, as: UTF8.self)
      let spelling = String(decoding: address.dropFirst(key.utf8.count + 2), as: UTF8.self)
      rows.append("\(address[0]) \(key) \(spelling) \(documents) \(places)")
    }
    #expect(
      rows == [
        "1 le  [0] [100]", "1 port  [0, 1] [101, 0]", "2 doi đối [1] [101]", "2 ngoai ngoại [1] [102]",
      ])
    #expect(postings.isAtEnd && positions.isAtEnd)
  }

  /// Reads the numbers of the grammar without any of the engine's code.
  private struct PlainReader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func take(_ count: Int) -> [UInt8] {
      defer { bytes = bytes.dropFirst(count) }
      return Array(bytes.prefix(count))
    }

    mutating func variable() -> Int {
      var value = 0
      var shift = 0
      while let byte = bytes.popFirst() {
        value |= Int(byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      return value
    }
  }
}
