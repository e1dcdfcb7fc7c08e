import Foundation
import TestSupport
import Testing
import TextSearch

@testable import FTSInput

/// Which files a build reads, in which order, and what the reader reports of them.
@Suite struct InputFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
  }

  private func read(_ inputs: [String]) throws -> (documents: [Document], report: InputReport) {
    var reader = try DocumentReader(inputs)
    var documents: [Document] = []
    try reader.read { (document) throws(SearchError) in documents.append(document) }
    return (documents, reader.report)
  }

  @Test func `A folder is read in the order of bytes, whatever its kinds are`() throws {
    for name in ["b.md", "a.txt", "B.text", "a/z.markdown", "a/a.jsonl", "é.md", "a-b.ndjson", "A.MD"] {
      try folder.write("x", to: name)
    }
    let files = try InputFiles([folder.path]).files
    #expect(
      files.map(\.name) == ["A.MD", "B.text", "a/a.jsonl", "a/z.markdown", "a-b.ndjson", "a.txt", "b.md", "é.md"])
    #expect(
      files.map(\.kind)
        == [.markdown, .plain, .jsonLines, .markdown, .jsonLines, .plain, .markdown, .markdown])
    #expect(files.allSatisfy { $0.path == folder.path + "/" + $0.name })
  }

  @Test func `Other kinds are counted, hidden files and README.md are not`() throws {
    for name in ["a.md", "b.docx", "c", "d.PDF", ".e.md", ".f/g.md", "README.md", "h/README.md", "h/readme.md"] {
      try folder.write("x", to: name)
    }
    let found = try InputFiles([folder.path])
    #expect(found.files.map(\.name) == ["a.md", "h/readme.md"])
    #expect(found.passedOver == [".docx": 1, "": 1, ".pdf": 1])
    #expect(found.problems.isEmpty)
  }

  @Test func `Inputs keep their order and name the keys`() throws {
    try folder.write("x", to: "b/x.md")
    try folder.write("x", to: "a/y.md")
    let (b, a) = (folder.path + "/b", folder.path + "/a")
    #expect(try InputFiles([b + "/", "-", a]).files.map(\.name) == [b + "/x.md", "-", a + "/y.md"])
    #expect(try InputFiles([b]).files.map(\.name) == ["x.md"])
    #expect(try InputFiles([b + "/x.md"]).files.map(\.name) == ["x.md"])
    #expect(try InputFiles(["-"]).files == [InputFiles.File(path: "-", name: "-", kind: .standardInput)])
  }

  @Test func `Links are followed, and no folder is read twice`() throws {
    try folder.write("x", to: "real/a.md")
    try folder.write("x", to: "real/deep/b.md")
    try link("real/up", to: "..")
    try link("real/deep/self", to: ".")
    try link("z-file.md", to: "real/a.md")
    try link("z-folder", to: "real")
    let found = try InputFiles([folder.path])
    #expect(found.files.map(\.name) == ["real/a.md", "real/deep/b.md", "z-file.md"])
    #expect(found.problems.isEmpty)
    #expect(try InputFiles([folder.path + "/z-folder"]).files.map(\.name).contains("a.md"))
  }

  @Test func `Two folders that link to each other end`() throws {
    try folder.write("x", to: "a/a.md")
    try folder.write("x", to: "b/b.md")
    try link("a/b", to: "../b")
    try link("b/a", to: "../a")
    #expect(try InputFiles([folder.path]).files.map(\.name) == ["a/a.md", "a/b/b.md"])
  }

  @Test func `A link that loops or dangles hides no neighbour`() throws {
    for name in ["a.md", "c.md", "z/d.md"] { try folder.write("x", to: name) }
    try link("b.md", to: "b.md")
    try link("bb.md", to: "nowhere")
    try link("bc", to: "nowhere")
    let found = try InputFiles([folder.path])
    #expect(found.files.map(\.name) == ["a.md", "c.md", "z/d.md"])
    #expect(found.problems.map(\.location) == [folder.path + "/b.md", folder.path + "/bb.md"])
    #expect(found.passedOver == ["": 1])
  }

  @Test func `An input that is not there is an error`() {
    #expect(throws: SearchError.system(operation: "find", path: folder.path + "/x", code: 2)) {
      try InputFiles([folder.path + "/x"])
    }
  }

  // MARK: The reader

  @Test func `The report counts files, documents, bytes and repairs`() throws {
    try folder.write("Titre\nCorps", to: "a.txt")
    try folder.write("{\"title\":\"T\",\"body\":\"é\"}\nbroken\n", to: "b.jsonl")
    try folder.write(Array("x ".utf8) + [0xFF, 0x20, 0xFE], to: "c.md")
    try folder.write("x", to: "d.bin")
    let (documents, report) = try read([folder.path])
    #expect(documents.map(\.key) == ["a.txt", "b.jsonl:1", "c.md"])
    #expect(report.files == 3)
    #expect(report.documents == 3)
    #expect(report.bytes == 11 + 33 + 5)
    #expect(report.textBytes == 10 + 3 + 2 + 6 + 1)
    #expect(report.repairs == 2)
    #expect(report.repairedDocuments == 1)
    #expect(report.skippedFiles == 1)
    #expect(report.problems.map(\.location) == [folder.path + "/b.jsonl:2", folder.path + "/c.md:1"])
  }

  @Test func `JSON members become attributes, path is the file unless given`() throws {
    let lines = [
      #"{"id":"a","title":"T","body":"B","date":"2024","n":7,"x":null,"y":[1,[2],"deux"],"z":[],"path":"own"}"#,
      #"{"id":"b"}"#,
    ]
    let file = try folder.write(lines.joined(separator: "\r\n"), to: "a.jsonl")
    let documents = try read([file]).documents
    #expect(
      documents.map(\.attributes) == [
        ["date": ["2024"], "n": ["7"], "path": ["own"], "y": ["1", "2", "deux"]], ["path": [file]],
      ])
    #expect(documents[0] == Document(key: "a", title: "T", body: "B", attributes: documents[0].attributes))
    #expect(documents[1].fields.map(\.text) == ["", ""])
  }

  @Test func `A byte order mark before text, front matter or JSON is dropped`() throws {
    try folder.write("\u{FEFF}Titre\nCorps", to: "a.txt")
    try folder.write("\u{FEFF}---\ntitle: Tête\n---\nCorps", to: "b.md")
    try folder.write("\u{FEFF}{\"id\":\"c\",\"title\":\"Objet\"}\n", to: "c.jsonl")
    let (documents, report) = try read([folder.path])
    #expect(documents.map { $0.fields[0].text } == ["Titre", "Tête", "Objet"])
    #expect(report.problems.isEmpty)
  }

  @Test func `Lines longer than a read, and a last line without an end`() throws {
    let long = String(repeating: "mot ", count: 700_000)
    let lines = [#"{"id":"a","body":"x"}"#, "{\"id\":\"b\",\"body\":\"\(long)\"}", #"{"id":"c","body":"z"}"#]
    let file = try folder.write(lines.joined(separator: "\n"), to: "a.jsonl")
    let documents = try read([file]).documents
    #expect(documents.map(\.key) == ["a", "b", "c"])
    #expect(documents[1].fields[1].text == long)
    let text = try folder.write("Titre\n" + long, to: "b.txt")
    #expect(try read([text]).documents[0].fields[1].text == long)
  }

  @Test func `What the taker throws ends the reading`() throws {
    try folder.write("{}\n{}\n{}\n", to: "a.jsonl")
    var reader = try DocumentReader([folder.path])
    var taken = 0
    #expect(throws: SearchError.emptyQuery) {
      try reader.read { (_) throws(SearchError) in
        taken += 1
        if taken == 2 { throw SearchError.emptyQuery }
      }
    }
    #expect(taken == 2)
  }
}
