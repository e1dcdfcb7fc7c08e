import TestSupport
import Testing

@testable import TextSearch

/// Blocks whose documents are bit sets, alone and among packed ones.
@Suite struct BitSetBlockTests {
  /// A list of full blocks and a tail, each block with gaps of its own up to a maximum.
  private func model(gaps: [Int], tail: Int, _ random: inout SeededRandom) -> PostingModel {
    var model = PostingModel(count: 128 * gaps.count + tail, gap: 0, maximum: 3, &random)
    var document = random.integer(0...3)
    for index in model.postings.indices {
      model.postings[index].document = UInt32(document)
      document += 1 + random.integer(0...(index / 128 < gaps.count ? gaps[index / 128] : 9))
    }
    model.documentLimit = UInt32(document + random.integer(0...3))
    return model
  }

  private func models(_ random: inout SeededRandom) -> [PostingModel] {
    var models = (0...8).map { model(gaps: [$0], tail: $0 % 2, &random) }
    for blocks in [2, 5, 40, 70] {
      models.append(
        model(gaps: (0..<blocks).map { _ in random.pick([0, 1, 3, 6, 8, 50]) }, tail: random.integer(0...127), &random))
      models[models.count - 1].addForms(3, &random)
    }
    return models
  }

  private func previous(_ model: PostingModel, before block: Int) -> UInt32 {
    block == 0 ? .max : model.postings[128 * block - 1].document
  }

  private func span(_ model: PostingModel, _ block: Int) -> UInt32 {
    model.postings[128 * block + 127].document &- previous(model, before: block)
  }

  @Test(arguments: [UInt64(281), 282, 283])
  func blocksOfBothKindsMakeTheRoundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let models = models(&random)
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    var kinds = [0, 0]
    for (number, model) in models.enumerated() {
      let sections = try encoded.sections(of: number)
      var cursor = try PostingCursor(encoded.lists[number], in: sections, documentLimit: limit)
      for posting in model.postings {
        #expect(try cursor.advance() == posting.document, "seed \(seed), list \(number)")
        #expect(try cursor.frequency == posting.frequency, "seed \(seed), list \(number)")
        if posting.document % 7 == 0 { #expect(try cursor.positions() == posting.positions) }
      }
      #expect(try cursor.advance() == PostingCursor.end)
      var seeking = try PostingCursor(encoded.lists[number], in: sections, documentLimit: limit)
      var target: UInt32 = 0
      while target < limit {
        #expect(try seeking.seek(to: target) == model.first(from: target), "seed \(seed), list \(number)")
        target += UInt32(random.integer(1...200))
      }
      for block in 0..<model.postings.count / 128 { kinds[span(model, block) <= 512 ? 0 : 1] += 1 }
    }
    #expect(kinds.allSatisfy { $0 > 20 }, "seed \(seed): \(kinds)")
  }

  @Test(arguments: [UInt64(284), 285])
  func lookUpsAreThoseOfTheDocuments(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for model in models(&random) {
      let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
      let block = try PostingBlock(encoded.lists[0], in: encoded.sections, documentLimit: model.documentLimit)
      for number in 0..<model.postings.count / 128 {
        let documents = model.postings[128 * number..<128 * number + 128].map(\.document)
        let before = previous(model, before: number)
        // Safe because: `encoded` keeps the sections.
        let bitSet = unsafe try block.bitSet(
          at: try block.skipEntries.postings(number), after: before, through: documents[127])
        #expect((bitSet != nil) == (span(model, number) <= 512), "seed \(seed)")
        guard let bitSet else { continue }
        for document in (before &+ 1)..<documents[127] + 80 {
          #expect(bitSet.index(of: document) == documents.firstIndex(of: document) ?? -1, "seed \(seed)")
        }
        for document in [before, 0, .max, before &- 5] where !documents.contains(document) {
          #expect(bitSet.index(of: document) == -1, "seed \(seed)")
        }
        for index in [0, 5, 127] {
          let posting = try block.posting(index, of: number, frequenciesAt: bitSet.end, codesBelow: 0)
          #expect(posting.frequency == model.postings[128 * number + index].frequency, "seed \(seed)")
        }
      }
    }
  }

  /// The layout follows from the numbers between the last documents of two blocks.
  @Test(arguments: [128, 129, 511, 512, 513]) func theSpanDecidesOnTheLayout(span: Int) throws {
    var gaps = GrowableBuffer<UInt32>()
    gaps.append(repeating: 0, count: 127)
    gaps.append(UInt32(span - 128))
    var writer = ByteWriter()
    #expect(BitSetBlock.write(gaps: gaps, into: &writer) == (span <= 512))
    #expect(writer.count == (span <= 512 ? 1 + 9 * ((span + 63) / 64) : 0))
    guard span <= 512 else { return }
    let bytes = MappedBytes.array(writer)
    #expect(Int(bytes[0]) == 128 + (span + 63) / 64 && bytes[1] == 0 && bytes[10] == 64)
    #expect(bytes[2...9].allSatisfy { $0 == 255 })
    #expect(try BitSetBlock.end(try MappedBytes.region(bytes), at: 0) == bytes.count)
  }

  /// Any bit of a record that changes is damage where the block is decoded; a look-up stays within the block.
  @Test func everyDamagedBitOfARecordIsAnError() throws {
    var random = SeededRandom(seed: 286)
    let model = model(gaps: [2, 5], tail: 0, &random)
    let writer = try encoded(model)
    let last = model.postings[127].document
    let size = BitSetBlock.recordSize * BitSetBlock.recordCount(span: last + 1)
    for bit in 8..<8 + 8 * size {
      var parts = writer.parts
      parts[0][bit / 8] ^= 1 << UInt8(bit % 8)
      let sections = try EncodedLists.sections(parts)
      var block = try PostingBlock(writer.list, in: sections, documentLimit: model.documentLimit)
      #expect(isCorrupt { () throws(SearchError) in try block.loadDocuments(of: 0) }, "bit \(bit)")
      try block.loadDocuments(of: 1)
      #expect(block.documents[127] == model.postings[255].document)
      let bitSet = unsafe try block.bitSet(at: 0, after: .max, through: last)
      let indices = (0...last + 64).compactMap { bitSet?.index(of: $0) }
      #expect(indices.count == Int(last) + 65 && indices.allSatisfy { $0 >= -1 && $0 < 128 }, "bit \(bit)")
    }
  }

  @Test func otherSpansAndCutBlocksAreErrors() throws {
    var random = SeededRandom(seed: 287)
    let model = model(gaps: [2, 5], tail: 0, &random)
    let writer = try encoded(model)
    for records in 0...127 where UInt8(128 + records) != writer.parts[0][0] {
      var parts = writer.parts
      parts[0][0] = UInt8(128 + records)
      let sections = try EncodedLists.sections(parts)
      var block = try PostingBlock(writer.list, in: sections, documentLimit: model.documentLimit)
      #expect(isCorrupt { () throws(SearchError) in try block.loadDocuments(of: 0) }, "\(records) records")
    }
    let size = BitSetBlock.recordSize * BitSetBlock.recordCount(span: model.postings[127].document + 1)
    for count in 0...size {
      var (parts, list) = (writer.parts, writer.list)
      parts[0].removeLast(parts[0].count - count)
      list.postings.count = UInt64(count)
      let sections = try EncodedLists.sections(parts)
      var block = try PostingBlock(list, in: sections, documentLimit: model.documentLimit)
      #expect(isCorrupt { () throws(SearchError) in try block.loadDocuments(of: 0) }, "\(count) bytes")
      #expect(
        isCorrupt { () throws(SearchError) in
          _ = unsafe try block.bitSet(at: 0, after: .max, through: model.postings[127].document)
        }, "\(count) bytes")
    }
    // The last document is beyond the segment.
    let sections = try EncodedLists.sections(writer.parts)
    var block = try PostingBlock(writer.list, in: sections, documentLimit: model.postings[127].document)
    #expect(isCorrupt { () throws(SearchError) in try block.loadDocuments(of: 0) })
  }

  private func encoded(_ model: PostingModel) throws -> (list: PostingList, parts: [[UInt8]]) {
    var writer = PostingListWriter(documents: Int(model.documentLimit))
    var inline = ByteWriter()
    let list = model.append(to: &writer, inline: &inline)
    return (
      list,
      [
        MappedBytes.array(writer.postings), MappedBytes.array(writer.blocks), MappedBytes.array(writer.positions),
        MappedBytes.array(writer.forms), MappedBytes.array(writer.codes), MappedBytes.array(writer.neighbours),
      ]
    )
  }

  private func isCorrupt(_ body: () throws(SearchError) -> Void) -> Bool {
    do throws(SearchError) {
      try body()
      return false
    } catch {
      if case .corrupt = error { return true }
      return false
    }
  }
}
