import TestSupport
import Testing

@testable import TextSearch

/// Lists encoded block by block against lists written posting by posting.
@Suite struct ListEncoderTests {
  private struct Occurrences: ~Copyable {
    var sorted = GrowableBuffer<TermOccurrence>()
    var forms = GrowableBuffer<UInt32>()
  }

  private static let documents = 5000

  /// Returns random occurrences of documents of which some hold the term very often.
  private static func random(documents: Int, formCount: Int, _ random: inout SeededRandom) -> Occurrences {
    var made = Occurrences()
    let numbers = Set((0..<documents).map { _ in random.integer(0...ListEncoderTests.documents - 1) }).sorted()
    for document in numbers {
      var position = UInt32(random.integer(0...3))
      for _ in 0..<(random.integer(0...20) == 0 ? random.integer(1...400) : random.integer(1...3)) {
        made.sorted.append(
          TermOccurrence(document: document, position: position, neighbours: UInt8(random.integer(0...255))))
        made.forms.append(UInt32(random.integer(0...max(0, formCount - 1))))
        position += UInt32(random.integer(1...(random.integer(0...9) == 0 ? 100_000 : 5)))
      }
    }
    return made
  }

  /// Writes a list posting by posting.
  private static func write(
    _ made: borrowing Occurrences, _ lengths: [UInt8], formCount: Int, keepsNeighbours: Bool,
    into lists: inout PostingListWriter
  ) {
    var all: [(document: UInt32, positions: [UInt32], neighbours: [UInt8], forms: Set<UInt32>)] = []
    for index in 0..<made.sorted.count {
      let own = made.sorted[index]
      if all.last?.document != own.document { all.append((own.document, [], [], [])) }
      all[all.count - 1].positions.append(own.position)
      all[all.count - 1].neighbours.append(own.neighbours)
      all[all.count - 1].forms.insert(made.forms[index])
    }
    lists.begin(
      documents: all.count, positions: UInt64(made.sorted.count), forms: formCount, keepsNeighbours: keepsNeighbours)
    for posting in all {
      lists.add(
        document: posting.document, frequency: UInt32(posting.positions.count), length: lengths[Int(posting.document)])
      for (position, neighbours) in zip(posting.positions, posting.neighbours) {
        lists.add(position: position, neighbours: neighbours)
      }
      for form in posting.forms.sorted() where formCount > 1 { lists.add(form: form) }
      lists.endDocument()
    }
  }

  private static func bytes(_ writer: borrowing ByteWriter) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<writer.bytes.count { bytes.append(writer.bytes[index]) }
    return bytes
  }

  private static func sections(_ lists: borrowing PostingListWriter) -> [[UInt8]] {
    [
      bytes(lists.postings), bytes(lists.blocks), bytes(lists.positions), bytes(lists.forms), bytes(lists.codes),
      bytes(lists.neighbours),
    ]
  }

  @Test(arguments: [0, 1, 3, 63, 64, 90]) func `blocks are encoded as postings are`(formCount: Int) {
    var random = SeededRandom(seed: UInt64(571 + formCount))
    let lengths = (0..<Self.documents).map { _ in UInt8(random.integer(0...255)) }
    var encoder = ListEncoder()
    var found = PostingListWriter(documents: Self.documents)
    var expected = PostingListWriter(documents: Self.documents)
    var foundInline = ByteWriter()
    var expectedInline = ByteWriter()
    let names = (0..<formCount).map { Array("form\($0 + 100)".utf8) }
    for documents in [1, 1, 1, 2, 3, 100, 127, 128, 129, 130, 256, 257, 700, 2500] {
      for keepsNeighbours in [false, true] {
        let made = Self.random(documents: documents, formCount: formCount, &random)
        encoder.encode(
          made.sorted.span, lengths.span, formCount: formCount, forms: formCount > 1 ? made.forms.span : nil,
          keepsNeighbours: keepsNeighbours, into: &found)
        Self.write(made, lengths, formCount: formCount, keepsNeighbours: keepsNeighbours, into: &expected)
        let (list, counts) = found.end(inline: &foundInline, forms: names)
        let (expectedList, expectedCounts) = expected.end(inline: &expectedInline, forms: names)
        #expect(list == expectedList && counts == expectedCounts)
      }
    }
    let (foundSections, expectedSections) = (Self.sections(found), Self.sections(expected))
    #expect(foundSections == expectedSections)
    let (foundBytes, expectedBytes) = (Self.bytes(foundInline), Self.bytes(expectedInline))
    #expect(foundBytes == expectedBytes)
  }
}
