import TestSupport
import Testing

@testable import TextSearch

/// Impacts of random postings against the postings that no other one dominates.
@Suite struct ImpactAccumulatorTests {
  private typealias Impact = ImpactAccumulator.Impact

  private struct Posting {
    let frequency: Int
    let length: UInt8

    var impact: Impact {
      Impact(frequency: UInt8(min(frequency, PostingFormat.maximumFrequency)), length: length)
    }
  }

  private static func dominates(_ a: Impact, _ b: Impact) -> Bool { a.frequency >= b.frequency && a.length <= b.length }

  /// The impacts that no other one dominates, the highest frequency first.
  private static func undominated(_ impacts: [Impact]) -> [Impact] {
    var kept: [Impact] = []
    for impact in impacts
    where !kept.contains(impact) && !impacts.contains(where: { $0 != impact && dominates($0, impact) }) {
      kept.append(impact)
    }
    return kept.sorted { $0.frequency > $1.frequency }
  }

  private func postings(_ random: inout SeededRandom) -> [Posting] {
    let (frequencies, lengths) = (random.pick([1, 3, 20, 254, 255, 256, 1000]), random.pick([0, 2, 30, 255]))
    return (0..<random.integer(1...random.pick([1, 2, 10, 128]))).map { _ in
      Posting(
        frequency: random.integer(1...frequencies),
        length: UInt8(random.integer(random.pick([0, lengths])...lengths)))
    }
  }

  @Test(arguments: [UInt64(1901), 1902]) func impactsAreTheUndominatedPostings(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var accumulator = ImpactAccumulator()
    for round in 0..<2000 {
      let postings = postings(&random)
      for posting in postings { accumulator.add(frequency: posting.frequency, length: posting.length) }
      // What was taken must not come back in the next round.
      let expected = Self.undominated(postings.map(\.impact))
      #expect(accumulator.take() == expected, "seed \(seed), round \(round)")
    }
  }

  @Test func nothingAddedIsNothing() {
    var accumulator = ImpactAccumulator()
    #expect(accumulator.take() == [])
    accumulator.add(frequency: 2, length: 7)
    #expect(accumulator.take() == [Impact(frequency: 2, length: 7)])
    #expect(accumulator.take() == [])
    accumulator.add([])
    #expect(accumulator.take() == [])
  }

  @Test func limitsOfFrequencyAndLength() {
    var accumulator = ImpactAccumulator()
    accumulator.add(frequency: 1, length: .max)
    #expect(accumulator.take() == [Impact(frequency: 1, length: .max)])
    for frequency in [PostingFormat.maximumFrequency, PostingFormat.maximumFrequency + 1, 1 << 30] {
      accumulator.add(frequency: frequency, length: 0)
      #expect(accumulator.take() == [Impact(frequency: UInt8(PostingFormat.maximumFrequency), length: 0)])
    }
    // Equal frequencies, equal lengths: one impact for each tie.
    for length: UInt8 in [9, 4, 4, 8] { accumulator.add(frequency: 5, length: length) }
    for frequency in [3, 5, 2] { accumulator.add(frequency: frequency, length: 4) }
    #expect(accumulator.take() == [Impact(frequency: 5, length: 4)])
  }

  @Test func impactsOfBlocksAddUpToThoseOfTheirPostings() {
    var random = SeededRandom(seed: 1903)
    var block = ImpactAccumulator()
    var group = ImpactAccumulator()
    for round in 0..<300 {
      var all: [Posting] = []
      for _ in 0..<random.integer(1...4) {
        let postings = postings(&random)
        for posting in postings { block.add(frequency: posting.frequency, length: posting.length) }
        group.add(block.take())
        all += postings
      }
      #expect(group.take() == Self.undominated(all.map(\.impact)), "seed 1903, round \(round)")
    }
  }

  @Test func boundedImpactsDominateAll() {
    var random = SeededRandom(seed: 1904)
    let limit = PostingFormat.impactsPerEntry
    var merged = 0
    for round in 0..<2000 {
      let impacts = Self.undominated(postings(&random).map(\.impact))
      let bounded = ImpactAccumulator.bounded(impacts)
      #expect(bounded.count == min(limit, impacts.count), "seed 1904, round \(round)")
      #expect(
        impacts.allSatisfy { impact in bounded.contains { Self.dominates($0, impact) } }, "seed 1904, round \(round)")
      #expect(bounded.first?.frequency == impacts.first?.frequency, "seed 1904, round \(round)")
      #expect(bounded.last?.length == impacts.last?.length, "seed 1904, round \(round)")
      if impacts.count <= limit { #expect(bounded == impacts, "seed 1904, round \(round)") }
      if impacts.count == limit + 1 {
        merged += 1
        // The frequency that is missing was the nearest to a higher one.
        let losses = zip(impacts, impacts.dropFirst()).map { $0.frequency - $1.frequency }
        let kept = Set(bounded.map(\.frequency))
        let lost = zip(losses, impacts.dropFirst()).filter { !kept.contains($0.1.frequency) }.map(\.0)
        #expect(lost.count == 1 && lost.first == losses.min(), "seed 1904, round \(round)")
      }
    }
    #expect(merged > 20)
    #expect(ImpactAccumulator.bounded([]) == [])
  }

  /// Frequencies and length codes in eight bytes, as skip entries hold them.
  private func word(_ impacts: [Impact]) -> UInt64 {
    impacts.enumerated().reduce(0) { word, item in
      word | (UInt64(item.element.frequency) | UInt64(item.element.length) << 8) << UInt64(16 * item.offset)
    }
  }

  @Test func theMaximumBoundsEveryPosting() {
    var random = SeededRandom(seed: 1905)
    func norm(_ length: Int) -> Float { 1 / (0.3 + 0.9 * Float(length)) }
    var infinite = 0
    for round in 0..<2000 {
      let postings = postings(&random)
      let impacts = Self.undominated(postings.map(\.impact))
      let maximum = ImpactAccumulator.maximum(word(ImpactAccumulator.bounded(impacts)), 0.75, norm)
      if postings.contains(where: { $0.frequency >= PostingFormat.maximumFrequency }) {
        infinite += 1
        #expect(maximum == .infinity, "seed 1905, round \(round)")
        continue
      }
      let values = postings.map { 0.75 * Float($0.frequency) * norm(Int($0.length)) }
      #expect(values.allSatisfy { $0 <= maximum }, "seed 1905, round \(round)")
      if impacts.count <= 4 { #expect(values.contains(maximum), "seed 1905, round \(round)") }
    }
    #expect(infinite > 20)
    #expect(ImpactAccumulator.maximum(0, 1, norm) == 0)
  }
}
