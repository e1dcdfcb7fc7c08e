import TestSupport
import Testing

@testable import TextSearch

/// The best hits against sorting, and the numbers of BM25.
@Suite struct TopHitsTests {
  @Test(arguments: [0, 1, 2, 10, 100, 1000])
  func keepsWhatSortingWouldKeep(limit: Int) {
    let seed = UInt64(600 + limit)
    var random = SeededRandom(seed: seed)
    for count in [0, 1, 5, 99, 100, 101, 500] {
      let hits = (0..<count).map { TopHits.Hit(score: Float(random.integer(0...20)) / 4, document: UInt32($0)) }
      var top = TopHits(limit: limit)
      for hit in hits.shuffled(using: &random) { top.add(hit) }
      let sorted = hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
      #expect(top.sorted == Array(sorted.prefix(limit)), "seed \(seed), \(count) hits")
    }
  }

  @Test func inverseDocumentFrequencyFallsAndIsNeverNegative() {
    var last = Double.infinity
    for frequency in UInt64(1)...1000 {
      let idf = ResolvedWord.idf(documents: 1000, frequency: Double(frequency))
      #expect(idf > 0 && idf < last)
      last = idf
    }
    #expect(abs(ResolvedWord.idf(documents: 3, frequency: 1) - 0.980_829_253_011_726) < 1e-12)
  }

  @Test func lengthNormsAreTheFormula() {
    for (k1, b, average) in [(Float(1.2), Float(0.75), 10.0), (0.9, 0.4, 250), (2, 1, 1), (1.2, 0, 100)] {
      let found = LengthNorms.values(BM25(k1: k1, b: b), averageLength: average)
      #expect(found.count == 256)
      for code in UInt8.min...UInt8.max {
        let ratio = Double(LengthCode.decode(code)) / average
        let k = Double(k1) * (1 - Double(b) + Double(b) * ratio)
        #expect(abs(Double(found[Int(code)]) * k - 1) < 1e-5 || k < 1e-9)
      }
    }
  }

  @Test func lengthNormsStayFinite() {
    for ranking in [BM25(k1: 0, b: 0.75), BM25(k1: 0, b: 0), BM25(k1: 1.2, b: 1)] {
      let found = LengthNorms.values(ranking, averageLength: 50)
      #expect(found.allSatisfy { $0.isFinite && $0 > 0 })
      for code in 1..<found.count { #expect(found[code] <= found[code - 1]) }
    }
  }
}
