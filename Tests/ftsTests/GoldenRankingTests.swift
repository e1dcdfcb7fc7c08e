import Foundation
import TestSupport
import Testing

/// The rankings of the sample collection.
///
/// The table below is what `fts` prints now. After a change of the ranking that is meant, print the new table with
///
///     FTS_PRINT_GOLDEN=1 swift test --filter GoldenRankingTests
///
/// look at every line that differs, and paste it here. The other tests of this suite hold for any good ranking.
@Suite struct GoldenRankingTests {
  /// Query; documents found; keys of the first five.
  private static let table = """
    diplomatie populaire; 16; fr/fr-diplomatie-populaire.md; fr/fr-portrait-ngo-le-van.md; \
      mixte/mixte-conference-populaire-2025.md; fr/fr-conference-populaire-2025.md; fr/fr-distinctions-2023.md
    doi ngoai nhan dan; 13; vi/vi-doi-ngoai-nhan-dan-la-gi.md; vi/vi-khen-thuong-doi-ngoai-nhan-dan.md; \
      vi/vi-hoi-nghi-doi-ngoai-nhan-dan-2025.md; vi/vi-ngoai-giao-cay-tre.md; vi/vi-ngoai-vu-tuyen-quang.md
    đối ngoại nhân dân; 13; vi/vi-doi-ngoai-nhan-dan-la-gi.md; vi/vi-khen-thuong-doi-ngoai-nhan-dan.md; \
      vi/vi-hoi-nghi-doi-ngoai-nhan-dan-2025.md; vi/vi-ngoai-giao-cay-tre.md; \
      mixte/mixte-conference-populaire-2025.md
    Bùi Thanh Sơn; 7; mixte/mixte-conference-diplomatique-32.md; vi/vi-hoi-dap-dia-phuong.md; \
      vi/vi-hoi-nghi-ngoai-giao-32.md; fr/fr-chronologie.md; fr/fr-questions-localites.md
    Bui Thanh Son; 18; mixte/mixte-conference-diplomatique-32.md; vi/vi-hoi-dap-dia-phuong.md; \
      vi/vi-hoi-nghi-ngoai-giao-32.md; fr/fr-chronologie.md; fr/fr-questions-localites.md
    evenements; 8; fr/fr-chronologie.md; fr/fr-conference-populaire-2025.md; fr/fr-diplomatie-economique.md; \
      fr/fr-questions-localites.md; fr/fr-sept-taches.md
    événements; 8; fr/fr-chronologie.md; fr/fr-conference-populaire-2025.md; fr/fr-diplomatie-economique.md; \
      fr/fr-questions-localites.md; fr/fr-sept-taches.md
    diplomatie économique; 16; fr/fr-tuyen-quang-2025.md; fr/fr-diplomatie-economique.md; \
      mixte/mixte-conference-diplomatique-32.md; fr/fr-cloture-conference-diplomatique.md; \
      fr/fr-diplomatie-populaire.md
    ngoai giao kinh te; 13; vi/vi-ngoai-giao-kinh-te.md; vi/vi-hoi-dap-dia-phuong.md; \
      vi/vi-ngoai-vu-tuyen-quang.md; vi/vi-hoi-nghi-ngoai-giao-32.md; vi/vi-chan-dung-le-thi-thu-hang.md
    Tuyen Quang; 9; mixte/mixte-tuyen-quang-tan-trao.md; vi/vi-ngoai-vu-tuyen-quang.md; fr/fr-chronologie.md; \
      fr/fr-lieux-de-memoire.md; fr/fr-tuyen-quang-2025.md
    """

  private static let queries = [
    "diplomatie populaire", "doi ngoai nhan dan", "đối ngoại nhân dân", "Bùi Thanh Sơn", "Bui Thanh Son",
    "evenements", "événements", "diplomatie économique", "ngoai giao kinh te", "Tuyen Quang",
  ]

  private let folder: WorkingFolder
  private let answers: JSONAnswers

  init() throws {
    folder = try WorkingFolder()
    #expect(try folder.fts("build", WorkingFolder.seeds).status == 0)
    let input = GoldenRankingTests.queries.joined(separator: "\n")
    answers = try JSONAnswers(try folder.fts("query", "--json", "-n", "100", input: input))
  }

  private func hits(_ query: String) throws -> [JSONAnswers.Hit] {
    let number = try #require(GoldenRankingTests.queries.firstIndex(of: query)) + 1
    return answers.hits.filter { $0.query == number }
  }

  @Test func `First keys and totals are as they were`() throws {
    let lines = try GoldenRankingTests.queries.enumerated().map { number, query in
      let keys = try hits(query).prefix(5).map(\.key)
      return ([query, String(answers.summaries[number].total)] + keys).joined(separator: "; ")
    }
    if ProcessInfo.processInfo.environment["FTS_PRINT_GOLDEN"] != nil {
      for line in lines { print("    " + line.replacing("; ", with: "; \\\n      ")) }
    }
    let expected = GoldenRankingTests.table.split(separator: "\n").map { $0.replacing(/; +/, with: "; ") }
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
  }

  @Test func `Hits are as many as the total, in falling order, each with a highlighted snippet`() throws {
    for (number, query) in GoldenRankingTests.queries.enumerated() {
      let hits = try hits(query)
      #expect(hits.count == answers.summaries[number].total, "\(query)")
      #expect(hits.map(\.rank) == Array(1...hits.count), "\(query)")
      #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score }, "\(query)")
      for hit in hits { #expect(hit.snippet?.contains("<b>") == true, "\(query): \(hit.key)") }
      for hit in hits { #expect(hit.date != nil && hit.path?.hasSuffix(hit.key) == true, "\(query): \(hit.key)") }
    }
  }

  @Test(arguments: [
    ("diplomatie populaire", "fr/fr-diplomatie-populaire.md"),
    ("doi ngoai nhan dan", "vi/vi-doi-ngoai-nhan-dan-la-gi.md"),
    ("đối ngoại nhân dân", "vi/vi-doi-ngoai-nhan-dan-la-gi.md"),
    ("diplomatie économique", "fr/fr-diplomatie-economique.md"),
    ("ngoai giao kinh te", "vi/vi-ngoai-giao-kinh-te.md"),
  ]) func `The document that is most about the subject is among the first three`(query: String, key: String) throws {
    let first = try hits(query).prefix(3).map(\.key)
    #expect(first.contains(key), "\(first)")
  }

  @Test func `Tuyen Quang finds the three documents about it among the first five`() throws {
    let first = try hits("Tuyen Quang").prefix(5).map(\.key)
    #expect(first.filter { $0.contains("tuyen-quang") }.count == 3, "\(first)")
    #expect(first.first?.contains("tuyen-quang") == true, "\(first)")
  }

  @Test func `A French word finds the same with and without accents`() throws {
    #expect(try hits("evenements").map(\.key) == hits("événements").map(\.key))
    #expect(try !hits("evenements").isEmpty)
  }

  @Test(arguments: [("doi ngoai nhan dan", "đối ngoại nhân dân"), ("Bui Thanh Son", "Bùi Thanh Sơn")])
  func `Vietnamese without diacritics finds all that Vietnamese with them finds`(folded: String, written: String) throws
  {
    #expect(try Set(hits(folded).map(\.key)).isSuperset(of: hits(written).map(\.key)))
    #expect(try !hits(written).isEmpty)
  }

  @Test func `A name is found in both languages, with and without diacritics`() throws {
    for query in ["Bùi Thanh Sơn", "Bui Thanh Son"] {
      let folders = Set(try hits(query).map { $0.key.prefix { $0 != "/" } })
      #expect(folders == ["fr", "vi", "mixte"], "\(query)")
    }
  }

  @Test func `A query of all words finds less and the same best`() throws {
    for query in GoldenRankingTests.queries {
      let all = try JSONAnswers(try folder.fts("query", "--json", "--all", "-n", "100", query)).hits.map(\.key)
      let any = try hits(query).map(\.key)
      #expect(any.filter { all.contains($0) } == all, "\(query)")
    }
  }
}
