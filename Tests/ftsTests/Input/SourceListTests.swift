import TestSupport
import Testing

@testable import FTSInput
@testable import TextSearch

/// The list of sources as bytes.
@Suite struct SourceListTests {
  private func sample() -> SourceList {
    var list = SourceList(
      settings: InputSettings(
        encoding: .windows1258, fallback: .tcvn, map: FieldMap(["title=nom", "body=a.b"]) ?? FieldMap()))
    let stamp = SystemCalls.FileStamp(size: 5, modified: .max, changed: 1 << 40)
    list.sources = [
      SourceList.Source(path: "a/é.txt", name: "é.txt", stamp: stamp, hash: .max, keys: ["é.txt"]),
      SourceList.Source(path: "b.jsonl", name: "b.jsonl", isFlawed: true, keys: ["x/1", "x/2", "", "x\n", "đ", "d"]),
      SourceList.Source(path: "-", name: "-"),
    ]
    return list
  }

  @Test func makesTheRoundTrip() {
    #expect(SourceList(sample().bytes) == sample())
    #expect(SourceList(SourceList().bytes) == SourceList())
  }

  @Test func bytesThatAreNoListReadAsNone() {
    let bytes = sample().bytes
    for count in bytes.indices { #expect(SourceList(Array(bytes.prefix(count))) == nil, "length \(count)") }
    var random = SeededRandom(seed: 2501)
    for _ in 0..<2000 {
      var damaged = bytes
      damaged[random.integer(0...bytes.count - 1)] ^= UInt8(random.integer(1...255))
      // Anything but a crash.
      let read = SourceList(damaged)
      #expect(read == nil || (read?.sources.count ?? 0) <= 3)
    }
  }

  @Test func sourcesOfKeysAreMarked() {
    var list = sample()
    list.markFlawed(holding: ["e\u{301}.txt"])
    #expect(list == sample(), "other bytes are another key")
    list.markFlawed(holding: ["é.txt"])
    #expect(list.sources.map(\.isFlawed) == [true, true, false])
    list.merge([SourceList.Source(path: "b.jsonl", name: "b.jsonl")])
    #expect(list.sources.map(\.path) == ["a/é.txt", "-", "b.jsonl"] && !list.sources[2].isFlawed)
  }

  @Test func hashesOfPiecesAreThoseOfTheWhole() {
    var random = SeededRandom(seed: 2511)
    for _ in 0..<100 {
      let bytes = (0..<random.integer(0...300)).map { _ in UInt8(random.integer(0...255)) }
      var hash = ContentHash()
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + random.integer(0...70))
        hash.update(bytes.span.extracting(start..<end))
        start = end
      }
      #expect(hash.value == Checksum.of(bytes.span))
    }
  }
}
