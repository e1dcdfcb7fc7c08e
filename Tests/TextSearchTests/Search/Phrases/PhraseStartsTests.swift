import TestSupport
import Testing

@testable import TextSearch

/// Narrowed phrase starts are the occurrences that the definition counts.
@Suite struct PhraseStartsTests {
  private func positions(_ random: inout SeededRandom, maximum: Int) -> [UInt32] {
    Set((0..<random.integer(1...12)).map { _ in UInt32(random.integer(0...maximum)) }).sorted()
  }

  /// The words' positions in one document, as running sums behind those of another.
  private func sums(_ positions: [UInt32], _ random: inout SeededRandom) -> (sums: [UInt32], start: Int) {
    let before: UInt32 = random.pick([0, 1, 70_000, UInt32.max - 5] as [UInt32])
    var sums: [UInt32] = [before &- 1, before]
    for position in positions { sums.append(before &+ position &+ 1) }
    sums.append(before &+ 1_000_000)
    return (sums, 1)
  }

  @Test func startsAreThoseOfTheDefinition() {
    var random = SeededRandom(seed: 751)
    var starts = PhraseStarts()
    var found = 0
    for _ in 0..<500 {
      let maximum = random.pick([4, 14, 40, 20_000])
      // Four documents with phrases of two to four words.
      let documents = (0..<4).map { _ in (0..<random.integer(2...4)).map { _ in positions(&random, maximum: maximum) } }
      starts.reset(documents.count)
      for (number, words) in documents.enumerated() {
        for (index, offset) in words.indices.shuffled(using: &random).enumerated() {
          let (values, start) = sums(words[offset], &random)
          var buffer = GrowableBuffer<UInt32>()
          for value in values { buffer.append(value) }
          if index == 0 {
            starts.begin(number, buffer, first: start, count: words[offset].count, offset: UInt32(offset))
          } else {
            starts.narrow(number, buffer, first: start, count: words[offset].count, offset: UInt32(offset))
          }
        }
        let expected = PhraseMatcher.frequency(words, slop: 0)
        #expect(Float(starts.count(number)) == expected, "\(words)")
        if expected > 0 { found += 1 }
      }
    }
    #expect(found > 100)
  }

  @Test func unionHoldsEachOnce() {
    var random = SeededRandom(seed: 752)
    for _ in 0..<100 {
      let (a, b) = (positions(&random, maximum: 20), positions(&random, maximum: 20))
      var left = GrowableBuffer<UInt32>()
      var right = GrowableBuffer<UInt32>()
      for value in a { left.append(value) }
      for value in b { right.append(value) }
      let all = PhraseSearch.union(left, right)
      #expect((0..<all.count).map { all[$0] } == Set(a + b).sorted())
    }
  }
}
