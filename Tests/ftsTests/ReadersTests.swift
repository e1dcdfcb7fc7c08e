import Foundation
import TestSupport
import Testing

@testable import FTSInput

/// The command reads what people have: pages, tables, JSON of all shapes, encodings; and loses nothing in silence.
@Suite struct ReadersTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  @Test func `Pages, tables and arrays are searched`() throws {
    try folder.write("<html lang=fr><title>Accueil</title><p>caf&eacute;s de Hu&#7871;</p>", to: "in/a.html")
    try folder.write("id;titre;texte\nc1;Rapport;La pivoine rouge\nc2;Note;\"Le lys;\nblanc\"\n", to: "in/b.csv")
    try folder.write(
      "[{\"id\":\"j1\",\"titre\":\"Jardin\",\"texte\":{\"fr\":\"Le muguet\"}},\n{\"id\":\"j2\",\"title\":\"Iris\"}]",
      to: "in/c.json")
    try folder.write("title\tbody\nViệt Nam\thoa sen\n", to: "in/d.tsv")
    let build = try folder.fts(
      "build", "in", "--strict", "--map", "title=titre", "--map", "body=texte", "--map", "body=texte.fr")
    #expect(build.status == 0, "\(build.error)")
    for (query, key) in [
      ("cafés", "a.html"), ("Huế", "a.html"), ("lang:fr", "a.html"), ("pivoine", "c1"), ("\"lys blanc\"", "c2"),
      ("muguet", "j1"), ("iris", "j2"), ("hoa sen", "d.tsv:2"),
    ] {
      #expect(try folder.keys(query) == [key], "\(query)")
    }
    // With equal settings nothing is read again.
    #expect(
      try folder.fts("build", "in", "--map", "title=titre", "--map", "body=texte", "--map", "body=texte.fr").error
        .contains("6 unchanged") == true)
  }

  @Test func `What is lost is said with file and line, and strict refuses it`() throws {
    let cases: [(name: String, contents: String, message: String)] = [
      (
        "a.jsonl", "{\"id\":\"1\",\"title\":\"t\"}\n{\"id\":\"2\",\"title\":\"u\",\"body\":{\"fr\":\"x\"}}\n",
        "a.jsonl:2: body is an object; name the member: --map body=body.fr"
      ),
      ("b.json", "[{\"title\":\"t\"},\n\n 5]", "b.json:3: column 1: an object expected"),
      ("c.json", "[{\"title\":\"t\"}", "c.json:1: the array does not end"),
      ("d.csv", "title,body\na,b\nc,d,e\n", "d.csv:3: 3 values, 2 columns"),
      ("e.csv", "title,body\na,\"b\n", "e.csv:2: a quote that is opened here never ends"),
      ("i.csv", "\"id,title,body\n1,a,Texte\n", "i.csv:1: a quote that is opened here never ends"),
      ("j.csv", "Rapport annuel,2024\n", "j.csv:1: a head without rows below it"),
      ("f.md", "---\ntitle: a\nperdu\n---\nb", "f.md:3: front matter: not understood, 'perdu'"),
      ("g.txt", "texte\0binaire", "g.txt: no text but binary data; passed over"),
    ]
    try folder.write("Titre\nTexte", to: "in/ok.txt")
    for (name, contents, message) in cases {
      try folder.write(contents, to: "in/" + name)
      let strict = try folder.fts("build", "in", "--strict")
      #expect(strict.status == 2 && strict.error.contains("fts: in/" + message + "\n"), "\(name): \(strict.error)")
      #expect(try folder.fts("build", "in").status == 0)
      try FileManager.default.removeItem(atPath: folder.path + "/in/" + name)
    }
  }

  @Test func `Kinds passed over are counted in one line`() throws {
    try folder.write("Titre\nTexte", to: "in/ok.txt")
    for name in ["a.docx", "b.DOCX", "c.png", "d"] { try folder.write("x", to: "in/" + name) }
    let build = try folder.fts("build", "in")
    #expect(
      build.status == 0 && build.error.contains("fts: 2 .docx, 1 without extension, 1 .png passed over\n"),
      "\(build.error)")
    #expect(try folder.fts("build", "in", "--strict").status == 2)
    for name in ["a.docx", "b.DOCX"] { try FileManager.default.removeItem(atPath: folder.path + "/in/" + name) }
    #expect(try folder.fts("build", "in", "--strict").status == 0)
  }

  @Test func `A fallback encoding reads what is not valid`() throws {
    try folder.write(Array("Titre\ncaf".utf8) + [0xE9], to: "in/a.txt")
    try folder.write("Titre\nthé déjà", to: "in/b.txt")
    try folder.write(
      Array("{\"id\":\"c\",\"body\":\"for".utf8) + [0xEA] + Array("t\"}\n{\"id\":\"d\",\"body\":\"clé\"}".utf8),
      to: "in/c.jsonl")
    let build = try folder.fts("build", "in", "--strict", "--fallback-encoding", "windows-1252")
    #expect(build.status == 0, "\(build.error)")
    try folder.write("{\"id\":\"e\",\"body\":\"Hà Nội \\ud83d fin\"}\n", to: "in/e.jsonl")
    #expect(try folder.fts("build", "in", "--fallback-encoding", "windows-1252").status == 0)
    for (query, key) in [("café", "a.txt"), ("déjà", "b.txt"), ("forêt", "c"), ("clé", "d"), ("Hà Nội", "e")] {
      #expect(try folder.keys(query) == [key], "\(query)")
    }
    let text = "Tựa\nđối ngoại"
    try folder.write([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "u/a.txt")
    try folder.write(
      [0xFF, 0xFE] + "{\"id\":\"x\",\"body\":\"Huế\"}\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      to: "u/b.jsonl")
    #expect(try folder.fts("build", "u", "--strict").status == 0)
    #expect(try folder.keys("đối ngoại") == ["a.txt"])
    #expect(try folder.keys("Huế") == ["x"])
  }
}
