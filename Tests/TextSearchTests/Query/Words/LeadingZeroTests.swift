import Testing

@testable import TextSearch

/// Numbers with and without leading zeros meet, the exact one first.
@Suite struct LeadingZeroTests {
  private static let bodies = [
    "plain": "Le dossier 843 de la ville", "zero": "Le dossier 0843 de la ville", "zeros": "Hồ sơ 000843 của thành phố",
    "other": "Le dossier 8430 de la ville", "ordinal": "Le 843e dossier de la ville",
  ]

  @Test(arguments: [
    ("843", ["plain", "zero", "zeros"], "plain"), ("0843", ["plain", "zero", "zeros"], "zero"),
    ("000843", ["plain", "zero", "zeros"], "zeros"),
    ("\"dossier 843 de\"", ["plain", "zero"], "plain"), ("+0843 +ville", ["plain", "zero"], "zero"),
    ("=843", ["plain"], "plain"),
    ("=0843", ["zero"], "zero"), ("８４３", ["plain", "zero", "zeros"], "plain"), ("084*", ["zero"], "zero"),
  ])
  func numbersMeet(query: String, expected: [String], first: String) throws {
    let keys = try TestIndex(Self.bodies).keys(parsing: query)
    #expect(keys.sorted() == expected, "\(query)")
    #expect(keys.first == first, "\(query)")
  }

  @Test(arguments: ["0", "00", "8,43", "843e", "123456789012345", "B843", "12.04.2025"])
  func anythingElseIsReadAlone(text: String) throws {
    #expect(try TestAnalyzer().query(text)[0].selectors.count == 1)
  }

  @Test func selectorsAreInDictionaryOrder() throws {
    let selectors = try TestAnalyzer().query("07")[0].selectors
    #expect(selectors.map { String(decoding: $0.address.key, as: UTF8.self) } == ["00007", "0007", "007", "07", "7"])
    #expect(selectors.map(\.weight) == [0.5, 0.5, 0.5, 1, 0.5])
    #expect(try TestAnalyzer(.folding).query("07")[0].selectors.count == 1)
  }
}
