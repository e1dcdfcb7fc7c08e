import FTSInput
import Foundation
import Synchronization
import TestSupport
import Testing
import TextSearch

/// The calls that watchers see are those that the system sees.
@Suite struct TracedCallsTests {
  private static let strace: String? = {
    let path = ["/usr/bin/strace", "/bin/strace"].first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let path, canTrace(path) else {
      FileHandle.standardError.write(Data("test of traced calls skipped: strace is absent or may not trace\n".utf8))
      return nil
    }
    return path
  }()

  private static func canTrace(_ path: String) -> Bool {
    let result = try? RunningProcess(path, ["-o", "/dev/null", "/bin/true"], in: "/").wait()
    return result?.status == 0
  }

  /// Calls of the system by the operations that make them.
  private static func systemCalls(_ operation: SystemCalls.Operation) -> String? {
    switch operation {
    case .open, .create, .openLock, .list: "openat"
    case .lock, .unlock: "flock"
    case .write: "write"
    case .synchronize: "fsync"
    case .move: "rename"
    case .remove: "unlink"
    case .makeFolder: "mkdir"
    case .removeFolder: "rmdir"
    case .read, .size, .kind, .map: nil
    }
  }

  @Test(.enabled(if: strace != nil)) func `Watchers see every call`() throws {
    let place = try Workplace()
    let lines = (0..<50).map {
      Workplace.jsonLine(["id": "d\($0)", "title": "T", "body": "La diplomatie đối ngoại \($0)"])
    }
    let input = try place.write(lines.joined(), to: "input.jsonl")
    let calls = "openat,write,fsync,rename,unlink,mkdir,rmdir,flock,ftruncate,truncate,fdatasync,renameat,renameat2"
    let trace = ["-f", "-y", "-qq", "-e", "trace=\(calls)", "-o", place.path + "/trace", "/bin/sh", "-c"]
    let command = "exec \"$0\" build - --index traced --threads 1 < input.jsonl"
    for round in 1...2 {
      let result = try RunningProcess(
        try #require(Self.strace), trace + [command, place.program], in: place.path
      ).wait()
      try #require(result.status == 0, "\(result.error)")
      let text = try String(contentsOfFile: place.path + "/trace", encoding: .utf8)
      let (seen, traced) = (try watched(place.path + "/watched", input), Self.counts(text, "traced"))
      #expect(seen == traced, "build \(round)")
      #expect(traced["fsync", default: 0] >= 4 && traced["rename"] == 1)
    }
  }

  /// How often each call was made on paths of the index.
  private static func counts(_ trace: String, _ folder: String) -> [String: Int] {
    var counts: [String: Int] = [:]
    // The path ends or goes on behind the name; in what is said to people it does not.
    let marks = ["/", "\"", ">"].map { folder + $0 }
    for line in trace.split(separator: "\n") where marks.contains(where: { line.contains($0) }) {
      guard let match = line.firstMatch(of: #/^\d+\s+(\w+)\(/#) else { continue }
      counts[String(match.1), default: 0] += 1
    }
    return counts
  }

  /// The same for a build in this process, by what a watcher sees.
  private func watched(_ path: String, _ input: String) throws -> [String: Int] {
    let counts = Mutex<[String: Int]>([:])
    let watch = SystemCalls.startWatching(path) { call in
      if let name = Self.systemCalls(call.operation) { counts.withLock { $0[name, default: 0] += 1 } }
      return .proceed
    }
    defer { SystemCalls.stopWatching(watch) }
    var reader = try DocumentReader([input])
    var writer: IndexWriter? = try IndexWriter(path, options: IndexOptions(threads: 1))
    try reader.read { (document) throws(SearchError) in try writer?.add(document) }
    // As the command keeps a list of what it has read.
    try writer?.commit(attachment: [1])
    // It gives its lock back.
    writer = nil
    return counts.withLock { $0 }
  }
}
