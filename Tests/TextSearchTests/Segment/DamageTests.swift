import TestSupport
import Testing

@testable import TextSearch

/// Damaged, missing and foreign files throw typed errors, never a trap.
@Suite struct DamageTests {
  private static let queries = ["diplomatie", "đối ngoại", "doi", "eau 2025", "hòa bình"]

  private static func small() throws -> TestIndex {
    try TestIndex([
      "a": "La diplomatie populaire, l'eau et la paix en 2025.",
      "b": "Hội nghị đối ngoại nhân dân, đội và đôi, hòa bình.",
      "c": "doi ngoai nhan dan cac dia phuong hoa binh", "d": "",
    ])
  }

  /// Opens and searches; returns the error. Errors of other types fail the test.
  private func error(_ index: TestIndex) -> SearchError? {
    do {
      let opened = try index.open()
      for query in Self.queries { _ = try opened.search(query) }
      try inspect(opened)
      return nil
    } catch { return error }
  }

  /// Reads everything else.
  private func inspect(_ index: SearchIndex) throws(SearchError) {
    _ = try index.information()
    _ = try index.countPostings()
    try index.forEachTerm { (_) throws(SearchError) in true }
    try index.forEachPosting { (_) throws(SearchError) in true }
    try index.forEachDocument { (_) throws(SearchError) in true }
  }

  @Test func truncatedSegmentsAreErrors() throws {
    let index = try Self.small()
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    for count in 0..<bytes.count {
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(Array(bytes.prefix(count)), to: name)
      guard case .corrupt(let file, _, _, _)? = error(index) else {
        Issue.record("length \(count): no error of damage")
        continue
      }
      #expect(file.hasSuffix(name), "length \(count)")
    }
  }

  @Test func flippedBytesOfASegmentNeverTrap() throws {
    let index = try Self.small()
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    #expect(bytes.count < 10_000)
    var errors = 0
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= [0x01, 0x80, 0xFF, 0x7F][offset % 4]
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(damaged, to: name)
      if error(index) != nil { errors += 1 }
    }
    #expect(errors > 200)
  }

  @Test(arguments: [UInt64(431), 432, 433])
  func randomDamageNeverTraps(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(300, &random, maximum: 30))
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    var outcomes = 0
    for _ in 0..<80 {
      var damaged = bytes
      for _ in 0..<random.integer(1...6) {
        damaged[random.integer(0...damaged.count - 1)] = random.pick([
          0, 1, 0x7F, 0x80, 0xFF, UInt8(random.integer(0...255)),
        ])
      }
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(damaged, to: name)
      _ = error(index)
      outcomes += 1
    }
    #expect(outcomes == 80)
  }

  @Test func missingAndForeignFiles() throws {
    let empty = try TemporaryFolder()
    #expect(throws: SearchError.noIndex(path: empty.path)) { try SearchIndex(empty.path) }
    #expect(throws: SearchError.noIndex(path: "/nonexistent")) { try SearchIndex("/nonexistent") }
    let index = try Self.small()
    let name = try index.segmentNames()[0]
    let bytes = try index.bytes(of: name)
    try SystemCalls.remove(index.path + "/" + name)
    guard case .system(_, let path, SystemCalls.noSuchFile)? = error(index) else {
      Issue.record("a missing segment is an error of the system")
      return
    }
    #expect(path.hasSuffix(name))
    for foreign in [[], Array("hello".utf8), Array(repeating: UInt8(0x20), count: 5000), Array(bytes.reversed())] {
      try SystemCalls.remove(index.path + "/" + name)
      try index.write(foreign, to: name)
      guard case .corrupt? = error(index) else {
        Issue.record("a foreign file of \(foreign.count) bytes is damage")
        continue
      }
    }
  }

  @Test func newerVersionsAreNamed() throws {
    let index = try Self.small()
    let name = try index.segmentNames()[0]
    var bytes = try index.bytes(of: name)
    bytes[8] = 3
    try SystemCalls.remove(index.path + "/" + name)
    try index.write(bytes, to: name)
    #expect(error(index) == .unsupportedVersion(file: index.path + "/" + name, found: 3, supported: 2))
  }

  @Test func damagedManifestsAreErrorsThatNameTheFile() throws {
    let index = try Self.small()
    let bytes = try index.bytes(of: Manifest.fileName)
    for damaged in [[], Array("hello".utf8), Array(bytes.dropLast()), bytes + [1]] {
      try SystemCalls.remove(index.path + "/" + Manifest.fileName)
      try index.write(damaged, to: Manifest.fileName)
      guard case .corrupt(let file, "manifest", _, _)? = error(index) else {
        Issue.record("a manifest of \(damaged.count) bytes is damage")
        continue
      }
      #expect(file == index.path + "/" + Manifest.fileName)
    }
  }

  @Test func anotherAnalyzersIndexIsRefused() throws {
    let index = try Self.small()
    var manifest = try #require(try Manifest.read(in: index.path))
    manifest.fingerprint ^= 1 << 40
    try manifest.write(in: index.path)
    guard case .unsupportedAnalyzer? = error(index) else {
      Issue.record("the manifest's analyzer is unknown")
      return
    }
    manifest.fingerprint = AnalyzerOptions(preset: .folding).fingerprint
    try manifest.write(in: index.path)
    guard case .unsupportedAnalyzer(let file, _)? = error(index) else {
      Issue.record("the segment was written by another analyzer")
      return
    }
    #expect(file.hasSuffix(try index.segmentNames()[0]))
  }
}
