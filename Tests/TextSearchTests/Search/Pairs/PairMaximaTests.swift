import TestSupport
import Testing

@testable import TextSearch

/// Sums over bits against the pairs one by one.
@Suite struct PairMaximaTests {
  private struct Expected: Equatable {
    var pairs: UInt64 = 0
    var maximum: Float = 0
    var added: Float = 0
  }

  /// What a document gets by its word, pair by pair.
  private func expected(_ word: UInt64, _ bounds: borrowing GrowableBuffer<PairBound>) -> Expected {
    var found = Expected()
    var isAnyOpen = false
    for index in 0..<bounds.count {
      let bound = bounds[index]
      isAnyOpen = isAnyOpen || bound.added == 0
      if bound.added & word != 0 { found.added += bound.maximum }
      guard bound.bits.word & ~word == 0 else { continue }
      found.pairs |= bound.bit
      found.maximum += bound.maximum
    }
    // A document in whose score no bound is contains none of the pairs, if all are added.
    return isAnyOpen || found.added > 0 ? found : Expected()
  }

  /// Up to 31 pairs have two bits, up to 63 one, more none.
  @Test(arguments: [1, 2, 30, 31, 32, 33, 62, 63, 64, 70]) func sumsAreThoseOfThePairs(count: Int) {
    var random = SeededRandom(seed: UInt64(8100 + count))
    for _ in 0..<300 {
      var bounds = GrowableBuffer<PairBound>(capacity: 8)
      let mayBeOpen = random.integer(0...1) == 0
      for pair in 0..<count where random.integer(0...3) > 0 {
        let bits = NeighbourBits(pair: pair, of: count, bySecond: random.integer(0...1) == 0)
        #expect(bits.word >> 63 == 0)
        // Sums of these are exact in any order.
        var bound = PairBound(pair, bits, first: pair, maximum: Float(random.integer(1...64)))
        let sides = [bits.next, bits.previous].filter { $0 != 0 }
        if !sides.isEmpty, !mayBeOpen || random.integer(0...1) == 0 { bound.added = random.pick(sides) }
        bounds.append(bound)
      }
      let maxima = PairMaxima(bounds, areTwoSided: count <= NeighbourBits.twoSidedLimit)
      for _ in 0..<20 {
        var word: UInt64 = 0
        for bit in 0..<63 where random.integer(0...2) == 0 { word |= 1 << UInt64(bit) }
        let found = maxima[word]
        let own = Expected(pairs: found.possible.pairs, maximum: found.possible.maximum, added: found.added)
        let wanted = expected(word, bounds)
        #expect(own == wanted, "\(count) pairs, word \(word)")
      }
    }
  }
}
