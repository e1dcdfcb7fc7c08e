import TestSupport
import Testing

@testable import TextSearch

/// Heaps that sequences are merged by.
@Suite struct MergeOrderTests {
  @Test func theOrderOfHeadsIsThatOfTheirBytes() {
    var random = SeededRandom(seed: 483)
    for _ in 0..<30 {
      let sequences = (0..<random.integer(1...9)).map { _ in
        (0..<random.integer(0...20)).map { _ in
          (0..<random.integer(0...3)).map { _ in UInt8(random.integer(97...99)) }
        }.sorted { $0.lexicographicallyPrecedes($1) }
      }
      var order = MergeOrder(sequences: sequences.count)
      var next = [Int](repeating: 0, count: sequences.count)
      func push(_ sequence: Int) {
        guard next[sequence] < sequences[sequence].count else { return }
        order.push(sequence, sequences[sequence][next[sequence]])
        next[sequence] += 1
      }
      for sequence in sequences.indices { push(sequence) }
      var merged: [[UInt8]] = []
      while !order.isEmpty {
        merged.append(order.head(order.first))
        push(order.pop())
      }
      #expect(merged == sequences.joined().sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test func numbersComeInTheirOrder() {
    var random = SeededRandom(seed: 484)
    for _ in 0..<30 {
      var heap = NumberHeap()
      var expected: [UInt64] = []
      for _ in 0..<random.integer(0...60) {
        if random.integer(0...2) > 0 {
          expected.append(UInt64(random.integer(0...40)))
          heap.push(expected[expected.count - 1])
          expected.sort()
        } else if let first = heap.first {
          #expect(first == expected.removeFirst() && heap.pop() == first, "seed 484")
        }
      }
      while heap.first != nil { #expect(heap.pop() == expected.removeFirst(), "seed 484") }
      #expect(expected.isEmpty)
    }
  }
}
