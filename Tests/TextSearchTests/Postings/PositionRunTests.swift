import TestSupport
import Testing

@testable import TextSearch

/// Running sums give the positions that were written.
@Suite struct PositionRunTests {
  @Test(arguments: [UInt64(261), 262])
  func sumsGiveThePositions(seed: UInt64) throws {
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
      var cursor = try PostingCursor(
        encoded.lists[number], in: try encoded.sections(of: number), documentLimit: limit)
      var run = PositionRun(cursor.sections.positions, count: encoded.lists[number].positions)
      // Mostly ascending, with gaps; now and then back.
      var place = 0
      for _ in 0..<400 {
        place = random.integer(0...9) == 0 ? random.integer(0...model.postings.count) : place + random.integer(0...3)
        guard place < model.postings.count else {
          place = 0
          continue
        }
        let found = try positions(of: place, &cursor, &run)
        #expect(found == model.postings[place].positions, "seed \(seed), list \(number), document \(place)")
      }
    }
  }

  private func positions(
    of place: Int, _ cursor: inout PostingCursor, _ run: inout PositionRun
  ) throws(SearchError) -> [UInt32] {
    try cursor.loadBlock(place / PostingFormat.blockSize)
    try cursor.loadBlockFrequencies()
    let index = place % PostingFormat.blockSize
    let count = Int(cursor.frequencies[index])
    var start = 0
    if cursor.list.isInline {
      try run.loadInline(cursor.sections.postings, count: count)
    } else {
      var bytes = cursor.skipEntries.count > 0 ? try cursor.skipEntries.positions(cursor.block) : PositionAddress()
      for earlier in 0..<index { bytes.skipped += UInt64(cursor.frequencies[earlier]) }
      start = try run.load(bytes, count: count)
    }
    return (0..<count).map { run.sums[start + 1 + $0] &- run.sums[start] &- 1 }
  }

  @Test func morePositionsThanThereAreIsDamage() throws {
    var random = SeededRandom(seed: 263)
    let model = PostingModel(count: 200, gap: 3, maximum: 4, &random)
    let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
    let sections = try encoded.sections(of: 0)
    let count = encoded.lists[0].positions
    for (skipped, wanted) in [(0, count + 1), (1, count), (count, 1), (count + 1000, 1)] {
      var run = PositionRun(sections.positions, count: count)
      var isRefused = false
      do {
        _ = try run.load(PositionAddress(offset: 0, skipped: skipped), count: Int(wanted))
      } catch {
        if case .corrupt = error { isRefused = true }
      }
      #expect(isRefused, "\(wanted) from \(skipped) of \(count)")
    }
  }
}
