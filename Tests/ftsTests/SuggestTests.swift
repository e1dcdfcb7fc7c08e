import TestSupport
import Testing

/// `fts suggest`, and what `fts query` proposes where it finds nothing.
@Suite struct SuggestTests {
  private let folder: WorkingFolder

  init() throws {
    folder = try WorkingFolder()
    #expect(try folder.fts("build", WorkingFolder.seeds).status == 0)
  }

  @Test func `The last word is completed`() throws {
    let result = try folder.fts("suggest", "la", "diplo")
    #expect(result.status == 0)
    #expect(result.outputLines.contains { $0.wholeMatch(of: /la diplomatie\t\d+/) != nil }, "\(result.output)")
    #expect(try folder.fts("suggest", "-n", "1", "diplo").outputLines.count == 1)
    let json = try folder.fts("suggest", "--json", "-n", "1", "diplo").output
    #expect(json.contains("\"word\":\"diplomat"), "\(json)")
    #expect(try folder.fts("suggest", "zzzz").status == 1)
  }

  @Test func `Words are corrected and highlighted`() throws {
    #expect(try folder.fts("suggest", "--correct", "doi ngoai").output == "đối ngoại\n")
    #expect(try folder.fts("suggest", "--correct", "diplomtie").output == "diplomatie\n")
    #expect(try folder.fts("suggest", "--correct", "idplomatie").output == "diplomatie\n")
    #expect(try folder.fts("suggest", "--correct", "rdiplomatie").output == "diplomatie\n")
    #expect(try folder.fts("suggest", "--correct", "nhan dann Viet Nam").output == "nhan dan Viet Nam\n")
    #expect(try folder.fts("suggest", "--correct", "diplomatie").status == 1)
  }

  @Test func `An unknown word is searched as the words near it, and that is said`() throws {
    let result = try folder.fts("query", "la diplomtie populaire")
    #expect(result.status == 0)
    #expect(
      result.error.contains(
        "showing results for: la diplomatie populaire; --correct off searches what was typed\n"), "\(result.error)")
    let json = try folder.fts("query", "--json", "diplomtie").output
    #expect(json.contains(#""corrected":"diplomatie","typedTotal":0"#), "\(json)")
    let clean = try folder.fts("query", "--json", "diplomatie").output
    #expect(!clean.contains("corrected") && !clean.contains("suggestion"))
    let typed = try folder.fts("query", "--correct", "off", "diplomtie")
    #expect(typed.status == 1 && typed.error.contains("did you mean: diplomatie"), "\(typed.error)")
    #expect(
      try folder.fts("query", "--json", "--correct", "off", "diplomtie").output.contains(
        "\"suggestion\":\"diplomatie\""))
    #expect(try folder.fts("query", "--correct", "maybe", "x").status == 2)
  }

  @Test func `Wrong use is status 2`() throws {
    #expect(try folder.fts("suggest").status == 2)
    #expect(try folder.fts("suggest", "-n", "0", "diplo").status == 2)
    #expect(try folder.fts("suggest", "--index", "nowhere", "diplo").status == 2)
  }
}
