import TestSupport
import Testing

@testable import TextSearch

/// Bytes that wait in a temporary file.
@Suite struct SpoolFileTests {
  @Test(arguments: [UInt64(581), 582, 583])
  func theContentsAreWhatWasAppended(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    for size in [0, 1, 63, 64, 65, 128, 5000] {
      let bytes = (0..<size).map { _ in UInt8(random.integer(0...255)) }
      var spool = SpoolFile(path: folder.path + "/spool", bufferBytes: 64)
      var start = 0
      while start < size {
        let end = min(size, start + random.pick([0, 1, 31, 64, 200]))
        try spool.append(bytes.span.extracting(start..<end))
        start = end
      }
      let count = spool.count
      #expect(count == size)
      #expect(try SystemCalls.names(in: folder.path) == (size < 64 ? [] : ["spool"]))
      let contents = try spool.contents("spool")
      #expect(try SystemCalls.names(in: folder.path) == [])
      #expect(try contents.array(at: 0, count: contents.count) == bytes, "seed \(seed), \(size) bytes")
    }
  }

  @Test func aFileWithoutReaderIsRemoved() throws {
    let folder = try TemporaryFolder()
    do {
      var spool = SpoolFile(path: folder.path + "/spool", bufferBytes: 64)
      try spool.append([UInt8](repeating: 7, count: 100).span)
      #expect(try SystemCalls.names(in: folder.path) == ["spool"])
    }
    #expect(try SystemCalls.names(in: folder.path) == [])
  }

  @Test func changedBytesAreNoticed() throws {
    let folder = try TemporaryFolder()
    for change in [Array("x".utf8), [UInt8](repeating: 7, count: 100), [UInt8](repeating: 8, count: 99)] {
      var spool = SpoolFile(path: folder.path + "/spool", bufferBytes: 64)
      try spool.append([UInt8](repeating: 8, count: 100).span)
      try SystemCalls.remove(folder.path + "/spool")
      var other = try FileWriter(creating: folder.path + "/spool")
      try other.write(change.span)
      var isNoticed = false
      do { _ = try spool.contents("spool") } catch { isNoticed = true }
      #expect(isNoticed)
    }
  }

  @Test func namesAreReserved() {
    let name = IndexFiles.spool(4, ofSegmentAt: "a/segment-00000007.fts")
    #expect(name == "a/segment-00000007-00000004.fts")
    let file = "segment-00000007-00000004.fts"
    #expect(IndexFiles.isData(file) && IndexFiles.isOwn(file) && IndexFiles.spoolNumber(file) == 7)
    #expect(IndexFiles.segmentNumber(file) == nil && IndexFiles.spoolNumber("segment-00000007.fts") == nil)
  }
}
