import TestSupport
import Testing

@testable import TextSearch

@Suite struct TitleTableTests {
  private func table(_ entries: [(UInt64, UInt32)], documents: Int) throws -> TitleTable {
    var writer = TitleTableWriter()
    for (hash, document) in entries { writer.add(hash, document: document) }
    var section = ByteWriter()
    try writer.write(to: &section)
    return try TitleTable(try MappedBytes.region(section), documents: documents)
  }

  @Test(arguments: [0, 1, 2, 300, 5000])
  func lookUpsEqualAFilter(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count) + 1)
    // Few hashes, so that titles are equal, and some without one.
    let hashes = (0..<max(1, count / 3)).map { _ in UInt64(random.integer(0...(1 << 40 - 1))) }
    let titles = (0..<count).map { _ in random.integer(0...9) == 0 ? TitleTable.none : random.pick(hashes) }
    let entries = titles.enumerated().map { ($0.element, UInt32($0.offset)) }
    let table = try table(entries.reversed(), documents: count)
    #expect(table.count == titles.count { $0 != TitleTable.none })
    for hash in hashes + [0, 1, 1 << 40 - 1, TitleTable.none] {
      let expected = entries.filter { $0.0 == hash && hash != TitleTable.none }.map(\.1)
      #expect(try table.documents(withHash: hash) == expected)
    }
    var walked: [UInt32] = []
    for group in 0..<TitleTable.groups {
      try table.forEach(inGroup: group) { hash, document in
        #expect(titles[Int(document)] == hash)
        walked.append(document)
      }
    }
    #expect(walked.sorted() == entries.filter { $0.0 != TitleTable.none }.map(\.1))
  }

  @Test func damagedBytesAreOneTypedError() throws {
    var writer = TitleTableWriter()
    for document in UInt32(0)..<40 { writer.add(UInt64(document % 13) << 33 | 7, document: document) }
    var section = ByteWriter()
    try writer.write(to: &section)
    let bytes = (0..<section.count).map { section.bytes[$0] }
    for offset in bytes.indices {
      for value in [UInt8(0), 0x7F, 0xFF] {
        var damaged = bytes
        damaged[offset] = value
        do {
          let table = try TitleTable(try MappedBytes.region(damaged), documents: 40)
          for hash in UInt64(0)..<13 { #expect(try table.documents(withHash: hash << 33 | 7).allSatisfy { $0 < 40 }) }
          for group in 0..<TitleTable.groups { try table.forEach(inGroup: group) { #expect($1 < 40) } }
        } catch let error as SearchError {
          guard case .corrupt = error else {
            Issue.record("\(error)")
            continue
          }
        }
      }
    }
    for count in bytes.indices.dropFirst() {
      #expect(throws: SearchError.self) {
        try TitleTable(try MappedBytes.region(Array(bytes[..<count])), documents: 40)
      }
    }
  }
}
