import TestSupport
import Testing

@testable import TextSearch

/// Bit sets against sets.
@Suite struct DocumentSetTests {
  @Test(arguments: [0, 1, 63, 64, 65, 200]) func operationsAreThoseOfSets(limit: Int) {
    var random = SeededRandom(seed: UInt64(1101 + limit))
    func sample() -> Set<Int> { Set((0..<limit).filter { _ in random.integer(0...2) == 0 }) }
    func bits(_ set: Set<Int>) -> DocumentSet {
      set.reduce(into: DocumentSet(limit: limit)) { $0.insert($1) }
    }
    for _ in 0..<50 {
      let (a, b) = (sample(), sample())
      var (union, both, difference, inverse) = (bits(a), bits(a), bits(a), bits(a))
      union.formUnion(bits(b))
      both.formIntersection(bits(b))
      difference.subtract(bits(b))
      inverse.invert()
      #expect(union == bits(a.union(b)) && both == bits(a.intersection(b)) && difference == bits(a.subtracting(b)))
      #expect(inverse == bits(Set(0..<limit).subtracting(a)) && inverse.count == limit - a.count)
      let found = Array(bits(a))
      #expect(found == a.sorted() && (0..<limit).filter { bits(a).contains($0) } == found)
      var removed = bits(a)
      for document in b { removed.remove(document) }
      #expect(removed == difference)
      var kept = bits(a)
      kept.keep { b.contains($0) }
      #expect(kept == both)
    }
    #expect(DocumentSet(all: limit) == bits(Set(0..<limit)))
    var range = DocumentSet(limit: limit)
    range.insert(limit / 3..<limit)
    #expect(range == bits(Set(limit / 3..<limit)))
  }
}
