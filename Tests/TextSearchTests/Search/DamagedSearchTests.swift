import TestSupport
import Testing

@testable import TextSearch

/// Every way of searching lists of many blocks, over several windows, with damaged bytes: errors or other hits, never a trap.
@Suite struct DamagedSearchTests {
  private static let words = [
    ("tous", 1), ("moitie", 2), ("tiers", 3), ("dân", 4), ("dan", 6), ("đối", 3), ("rare", 90),
  ]
  private static let queries: [Query] = [
    .words("moitie tiers"), .words("doi dan moitie"), .words("tous rare"), .phrase("moitie tiers"),
    .phrase("doi dan"), .words("tiers diplomates"),
    .group([.should(.phrase("moitie tiers")), .should(.words("tous dan")), .should(.phrase("doi dan"))]),
    .group([.should(.prefix("t")), .should(.fuzzy("moitie", distance: 1)), .should(.words("tiers moitei"))]),
  ]
  /// Last documents that a block may claim to end at.
  private static let claims: [UInt32] = [0, 1, 8191, 8192, 8999, 9000, UInt32(Int32.max), .max - 1, .max]

  private func index(_ random: inout SeededRandom) throws -> TestIndex {
    let index = try TestIndex()
    let documents = (0..<9000).map { number in
      var body = random.integer(0...5) == 0 ? random.pick(["diplomate ", "diplomates "]) : ""
      for (word, share) in Self.words where random.integer(1...share) == 1 {
        body += String(repeating: word + " ", count: random.integer(0...9) == 0 ? random.integer(2...300) : 1)
      }
      return Document(key: "d\(10_000 + number)", body: body)
    }
    try index.build(documents, IndexOptions(storedFields: []))
    return index
  }

  private func options(_ random: inout SeededRandom) -> SearchOptions {
    var options = SearchOptions(
      limit: random.pick([0, 1, 10, 500]), requiresAllWords: random.integer(0...1) == 0, makesSnippets: false)
    options.countLimit = random.pick([0, 3, .max])
    if random.integer(0...1) == 0 { options.adjacency = .off }
    return options
  }

  /// The range of a section's bytes in the file.
  private func range(of section: SegmentLayout.Section, in bytes: [UInt8], _ path: String) throws -> Range<Int>? {
    let own = try Segment(path).bytes(of: section)
    let start = stride(from: 0, to: bytes.count - own.count, by: SegmentLayout.alignment).first { start in
      bytes[start..<start + own.count].elementsEqual(own)
    }
    return start.map { $0..<$0 + own.count }
  }

  /// Changes bytes of a section; of skip entries also complete last documents.
  private func damage(_ bytes: inout [UInt8], _ section: Range<Int>, isSkipEntries: Bool, _ random: inout SeededRandom)
  {
    for _ in 0..<random.pick([1, 2, 30]) {
      let offset = random.integer(section.lowerBound...section.upperBound - 1)
      guard isSkipEntries, random.integer(0...1) == 0 else {
        bytes[offset] = random.pick([0, 0x7F, 0xFF, UInt8(random.integer(0...255))])
        continue
      }
      let start = min(offset & ~3, section.upperBound - 4)
      let claim = random.pick(Self.claims)
      for byte in 0..<4 { bytes[start + byte] = UInt8(truncatingIfNeeded: claim >> UInt32(8 * byte)) }
    }
  }

  @Test(arguments: [
    SegmentLayout.Section.blocks, .postings, .positions, .codes, .forms, .lengths, .terms, .termIndex, .keyIndex,
    .neighbours, .pairFrequencies,
  ])
  func damagedSectionsNeverTrap(section: SegmentLayout.Section) throws {
    var random = SeededRandom(seed: 651)
    let index = try index(&random)
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    let range = try #require(try range(of: section, in: bytes, index.path + "/" + name))
    var searches = 0
    for _ in 0..<LongTests.choose(400, else: section == .blocks ? 24 : 6) {
      var damaged = bytes
      damage(&damaged, range, isSkipEntries: section == .blocks, &random)
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(damaged, to: name)
      for query in Self.queries {
        let options = options(&random)
        do throws(SearchError) {
          let results = try index.open().search(query, options)
          #expect(results.hits.count <= options.limit)
        } catch {
          guard case .corrupt = error else {
            Issue.record("\(section.name): \(error)")
            continue
          }
        }
        searches += 1
      }
    }
    #expect(searches > 0)
  }
}
