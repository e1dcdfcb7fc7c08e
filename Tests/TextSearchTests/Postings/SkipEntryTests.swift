import TestSupport
import Testing

@testable import TextSearch

/// Skip entries at the limits of their fields, and lists whose offsets and counts exceed 32 bits.
@Suite struct SkipEntryTests {
  /// Bytes of 31 blocks of gaps and frequencies, each of the worst kind.
  private static let maximumPostings: UInt64 = 31 * 2 * 514
  private static let maximumCodes: UInt64 = 31 * 514
  private static let maximumOffset: UInt64 = 1 << 41

  private func impacts(_ random: inout SeededRandom) -> [ImpactAccumulator.Impact] {
    [ImpactAccumulator.Impact(frequency: UInt8(random.integer(1...255)), length: UInt8(random.integer(0...255)))]
  }

  /// Skip entries whose groups are as large as can be and start beyond 2^32.
  private func entries(_ count: Int, base: UInt64, _ random: inout SeededRandom) -> [SkipEntry] {
    (0..<count).map { number in
      let (group, index) = (UInt64(number / 32), UInt64(number % 32))
      let isLast = index == 31
      let start = base * (group + 1)
      let offset =
        start
        + (isLast ? Self.maximumOffset - 1 : index > 0 ? UInt64(random.integer(0...Int(Self.maximumOffset - 1))) : 0)
      return SkipEntry(
        last: UInt32(number) * 1_000_000 + 127,
        postings: start + (isLast ? Self.maximumPostings : index * 1028),
        positions: PositionAddress(offset: Int(offset), skipped: isLast ? 127 : UInt64(random.integer(0...127))),
        codes: start + (isLast ? Self.maximumCodes : index * 514), impacts: impacts(&random))
    }
  }

  @Test(arguments: [(32, UInt64(0)), (33, 1 << 32), (64, 1 << 40), (97, 5 << 32), (256, 1 << 43)])
  func offsetsMakeTheRoundTrip(count: Int, base: UInt64) throws {
    var random = SeededRandom(seed: 901)
    let entries = entries(count, base: base, &random)
    var writer = ByteWriter()
    SkipEntry.write(entries, to: &writer)
    let read = try SkipEntries(try MappedBytes.region(writer), documents: count * PostingFormat.blockSize)
    for (block, entry) in entries.enumerated() {
      #expect(try read.lastDocument(block) == entry.last, "block \(block)")
      #expect(try UInt64(read.postings(block)) == entry.postings, "block \(block)")
      #expect(try UInt64(read.codes(block)) == entry.codes, "block \(block)")
      #expect(try read.positions(block) == entry.positions, "block \(block)")
    }
  }

  @Test func noBlockPassesItsWorstCase() {
    var random = SeededRandom(seed: 902)
    var values = GrowableBuffer<UInt32>(capacity: 128)
    for width in 0...32 {
      for _ in 0..<40 {
        values.removeAll()
        let high = random.integer(width...32)
        for _ in 0..<PostingFormat.blockSize {
          let bits = random.integer(0...9) == 0 ? high : width
          values.append(bits == 0 ? 0 : UInt32.max >> UInt32(32 - bits))
        }
        #expect(PatchedPacking.layout(of: values).total <= 514, "seed 902")
      }
    }
    #expect(Self.maximumPostings <= UInt64(UInt16.max) && Self.maximumCodes <= UInt64(UInt16.max))
  }

  /// The bytes of a chunk per token of the text that its positions span. For a given layout the span is shortest with the
  /// smallest values of each width: zeroes and powers of two.
  @Test func noChunkOfPositionsTakesHalfAByteAToken() {
    var values = GrowableBuffer<UInt32>(capacity: 128)
    var worst = 0.0
    for low in 0...9 {
      for high in low...14 {
        for lowCount in stride(from: 0, through: 128, by: low == 0 ? 128 : 4) {
          for highCount in stride(from: 0, through: min(128 - lowCount, 40), by: 2) {
            values.removeAll()
            for index in 0..<128 {
              let width = index < highCount ? high : index < highCount + lowCount ? low : 0
              values.append(width == 0 ? 0 : 1 << UInt32(width - 1))
            }
            let tokens = (0..<128).reduce(0) { $0 + Int(values[$1]) + 1 }
            worst = max(worst, Double(PatchedPacking.layout(of: values).total) / Double(tokens))
          }
        }
      }
    }
    #expect(worst <= 0.43, "\(worst)")
    // 31 blocks of documents of 2 GiB, two bytes a token.
    #expect(0.43 * 31 * 128 * Double(1 << 30) < Double(Self.maximumOffset))
  }

  /// Documents up to the last that a segment can have, frequencies that add up to more than 2^32.
  @Test(arguments: [UInt64(903), 904]) func documentsAndFrequenciesPastAllSmallWidths(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let limit = SegmentLayout.maximumDocuments
    let count = 70 * PostingFormat.blockSize + 17
    var documents: Set<UInt32> = [UInt32(limit - 1)]
    while documents.count < count { documents.insert(UInt32(random.integer(0...limit - 1))) }
    let postings = documents.sorted().map { (document: $0, frequency: UInt32(random.integer(1...1 << 31))) }
    let total = postings.reduce(0) { $0 + UInt64($1.frequency) }
    #expect(total > 1 << 32)
    var writer = PostingListWriter(documents: limit)
    writer.begin(documents: count, positions: total)
    for posting in postings {
      writer.add(document: posting.document, frequency: posting.frequency, length: 255)
      writer.endDocument()
    }
    var inline = ByteWriter()
    let list = writer.end(inline: &inline).list
    let sections = try EncodedLists.sections(
      [
        MappedBytes.array(writer.postings), MappedBytes.array(writer.blocks), MappedBytes.array(writer.positions),
        MappedBytes.array(writer.forms), MappedBytes.array(writer.codes), MappedBytes.array(writer.neighbours),
      ])
    var cursor = try PostingCursor(list, in: sections, documentLimit: UInt32(limit))
    for posting in postings {
      #expect(try cursor.advance() == posting.document, "seed \(seed)")
      #expect(try cursor.frequency == posting.frequency, "seed \(seed)")
    }
    #expect(try cursor.advance() == PostingCursor.end)
    #expect(list.positions == total)
  }
}
