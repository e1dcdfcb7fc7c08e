import TestSupport
import Testing

/// `fts query` and `fts analyze --query` with `--match`, `--stop-words` and `--synonyms`.
@Suite struct QueryReadingTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    try folder.build([
      ("with", "Công tác đối ngoại của nhân dân"), ("other", "Trời đổi gió ở ngoài đồng"),
      ("without", "Cong tac doi ngoai nhan dan"), ("car", "une automobile dans la rue"), ("bike", "la bicyclette"),
    ])
  }

  @Test func `--match says how strictly diacritics are matched`() throws {
    #expect(try Set(folder.keys("đối ngoại", "--all", "--match", "exact")) == ["with"])
    #expect(try Set(folder.keys("đối ngoại", "--all", "--match", "smart")) == ["with", "without"])
    #expect(try folder.keys("đối ngoại", "--all") == folder.keys("đối ngoại", "--all", "--match=smart"))
    #expect(try Set(folder.keys("đối ngoại", "--all", "--match", "folded")) == ["with", "without", "other"])
  }

  @Test func `--stop-words says what becomes of stop words`() throws {
    #expect(try folder.keys("la bicyclette") == ["bike"])
    #expect(try Set(folder.keys("la bicyclette", "--stop-words", "keep")) == ["bike", "car"])
    #expect(try folder.keys("la bicyclette", "--stop-words", "drop") == ["bike"])
    #expect(try Set(folder.keys("la", "--stop-words", "drop")) == ["bike", "car"])
    func score(_ use: String) throws -> Double {
      let result = try folder.fts("query", "--json", "--stop-words", use, "la")
      return try #require(try JSONAnswers(result).hits.first).score
    }
    #expect(try abs(score("weigh") - 0.3 * score("keep")) < 1e-5)
  }

  @Test func `--synonyms reads a file of equivalent words`() throws {
    try folder.write("# cars\nvoiture, automobile\nvélo => bicyclette\n", to: "words.txt")
    #expect(try folder.keys("voitures").isEmpty)
    #expect(try folder.keys("voitures", "--synonyms", "words.txt") == ["car"])
    #expect(try folder.keys("velo", "--synonyms", "words.txt") == ["bike"])
    let result = try folder.fts("query", "--json", "--synonyms=words.txt", "voiture")
    #expect(try JSONAnswers(result).hits.first?.snippet == "une <b>automobile</b> dans la rue")
    let lines = try folder.fts("query", "--json", "--synonyms", "words.txt", input: "voiture\nvélo\n")
    #expect(try JSONAnswers(lines).hits.map(\.key) == ["car", "bike"])
  }

  @Test func `A wrong file of synonyms is named with its line`() throws {
    try folder.write("voiture, automobile\n\ngrande voiture\n", to: "words.txt")
    let result = try folder.fts("query", "--synonyms", "words.txt", "voiture")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.error
        == "fts: words.txt:3: 'grande voiture' stands alone; write its equivalents behind a comma\n")
    let missing = try folder.fts("query", "--synonyms", "missing.txt", "voiture")
    #expect(missing.status == 2)
    #expect(missing.error == "fts: cannot open missing.txt: No such file or directory\n")
  }

  @Test func `analyze --query shows the lists, their weights and the factors`() throws {
    let exact = try folder.fts("analyze", "--query", "--match", "exact", "đối")
    #expect(exact.outputLines == ["0\tđối\tvi\tdoi\tđối\t1.0\t1.0"])
    let smart = try folder.fts("analyze", "--query", "đối la")
    #expect(
      smart.outputLines.prefix(3) == [
        "0\tđối\tnone\tdoi\t-\t1.0\t1.0", "0\tđối\tfr\tdoi\t-\t0.8\t1.0", "0\tđối\tvi\tdoi\t-\t0.8\t1.0",
      ])
    try folder.write("xe, ngựa", to: "words.txt")
    let synonyms = try folder.fts("analyze", "--query", "--synonyms", "words.txt", "--match", "exact", "xe")
    #expect(synonyms.output.contains("0\txe\tvi\tngua\tngựa\t0.8\t1.0\n"))
    let json = try folder.fts("analyze", "--query", "--json", "--stop-words", "weigh", "la", "maison")
    #expect(json.outputLines.first?.hasSuffix(#""weight":1.0,"boost":0.3}"#) == true, "\(json.output)")
    let dropped = try folder.fts("analyze", "--query", "--stop-words", "drop", "la", "rue")
    #expect(!dropped.output.isEmpty && dropped.outputLines.allSatisfy { $0.hasPrefix("1\true\t") })
  }
}
