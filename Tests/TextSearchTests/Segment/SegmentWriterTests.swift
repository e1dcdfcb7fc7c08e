import TestSupport
import Testing

@testable import TextSearch

/// Sections that are written piece by piece.
@Suite struct SegmentWriterTests {
  @Test(arguments: [UInt64(571), 572, 573])
  func piecesMakeTheSectionThatTheWholeMakes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let whole = (0..<random.integer(0...700_000)).map { _ in UInt8.random(in: 0...255, using: &random) }
    var one = try SegmentWriter(creating: folder.path + "/one", documents: 0, fingerprint: 1, schema: 2)
    try one.write(.postings, whole.span)
    try one.write(.keys, whole.span.extracting(0..<min(5, whole.count)))
    _ = try one.finish()
    var many = try SegmentWriter(creating: folder.path + "/many", documents: 0, fingerprint: 1, schema: 2)
    try many.begin(.postings)
    var start = 0
    while start < whole.count {
      let end = min(whole.count, start + random.pick([0, 1, 31, 32, 100, 5000, 131_072, 300_000]))
      try many.append(whole.span.extracting(start..<end))
      start = end
    }
    try many.end()
    try many.write(.keys, whole.span.extracting(0..<min(5, whole.count)))
    _ = try many.finish()
    let (left, right) = (try MappedFile(folder.path + "/one").bytes, try MappedFile(folder.path + "/many").bytes)
    #expect(try left.array(at: 0, count: left.count) == right.array(at: 0, count: right.count), "seed \(seed)")
  }
}
