import TestSupport
import Testing

@testable import TextSearch

/// Sort keys order hits in both directions.
@Suite struct SortKeyTests {
  @Test(arguments: UInt64(1)...4) func descendingTextsAreTheReverse(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    // Few different bytes, so that keys are beginnings of others.
    let keys = Set(
      (0..<200).map { _ in (0..<random.integer(0...5)).map { _ in random.pick([UInt8(0), 1, 254, 255]) } })
    let ascending = keys.sorted {
      SortKey(collated: $0, isDescending: false) < SortKey(collated: $1, isDescending: false)
    }
    let descending = keys.sorted {
      SortKey(collated: $0, isDescending: true) < SortKey(collated: $1, isDescending: true)
    }
    #expect(ascending == keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    #expect(descending == ascending.reversed(), "seed \(seed)")
  }

  @Test func numbersComeBeforeTextsAndTextsBeforeNothing() {
    let numbers = [Int64.min, -7, -1, 0, 1, 2025, .max]
    for isDescending in [false, true] {
      let keys = numbers.map { SortKey($0, isDescending: isDescending) }
      #expect(keys.sorted() == (isDescending ? keys.reversed() : keys))
      let text = SortKey(collated: [], isDescending: isDescending)
      #expect(keys.allSatisfy { $0 < text } && text < .missing)
      #expect(SortKey(keys[0].bytes) == keys[0])
    }
  }
}
