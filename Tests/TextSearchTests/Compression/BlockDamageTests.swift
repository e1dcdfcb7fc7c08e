import TestSupport
import Testing

@testable import TextSearch

/// Damaged blocks throw or give other bytes; they never trap and never reach beyond their memory.
@Suite struct BlockDamageTests {
  private static func text(_ random: inout SeededRandom) -> [UInt8] {
    Array((RandomDocuments.text(&random, maximum: 120) + RandomText.text(&random, maximum: 60)).utf8)
  }

  /// Decodes; whether that threw. Errors of other kinds, and results of another size than the head says, fail.
  private static func throwsError(_ block: [UInt8]) -> Bool {
    do {
      let bytes = try BlockTests.decompress(block)
      #expect(bytes.count == Int(block[1]) + Int(block[2]) << 8)
      return false
    } catch {
      guard case .corrupt(_, "documents", _, _) = error else {
        Issue.record("\(error)")
        return true
      }
      return true
    }
  }

  @Test(arguments: StoredCompression.allCases)
  func `every truncation is an error`(way: StoredCompression) {
    var random = SeededRandom(seed: 451)
    for _ in 0..<4 {
      let block = BlockTests.compress(BlockDamageTests.text(&random), way)
      for count in block.indices {
        #expect(BlockDamageTests.throwsError(Array(block.prefix(count))), "seed 451, \(count) of \(block.count) bytes")
      }
    }
  }

  @Test(arguments: StoredCompression.allCases)
  func `no changed byte traps`(way: StoredCompression) {
    var random = SeededRandom(seed: 452)
    var errors = 0
    for _ in 0..<4 {
      let block = BlockTests.compress(BlockDamageTests.text(&random), way)
      for offset in block.indices {
        for change: UInt8 in [0x01, 0x02, 0x10, 0x80, 0xFF, UInt8(random.integer(1...255))] {
          var damaged = block
          damaged[offset] ^= change
          if BlockDamageTests.throwsError(damaged) { errors += 1 }
        }
      }
    }
    #expect(errors > 50)
  }

  @Test(arguments: [UInt64(453), 454])
  func `random bytes never trap`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var errors = 0
    for number in 0..<4000 {
      var block = (0..<random.integer(3...300)).map { _ in UInt8(random.integer(0...255)) }
      block[0] = UInt8(1 + number % 2)
      block[2] = UInt8(random.integer(0...0x80))
      if number % 3 == 0 { block += [UInt8](repeating: block[3 % block.count], count: 500) }
      if BlockDamageTests.throwsError(block) { errors += 1 }
    }
    #expect(errors > 2000, "seed \(seed)")
  }
}
