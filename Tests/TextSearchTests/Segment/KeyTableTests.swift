import TestSupport
import Testing

@testable import TextSearch

/// The keys of a segment against the array that they were written from.
@Suite struct KeyTableTests {
  /// Keys with long common prefixes, some of them no UTF-8.
  private func keys(_ count: Int, _ random: inout SeededRandom) -> [[UInt8]] {
    var keys: Set<[UInt8]> = []
    while keys.count < count {
      let folder = String(repeating: "archives/", count: random.integer(0...9))
      let last: UInt8 = random.integer(0...9) == 0 ? 0xFF : 0x7A
      keys.insert(
        Array(folder.utf8) + (0..<random.integer(0...12)).map { _ in UInt8(random.integer(97...99)) } + [last])
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func parts(_ keys: [[UInt8]]) -> [[UInt8]] {
    var writer = KeyTableWriter()
    for key in keys { writer.add(key) }
    return [MappedBytes.array(writer.keys), MappedBytes.array(writer.index())]
  }

  private func table(_ parts: [[UInt8]], _ count: Int) throws -> KeyTable {
    try KeyTable(keys: try MappedBytes.region(parts[0]), index: try MappedBytes.region(parts[1]), documents: count)
  }

  @Test(arguments: [1, 32, 33, 400])
  func keysAndTextsAreThoseWritten(count: Int) throws {
    let seed = UInt64(350 + count)
    var random = SeededRandom(seed: seed)
    let keys = keys(count, &random)
    let table = try table(parts(keys), count)
    for (rank, key) in keys.enumerated() {
      #expect(try table.key(rank) == key, "seed \(seed), \(rank)")
      #expect(try table.text(rank) == String(decoding: key, as: UTF8.self), "seed \(seed), \(rank)")
      #expect(try table.rank(of: key) == UInt32(rank), "seed \(seed), \(rank)")
    }
  }

  /// Damaged bytes make the error, or the key, that reading step by step makes.
  @Test(arguments: [UInt64(351), 352])
  func damagedKeysAreReadAsStepByStep(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let count = 100
    let whole = parts(keys(count, &random))
    for _ in 0..<200 {
      var damaged = whole
      damaged[0][random.integer(0...damaged[0].count - 1)] ^= UInt8(random.integer(1...255))
      let table = try table(damaged, count)
      for rank in 0..<count {
        let text = try? table.text(rank)
        let key = try? table.key(rank)
        #expect(text == key.map { String(decoding: $0, as: UTF8.self) }, "seed \(seed), \(rank)")
      }
    }
  }
}
