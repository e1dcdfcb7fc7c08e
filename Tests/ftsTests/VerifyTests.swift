import TestSupport
import Testing

/// `fts verify`.
@Suite struct VerifyTests {
  private let folder: WorkingFolder
  private let segment: String

  init() throws {
    folder = try WorkingFolder()
    try folder.build([("a", "pivoine rouge"), ("b", "une tulipe"), ("c", "hoa hồng")])
    segment = try "fts-index/" + #require(try folder.names("fts-index").first { $0.hasPrefix("segment-") })
  }

  @Test func `A whole index has no problems`() throws {
    let result = try folder.fts("verify")
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.error.hasPrefix("fts-index: 1 segment, 3 documents, "))
    #expect(result.error.hasSuffix(" read, no problems\n"))
  }

  @Test func `A changed byte is named with its file and section`() throws {
    let whole = try folder.bytes(segment)
    for offset in stride(from: 0, to: whole.count, by: whole.count / 40) {
      var bytes = whole
      bytes[offset] ^= 0x40
      try folder.write(bytes, to: segment)
      let result = try folder.fts("verify", "--index", "fts-index")
      #expect(result.status == 1, "byte \(offset): \(result.error)")
      #expect(!result.outputLines.isEmpty, "byte \(offset)")
      #expect(result.outputLines.allSatisfy { $0.hasPrefix("\(segment): section ") && $0.contains(", offset ") })
    }
  }

  @Test func `Files that are gone or cut are problems`() throws {
    let whole = try folder.bytes(segment)
    try folder.write(Array(whole.dropLast(40)), to: segment)
    #expect(try folder.fts("verify").status == 1)
    #expect(try folder.shell("rm \(segment)").status == 0)
    let result = try folder.fts("verify")
    #expect(result.status == 1)
    #expect(
      result.output == "\(segment): section file, offset 0: cannot open \(segment): No such file or directory\n")
    try folder.write([1, 2, 3], to: "fts-index/manifest")
    #expect(try folder.fts("verify").output == "fts-index/manifest: section manifest, offset 0: not a manifest\n")
  }

  @Test func `No index and wrong command lines are errors`() throws {
    let none = try folder.fts("verify", "-i", "nothing")
    #expect(none.status == 2)
    #expect(none.error == "fts: no index at nothing; make one with: fts build FOLDER --index nothing\n")
    let words = try folder.fts("verify", "fts-index")
    #expect(words.status == 2)
    #expect(words.error == "fts: verify takes no words; name the index with --index fts-index\n")
  }
}
