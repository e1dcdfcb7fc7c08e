import Foundation
import TestSupport
import Testing

/// `fts info`: that its numbers agree with each other and with the index.
@Suite struct InfoTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  private func information() throws -> [String: Any] {
    let result = try folder.fts("info", "--json")
    #expect(result.status == 0 && result.error.isEmpty && result.outputLines.count == 1)
    return try #require(try JSONSerialization.jsonObject(with: Data(result.outputBytes)) as? [String: Any])
  }

  private func sum(_ parts: Any?, _ name: String) throws -> Int {
    try #require(parts as? [[String: Any]]).reduce(0) { $0 + (($1[name] as? Int) ?? 0) }
  }

  @Test func `The numbers of the sample collection agree with each other`() throws {
    #expect(try folder.fts("build", WorkingFolder.seeds, "--attribute", "date:date").status == 0)
    let found = try information()
    #expect(
      found.keys.sorted() == [
        "analyzer", "attributes", "bytes", "compounds", "deleted", "documents", "fields", "generation", "index",
        "inline", "languages", "lexicon", "lists", "positions", "postings", "rates", "sections", "segments", "stored",
        "terms", "tokens",
      ])
    func number(_ name: String) throws -> Int { try #require(found[name] as? Int, "\(name)") }
    #expect(try number("documents") == 25 && number("deleted") == 0 && number("generation") == 1)
    #expect(found["analyzer"] as? String == "light" && found["fields"] as? [String] == ["title", "body"])
    let compounds = try #require(found["compounds"] as? [String: Int])
    #expect(try sum(found["languages"], "tokens") == number("tokens"))
    #expect(try number("tokens") + #require(compounds["positions"]) == number("positions"))
    #expect(try sum(found["languages"], "terms") + #require(compounds["terms"]) == number("terms"))
    #expect(try sum(found["languages"], "postings") + #require(compounds["postings"]) == number("postings"))
    #expect(try number("terms") == number("lists") && number("inline") < number("lists"))
    #expect(try sum(found["languages"], "main") == 25)
    let files = try folder.names("fts-index").filter { $0 != "lock" && !$0.hasPrefix("attachment") }
    #expect(try files.reduce(0) { $0 + (try folder.bytes("fts-index/" + $1).count) } == number("bytes"))
    #expect(try sum(found["segments"], "documents") == 25 && sum(found["sections"], "bytes") < number("bytes"))
    let terms = try folder.fts("dump", "terms").outputLines
    #expect(try terms.count == number("terms"))
    #expect(try folder.fts("dump", "postings").outputLines.count == number("postings"))
  }

  @Test func `Rates and ratios are quotients of what is shown`() throws {
    #expect(try folder.fts("build", WorkingFolder.seeds).status == 0)
    let found = try information()
    var sections: [String: Double] = [:]
    for section in try #require(found["sections"] as? [[String: Any]]) {
      sections[try #require(section["name"] as? String)] = try #require(section["bytes"] as? Double)
    }
    let rates = try #require(found["rates"] as? [String: Double])
    let postings = try #require(found["postings"] as? Double)
    let positions = try #require(found["positions"] as? Double)
    let blocks = try #require(sections["blocks"])
    func expect(_ rate: String, _ bytes: Double, _ count: Double) throws {
      #expect(abs(try #require(rates[rate]) - bytes / count) < 1e-9, "\(rate)")
    }
    try expect("posting", try #require(sections["postings"]) + blocks, postings)
    try expect("position", try #require(sections["positions"]), positions)
    let stored = try #require(found["stored"] as? [String: Any])
    let raw = try #require(stored["raw"] as? Double)
    let ratio = try #require(stored["ratio"] as? Double)
    #expect(abs(ratio - raw / (try #require(sections["documents"]))) < 1e-9)
    #expect(raw > 40_000 && stored["compression"] as? String == "fast")
  }

  @Test func `An index of nothing but an empty document has no rates`() throws {
    try folder.build([(key: "a", body: "")])
    try folder.write(#"{"id":"a"}"#, to: "empty.jsonl")
    #expect(try folder.fts("build", "empty.jsonl", "--store", "none", "--analyzer", "folding").status == 0)
    let found = try information()
    #expect(found["tokens"] as? Int == 0 && found["analyzer"] as? String == "folding")
    let rates = try #require(found["rates"] as? [String: Any])
    #expect(rates.count == 4 && rates.values.allSatisfy { $0 is NSNull })
    #expect(try folder.fts("info").status == 0)
  }

  @Test func `The text names every section and segment`() throws {
    #expect(try folder.fts("build", WorkingFolder.seeds).status == 0)
    let output = try folder.fts("info").output
    for word in ["positions", "form codes", "segment-00000001.fts", "25, 0 deleted", "bytes a posting", "date"] {
      #expect(output.contains(word), "\(word)")
    }
  }
}
