import TestSupport
import Testing

/// An index that is damaged, cut or newer gets a message that says so; it never ends the process.
@Suite struct DamagedIndexTests {
  private let folder: WorkingFolder
  private let segment: String

  init() throws {
    folder = try WorkingFolder()
    try folder.build([("a", "pivoine rouge"), ("b", "une tulipe"), ("c", "pivoine")])
    segment = try "fts-index/" + #require(try folder.names("fts-index").first { $0.hasPrefix("segment-") })
  }

  private func query() throws -> ProcessResult { try folder.fts("query", "--json", "pivoine") }

  @Test(arguments: ["nothing", "empty", "letters", "letters/a.txt"]) func `What is no index is said to be none`(
    path: String
  ) throws {
    try folder.makeFolder("empty")
    try folder.write("x", to: "letters/a.txt")
    let result = try folder.fts("query", "--index", path, "pivoine")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error == "fts: no index at \(path); make one with: fts build FOLDER --index \(path)\n")
  }

  @Test func `A manifest cut anywhere is an error`() throws {
    let whole = try folder.bytes("fts-index/manifest")
    for count in whole.indices {
      try folder.write(Array(whole[..<count]), to: "fts-index/manifest")
      let result = try query()
      #expect(result.status == 2, "\(count) bytes")
      #expect(result.error.hasPrefix("fts: fts-index/manifest is damaged: "), "\(count) bytes: \(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func `A segment cut anywhere is an error`() throws {
    let whole = try folder.bytes(segment)
    let cuts = Array(0...40) + Array(stride(from: 41, to: whole.count, by: 41)) + [whole.count - 1]
    for count in cuts {
      try folder.write(Array(whole[..<count]), to: segment)
      let result = try query()
      #expect(result.status == 2, "\(count) bytes")
      #expect(result.error.hasPrefix("fts: \(segment) is damaged: "), "\(count) bytes: \(result.error)")
    }
  }

  @Test func `A changed byte never ends the process`() throws {
    let seed: UInt64 = 20_260_103
    var random = SeededRandom(seed: seed)
    for name in ["fts-index/manifest", segment] {
      let whole = try folder.bytes(name)
      for _ in 0..<60 {
        var bytes = whole
        let offset = random.integer(0...whole.count - 1)
        bytes[offset] ^= UInt8(random.integer(1...255))
        try folder.write(bytes, to: name)
        let status = try query().status
        #expect(status.map { (0...2).contains($0) } == true, "seed \(seed): byte \(offset) of \(name)")
      }
      try folder.write(whole, to: name)
    }
    #expect(try query().status == 0)
  }

  @Test func `A newer format requires a newer program`() throws {
    for name in ["fts-index/manifest", segment] {
      let whole = try folder.bytes(name)
      var bytes = whole
      bytes[8] = 77
      try folder.write(bytes, to: name)
      let result = try query()
      #expect(result.status == 2)
      #expect(
        result.error
          == "fts: \(name) has format version 77, this program reads version \(whole[8]); use a newer program\n")
      try folder.write(whole, to: name)
    }
  }

  @Test func `A segment that has gone is an error`() throws {
    #expect(try folder.shell("rm \(segment)").status == 0)
    let result = try query()
    #expect(result.status == 2)
    #expect(result.error == "fts: cannot open \(segment): No such file or directory\n")
  }

  @Test func `A damaged index can be built anew`() throws {
    var bytes = try folder.bytes("fts-index/manifest")
    bytes[20] ^= 0xFF
    try folder.write(bytes, to: "fts-index/manifest")
    try folder.write([], to: segment)
    #expect(try query().status == 2)
    try folder.build([("new", "pivoine")])
    #expect(try folder.keys("pivoine") == ["new"])
    #expect(try folder.names("fts-index").count == 4)
  }
}
