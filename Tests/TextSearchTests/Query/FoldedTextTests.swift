import TestSupport
import Testing

@testable import TextSearch

/// What typed values of attributes mean.
@Suite struct FoldedTextTests {
  static let values: [(typed: String, value: String, isMeant: Bool)] = [
    ("évry", "Évry", true), ("EVRY", "Évry", true), ("evry", "Évry", true), ("èvry", "Évry", false),
    ("Évr", "Évry", false),
    ("khánh hoà", "Khánh Hòa", true), ("khanh hoa", "Khánh Hòa", true), ("KHÁNH HÒA", "Khánh Hoà", true),
    ("khánh hoa", "Khánh Hòa", true), ("khành hòa", "Khánh Hòa", false), ("Khánh  Hòa", "Khánh Hòa", false),
    ("e\u{301}vry", "Évry", true), ("đà nẵng", "Đà Nẵng", true), ("da nang", "Đà Nẵng", true), ("coeur", "Cœur", true),
    ("cœur", "Coeur", true),
    ("saint-denis", "Saint-Denis", true), ("saint denis", "Saint-Denis", false), ("a.b", "A.B", true), ("", "", true),
    ("12", "12", true), ("12", "123", false), ("huế", "hue", false), ("hue", "HUẾ", true), ("ßt", "SSt", true),
  ]

  @Test(arguments: values) func typedValuesMeanTexts(typed: String, value: String, isMeant: Bool) {
    #expect(FoldedText(typed).matches(Array(value.utf8)) == isMeant, "\(typed) \(value)")
  }

  @Test(arguments: UInt64(700)..<704) func lookUpsFindWhatAPassFinds(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let parts = [
      "é", "e", "E", "É", "hoà", "hòa", "HÒA", "hoa", "đ", "d", "œ", "oe", "-", " ", "1", "vry", "ế", "z", "🎉", "ß",
      "ẞ", "x\u{303}", "X\u{303}", "\u{323}", "²", "2", "İ", "Σ", "ς", "ﬁ",
    ]
    func text() -> String { (0..<random.integer(1...4)).map { _ in random.pick(parts) }.joined() }
    let index = try TestIndex()
    try index.build((0..<600).map { Document(key: "\($0)", body: "mot", attributes: ["lieu": [text(), text()]]) })
    let opened = try index.open()
    let column = try #require(try opened.segments[0].attributeColumns.column("lieu"))
    var values: [(ordinal: Int, text: [UInt8], group: [UInt8])] = []
    for ordinal in 1...column.dictionary.count {
      guard case .text(let text) = try column.dictionary.key(at: ordinal) else { continue }
      values.append((ordinal, text, SpellingGroup.key(of: String(decoding: text, as: UTF8.self))))
    }
    for _ in 0..<100 {
      let typed = text()
      let group = SpellingGroup.key(of: typed)
      for (isPrefix, isExact) in [(false, false), (true, false), (false, true)] {
        // A beginning ends before a mark that no letter is composed with.
        if isPrefix, typed.unicodeScalars.contains(where: { [0x303, 0x323].contains($0.value) }) { continue }
        let meant = FoldedText(typed, isExact: isExact)
        let expected = values.filter { value in
          if isExact { return value.group == group }
          return isPrefix ? meant.matchesBeginning(of: value.text) : meant.matches(value.text)
        }.map(\.ordinal)
        let found = try column.dictionary.ordinals(meantBy: meant, isPrefix: isPrefix).flatMap(Array.init)
        #expect(found.sorted() == expected, "seed \(seed): \(typed) \(isPrefix) \(isExact)")
      }
    }
  }

  @Test func theQueryLanguageHasThem() throws {
    let index = try TestIndex()
    try index.build(
      [
        Document(key: "e", body: "mot", attributes: ["ville": ["Évry"], "an": ["2024"]]),
        Document(key: "k", body: "mot", attributes: ["ville": ["Khánh Hòa"], "an": ["hier"]]),
        Document(key: "s", body: "mot", attributes: ["ville": ["EVRY"]]),
      ], IndexOptions(attributes: ["an": .integer]))
    let opened = try index.open()
    for (query, keys) in [
      ("ville:évry", "e"), ("ville:evry", "e s"), ("ville:=Évry", "e"), ("ville:=ÉVRY", "e"), ("ville:=evry", "s"),
      ("ville:=èvry", ""), ("ville:=Évr", ""), ("ville:Évr*", "e"),
      ("ville:evr*", "e s"), ("ville:\"Khánh Hoà\"", "k"), ("ville:\"khanh hoa\"", "k"), ("ville:=\"khánh HOÀ\"", "k"),
      ("ville:=\"Khanh Hoa\"", ""), ("an:=HIER", "k"), ("ville:khánh*", "k"),
      ("ville:(evry \"khanh hoa\")", "e k s"), ("an:2024", "e"), ("an:HIER", "k"), ("an:2024.0", "e"),
      ("mot -ville:evry", "k"),
    ] {
      #expect(
        try opened.search(opened.parse(query)).hits.map(\.key).sorted().joined(separator: " ") == keys, "\(query)")
    }
  }
}
