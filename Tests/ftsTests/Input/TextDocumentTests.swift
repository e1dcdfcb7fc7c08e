import TestSupport
import Testing

@testable import FTSInput

/// Titles, bodies and attributes of text files.
@Suite struct TextDocumentTests {
  // MARK: Plain text

  static let plain: [(text: String, title: String, body: String)] = [
    ("", "", ""), ("\n \n\t\n", "", ""), ("Titre", "Titre", ""), ("Titre\n", "Titre", ""),
    ("Titre\nCorps", "Titre", "Corps"),
    ("\n\n  Titre\u{A0} \n\n\nCorps\n\nFin\n", "Titre", "Corps\n\nFin\n"),
    ("Titre\r\n\r\nCorps\r\nFin", "Titre", "Corps\nFin"),
    ("Titre\rCorps", "Titre", "Corps"), ("# Pas de marque\nCorps", "# Pas de marque", "Corps"),
    ("---\na: b\n---\nc", "---", "a: b\n---\nc"),
    ("é\nđối", "é", "đối"),
  ]

  @Test(arguments: plain) func `Plain text has its first line that is not empty as title`(
    text: String, title: String, body: String
  ) {
    let document = TextDocument(plain: text)
    #expect(document.title == title)
    #expect(document.body == body)
    #expect(document.attributes.isEmpty)
  }

  @Test func `A long first line is text, its beginning the title`() {
    let line = String(repeating: "événement ", count: 40)
    let document = TextDocument(plain: line + "\nsuite")
    #expect(document.title == String(repeating: "événement ", count: 9) + "événement …")
    #expect(document.body == line + "\nsuite")
    let unbroken = String(repeating: "é", count: 1000)
    #expect(TextDocument(plain: unbroken).title == String(repeating: "é", count: 60) + " …")
    #expect(TextDocument(plain: unbroken).body == unbroken)
    let fitting = String(repeating: "x", count: TextDocument.longestTitle)
    #expect(TextDocument(plain: fitting).title == fitting)
    #expect(TextDocument(plain: fitting).body.isEmpty)
  }

  // MARK: Markdown

  @Test(arguments: ["\n", "\r\n", "\r"]) func `Front matter holds title and attributes`(end: String) {
    let lines = [
      "---", "title: La paix : un but", "date: 2025-08-06", "empty:", "no colon", "a b:  c ", "---", "", "# Tête",
      "Corps",
    ]
    let document = TextDocument(markdown: lines.joined(separator: end))
    #expect(document.title == "La paix : un but")
    #expect(document.body == "Tête\nCorps")
    #expect(document.attributes == ["date": ["2025-08-06"], "a b": ["c"]])
  }

  @Test func `Lists in front matter are several values`() {
    let lines = [
      "---", "tags: [paix, \"Paris, France\", 'a', , ]", "lieux:", "  - Hanoi", "- \"Huế\"", "-", "other: x", "- lost",
      "title: [1] un", "empty: []", "one: [", "date: 2025", "---",
    ]
    let document = TextDocument(markdown: lines.joined(separator: "\n"))
    #expect(document.title == "[1] un")
    #expect(
      document.attributes == [
        "tags": ["paix", "Paris, France", "a"], "lieux": ["Hanoi", "Huế"], "other": ["x"], "one": ["["],
        "date": ["2025"],
      ])
  }

  static let quotes = [
    (#""deux mots""#, "deux mots"), ("'deux mots'", "deux mots"), (#""à moitié"#, #""à moitié"#), (#"""#, #"""#),
    (#"'l'été'"#, "l'été"), (#"a "b" c"#, #"a "b" c"#), ("\"x'", "\"x'"),
  ]

  @Test(arguments: quotes) func `Quotes around a value go`(written: String, value: String) {
    #expect(TextDocument(markdown: "---\ntitle: \(written)\n---\n").title == value)
  }

  @Test func `Front matter without a title leaves it to the text`() {
    let document = TextDocument(markdown: "---\ndate: 2024\n---\n\n## Titre\nCorps")
    #expect(document.title == "Titre")
    #expect(document.body == "Corps")
    #expect(document.attributes == ["date": ["2024"]])
  }

  @Test func `Front matter may end in dots, and must end`() {
    #expect(TextDocument(markdown: "---\ntitle: a\n...\nb") == TextDocument(markdown: "---\ntitle: a\n---\nb"))
    let open = TextDocument(markdown: "---\ntitle: a\nb")
    #expect(open.title == "title: a")
    #expect(open.body == "b")
    #expect(TextDocument(markdown: "x\n---\ntitle: a\n---").title == "x")
  }

  @Test func `Heading signs go, other signs stay`() {
    let document = TextDocument(markdown: "# Un\n##   Deux\n#Trois\n####### Sept\n- quatre # cinq")
    #expect(document.title == "Un")
    #expect(document.body == "Deux\n#Trois\n####### Sept\n- quatre # cinq")
  }

  @Test func `Empty Markdown is an empty document`() {
    for text in ["", "---", "---\n---", "---\n---\n\n"] {
      #expect(TextDocument(markdown: text).body.isEmpty, "\(text)")
    }
    #expect(TextDocument(markdown: "---\ntitle: seul\n---").title == "seul")
  }

  @Test func `A byte order mark is dropped once, at the head of a file`() {
    #expect(InputText.withoutByteOrderMark("\u{FEFF}x") == "x")
    #expect(InputText.withoutByteOrderMark("\u{FEFF}\u{FEFF}x").unicodeScalars.count == 2)
    #expect(InputText.withoutByteOrderMark("x\u{FEFF}").unicodeScalars.count == 2)
  }

  static let malformed: [(bytes: [UInt8], text: String, repaired: Int)] = [
    ([0x61, 0xFF, 0x62], "a\u{FFFD}b", 1), ([0xEF, 0xBF, 0xBD], "\u{FFFD}", 0),
    ([0xEF, 0xBF, 0xBD, 0xFF], "\u{FFFD}\u{FFFD}", 1),
    ([0xC3], "\u{FFFD}", 1), ([0xF0, 0x9F, 0x99, 0x61], "\u{FFFD}a", 1), ([0x80, 0x80], "\u{FFFD}\u{FFFD}", 2),
    ([], "", 0),
  ]

  @Test(arguments: malformed) func `Malformed UTF-8 is replaced and counted`(
    bytes: [UInt8], text: String, repaired: Int
  ) {
    var count = 0
    #expect(InputText.decode(bytes, repaired: &count) == text)
    #expect(count == repaired)
  }
}
