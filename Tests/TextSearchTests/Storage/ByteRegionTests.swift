import TestSupport
import Testing

@testable import TextSearch

/// Offsets that damaged bytes name, however large.
@Suite struct ByteRegionTests {
  @Test(arguments: [0, 1, 7, Int.max - 1, Int.max, -1, Int.min])
  func damagedOffsetsAreReportedWithoutATrap(offset: Int) throws {
    let whole = OwnedBytes.region([UInt8](0..<16).span, section: "test")
    let region = try whole.slice(at: 8, count: 8)
    let (sum, overflows) = (8 as Int).addingReportingOverflow(offset)
    let expected = overflows ? Int.max : max(0, sum)
    guard case .corrupt(_, "test", expected, "damage") = region.corrupt(at: offset, "damage") else {
      Issue.record("\(region.corrupt(at: offset, "damage"))")
      return
    }
    #expect(throws: SearchError.self) { try region.slice(at: offset, count: 9) }
    #expect(throws: SearchError.self) { try region.slice(at: UInt64.max - UInt64(bitPattern: Int64(offset)), count: 9) }
  }
}
