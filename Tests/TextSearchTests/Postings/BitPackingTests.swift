import TestSupport
import Testing

@testable import TextSearch

/// Packing of 128 integers at every width.
@Suite struct BitPackingTests {
  private func buffer(_ values: [UInt32]) -> GrowableBuffer<UInt32> {
    var buffer = GrowableBuffer<UInt32>()
    buffer.append(values.span)
    return buffer
  }

  private func unpacked(_ region: ByteRegion, at offset: Int, width: Int) throws(SearchError) -> [UInt32] {
    var values = GrowableBuffer<UInt32>()
    values.append(repeating: 0xAAAA_AAAA, count: BitPacking.blockSize)
    try BitPacking.unpack(region, at: offset, width: width, into: &values)
    var out: [UInt32] = []
    for index in 0..<values.count { out.append(values[index]) }
    return out
  }

  @Test(arguments: 0...32)
  func everyWidthMakesTheRoundTrip(width: Int) throws {
    var random = SeededRandom(seed: UInt64(100 + width))
    for round in 0..<4 {
      let mask = width == 32 ? UInt32.max : (1 << UInt32(width)) - 1
      let values = (0..<128).map { _ in round == 0 ? mask : UInt32(truncatingIfNeeded: random.next()) & mask }
      var writer = ByteWriter()
      writer.write(UInt8(7))
      BitPacking.pack(buffer(values), width: width, into: &writer)
      let count = writer.count
      #expect(count == 1 + BitPacking.byteCount(width: width))
      let region = try MappedBytes.region(writer)
      let found = try unpacked(region, at: 1, width: width)
      #expect(found == values, "seed \(100 + width)")
    }
  }

  @Test func layoutIsFourLanesSideBySide() {
    // Integer i stands in lane i % 4, row i / 4: at width 32 the bytes are the integers in order.
    var writer = ByteWriter()
    BitPacking.pack(buffer(Array(0..<128)), width: 32, into: &writer)
    let bytes = MappedBytes.array(writer)
    for index in 0..<128 { #expect(bytes[4 * index] == UInt8(index)) }
    // At width 1 lane l is word l, and row r is bit r.
    var bits = ByteWriter()
    BitPacking.pack(buffer((0..<128).map { $0 == 4 * 9 + 2 ? 1 : 0 }), width: 1, into: &bits)
    let single = MappedBytes.array(bits)
    #expect(single.enumerated().filter { $0.element != 0 }.map(\.offset) == [2 * 4 + 1])
    #expect(single[9] == 1 << 1)
  }

  @Test func truncatedInputIsAnError() throws {
    for width in 1...32 {
      let region = try MappedBytes.region([UInt8](repeating: 0xFF, count: BitPacking.byteCount(width: width)))
      for count in [0, 1, region.count / 2, region.count - 1] {
        let short = try region.slice(at: 0, count: count)
        #expect(throws: SearchError.self) { try unpacked(short, at: 0, width: width) }
      }
      #expect(throws: SearchError.self) { try unpacked(region, at: 1, width: width) }
      #expect(throws: SearchError.self) { try unpacked(region, at: Int.max - 3, width: width) }
    }
  }

  @Test func widthsAboveThirtyTwoAreErrors() throws {
    let region = try MappedBytes.region([UInt8](repeating: 0, count: 8192))
    for width in [33, 63, 64, 255] {
      #expect(throws: SearchError.self) { try unpacked(region, at: 0, width: width) }
    }
  }

  @Test func widthIsThatOfTheValue() {
    for width in 0...32 { #expect(BitPacking.width(of: width == 0 ? 0 : 1 << UInt32(width - 1)) == width) }
  }

  @Test(arguments: [UInt64(141), 142])
  func gapsAddUp(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for before in [UInt32.max, 0, 77, 1 << 30] {
      let gaps = (0..<128).map { _ in UInt32(random.integer(0...1 << 20)) }
      var sums = buffer(gaps)
      BitPacking.sumGaps(&sums, after: before)
      var last = before
      for index in 0..<128 {
        last = last &+ gaps[index] &+ 1
        #expect(sums[index] == last, "seed \(seed), \(index)")
      }
      BitPacking.increment(&sums)
      #expect(sums[127] == last &+ 1)
    }
  }
}
