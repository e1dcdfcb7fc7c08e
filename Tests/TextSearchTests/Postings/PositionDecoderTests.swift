import TestSupport
import Testing

@testable import TextSearch

/// Positions are decoded in any order of documents, as values and as running sums.
@Suite struct PositionDecoderTests {
  @Test(arguments: [UInt64(261), 262])
  func positionsAreThoseWritten(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var models: [PostingModel] = []
    for size in [1, 2, 127, 128, 129, 1000] {
      models.append(PostingModel(count: size, gap: 0, maximum: 1, &random))
      models.append(PostingModel(count: size, gap: 3, maximum: 40, &random))
    }
    models.append(PostingModel(count: 300, gap: 9, maximum: 900, &random))
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    for (number, model) in models.enumerated() {
      let (list, sections) = (encoded.lists[number], try encoded.sections(of: number))
      var block = try PostingBlock(list, in: sections, documentLimit: limit)
      var summed = try PostingBlock(list, in: sections, documentLimit: limit, sumsPositions: true)
      // Mostly ascending, with gaps; now and then back.
      var posting = 0
      for _ in 0..<400 {
        posting =
          random.integer(0...9) == 0 ? random.integer(0...model.postings.count) : posting + random.integer(0...3)
        guard posting < model.postings.count else {
          posting = 0
          continue
        }
        let expected = model.postings[posting].positions
        #expect(try values(of: posting, &block) == expected, "seed \(seed), list \(number), posting \(posting)")
        #expect(try sums(of: posting, &summed) == expected, "seed \(seed), list \(number), posting \(posting)")
      }
    }
  }

  private func values(of posting: Int, _ block: inout PostingBlock) throws(SearchError) -> [UInt32] {
    var found = GrowableBuffer<UInt32>()
    found.append(7)
    try block.appendPositions(posting % PostingFormat.blockSize, of: posting / PostingFormat.blockSize, to: &found)
    return (1..<found.count).map { found[$0] }
  }

  private func sums(of posting: Int, _ block: inout PostingBlock) throws(SearchError) -> [UInt32] {
    let (start, count) = try block.loadPositions(
      posting % PostingFormat.blockSize, of: posting / PostingFormat.blockSize)
    var found: [UInt32] = []
    for index in 0..<count {
      found.append(block.positions.values[start + 1 + index] &- block.positions.values[start] &- 1)
    }
    return found
  }

  @Test(arguments: [false, true])
  func morePositionsThanThereAreIsDamage(hasSums: Bool) throws {
    var random = SeededRandom(seed: 263)
    let model = PostingModel(count: 200, gap: 3, maximum: 4, &random)
    let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
    let sections = try encoded.sections(of: 0)
    let count = encoded.lists[0].positions
    for (skipped, wanted) in [(0, count + 1), (1, count), (count, 1), (count + 1000, 1)] {
      var decoder = PositionDecoder(encoded.lists[0], sections, hasSums: hasSums)
      var isRefused = false
      do throws(SearchError) {
        _ = try decoder.load(PositionAddress(offset: 0, skipped: skipped), count: Int(wanted))
      } catch {
        if case .corrupt = error { isRefused = true }
      }
      #expect(isRefused, "\(wanted) from \(skipped) of \(count)")
    }
  }
}
