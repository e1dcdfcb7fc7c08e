import TestSupport
import Testing

@testable import TextSearch

/// Blocks with exceptions, and the bit codes of what is left over.
@Suite struct PatchedPackingTests {
  private func buffer(_ values: [UInt32]) -> GrowableBuffer<UInt32> {
    var buffer = GrowableBuffer<UInt32>()
    buffer.append(values.span)
    return buffer
  }

  private func unpacked(_ region: ByteRegion) throws(SearchError) -> (values: [UInt32], end: Int) {
    var values = GrowableBuffer<UInt32>()
    values.append(repeating: 0xAAAA_AAAA, count: BitPacking.blockSize)
    let end = try PatchedPacking.unpack(region, at: 0, into: &values)
    return ((0..<values.count).map { values[$0] }, end)
  }

  /// Mostly small values, some large ones, at every scale.
  private func blocks(_ random: inout SeededRandom) -> [[UInt32]] {
    var blocks: [[UInt32]] = [
      [UInt32](repeating: 0, count: 128), [UInt32](repeating: .max, count: 128),
      (0..<128).map { $0 == 127 ? .max : 0 },
    ]
    for low in 0...32 {
      for _ in 0..<6 {
        let share = random.integer(1...40)
        blocks.append(
          (0..<128).map { _ in
            let width = random.integer(0...share) == 0 ? random.integer(low...32) : low
            return width == 0 ? 0 : UInt32(truncatingIfNeeded: random.next()) >> UInt32(32 - width)
          })
      }
    }
    return blocks
  }

  @Test(arguments: [UInt64(231), 232])
  func blocksMakeTheRoundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for values in blocks(&random) {
      var writer = ByteWriter()
      var bits = BitWriter()
      let buffer = buffer(values)
      PatchedPacking.write(buffer, &bits, into: &writer)
      let layout = PatchedPacking.layout(of: buffer)
      let region = try MappedBytes.region(writer)
      let found = try unpacked(region)
      #expect(found.values == values && found.end == region.count, "seed \(seed), \(layout)")
      #expect(try PatchedPacking.end(region, at: 0) == region.count)
      let widest = values.map { BitPacking.width(of: $0) }.max() ?? 0
      #expect(region.count == layout.total && layout.total <= 2 + BitPacking.byteCount(width: widest))
    }
  }

  @Test func theLayoutIsTheSmallestOfAll() {
    var random = SeededRandom(seed: 233)
    for values in blocks(&random) {
      let widths = values.map { BitPacking.width(of: $0) }
      let widest = widths.max() ?? 0
      let totals = (0...widest).compactMap { width -> Int? in
        let exceptions = widths.count { $0 > width }
        guard exceptions <= PatchedPacking.maximumExceptions else { return nil }
        return PatchedPacking.Layout(
          width: width, exceptions: exceptions, high: exceptions > 0 ? widest - width : 0
        ).total
      }
      let layout = PatchedPacking.layout(of: buffer(values))
      #expect(layout.total == totals.min())
    }
  }

  @Test func damagedBlocksAreErrorsOrOtherValues() throws {
    var random = SeededRandom(seed: 234)
    var outcomes = 0
    var tried = 0
    for values in blocks(&random).prefix(60) {
      var writer = ByteWriter()
      var bits = BitWriter()
      PatchedPacking.write(buffer(values), &bits, into: &writer)
      let bytes = MappedBytes.array(writer)
      for count in [0, 1, 2, bytes.count / 2, bytes.count - 1] where count < bytes.count {
        tried += 1
        let short = try MappedBytes.region(Array(bytes.prefix(count)))
        // A block of one byte less may lack only bits that are zero anyway.
        do { if try unpacked(short).end > count { outcomes += 1 } } catch { outcomes += 1 }
      }
      for _ in 0..<40 {
        tried += 1
        var damaged = bytes
        damaged[random.integer(0...bytes.count - 1)] ^= UInt8(random.integer(1...255))
        do {
          outcomes += try unpacked(try MappedBytes.region(damaged)).values.count == 128 ? 1 : 0
        } catch is SearchError { outcomes += 1 }
      }
    }
    #expect(outcomes == tried)
  }

  @Test(arguments: [UInt64(235), 236])
  func bitCodesMakeTheRoundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for parameter in [0, 1, 5, 17, 30, 31] {
      let values = (0..<300).map { _ in UInt32(truncatingIfNeeded: random.next()) >> UInt32(random.integer(0...31)) }
      var bits = BitWriter()
      for value in values {
        bits.writeRice(value, parameter: parameter)
        bits.writeGamma(max(1, value))
      }
      var writer = ByteWriter()
      bits.flush(into: &writer)
      let region = try MappedBytes.region(writer)
      var reader = BitReader(region, at: 0)
      for value in values {
        #expect(try reader.readRice(parameter: parameter) == value, "seed \(seed), \(parameter)")
        #expect(try reader.readGamma() == max(1, value), "seed \(seed), \(parameter)")
      }
      #expect(throws: SearchError.self) { for _ in 0..<9 { _ = try reader.readGamma() } }
    }
  }

  @Test func theBestRiceParameterIsNearThatOfTheMean() {
    var random = SeededRandom(seed: 237)
    for width in 0...28 {
      let values = (0..<100).map { _ in UInt32(random.integer(0...(1 << width) - 1)) }
      let best = RiceParameter.best(for: buffer(values))
      #expect(abs(best - max(0, width - 1)) <= 2, "width \(width), parameter \(best)")
    }
  }

  @Test(arguments: [0, 8])
  func singleValuesAreThoseOfTheBlock(padding: Int) throws {
    var random = SeededRandom(seed: 233)
    for values in blocks(&random) {
      var writer = ByteWriter()
      var bits = BitWriter()
      PatchedPacking.write(buffer(values), &bits, into: &writer)
      let end = writer.count
      // What follows lets exceptions be read eight bytes at a time.
      for _ in 0..<padding { writer.write(UInt8.max) }
      let region = try MappedBytes.region(writer)
      let found = try unpacked(region)
      #expect(found.values == values && found.end == end)
      for index in 0..<BitPacking.blockSize {
        #expect(try PatchedPacking.value(region, at: 0, index) == values[index])
      }
    }
  }
}
