import TestSupport
import Testing

/// `fts statistics` and `fts query --statistics`: a collection kept in several indexes.
@Suite struct StatisticsTests {
  private let folder: WorkingFolder
  private static let documents = [
    ("a", "La diplomatie populaire"), ("b", "diplomatie des peuples"), ("c", "Công tác đối ngoại"), ("d", "populaire"),
    ("e", "đối thoại, diplomatie"), ("f", "le rail et l'eau"),
  ]

  init() throws {
    folder = try WorkingFolder()
    try folder.build(Self.documents, index: "whole")
    for part in 0..<3 {
      try folder.build(
        Self.documents.enumerated().filter { $0.offset % 3 == part }.map(\.element), index: "part\(part)")
    }
  }

  /// Lines of hits without the rank, which is that of the part; best first.
  private func hits(_ words: [String]) throws -> [(score: Float, key: String)] {
    let result = try folder.run(["query", "--json"] + words)
    try #require(result.status == 0 || result.status == 1, "\(result.error)")
    return try JSONAnswers(result).hits.map { (Float($0.score), $0.key) }
  }

  @Test(arguments: ["diplomatie", "diplomatie populaire", "ddoois", "doi ngoai"]) func `Shards score as the collection`(
    query: String
  ) throws {
    for part in 0..<3 {
      try #require(try folder.shell("$FTS statistics -i part\(part) '\(query)' > \(part).stat").status == 0)
    }
    let files = (0..<3).flatMap { ["--statistics", "\($0).stat"] }
    let found = try (0..<3).flatMap { try hits(["-i", "part\($0)"] + files + [query]) }
    let sorted = found.sorted { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    let whole = try hits(["-i", "whole", query])
    #expect(sorted.map(\.key) == whole.map(\.key) && !whole.isEmpty)
    #expect(sorted.map(\.score) == whole.map(\.score))
  }

  @Test func `Statistics that do not fit are errors`() throws {
    try #require(try folder.shell("$FTS statistics -i part0 diplomatie > 0.stat").status == 0)
    let other = try folder.fts("query", "-i", "part0", "--statistics", "0.stat", "peuples")
    #expect(other.status == 2)
    #expect(
      other.error
        == "fts: these statistics do not belong together: they hold nothing of 'peuples'; export them with the same query and options\n"
    )
    try folder.write("x", to: "x.stat")
    let damaged = try folder.fts("query", "-i", "part0", "--statistics", "x.stat", "peuples")
    #expect(damaged.status == 2)
    #expect(damaged.error.hasPrefix("fts: x.stat is damaged: section statistics, offset 0: no shared statistics"))
    #expect(try folder.fts("query", "-i", "part0", "--statistics", "none.stat", "peuples").status == 2)
    #expect(try folder.fts("statistics", "-i", "part0", "!").status == 2)
  }
}
