import Foundation
import TestSupport
import Testing

/// Building over an index: readers keep what they opened, and a build that does not end changes nothing.
@Suite struct ReplaceTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  private static let interrupt: Int32 = 2
  private static let kill: Int32 = 9

  /// A build that has read documents and waits for more: it holds the index's lock by then, since so much text does not
  /// fit into the pipe.
  private func startBuild() throws -> RunningProcess {
    let process = try folder.start("build", "-")
    for number in 0..<40 {
      try process.write(
        WorkingFolder.jsonLine(["id": "n\(number)", "body": String(repeating: "tulipe ", count: 1000)]))
    }
    return process
  }

  @Test func `A reader keeps the index that it opened`() throws {
    try folder.build([("old", "pivoine")])
    let reader = try folder.start("query", "--json")
    try reader.write("pivoine\n")
    #expect(try reader.waitUntil { reader.outputSoFar().contains("\"query\":1,\"text\"") })
    for round in 0..<3 { try folder.build([("new\(round)", "tulipe")]) }
    try reader.write("pivoine\ntulipe\n")
    let answers = try JSONAnswers(try reader.wait())
    #expect(answers.hits.map(\.key) == ["old", "old"])
    #expect(answers.summaries.map(\.total) == [1, 1, 0])
    #expect(try folder.keys("tulipe") == ["new2"])
  }

  @Test func `The old index answers while a new one is built`() throws {
    try folder.build([("old", "pivoine")])
    let build = try startBuild()
    #expect(try folder.keys("pivoine") == ["old"])
    #expect(try folder.keys("tulipe").isEmpty)
    #expect(try build.wait().status == 0)
    #expect(try folder.keys("pivoine").isEmpty)
    #expect(try folder.keys("tulipe", "-n", "100").count == 40)
  }

  @Test func `A second build at the same time is refused and disturbs nothing`() throws {
    try folder.build([("old", "pivoine")])
    let build = try startBuild()
    let second = try folder.fts("build", WorkingFolder.seeds)
    #expect(second.status == 2)
    #expect(second.error.contains("another process is writing to fts-index; try again when it is done"))
    #expect(try build.wait().status == 0)
    #expect(try folder.keys("tulipe", "-n", "100").count == 40)
  }

  @Test(arguments: [interrupt, kill, 15]) func `A build that a signal ends leaves the old index whole`(signal: Int32)
    throws
  {
    try folder.build([("old", "pivoine")])
    let build = try startBuild()
    build.send(signal: signal)
    #expect(try build.wait().ending == .signal(signal))
    #expect(try folder.keys("pivoine") == ["old"])
    try folder.build([("new", "tulipe")])
    #expect(try folder.keys("tulipe") == ["new"])
  }

  @Test func `A first build that is killed leaves a folder that the next one takes`() throws {
    let build = try startBuild()
    build.send(signal: ReplaceTests.kill)
    #expect(try build.wait().ending == .signal(ReplaceTests.kill))
    #expect(try folder.fts("query", "tulipe").status == 2)
    try folder.build([("new", "tulipe")])
    #expect(try folder.keys("tulipe") == ["new"])
  }

  @Test func `What an interrupted build left is removed by the next`() throws {
    try folder.build([("old", "pivoine")])
    let before = try folder.names("fts-index")
    try folder.write("half a segment", to: "fts-index/segment-00000099.fts")
    try folder.write("half a manifest", to: "fts-index/manifest.new")
    #expect(try folder.keys("pivoine") == ["old"])
    try folder.build([("new", "tulipe")])
    let after = try folder.names("fts-index")
    #expect(after.count == before.count)
    #expect(!after.contains("segment-00000099.fts"))
    #expect(!after.contains("manifest.new"))
    #expect(Set(after).isDisjoint(with: before.filter { $0.hasPrefix("segment-") }), "a name was used twice")
  }

  @Test func `A build killed at any moment leaves the old documents or the new ones`() throws {
    let seed: UInt64 = 20_260_102
    var random = SeededRandom(seed: seed)
    let count = 400
    func write(_ word: String) throws {
      let lines = (0..<count).map {
        WorkingFolder.jsonLine(["id": "k\($0)", "body": String(repeating: word + " ", count: 60)])
      }
      try folder.write(lines.joined(), to: "in.jsonl")
    }
    try write("round0")
    #expect(try folder.fts("build", "in.jsonl").status == 0)
    var current = "round0"
    for round in 1...20 {
      try write("round\(round)")
      let build = try folder.start("build", "in.jsonl")
      usleep(UInt32(random.integer(0...120_000)))
      build.send(signal: ReplaceTests.kill)
      let ending = try build.wait().ending
      let old = try JSONAnswers(try folder.fts("query", "--json", "-n", "0", current)).summaries.first?.total
      let new = try JSONAnswers(try folder.fts("query", "--json", "-n", "0", "round\(round)")).summaries.first?.total
      let isOld = old == count && new == 0
      let isNew = old == 0 && new == count
      #expect(isOld || isNew, "seed \(seed), round \(round): \(old ?? -1) old, \(new ?? -1) new")
      #expect(isNew || ending != .exit(0), "seed \(seed), round \(round): the build says it is done")
      if isNew { current = "round\(round)" }
    }
    try folder.build([("new", "tulipe")])
    #expect(try folder.names("fts-index").count == 4)
  }

  // MARK: Disks

  /// Enough distinct words that the segment does not fit into the 64 kB that the shell allows.
  private func writeLargeInput() throws {
    let lines = (0..<300).map { number in
      WorkingFolder.jsonLine([
        "id": "n\(number)", "body": (0..<80).map { "tulipe\(number)x\($0)" }.joined(separator: " "),
      ])
    }
    try folder.write(lines.joined(), to: "large.jsonl")
  }

  @Test func `A disk that is full is an error and leaves the old index whole`() throws {
    try folder.build([("old", "pivoine")])
    let before = try folder.names("fts-index")
    try writeLargeInput()
    let result = try folder.shell("trap '' XFSZ; ulimit -f 64; exec $FTS build large.jsonl")
    #expect(result.status == 2)
    #expect(result.error.contains("fts: cannot write fts-index/segment-"), "\(result.error)")
    #expect(try folder.names("fts-index") == before)
    #expect(try folder.keys("pivoine") == ["old"])
    #expect(try folder.fts("build", "large.jsonl").status == 0)
  }

  @Test func `A build that the size limit kills leaves the old index whole`() throws {
    try folder.build([("old", "pivoine")])
    try writeLargeInput()
    let result = try folder.shell("ulimit -c 0; ulimit -f 64; exec $FTS build large.jsonl")
    #expect(result.status != 0)
    #expect(try folder.keys("pivoine") == ["old"])
    #expect(try folder.fts("build", "large.jsonl").status == 0)
    #expect(try folder.names("fts-index").count == 4)
  }

  @Test(arguments: ["/dev/null", "/dev/full"]) func `A device holds no index`(device: String) throws {
    try folder.write("Titre\npivoine", to: "a.txt")
    let result = try folder.fts("build", "a.txt", "--index", device)
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("fts: "))
  }

  #if os(Linux)
    @Test func `A folder where nothing can be made is an error`() throws {
      try folder.write("Titre\npivoine", to: "a.txt")
      let result = try folder.fts("build", "a.txt", "--index", "/proc/fts-index")
      #expect(result.status == 2)
      #expect(result.error.hasPrefix("fts: cannot make folder /proc/fts-index: "))
    }
  #endif

  @Test func `An index behind a link is replaced there`() throws {
    try folder.build([("old", "pivoine")], index: "real")
    try folder.link("fts-index", to: "real")
    try folder.build([("new", "tulipe")])
    let answers = try JSONAnswers(try folder.fts("query", "--json", "--index", "real", "tulipe"))
    #expect(answers.hits.map(\.key) == ["new"])
  }
}
