import TestSupport
import Testing

@testable import TextSearch

/// Lengths in one byte, and columns of integers.
@Suite struct LengthCodeTests {
  @Test func lengthsToFortyAreExact() {
    for length in 0...LengthCode.exact { #expect(LengthCode.decode(LengthCode.encode(length)) == length) }
    #expect(LengthCode.encode(-1) == 0)
  }

  @Test func codesRiseWithTheLength() {
    var last: UInt8 = 0
    for length in 0...200_000 {
      let code = LengthCode.encode(length)
      if code < last { Issue.record("falls at \(length)") }
      last = code
    }
    for code in 1..<LengthCode.lengths.count { #expect(LengthCode.lengths[code] >= LengthCode.lengths[code - 1]) }
    #expect(LengthCode.lengths.count == 256)
    #expect(LengthCode.lengths[255] > 1 << 30)
  }

  @Test func decodedLengthsAreNeverMoreAndAlmostAsMuch() {
    var random = SeededRandom(seed: 401)
    for _ in 0..<20_000 {
      let length = Int(random.next() >> UInt64(random.integer(33...63)))
      let decoded = LengthCode.decode(LengthCode.encode(length))
      #expect(decoded <= length, "seed 401, \(length)")
      #expect(Double(length - decoded) < 0.1 * Double(max(1, length)), "seed 401, \(length)")
    }
  }

  @Test func encodingADecodedLengthChangesNothing() {
    for code in UInt8.min...UInt8.max {
      let length = LengthCode.decode(code)
      #expect(LengthCode.decode(LengthCode.encode(length)) == length)
    }
  }

  @Test(arguments: [
    (UInt64(0), 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (1 << 32 - 1, 4), (1 << 32, 8), (.max, 8),
  ])
  func columnsTakeTheWidthOfTheirLargestValue(maximum: UInt64, width: Int) throws {
    var random = SeededRandom(seed: 402)
    var values = (0..<50).map { _ in maximum == 0 ? 0 : random.next() % maximum }
    values.append(maximum)
    var writer = ByteWriter()
    writer.write(UInt8(9))
    Column.write(values, to: &writer)
    writer.write(UInt8(9))
    let region = try MappedBytes.region(writer)
    #expect(region.count == 3 + 51 * width)
    var offset = 1
    let column = try Column(region, at: &offset, count: 51)
    #expect(offset == region.count - 1)
    #expect(try values.indices.map { try column.value(at: $0) } == values)
    #expect(throws: SearchError.self) { try column.value(at: 51) }
  }

  @Test func emptyAndDamagedColumns() throws {
    var writer = ByteWriter()
    Column.write([], to: &writer)
    let empty = try MappedBytes.region(writer)
    var offset = 0
    _ = try Column(empty, at: &offset, count: 0)
    #expect(offset == 1)
    for bytes in [[], [0], [3, 1, 2, 3], [16], [2, 1], [1]] as [[UInt8]] {
      let region = try MappedBytes.region(bytes)
      #expect(throws: SearchError.self) {
        var offset = 0
        _ = try Column(region, at: &offset, count: 1)
      }
    }
  }
}
