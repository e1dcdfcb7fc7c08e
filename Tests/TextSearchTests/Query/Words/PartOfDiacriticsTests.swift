import Testing

@testable import TextSearch

/// Vietnamese names as French texts write them, with a circumflex or none, and as Vietnamese texts do.
@Suite struct PartOfDiacriticsTests {
  private static let bodies = [
    "fr": "Le président Hô Chi Minh à Huê, bataille de Diên Biên Phu, le Viêt Nam. La fête du Têt, en tête.",
    "bare": "Le président Ho Chi Minh, bataille de Dien Bien Phu, le Viet Nam, Nguyen Van Linh.",
    "vi": "Chủ tịch Hồ Chí Minh ở Huế, trận Điện Biên Phủ, Việt Nam, ngày Tết, Nguyễn Văn Linh.",
    "other": "Con hổ, cây huệ, diễn viên, viết văn, hộ chiếu, minh bạch, chị, điển hình, cô Hoa.",
  ]

  private static let documents: [Document] = bodies.sorted { $0.key < $1.key }.map {
    Document(key: $0.key, body: $0.value)
  }

  /// Queries, and what they find, best first; in any order behind an asterisk.
  @Test(arguments: [
    ("\"Hồ Chí Minh\"", "vi bare fr"), ("\"Hô Chi Minh\"", "bare fr vi"), ("\"ho chi minh\"", "* bare fr vi"),
    ("\"HÔ CHI MINH\"", "bare fr vi"), ("\"Ho\u{302} Chi Minh\"", "bare fr vi"),
    ("\"Ho\u{302}\u{300} Chi\u{301} Minh\"", "vi bare fr"),
    ("+Hồ +Chí +Minh", "vi bare fr"), ("+Hô +Chi +Minh", "* bare fr other vi"),
    ("\"Điện Biên Phủ\"", "vi bare fr"), ("\"Diên Biên Phu\"", "bare fr vi"), ("\"dien bien phu\"", "* bare fr vi"),
    ("\"Việt Nam\"", "vi bare fr"), ("\"Viêt Nam\"", "bare fr vi"), ("\"VIÊT NAM\"", "bare fr vi"),
    ("Huế", "vi fr"), ("HUẾ", "vi fr"), ("Tết", "vi fr"), ("=Huế", "vi"),
    ("\"Nguyên Van Linh\"", "bare vi"), ("\"Nguyễn Văn Linh\"", "vi bare"),
    // A tone in the query: each word is written as it is meant.
    ("\"Hô Chí Minh\"", "bare fr"),
  ])
  func namesMeet(query: String, found: String) throws {
    let index = try TestIndex()
    try index.build(Self.documents)
    let keys = try index.keys(parsing: query)
    #expect((found.hasPrefix("*") ? ["*"] + keys.sorted() : keys).joined(separator: " ") == found, "\(query)")
  }

  /// A syllable with a circumflex alone finds the texts that write it so before those with a tone.
  @Test(arguments: [("Huê", "fr", "vi"), ("Têt", "fr", "vi"), ("HUÊ", "fr", "vi"), ("Hue\u{302}", "fr", "vi")])
  func exactComesFirst(query: String, first: String, second: String) throws {
    let index = try TestIndex()
    try index.build(Self.documents.filter { $0.key == first || $0.key == second })
    #expect(try index.keys(parsing: query) == [first, second])
  }

  @Test func weightOfZeroReadsNoParts() throws {
    let index = try TestIndex()
    try index.build(Self.documents)
    var options = SearchOptions()
    options.reading.weights.partOfDiacritics = 0
    #expect(try !index.keys("Huê", options).contains("vi"))
    options.reading.weights.partOfDiacritics = 1
    #expect(try index.keys("Huê", options).contains("vi"))
    options.reading.strictness = .exact
    #expect(try !index.keys("Huê", options).contains("vi"))
  }

  /// The document frequency of a word is that of its own spelling, if a text has it.
  @Test func partsDoNotMakeWordsCommon() throws {
    var bodies = ["own": "cây huê"]
    for number in 0..<30 { bodies["d\(number)"] = "thành phố Huế" }
    let opened = try TestIndex(bodies).open()
    var counts = LanguageCounts()
    counts[.vietnamese] = 1
    let explanation = try #require(try opened.explain(.words("huê"), key: "own"))
    #expect(explanation.leaves[0].idf == ResolvedWord.idf(counts, opened.statistics))
    let parts = try TestIndex(bodies.filter { $0.key != "own" }).open()
    #expect(try #require(try parts.explain(.words("huê"), key: "d1")).leaves[0].idf > 0)
  }

  @Test func shardsAgreeWithTheWhole() throws {
    let whole = try TestIndex()
    try whole.build(Self.documents)
    let shards = try Self.documents.map { document in
      let shard = try TestIndex()
      try shard.build([document])
      return try shard.open()
    }
    for query in ["Huê", "\"Hô Chi Minh\"", "Viêt Nam", "Têt", "Huế", "Diên Biên Phu"] {
      try ShardComparison.expectEqual(whole.open(), parts: shards, whole.open().parse(query))
    }
  }
}
