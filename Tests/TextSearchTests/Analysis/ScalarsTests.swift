import TestSupport
import Testing

@testable import TextSearch

/// UTF-8 decoding against the standard library's.
@Suite struct ScalarsTests {
  private func decodeAll(_ bytes: [UInt8]) -> (scalars: [UInt32], counts: [Int]) {
    let span = bytes.span
    var index = 0
    var scalars: [UInt32] = []
    var counts: [Int] = []
    while index < span.count {
      let (scalar, count) = Scalars.decode(span, at: index)
      scalars.append(scalar)
      counts.append(count)
      index += count
    }
    return (scalars, counts)
  }

  @Test func everyScalarMakesTheRoundTrip() {
    var wrong: [UInt32] = []
    var bytes: [UInt8] = []
    for value in UInt32(0)..<0x11_0000 where Unicode.Scalar(value) != nil {
      bytes.removeAll(keepingCapacity: true)
      Scalars.append(value, to: &bytes)
      let (scalar, count) = Scalars.decode(bytes.span, at: 0)
      if scalar != value || count != bytes.count { wrong.append(value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func appendedBytesAreThoseOfTheStandardLibrary() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<2000 {
      guard let scalar = Unicode.Scalar(UInt32(random.integer(0...0x10_FFFF))) else { continue }
      var bytes: [UInt8] = []
      Scalars.append(scalar.value, to: &bytes)
      #expect(bytes == Array(String(Character(scalar)).utf8))
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func malformedSequencesReadAsTheStandardLibraryReadsThem(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    // Bytes that begin, continue and spoil sequences, so that near misses are frequent.
    let likely: [UInt8] = [
      0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
    ]
    for _ in 0..<3000 {
      let count = random.integer(0...12)
      let bytes = (0..<count).map { _ in
        random.integer(0...3) == 0 ? UInt8(random.integer(0...255)) : random.pick(likely)
      }
      let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
      #expect(decodeAll(bytes).scalars == expected, "seed \(seed), bytes \(bytes)")
    }
  }

  @Test func everyTwoBytesReadAsTheStandardLibraryReadsThem() {
    var wrong: [[UInt8]] = []
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let expected = String(decoding: [first, second], as: UTF8.self).unicodeScalars.map(\.value)
        if decodeAll([first, second]).scalars != expected { wrong.append([first, second]) }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func lengthsCoverTheText() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<500 {
      let bytes = RandomText.damagedBytes(&random, maximum: 10)
      #expect(decodeAll(bytes).counts.reduce(0, +) == bytes.count, "seed 12, bytes \(bytes)")
    }
  }
}
