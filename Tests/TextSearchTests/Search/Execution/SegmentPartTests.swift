import TestSupport
import Testing

@testable import TextSearch

@Suite struct SegmentPartTests {
  @Test(arguments: [0, 1, 63, 64, 500, 4095, 70_000, 1_000_000], [1, 2, 3, 64])
  func partsCoverTheSegmentOnce(documents: Int, threads: Int) {
    for minimum in [1, 64, 65_536] {
      let parts = SegmentPart.parts(of: 7, documents: documents, parts: threads, minimum: minimum)
      #expect(parts.first?.documents.lowerBound == 0 && parts.last?.documents.upperBound == documents)
      #expect((1...threads).contains(parts.count))
      for (part, next) in zip(parts, parts.dropFirst()) {
        #expect(part.documents.upperBound == next.documents.lowerBound)
        #expect(next.documents.lowerBound % TreeSearch.windowSize(documents) == 0)
      }
      #expect(parts.allSatisfy { $0.segment == 7 && (!$0.documents.isEmpty || documents == 0) })
    }
  }

  @Test func largePartsAreAboutEqual() {
    let parts = SegmentPart.parts(of: 0, documents: 1_000_000, parts: 4, minimum: 65_536)
    #expect(parts.count == 4 && parts.allSatisfy { abs($0.documents.count - 250_000) < 2 * 4096 })
    #expect(SegmentPart.parts(of: 0, documents: 131_071, parts: 4, minimum: 65_536).count == 1)
  }
}
