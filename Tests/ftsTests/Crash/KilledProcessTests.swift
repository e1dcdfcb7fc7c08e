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

/// `fts build`, `add`, `delete` and `compact`, killed at any moment, leave the index as it was or as it was to be.
@Suite struct KilledProcessTests {
  private let folder: WorkingFolder
  private static let seed: UInt64 = 541

  init() throws { folder = try WorkingFolder() }

  /// Input of its own documents for each generation.
  private func writeInput(_ generation: Int) throws {
    let lines = (0..<200 + generation % 7 * 50).map { number in
      WorkingFolder.jsonLine([
        "id": "g\(generation)-\(number)", "title": "génération \(generation)",
        "body": "La diplomatie populaire \(number), đối ngoại nhân dân mot\(number * 7) mot\(number * 13).",
      ])
    }
    try folder.write(lines.joined(), to: "input.jsonl")
  }

  /// The generation whose documents the index holds, all of them; nil where there is no index.
  private func generation() throws -> Int? {
    guard folder.exists("fts-index/manifest") else { return nil }
    let index = try SearchIndex(folder.path + "/fts-index")
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
      let process = try folder.start("build", "input.jsonl", environment: [:])
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
      if found != nil { try #require(try SearchIndex.verify(folder.path + "/fts-index").problems == []) }
    }
    #expect(try folder.fts("build", "input.jsonl").status == 0)
    #expect(try self.generation() == generation)
    #expect(try folder.names("fts-index").count == 4)
    print("kills: \(killed) in \(generation) builds")
  }

  // MARK: Edits

  /// What the index holds: titles by key.
  private typealias Holdings = [String: String]

  /// A command that changes the index, and what it makes of what is there.
  private struct Edit {
    let words: [String]
    let after: Holdings
  }

  /// Documents are in one of 9 parts by the number in their keys.
  private static func part(_ key: String) -> Int { (Int(key.dropFirst()) ?? 0) % 9 }

  private func edit(_ number: Int, _ holdings: Holdings, _ random: inout SeededRandom) throws -> Edit {
    switch random.integer(0...9) {
    case 0..<5: return try addition(number, holdings, &random)
    case 5:
      let part = random.integer(0...8)
      let after = holdings.filter { Self.part($0.key) != part }
      return Edit(words: ["delete", "--query", "section\(part)"], after: after)
    case 6, 7:
      let keys = (0..<20).map { _ in "k\(random.integer(0...399))" }
      return Edit(words: ["delete"] + keys, after: holdings.filter { !keys.contains($0.key) })
    case 8: return Edit(words: ["compact"], after: holdings)
    default: return Edit(words: ["compact", "--reorder"], after: holdings)
    }
  }

  private func addition(_ number: Int, _ holdings: Holdings, _ random: inout SeededRandom) throws -> Edit {
    var after = holdings
    var lines = ""
    for _ in 0..<random.integer(20...150) {
      let key = "k\(random.integer(0...399))"
      let title = "écriture \(number)"
      after[key] = title
      lines += WorkingFolder.jsonLine([
        "id": key, "title": title,
        "body": "La diplomatie populaire, đối ngoại nhân dân, section\(Self.part(key)) mot\(random.integer(0...999)).",
      ])
    }
    try folder.write(lines, to: "added.jsonl")
    return Edit(words: ["add", "added.jsonl"], after: after)
  }

  private func holdings() throws -> Holdings {
    let index = try SearchIndex(folder.path + "/fts-index")
    let hits = try index.search("diplomatie", SearchOptions(limit: 1000, makesSnippets: false)).hits
    return Dictionary(uniqueKeysWithValues: hits.map { ($0.key, $0.title ?? "") })
  }

  @Test func `A killed edit loses nothing that was committed`() throws {
    let seed = Self.seed + 1
    var random = SeededRandom(seed: seed)
    let kills = LongTests.choose(200, else: 10)
    let first = try addition(0, [:], &random)
    try #require(try folder.fts("build", "added.jsonl").status == 0)
    var held = first.after
    var killed: [String: Int] = [:]
    var (edits, longest) = (0, 20_000)
    while killed.values.reduce(0, +) < kills {
      edits += 1
      let edit = try edit(edits, held, &random)
      let process = try folder.start(edit.words, environment: [:])
      usleep(UInt32(random.integer(0...longest)))
      process.send(signal: SIGKILL)
      let result = try process.wait()
      let isKilled = result.ending == .signal(SIGKILL)
      if isKilled { killed[edit.words[0], default: 0] += 1 } else { longest = max(5_000, longest - 1_000) }
      if isKilled, edits % 4 == 0 { longest += 2_000 }
      let found = try holdings()
      try #require(found == edit.after || isKilled && found == held, "seed \(seed), edit \(edits): \(edit.words)")
      if !isKilled { try #require(result.status == 0 || result.status == 1, "\(result.error)") }
      held = found
      try #require(try SearchIndex.verify(folder.path + "/fts-index").problems == [], "seed \(seed), edit \(edits)")
    }
    _ = try folder.fts("compact")
    #expect(try folder.fts("add", "added.jsonl").status == 0)
    #expect(try folder.fts("compact").status == 0)
    #expect(try folder.names("fts-index").filter { $0.hasPrefix("segment-") }.count == 1)
    #expect(try !folder.names("fts-index").contains { $0.hasPrefix("deletions-") || $0.hasSuffix(".new") })
    print("kills: \(killed) in \(edits) edits")
  }
}
