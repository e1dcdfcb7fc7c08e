import TestSupport
import Testing

@testable import TextSearch

/// Small indexes, searched by Telex, VNI and by the other of two spellings.
@Suite struct TypedWordsTests {
  /// An index of bodies, keyed by their indices.
  private static func index(_ bodies: [String], in folder: TemporaryFolder) throws -> SearchIndex {
    let writer = try IndexWriter(folder.path + "/index")
    for (index, body) in bodies.enumerated() { try writer.add(Document(key: "\(index)", body: body)) }
    try writer.commit()
    return try SearchIndex(folder.path + "/index")
  }

  private static let bodies = [
    "Công tác đối ngoại nhân dân là trọng tâm của hội nghị.",
    "Trời đổi gió, người ở ngoài đồng về sớm.",
    "Le test de la politique étrangère, en deux mots.",
    "Cong tac doi ngoai nhan dan la trong tam cua hoi nghi.",
    "Quyển sách nói về đời sống của người Việt ở nước ngoài.",
  ]

  @Test(arguments: [
    ("ddoois ngoaij", "đối ngoại"), ("d9o61i ngoa5i", "đối ngoại"), ("DDoois Ngoaij", "đối ngoại"),
    ("ddoois ngoại", "đối ngoại"), ("nguwowif vieetj", "người việt"), ("ngu7o72i vie65t", "người việt"),
    ("nhaan daan", "nhân dân"), ("ddoois ngoai", "đối ngoai"), ("hooij nghij", "hội nghị"),
  ])
  func `typing finds what composed words find`(typed: String, composed: String) throws {
    let folder = try TemporaryFolder()
    let index = try TypedWordsTests.index(TypedWordsTests.bodies, in: folder)
    let found = try index.search(typed)
    #expect(found == (try index.search(composed)))
    #expect(!found.hits.isEmpty)
  }

  @Test func `the snippet highlights what the typing means`() throws {
    let folder = try TemporaryFolder()
    let index = try TypedWordsTests.index(TypedWordsTests.bodies, in: folder)
    for query in ["ddoois ngoaij", "d9o61i ngoa5i"] {
      let hit = try #require(try index.search(query).hits.first)
      #expect(hit.key == "0")
      #expect(hit.snippet.html == "Công tác <b>đối</b> <b>ngoại</b> nhân dân là trọng tâm của hội nghị.")
    }
  }

  @Test func `a word of the index is never decoded`() throws {
    let folder = try TemporaryFolder()
    let bodies = TypedWordsTests.bodies + ["Bánh tét ngày Tết.", "Mã số d9o61i của thiết bị."]
    let index = try TypedWordsTests.index(bodies, in: folder)
    #expect(try index.search("test").hits.map(\.key) == ["2"])
    #expect(try index.search("d9o61i").hits.map(\.key) == ["6"])
    #expect(try index.search("test tests").hits.map(\.key) == ["2"])
  }

  /// Large collections hold nearly all keys somewhere.
  @Test func `stray keys do not hide what typing means`() throws {
    let folder = try TemporaryFolder()
    let common = (0..<400).map { "Châu Á có nhiều nước, đối ngoại nhân dân số \($0)." }
    let stray = [
      "Le cos du code: chaau, cacs.", "Un test de cos et de sin.", "Le test du code source.", "Encore un test.",
    ]
    let index = try TypedWordsTests.index(common + stray + ["Bánh tét"], in: folder)
    for (typed, composed) in [
      ("chaau cos", "châu có"), ("ddoois cos", "đối có"), ("nhieeuf nuwowcs cos chaau AS", "nhiều nước có châu Á"),
      ("CHAAU COS", "CHÂU CÓ"),
    ] {
      #expect(try index.search(typed).hits.map(\.key) == (index.search(composed).hits.map(\.key)), "\(typed)")
    }
    // One word alone may be what it is, and keys that are commoner than what they spell are words.
    #expect(try index.search("cos").total == 2)
    #expect(try index.search("test").total == 3)
    #expect(try index.search("ddoois test").hits.contains { $0.key == "402" })
  }

  @Test func `typing that decodes to nothing known changes nothing`() throws {
    let folder = try TemporaryFolder()
    let index = try TypedWordsTests.index(TypedWordsTests.bodies, in: folder)
    // bốt is a syllable that no document holds: `ngoai` beside it still means all its spellings.
    #expect(try index.search("boots ngoai") == (try index.search("zzz ngoai")))
    #expect(try index.search("boots").total == 0)
    #expect(try index.search("ngoai").total ?? 0 > 2)
  }

  @Test func `a folding index decodes nothing`() throws {
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.analyzer = AnalyzerOptions(preset: .folding)
    let writer = try IndexWriter(folder.path + "/index", options: options)
    try writer.add(Document(key: "0", body: "Công tác đối ngoại"))
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    #expect(try index.search("doi").total == 1)
    #expect(try index.search("ddoois").total == 0)
  }

  @Test(arguments: [
    ("kỹ thuật", "kĩ thuật"), ("lý luận", "lí luận"), ("nước Mỹ", "nước Mĩ"), ("quý báu", "quí báu"),
    ("ky thuat", "ki thuat"), ("quy bau", "qui bau"), ("kyx thuaatj", "kix thuaatj"),
  ])
  func `i and y find each other`(one: String, other: String) throws {
    let folder = try TemporaryFolder()
    let index = try TypedWordsTests.index(
      [
        "Khoa học kỹ thuật và công nghệ.", "Khoa học kĩ thuật và công nghệ.", "Cơ sở lý luận của vấn đề.",
        "Cơ sở lí luận của vấn đề.", "Quan hệ với nước Mỹ năm nay.", "Quan hệ với nước Mĩ năm nay.",
        "Bài học quý báu cho mọi người.", "Bài học quí báu cho mọi người.", "Một câu khác hẳn, để so sánh.",
      ], in: folder)
    // qui is also a French stop word.
    let options = SearchOptions(reading: ReadingOptions(stopWords: .keep))
    let found = try index.search(one, options)
    #expect(found == (try index.search(other, options)))
    #expect(found.total == 2)
    #expect(found.hits[0].score == found.hits[1].score)
    for hit in found.hits { #expect(hit.snippet.html.components("<b>") == 2) }
  }

  @Test func `a word with diacritics keeps its tone in both spellings`() throws {
    let folder = try TemporaryFolder()
    let index = try TypedWordsTests.index(
      ["Thời kỳ quá độ ở nước ta.", "Thời kì quá độ ở nước ta.", "Ký hiệu mới của nước ta."], in: folder)
    #expect(try index.search("kỳ").hits.map(\.key).sorted() == ["0", "1"])
    #expect(try index.search("kí").hits.map(\.key) == ["2"])
    #expect(try index.search("ki").total == 3)
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(_ separator: String) -> Int {
    var count = 0
    var tail = self[...]
    while let range = tail.firstRange(of: separator) {
      count += 1
      tail = tail[range.upperBound...]
    }
    return count
  }
}
