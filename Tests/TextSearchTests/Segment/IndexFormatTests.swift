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
    var forms = PlainReader(try #require(example["forms"]))
    var codes = PlainReader(try #require(example["form codes"]))
    var neighbours = PlainReader(try #require(example["neighbours"]))
    let offsets = (0..<6).map { _ in terms.variable() }
    #expect(offsets == [0, 0, 0, 0, 0, 0])
    var rows: [String] = []
    var address: [UInt8] = []
    while !terms.isAtEnd {
      terms.readPrefixed(&address)
      let head = terms.variable()
      let documentCount = max(1, head - 15)
      let more = head < 16 ? 0 : terms.variable()
      let occurrences = head < 16 ? head % 8 + 1 : documentCount + more / 2
      let key = String(decoding: address.dropFirst().prefix { $0 != 0 }, as: UTF8.self)
      let hasForms = address[0] == 1 && terms.variable() > 0
      if hasForms, head >= 16 { #expect(terms.variable() == 1) }
      var documents: [Int] = []
      var wordPositions: [Int] = []
      var beside: [UInt8] = []
      if head < 16 {
        documents.append(terms.variable())
        for _ in 0..<occurrences { wordPositions.append(terms.variable()) }
        if head >= 8 { beside = terms.take(occurrences) }
      } else {
        let sizes = [terms.variable(), terms.variable()]
        var bits = PlainBits(postings.take(sizes[0]))
        for _ in 0..<documentCount {
          documents.append((documents.last ?? -1) + bits.rice(0) + 1)
          #expect(bits.gamma() == 1, "the example has no repeated word")
        }
        let parameter = positions.take(1)[0] - 64
        var values = PlainBits(positions.take(sizes[1] - 1))
        for _ in 0..<occurrences { wordPositions.append(values.rice(Int(parameter))) }
        if more % 2 == 1 { beside = neighbours.take(occurrences) }
      }
      let names = hasForms ? forms.readForms(of: key, documents: documentCount, codes: &codes) : []
      let spelling = String(decoding: address.dropFirst(key.utf8.count + 2), as: UTF8.self)
      rows.append("\(address[0]) \(key) \(spelling) \(documents) \(wordPositions) \(beside) \(names)")
    }
    #expect(
      rows == [
        "1 le  [0] [100] [] [\"le\"]", "1 port  [0, 1] [101, 0] [64, 0] [\"port\", \"ports\"]",
        "2 doi đối [1] [101] [11] []", "2 ngoai ngoại [1] [102] [176] []",
      ])
    #expect(postings.isAtEnd && positions.isAtEnd && forms.isAtEnd && codes.isAtEnd && neighbours.isAtEnd)
  }

  /// Reads bits, low ones of each byte first.
  private struct PlainBits {
    private var bits: ArraySlice<Int>

    init(_ bytes: [UInt8]) { bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> $0) & 1 } }[...] }

    var all: [Int] { Array(bits) }

    private mutating func number(_ width: Int) -> Int {
      (0..<width).reduce(0) { $0 | (bits.popFirst() ?? 0) << $1 }
    }

    private mutating func ones() -> Int {
      var count = 0
      while bits.popFirst() == 1 { count += 1 }
      return count
    }

    mutating func rice(_ parameter: Int) -> Int { ones() << parameter | number(parameter) }

    mutating func gamma() -> Int {
      let width = ones()
      return 1 << width | number(width)
    }
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

    /// Turns a string into the next one.
    mutating func readPrefixed(_ text: inout [UInt8]) {
      let head = Int(take(1)[0])
      text = Array(text.prefix(head >> 4))
      text += take(head & 15)
    }

    /// The forms of each document of a key.
    mutating func readForms(of key: String, documents: Int, codes: inout PlainReader) -> [String] {
      var form = Array(key.utf8)
      var names: [String] = []
      for _ in 0..<variable() {
        form = Array(form.prefix(variable()))
        form += take(variable())
        names.append(String(decoding: form, as: UTF8.self))
      }
      guard names.count > 1 else { return names }
      let sets = variable()
      let rows = names.map { _ in PlainBits(take((sets + 7) / 8)).all }
      var bits = PlainBits(codes.take(1))
      return (0..<documents).map { _ in
        let code = bits.gamma() - 1
        return names.indices.filter { rows[$0][code] == 1 }.map { names[$0] }.joined(separator: " ")
      }
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
