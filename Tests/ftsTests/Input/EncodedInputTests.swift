import TestSupport
import Testing
import TextSearch

@testable import FTSInput
@testable import fts

/// Documents in other encodings, read and built.
@Suite struct EncodedInputTests {
  private static func read(_ path: String, _ encoding: InputEncoding) throws -> ([Document], InputReport) {
    var reader = try DocumentReader([path], settings: InputSettings(encoding: encoding))
    var documents: [Document] = []
    try reader.read { documents.append($0) }
    return (documents, reader.report)
  }

  @Test func `plain text in VISCII`() throws {
    let folder = try TemporaryFolder()
    // Capitals among the control characters: Ẵ 05, Ỹ 19.
    let file = try folder.write([0xD0, 0xAF, 0x69, 0x0A, 0x0A, 0x05, 0x19, 0x20, 0x6E, 0xE0], to: "a.txt")
    let (documents, report) = try EncodedInputTests.read(file, .viscii)
    #expect(documents.map(\.fields) == [[.init("title", "Đối"), .init("body", "ẴỸ nà")]])
    #expect(report.repairs == 0)
  }

  @Test func `JSON lines in TCVN`() throws {
    let folder = try TemporaryFolder()
    var bytes = Array("{\"id\": \"1\", \"title\": \"".utf8)
    // Ú is 0x01, no control character that JSON would refuse; the tone of ngoại is a mark of its own.
    bytes += [0x01, 0x74] + Array("\", \"body\": \"ngoa".utf8) + [0xB4] + Array("i\", \"by\": \"".utf8) + [0xAE]
    bytes += Array("\"}\n".utf8)
    let (documents, report) = try EncodedInputTests.read(try folder.write(bytes, to: "a.jsonl"), .tcvn)
    #expect(documents.map(\.fields) == [[.init("title", "Út"), .init("body", "ngoại")]])
    #expect(documents[0].attributes["by"] == ["đ"])
    #expect(report.problems.isEmpty)
  }

  @Test func `JSON lines in VIQR`() throws {
    let folder = try TemporaryFolder()
    let line = #"{"id": "a.b", "title": "ddo^'i ngoa.i", "body": "\"la\\.\" ddo^`ng\\\\", "url": "http://e.vn"}"#
    let (documents, _) = try EncodedInputTests.read(try folder.write(line, to: "a.jsonl"), .viqr)
    #expect(documents[0].key == "a.b")
    #expect(documents[0].fields == [.init("title", "đối ngoại"), .init("body", "\"la.\" đồng\\")])
    #expect(documents[0].attributes["url"] == ["http://e.vn"])
  }

  @Test func `undefined bytes are a problem of the document`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([0x61, 0x81, 0x0A, 0x62], to: "a.txt")
    let (documents, report) = try EncodedInputTests.read(file, .windows1252)
    #expect(documents[0].fields[0].text == "a\u{FFFD}")
    #expect(report.repairs == 1)
    #expect(report.problems.map(\.message) == ["invalid windows-1252, 1 sequence replaced"])
  }

  @Test func `the command builds from another encoding`() throws {
    let folder = try TemporaryFolder()
    // "đối ngoại" with combining tones.
    let file = try folder.write(
      [0xF0, 0xF4, 0xEC, 0x69, 0x20] + Array("ngoa".utf8) + [0xF2, 0x69, 0x0A], to: "a.txt")
    let index = folder.path + "/index"
    #expect(FTSCommand.run(["build", "--index", index, "--encoding", "Windows-1258", file]) == 0)
    #expect(try SearchIndex(index).search("đối ngoại").total == 1)
    #expect(FTSCommand.run(["build", "--index", index, "--encoding", "latin-7", file]) == 2)
    let arguments = try Arguments(["--encoding", "latin-7", file], BuildCommand.command.options)
    #expect {
      _ = try BuildCommand.run(arguments)
    } throws: { error in
      (error as? UsageError)?.description
        == "unknown encoding 'latin-7'; there are \(InputEncoding.names)"
    }
  }
}
