import TestSupport
import Testing

@testable import TextSearch

/// Positions of many documents in one buffer say what those of each document say.
@Suite struct PositionTableTests {
  private func positions(_ random: inout SeededRandom) -> [UInt32] {
    let count = random.integer(0...6)
    return Set((0..<count).map { _ in UInt32(random.integer(0...12)) }).sorted()
  }

  @Test func pairsAreThoseOfSingleDocuments() throws {
    var random = SeededRandom(seed: 621)
    var counter = PairCounter()
    // Those far behind are compared in another way.
    for far in [0, 0, 0, PairCounter.limit - 6, PairCounter.limit, UInt32.max - 12] {
      for _ in 0..<20 { try comparePairs(&random, far, &counter) }
    }
  }

  private func comparePairs(
    _ random: inout SeededRandom, _ far: UInt32, _ counter: inout PairCounter
  ) throws {
    let documents = 20
    var first = PositionTable()
    var second = PositionTable()
    var plain = [[WordPositions]](repeating: Array(repeating: WordPositions(), count: documents), count: 2)
    first.reset(documents)
    second.reset(documents)
    for word in 0..<2 {
      for language in [Language.french, .vietnamese, .vietnamese, .none] {
        for index in 0..<documents where random.integer(0...2) > 0 {
          let added = positions(&random).map { $0 + far }
          let isFrequent = random.integer(0...2) == 0
          plain[word][index].add(added, language, isFrequent: isFrequent)
          func read(_ buffer: inout GrowableBuffer<UInt32>) { for position in added { buffer.append(position) } }
          if word == 0 {
            try first.add(index, language, isFrequent: isFrequent, read)
          } else {
            try second.add(index, language, isFrequent: isFrequent, read)
          }
        }
      }
    }
    for index in 0..<documents {
      let found = counter.count(index, first, followedBy: second)
      let (a, b) = (plain[0][index], plain[1][index])
      let expected = a.followed(by: b)
      #expect(found.all == expected.all && found.vietnamese == expected.vietnamese)
      #expect(Int(found.all) <= WordPositions.adjacent(a.all, b.all))
      #expect(found.vietnamese <= found.all)
    }
  }

  @Test func heapReturnsTheHighestFirst() {
    var random = SeededRandom(seed: 622)
    for count in [0, 1, 2, 3, 10, 100] {
      var heap = BoundHeap()
      let bounds = (0..<count).map { _ in Float(random.integer(0...30)) }
      for (index, bound) in bounds.enumerated() { heap.add(bound, index) }
      heap.order()
      var taken: [Float] = []
      while let item = heap.next() {
        #expect(bounds[item.index] == item.bound)
        taken.append(item.bound)
      }
      #expect(taken == bounds.sorted(by: >))
    }
  }
}
