import TestSupport
import Testing

/// `fts build --analyzer`: the index remembers it, and queries are analysed alike.
@Suite struct AnalyzerOptionTests {
  @Test(arguments: [
    ("light", ["conférences", "conférence", "différemment"]), ("light1", ["conférences", "conférence"]),
    ("snowball", ["conférences", "conférence", "différemment"]), ("none", ["conférence"]), ("folding", ["conférence"]),
  ])
  func `Queries find what the analyzer of the index lets them find`(name: String, found: [String]) throws {
    let folder = try WorkingFolder()
    try folder.write("Titre\nUne conférence différente à l'hôtel.", to: "texte.txt")
    #expect(try folder.fts("build", "--analyzer", name, "texte.txt").status == 0)
    for word in ["conférences", "conférence", "différemment"] {
      #expect(
        try folder.fts("query", "--correct", "off", word).status == (found.contains(word) ? 0 : 1), "\(name): \(word)")
    }
    #expect(try folder.fts("query", "hotel").status == 0)
    #expect(try folder.fts("query", "l'hotel").status == 0)
  }

  @Test func `An unknown analyzer is named`() throws {
    let result = try WorkingFolder().fts("build", "--analyzer", "magic", "x")
    #expect(result.status == 2)
    #expect(result.error.contains("unknown analyzer 'magic'; there are light, light1, snowball, none, folding"))
  }
}
