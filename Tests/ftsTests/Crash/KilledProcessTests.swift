import Foundation
import TestSupport
import Testing
import TextSearch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `fts build`, killed at any moment, leaves the index as it was or as it was to be.
@Suite struct KilledProcessTests {
  private let place: Workplace
  private static let seed: UInt64 = 541

  init() throws { place = try Workplace() }

  /// Input of its own documents for each generation.
  private func writeInput(_ generation: Int) throws {
    let lines = (0..<200 + generation % 7 * 50).map { number in
      Workplace.jsonLine([
        "id": "g\(generation)-\(number)", "title": "génération \(generation)",
        "body": "La diplomatie populaire \(number), đối ngoại nhân dân mot\(number * 7) mot\(number * 13).",
      ])
    }
    try place.write(lines.joined(), to: "input.jsonl")
  }

  /// The generation whose documents the index holds, all of them; nil where there is no index.
  private func generation() throws -> Int? {
    guard place.exists("fts-index/manifest") else { return nil }
    let index = try SearchIndex(place.path + "/fts-index")
    let results = try index.search("diplomatie", SearchOptions(limit: 1000, makesSnippets: false))
    let found = Set(results.hits.map { $0.key.prefix { $0 != "-" } })
    try #require(found.count == 1, "documents of \(found)")
    let generation = try #require(Int(found.first?.dropFirst() ?? ""))
    try #require(results.total == 200 + generation % 7 * 50)
    return generation
  }

  @Test func `A killed build loses nothing that was committed`() throws {
    var random = SeededRandom(seed: Self.seed)
    let kills = LongTests.choose(200, else: 10)
    var committed: Int?
    var longest = 20_000
    var killed = 0
    var generation = 0
    while killed < kills {
      generation += 1
      try writeInput(generation)
      let process = try place.start("build", "input.jsonl", environment: [:])
      let start = ContinuousClock.now
      usleep(UInt32(random.integer(0...longest)))
      process.send(signal: SIGKILL)
      let result = try process.wait()
      if result.ending == .signal(SIGKILL) {
        killed += 1
      } else {
        try #require(result.status == 0, "\(result.error)")
        committed = generation
        longest = max(10_000, Int((ContinuousClock.now - start) / .microseconds(1)))
      }
      // Too early for anything to be written: later next time.
      if committed == nil { longest += 10_000 }
      let found = try self.generation()
      try #require(found == committed || found == generation, "seed \(Self.seed): \(found ?? 0) after \(generation)")
      if found == generation { committed = generation }
      if found != nil { try #require(try SearchIndex.verify(place.path + "/fts-index").problems == []) }
    }
    #expect(try place.fts("build", "input.jsonl").status == 0)
    #expect(try self.generation() == generation)
    #expect(try place.names("fts-index").count == 4)
    print("kills: \(killed) in \(generation) builds")
  }
}
