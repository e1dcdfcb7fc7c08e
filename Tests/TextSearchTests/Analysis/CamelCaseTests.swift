import Foundation
import Testing

@testable import TextSearch

/// Words in camel case: the whole and the parts are found, and phrases are those of the whole.
@Suite struct CamelCaseTests {
  private func parts(_ word: String) -> [String] {
    let bytes = Array(word.utf8)
    return CamelCase.keys(of: bytes.span, 0..<bytes.count).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("CadreUnifie", ["cadre", "unifie"]), ("motClé", ["mot", "cle"]), ("đổiMới", ["doi", "moi"]),
    ("PlanClimat2030", ["plan", "climat"]), ("COP21Climat", []), ("getElementById", ["get", "element", "by", "id"]),
    ("HTMLElement", ["html", "element"]), ("XMLHttpRequest", ["xml", "http", "request"]),
    ("McDonald", ["mc", "donald"]),
    ("PowerPoint", ["power", "point"]), ("ÉtéÉcole", ["ete", "ecole"]), ("motMot", ["mot"]), ("iPhone", []),
    ("LaTeX", []), ("eBay", []), ("vitamineC", []), ("ONGs", []), ("PDFs", []), ("Diplomatie", []), ("DIPLOMATIE", []),
    ("diplomatie", []), ("", []), ("x", []), ("aBcDeFgH", []), ("ĐổiMớiSángTạo", ["doi", "moi", "sang", "tao"]),
    ("un2Deux", []), ("unDeux2Trois", ["un", "deux", "trois"]), ("motÉ", []),
    ("abCdEfGhIjKlMnOpQr", []), ("дваСлова", ["два", "слова"]),
  ])
  func partsOfAWord(word: String, expected: [String]) {
    #expect(parts(word) == expected)
    #expect(parts(word.decomposedStringWithCanonicalMapping) == expected)
  }

  static let words: [(word: String, parts: [String])] = [
    ("CadreUnifié", ["cadre", "unifié", "unifie", "UNIFIÉ", "unifiés"]), ("motClé", ["mot", "clé", "cle", "mots"]),
    ("đổiMới", ["đổi", "mới", "doi", "moi", "MỚI"]), ("#PlanClimat", ["plan", "climat", "climats"]),
    ("PowerPoint", ["power", "point"]), ("McDonald", ["donald"]), ("HTMLElement", ["html", "elements"]),
  ]

  @Test(arguments: words) func theWholeAndThePartsAreFound(word: String, parts: [String]) throws {
    let whole = word.filter(\.isLetter)
    for text in [word, word.decomposedStringWithCanonicalMapping] {
      for document in [
        "Le rapport de \(text) est paru dans la région.", "Báo cáo của \(text) đã được công bố năm nay.",
      ] {
        let index = try TestIndex(["d": document, "other": "rien ici, không có gì"])
        for query in parts + [word, whole, whole.lowercased(), whole.uppercased(), "=\(whole)", "\(whole.prefix(5))*"] {
          #expect(try index.keys(parsing: "+" + query) == ["d"], "\(query) in \(document)")
          let decomposed = query.decomposedStringWithCanonicalMapping
          #expect(try index.keys(parsing: "+" + decomposed) == ["d"], "\(decomposed) in \(document)")
        }
        let all = SearchOptions(requiresAllWords: true)
        #expect(try index.keys(parts.prefix(2).joined(separator: " "), all) == ["d"])
      }
    }
  }

  @Test func namesAreFoundInEveryCaseAndPhrasesHold() throws {
    for word in ["PowerPoint", "powerpoint", "POWERPOINT", "iPhone", "LaTeX", "McDonald", "CadreUnifie"] {
      let index = try TestIndex(["d": "voici le \(word) annuel de la région"])
      for typed in [word, word.lowercased(), word.uppercased()] {
        for query in [typed, "\"le \(typed) annuel\"", "\"voici le \(typed)\"", "+le +\(typed)", "\(typed)~1"] {
          #expect(try index.keys(parsing: query) == ["d"], "\(query) in \(word)")
        }
      }
    }
    #expect(try TestIndex(["d": "mon iPhone neuf"]).keys(parsing: "\"phone neuf\"").isEmpty)
  }

  @Test func aPartIsAtThePositionOfTheWhole() throws {
    let index = try TestIndex(["fr": "voir le CadreUnifie annuel", "vi": "công cuộc đổiMới năm nay"])
    for (phrase, found) in [
      ("le cadre annuel", "fr"), ("le unifié annuel", "fr"), ("le cadreunifie annuel", "fr"), ("mới năm nay", "vi"),
      ("cuộc đổi năm", "vi"),
    ] {
      #expect(try index.keys(parsing: "\"\(phrase)\"") == [found], "\(phrase)")
    }
    #expect(try index.keys(parsing: "\"le cadre unifié annuel\"").isEmpty)
  }

  @Test func snippetsMarkTheWholeWord() throws {
    let index = try TestIndex(["d": "Voir le CadreUnifié (2030), và đổiMới."]).open()
    for (query, marked) in [
      ("cadre", "[CadreUnifié]"), ("UNIFIÉ", "[CadreUnifié]"), ("cadreunifie", "[CadreUnifié]"), ("mới", "[đổiMới]"),
      ("doi", "[đổiMới]"),
    ] {
      let snippet = try index.search(query).hits.first?.snippet.marked(open: "[", close: "]")
      #expect(snippet?.contains(marked) == true, "\(query): \(snippet ?? "nothing")")
    }
  }

  @Test func exactSpellingsAndOtherPresetsHaveNoParts() throws {
    let text = "Voir le CadreUnifie annuel"
    #expect(try TestIndex(["d": text]).keys(parsing: "=cadre").isEmpty)
    var options = IndexOptions()
    options.analyzer = AnalyzerOptions(preset: .folding)
    let folding = try TestIndex(["d": text], options)
    #expect(try folding.keys("cadre").isEmpty && folding.keys("cadreunifie") == ["d"])
  }

  /// Repeated parts, and parts beside a compound that begins at one position with them.
  @Test func theIndexIsWholeAfterMergingAndDeleting() throws {
    let index = try TestIndex()
    try index.build([
      Document(key: "a", title: "motMot", body: "PowerPoint-annuel CadreCadre motClé-mot € motMot"),
      Document(key: "b", body: "PlanClimat PlanClimat 🎉🎉 C++"),
    ])
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.add(Document(key: "c", title: "€", body: "motClé $ CadreUnifie"))
    try writer.commit()
    try writer.delete(key: "b")
    try writer.commit()
    try writer.compact()
    #expect(Set(try index.keys(parsing: "+mot")) == ["a", "c"])
    #expect(Set(try index.keys(parsing: "€ $")) == ["a", "c"])
    #expect(try index.keys(parsing: "\"climat\"").isEmpty && index.keys(parsing: "🎉").isEmpty)
    #expect(try index.open().verify().problems.isEmpty)
  }
}
