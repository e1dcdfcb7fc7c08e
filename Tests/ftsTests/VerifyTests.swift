import TestSupport
import Testing

/// `fts verify`.
@Suite struct VerifyTests {
  private let place: Workplace
  private let segment: String

  init() throws {
    place = try Workplace()
    try place.build([("a", "pivoine rouge"), ("b", "une tulipe"), ("c", "hoa hồng")])
    segment = try "fts-index/" + #require(try place.names("fts-index").first { $0.hasPrefix("segment-") })
  }

  @Test func `A whole index has no problems`() throws {
    let result = try place.fts("verify")
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.error.hasPrefix("fts-index: 1 segment, 3 documents, "))
    #expect(result.error.hasSuffix(" read, no problems\n"))
  }

  @Test func `A changed byte is named with its file and section`() throws {
    let whole = try place.bytes(segment)
    for offset in stride(from: 0, to: whole.count, by: whole.count / 40) {
      var bytes = whole
      bytes[offset] ^= 0x40
      try place.folder.write(bytes, to: segment)
      let result = try place.fts("verify", "--index", "fts-index")
      #expect(result.status == 1, "byte \(offset): \(result.error)")
      #expect(!result.outputLines.isEmpty, "byte \(offset)")
      #expect(result.outputLines.allSatisfy { $0.hasPrefix("\(segment): section ") && $0.contains(", offset ") })
    }
  }

  @Test func `Files that are gone or cut are problems`() throws {
    let whole = try place.bytes(segment)
    try place.folder.write(Array(whole.dropLast(40)), to: segment)
    #expect(try place.fts("verify").status == 1)
    #expect(try place.shell("rm \(segment)").status == 0)
    let result = try place.fts("verify")
    #expect(result.status == 1)
    #expect(
      result.output == "\(segment): section file, offset 0: cannot open \(segment): No such file or directory\n")
    try place.folder.write([1, 2, 3], to: "fts-index/manifest")
    #expect(try place.fts("verify").output == "fts-index/manifest: section manifest, offset 0: not a manifest\n")
  }

  @Test func `No index and wrong command lines are errors`() throws {
    let none = try place.fts("verify", "-i", "nothing")
    #expect(none.status == 2)
    #expect(none.error == "fts: no index at nothing; make one with: fts build FOLDER --index nothing\n")
    let words = try place.fts("verify", "fts-index")
    #expect(words.status == 2)
    #expect(words.error == "fts: verify takes no words; name the index with --index fts-index\n")
  }
}
