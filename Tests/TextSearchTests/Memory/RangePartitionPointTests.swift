import TestSupport
import Testing

@testable import TextSearch

/// Binary searches against a search from the first index on.
@Suite struct RangePartitionPointTests {
  @Test(arguments: [0, 1, 4, 7]) func stepsFindWhatAScanFinds(steps: Int) {
    for count in 0..<40 {
      for start in 0...count {
        for second in start...count + 1 {
          var calls = 0
          let found = (start..<count).partitionPoint(steps: steps) { index in
            calls += 1
            #expect((start..<count).contains(index))
            return index >= second
          }
          #expect(found == min(second, count))
          #expect((start..<count).partitionPoint { $0 >= second } == found)
          #expect(calls <= steps + 12, "\(start), \(count), \(second)")
        }
      }
    }
  }
}
