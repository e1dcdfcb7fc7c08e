import TestSupport
import Testing

@testable import TextSearch

/// Writing and reading of numbers and texts, on intact and on damaged bytes.
@Suite struct ByteCodingTests {
  @Test(arguments: [UInt64(81), 82])
  func variableNumbersMakeTheRoundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var values: [UInt64] = [0, 1, 127, 128, 16_383, 16_384, UInt64(UInt32.max), 1 << 63, .max, .max - 1]
    for _ in 0..<2000 { values.append(random.next() >> UInt64(random.integer(0...63))) }
    var writer = ByteWriter(capacity: 1)
    for value in values { writer.writeVariable(value) }
    var reader = ByteReader(try MappedBytes.region(writer))
    for value in values { #expect(try reader.readVariable() == value, "seed \(seed)") }
    #expect(reader.isAtEnd)
    #expect(throws: SearchError.self) { try ByteReader(reader.region, at: reader.offset).readOne() }
  }

  @Test func fixedNumbersAreLittleEndian() throws {
    var writer = ByteWriter()
    writer.write(UInt8(0x01))
    writer.write(UInt16(0x0302))
    writer.write(UInt32(0x0706_0504))
    writer.write(UInt64(0x0F0E_0D0C_0B0A_0908))
    #expect(MappedBytes.array(writer) == Array(1...15))
    var reader = ByteReader(try MappedBytes.region(writer))
    #expect(try reader.read(UInt8.self) == 0x01)
    #expect(try reader.read(UInt16.self) == 0x0302)
    #expect(try reader.read(UInt32.self) == 0x0706_0504)
    #expect(try reader.read(UInt64.self) == 0x0F0E_0D0C_0B0A_0908)
    #expect(reader.isAtEnd)
  }

  @Test func textsMakeTheRoundTrip() throws {
    let texts = ["", "a", "đối ngoại", String(repeating: "é", count: 1000), "\u{0}"]
    var writer = ByteWriter()
    for text in texts { writer.writeString(text) }
    writer.pad(to: 64)
    #expect(writer.count % 64 == 0)
    var reader = ByteReader(try MappedBytes.region(writer))
    for text in texts { #expect(try reader.readString() == text) }
  }

  @Test(arguments: [
    [UInt8](repeating: 0xFF, count: 9) + [0x02], [UInt8](repeating: 0x80, count: 10) + [0x01],
    [UInt8](repeating: 0xFF, count: 20), [0x80], [0xFF, 0xFF], [],
  ])
  func damagedVariableNumbersAreErrors(bytes: [UInt8]) throws {
    let region = try MappedBytes.region(bytes)
    #expect(throws: SearchError.self) { try ByteReader(region).readOne() }
  }

  @Test func numbersTooLargeForTheirPlaceAreErrors() throws {
    var writer = ByteWriter()
    writer.writeVariable(UInt64.max)
    let region = try MappedBytes.region(writer)
    #expect(throws: SearchError.self) {
      var reader = ByteReader(region)
      _ = try reader.readCount()
    }
    #expect(throws: SearchError.self) {
      var reader = ByteReader(region)
      _ = try reader.readUInt32()
    }
    #expect(throws: SearchError.self) {
      var reader = ByteReader(region)
      _ = try reader.readString()
    }
  }

  @Test func randomBytesNeverTrap() throws {
    var random = SeededRandom(seed: 83)
    var errors = 0
    for _ in 0..<300 {
      let region = try MappedBytes.region((0..<random.integer(0...40)).map { _ in UInt8(random.integer(0...255)) })
      var reader = ByteReader(region)
      do {
        while !reader.isAtEnd {
          switch random.integer(0...4) {
          case 0: _ = try reader.readVariable()
          case 1: _ = try reader.readString()
          case 2: _ = try reader.read(UInt64.self)
          case 3: _ = try reader.readUInt32()
          default: try reader.skip(try reader.readCount())
          }
        }
      } catch {
        guard case .corrupt = error else {
          Issue.record("seed 83, \(error)")
          continue
        }
        errors += 1
      }
    }
    #expect(errors > 100)
  }

  @Test func regionsRefuseWhatLiesOutside() throws {
    let region = try MappedBytes.region(Array(0..<10))
    for (offset, count) in [(0, 11), (10, 1), (-1, 1), (5, -1), (Int.max, 1), (1, Int.max), (11, 0)] {
      #expect(throws: SearchError.self) { try region.check(offset, count) }
      #expect(throws: SearchError.self) { try region.array(at: offset, count: count) }
      #expect(throws: SearchError.self) { try region.slice(at: offset, count: count) }
    }
    #expect(throws: SearchError.self) { try region.slice(at: UInt64.max, count: UInt64(1)) }
    #expect(throws: SearchError.self) { try region.slice(at: UInt64(1), count: UInt64.max) }
    #expect(throws: SearchError.self) { try region.load(at: 3, as: UInt64.self) }
    #expect(try region.slice(at: 10, count: 0).count == 0)
    #expect(try region.slice(at: 2, count: 3).array(at: 0, count: 3) == [2, 3, 4])
    #expect(try ByteRegion.empty.array(at: 0, count: 0) == [])
  }

  @Test func errorsNameSectionAndPlace() throws {
    let region = try MappedBytes.region(Array(0..<10)).named("keys").slice(at: 4, count: 6)
    #expect(
      throws: SearchError.corrupt(file: "", section: "keys", offset: 9, reason: "4 bytes wanted, section has 6")
    ) { try region.load(at: 5, as: UInt32.self) }
  }

  @Test func comparisonIsByUnsignedBytes() throws {
    let region = try MappedBytes.region([1, 2, 0xFF])
    #expect(try region.compare(at: 0, count: 3, with: [1, 2, 0xFF].span) == 0)
    #expect(try region.compare(at: 0, count: 3, with: [1, 2, 0x7F].span) > 0)
    #expect(try region.compare(at: 0, count: 2, with: [1, 2, 0].span) < 0)
    #expect(try region.compare(at: 0, count: 3, with: [UInt8]().span) > 0)
  }
}

extension ByteReader {
  /// Reads one number of a reader that is thrown away.
  fileprivate func readOne() throws(SearchError) -> UInt64 {
    var copy = self
    return try copy.readVariable()
  }
}
