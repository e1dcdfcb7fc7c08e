import TestSupport
import Testing

/// An index that is damaged, cut or newer gets a message that says so; it never ends the process.
@Suite struct DamagedIndexTests {
  private let place: Workplace
  private let segment: String

  init() throws {
    place = try Workplace()
    try place.build([("a", "pivoine rouge"), ("b", "une tulipe"), ("c", "pivoine")])
    segment = try "fts-index/" + #require(try place.names("fts-index").first { $0.hasPrefix("segment-") })
  }

  private func query() throws -> ProcessResult { try place.fts("query", "--json", "pivoine") }

  @Test(arguments: ["nothing", "empty", "letters", "letters/a.txt"]) func `What is no index is said to be none`(
    path: String
  ) throws {
    try place.makeFolder("empty")
    try place.write("x", to: "letters/a.txt")
    let result = try place.fts("query", "--index", path, "pivoine")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error == "fts: no index at \(path); make one with: fts build FOLDER --index \(path)\n")
  }

  @Test func `A manifest cut anywhere is an error`() throws {
    let whole = try place.bytes("fts-index/manifest")
    for count in whole.indices {
      try place.folder.write(Array(whole[..<count]), to: "fts-index/manifest")
      let result = try query()
      #expect(result.status == 2, "\(count) bytes")
      #expect(result.error.hasPrefix("fts: fts-index/manifest is damaged: "), "\(count) bytes: \(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func `A segment cut anywhere is an error`() throws {
    let whole = try place.bytes(segment)
    let cuts = Array(0...40) + Array(stride(from: 41, to: whole.count, by: 41)) + [whole.count - 1]
    for count in cuts {
      try place.folder.write(Array(whole[..<count]), to: segment)
      let result = try query()
      #expect(result.status == 2, "\(count) bytes")
      #expect(result.error.hasPrefix("fts: \(segment) is damaged: "), "\(count) bytes: \(result.error)")
    }
  }

  @Test func `A changed byte never ends the process`() throws {
    let seed: UInt64 = 20_260_103
    var random = SeededRandom(seed: seed)
    for name in ["fts-index/manifest", segment] {
      let whole = try place.bytes(name)
      for _ in 0..<60 {
        var bytes = whole
        let place = random.integer(0...whole.count - 1)
        bytes[place] ^= UInt8(random.integer(1...255))
        try self.place.folder.write(bytes, to: name)
        let status = try query().status
        #expect(status.map { (0...2).contains($0) } == true, "seed \(seed): byte \(place) of \(name)")
      }
      try place.folder.write(whole, to: name)
    }
    #expect(try query().status == 0)
  }

  @Test func `A newer format asks for a newer program`() throws {
    for name in ["fts-index/manifest", segment] {
      let whole = try place.bytes(name)
      var bytes = whole
      bytes[8] = 77
      try place.folder.write(bytes, to: name)
      let result = try query()
      #expect(result.status == 2)
      #expect(
        result.error
          == "fts: \(name) has format version 77, this program reads version \(whole[8]); use a newer program\n")
      try place.folder.write(whole, to: name)
    }
  }

  @Test func `A segment that has gone is an error`() throws {
    #expect(try place.shell("rm \(segment)").status == 0)
    let result = try query()
    #expect(result.status == 2)
    #expect(result.error == "fts: cannot open \(segment): No such file or directory\n")
  }

  @Test func `A damaged index can be built anew`() throws {
    var bytes = try place.bytes("fts-index/manifest")
    bytes[20] ^= 0xFF
    try place.folder.write(bytes, to: "fts-index/manifest")
    try place.folder.write([], to: segment)
    #expect(try query().status == 2)
    try place.build([("new", "pivoine")])
    #expect(try place.keys("pivoine") == ["new"])
    #expect(try place.names("fts-index").count == 4)
  }
}
