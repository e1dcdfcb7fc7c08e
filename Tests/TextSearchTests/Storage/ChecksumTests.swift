import Testing

@testable import TextSearch

/// XXH64 against its published values and an independent implementation.
@Suite struct ChecksumTests {
  private func checksum(_ bytes: [UInt8]) -> UInt64 { Checksum.of(bytes.span) }

  @Test(arguments: [
    ("", UInt64(0xEF46_DB37_51D8_E999)), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
  ])
  func publishedValues(text: String, expected: UInt64) {
    let found = checksum(Array(text.utf8))
    #expect(found == expected)
  }

  /// Byte i is (7 i + 3) mod 256; values by python-xxhash.
  @Test(arguments: [
    (1, UInt64(0x1F25_C8D0_BC1F_4BB6)), (3, 0x31D2_363F_52E5_64C9), (4, 0x9BB6_4B7D_66EE_9FDA),
    (7, 0x9A7B_1499_59CE_60D8),
    (8, 0xDAB9_9D95_C6F9_0092), (12, 0xD52E_4078_33AF_5133), (31, 0xA2AA_5F33_CC4A_6119), (32, 0x23C3_C17E_F790_FD97),
    (33, 0x50A7_CFC7_BA58_8784), (63, 0x5E3E_54B4_31C7_493C), (64, 0x0EB6_4B3E_F6EE_B01F), (100, 0xA61F_8D4C_170F_E531),
    (101, 0xBAD4_D3BF_033B_DA4C), (1000, 0x5F23_5FA0_33F1_A3FB),
  ])
  func longerValues(count: Int, expected: UInt64) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
    let found = checksum(bytes)
    #expect(found == expected)
  }

  @Test func everyChangeOfOneByteChangesIt() {
    var bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 * 13 + 1) }
    let original = checksum(bytes)
    var unseen: [Int] = []
    for index in bytes.indices {
      for change in UInt8(1)...255 {
        bytes[index] ^= change
        if checksum(bytes) == original { unseen.append(index) }
        bytes[index] ^= change
      }
    }
    #expect(unseen.isEmpty)
  }
}
