import TestSupport
import Testing

/// `fts build --analyzer`: the index remembers it, and queries are analysed alike.
@Suite struct AnalyzerOptionTests {
  @Test(arguments: [
    ("light", ["conférences", "conférence", "différemment"]), ("light1", ["conférences", "conférence"]),
    ("snowball", ["conférences", "conférence", "différemment"]), ("none", ["conférence"]), ("folding", ["conférence"]),
  ])
  func `Queries find what the analyzer of the index lets them find`(name: String, found: [String]) throws {
    let place = try Workplace()
    try place.write("Titre\nUne conférence différente à l'hôtel.", to: "texte.txt")
    #expect(try place.fts("build", "--analyzer", name, "texte.txt").status == 0)
    for word in ["conférences", "conférence", "différemment"] {
      #expect(try place.fts("query", word).status == (found.contains(word) ? 0 : 1), "\(name): \(word)")
    }
    #expect(try place.fts("query", "hotel").status == 0)
    #expect(try place.fts("query", "l'hotel").status == 0)
  }

  @Test func `An unknown analyzer is named`() throws {
    let result = try Workplace().fts("build", "--analyzer", "magic", "x")
    #expect(result.status == 2)
    #expect(result.error.contains("unknown analyzer 'magic'; there are light, light1, snowball, none, folding"))
  }
}
