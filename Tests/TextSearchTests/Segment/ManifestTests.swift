import TestSupport
import Testing

@testable import TextSearch

/// The manifest on disk and in pieces.
@Suite struct ManifestTests {
  private func sample() -> Manifest {
    var settings = IndexOptions(storedFields: ["body"], attributes: ["year": .integer], keepsForms: false).settings
    settings.fingerprint = 0x1234_5678_9ABC_DEF0
    var manifest = Manifest(settings: settings)
    manifest.generation = 7
    manifest.attachment = 6
    manifest.nextSegment = 300
    manifest.segments = [
      Manifest.SegmentEntry(number: 12), Manifest.SegmentEntry(number: 299, deletions: 5, deleted: 6),
    ]
    return manifest
  }

  @Test func makesTheRoundTrip() throws {
    let empty = Manifest(settings: IndexSettings(fingerprint: 1))
    for manifest in [sample(), empty] {
      let bytes = MappedBytes.array(manifest.encoded())
      #expect(try Manifest(try MappedBytes.file(bytes)) == manifest)
    }
  }

  @Test func makesTheRoundTripThroughAFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try Manifest.read(in: folder.path) == nil)
    #expect(try !Manifest.isPresent(in: folder.path))
    try sample().write(in: folder.path)
    #expect(try Manifest.read(in: folder.path) == sample())
    #expect(try Manifest.isPresent(in: folder.path))
    var next = sample()
    next.generation = 8
    try next.write(in: folder.path)
    #expect(try Manifest.read(in: folder.path) == next)
    #expect(try SystemCalls.names(in: folder.path) == [Manifest.fileName])
  }

  @Test func everyChangeOfOneByteIsAnError() throws {
    let bytes = MappedBytes.array(sample().encoded())
    for index in bytes.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = bytes
        damaged[index] ^= change
        let file = try MappedBytes.file(damaged)
        #expect(throws: SearchError.self, "byte \(index)") { try Manifest(file) }
      }
    }
  }

  @Test func everyTruncationIsAnError() throws {
    let bytes = MappedBytes.array(sample().encoded())
    for count in 0..<bytes.count {
      let file = try MappedBytes.file(Array(bytes.prefix(count)))
      #expect(throws: SearchError.self, "length \(count)") { try Manifest(file) }
    }
    let longer = try MappedBytes.file(bytes + [0])
    #expect(throws: SearchError.self) { try Manifest(longer) }
  }

  @Test func extensionsAreKept() throws {
    var manifest = sample()
    manifest.settings.extensions = [.init(number: 0, bytes: []), .init(number: 1 << 40, bytes: [1, 2, 3])]
    let bytes = MappedBytes.array(manifest.encoded())
    #expect(try Manifest(try MappedBytes.file(bytes)) == manifest)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1
      let file = try MappedBytes.file(damaged)
      #expect(throws: SearchError.self, "byte \(index)") { try Manifest(file) }
    }
    // Numbers that do not ascend, with a right checksum.
    manifest.settings.extensions.reverse()
    let reversed = try MappedBytes.file(MappedBytes.array(manifest.encoded()))
    #expect(throws: SearchError.self) { try Manifest(reversed) }
  }

  @Test func extensionsThatMustBeKnownAreAnotherVersion() throws {
    var manifest = sample()
    manifest.settings.extensions = [.init(number: 7, bytes: [1])]
    let file = try MappedBytes.file(MappedBytes.array(manifest.encoded()))
    #expect(throws: SearchError.unsupportedVersion(file: file.path, found: 3, supported: 2)) { try Manifest(file) }
  }

  @Test func writersKeepExtensions() throws {
    let index = try TestIndex()
    try index.build([Document(key: "a", body: "eau")])
    var manifest = try #require(try Manifest.read(in: index.path))
    manifest.settings.extensions = [.init(number: 2, bytes: [9])]
    try manifest.write(in: index.path)
    let writer = try IndexWriter(index.path, mode: .append)
    try writer.add(Document(key: "b", body: "eau"))
    try writer.commit()
    _ = try writer.compact()
    #expect(try Manifest.read(in: index.path)?.settings.extensions == manifest.settings.extensions)
    #expect(try index.open().search("eau").total == 2)
  }

  @Test func anotherVersionIsNamed() throws {
    var bytes = MappedBytes.array(sample().encoded())
    bytes[8] = 9
    let file = try MappedBytes.file(bytes)
    #expect(throws: SearchError.unsupportedVersion(file: file.path, found: 9, supported: 2)) { try Manifest(file) }
  }

  @Test func namesOfSegments() {
    for number in [UInt64(1), 12, 99_999_999, 100_000_000, Manifest.maximumNumber - 1] {
      #expect(Manifest.segmentNumber(Manifest.segmentName(number)) == number)
    }
    #expect(Manifest.segmentName(1) == "segment-00000001.fts")
    for name in ["segment-.fts", "segment-x.fts", "segment-1", "other", "", "segment--1.fts"] {
      #expect(Manifest.segmentNumber(name) == nil, "\(name)")
    }
    let deletions = IndexFiles.deletions(12, 345_678_901)
    #expect(deletions == "deletions-00000012-345678901.fts" && IndexFiles.attachment(9) == "attachment-00000009.fts")
    for name in [deletions, IndexFiles.attachment(9), "segment-00000003.fts"] { #expect(IndexFiles.isData(name)) }
    for name in ["manifest", "manifest.new", "lock", "segment-00000003.fts", deletions] {
      #expect(IndexFiles.isOwn(name))
    }
    for name in ["manifest.txt", "notes.md", "segment-a.fts", ".DS_Store", "deletions-1.fts", "attachment-1-2.fts"] {
      #expect(!IndexFiles.isOwn(name) && !IndexFiles.isData(name))
    }
  }
}
