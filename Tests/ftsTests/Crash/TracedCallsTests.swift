import FTSInput
import Foundation
import Synchronization
import TestSupport
import Testing
import TextSearch

/// The calls that watchers see are those that the system sees.
@Suite struct TracedCallsTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

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
    let lines = (0..<50).map {
      WorkingFolder.jsonLine(["id": "d\($0)", "title": "T", "body": "La diplomatie đối ngoại \($0)"])
    }
    let input = try folder.write(lines.joined(), to: "input.jsonl")
    for round in 1...2 {
      let traced = try trace("build - --index traced --threads 1 < input.jsonl")
      let seen = try watched(folder.path + "/watched") { path in
        var reader = try DocumentReader([input])
        let writer = try IndexWriter(path, options: IndexOptions(threads: 1))
        try reader.read { (document) throws(SearchError) in try writer.add(document) }
        // As the command keeps a list of what it has read.
        try writer.commit(attachment: [1])
      }
      #expect(seen == traced, "build \(round)")
      #expect(traced["fsync", default: 0] >= 4 && traced["rename"] == 1)
    }
  }

  @Test(.enabled(if: strace != nil)) func `Watchers see every call of deleting and compacting`() throws {
    for name in ["traced", "watched"] {
      try folder.build((0..<50).map { ("d\($0)", "La diplomatie đối ngoại \($0)") }, index: name)
    }
    let deleted = try trace("delete d3 d4 --index traced")
    let seenDeleted = try watched(folder.path + "/watched") { path in
      let writer = try IndexWriter(appendingTo: path)
      _ = try writer.attachment()
      for key in ["d3", "d4"] { try writer.delete(key: key) }
      try writer.commit(attachment: [1])
    }
    #expect(seenDeleted == deleted && deleted["fsync", default: 0] >= 4)
    let compacted = try trace("compact --reorder --threads 1 --index traced")
    let seenCompacted = try watched(folder.path + "/watched") { path in
      _ = try SearchIndex(path).summary
      let writer = try IndexWriter(appendingTo: path)
      try writer.compact(reorder: true)
      try writer.commit()
    }
    #expect(seenCompacted == compacted && compacted["unlink", default: 0] >= 2)
  }

  /// Runs the command under `strace` and counts the calls on paths of the index called `traced`.
  private func trace(_ command: String) throws -> [String: Int] {
    let calls = "openat,write,fsync,rename,unlink,mkdir,rmdir,flock,ftruncate,truncate,fdatasync,renameat,renameat2"
    let trace = ["-f", "-y", "-qq", "-e", "trace=\(calls)", "-o", folder.path + "/trace", "/bin/sh", "-c"]
    let result = try RunningProcess(
      try #require(Self.strace), trace + ["exec \"$0\" " + command, folder.program], in: folder.path
    ).wait()
    try #require(result.status == 0, "\(result.error)")
    return Self.counts(try String(contentsOfFile: folder.path + "/trace", encoding: .utf8), "traced")
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

  /// Counts of the calls of this process, by what a watcher sees.
  private func watched(_ path: String, _ body: (String) throws -> Void) throws -> [String: Int] {
    let counts = Mutex<[String: Int]>([:])
    let watch = SystemCalls.startWatching(path) { call in
      if let name = Self.systemCalls(call.operation) { counts.withLock { $0[name, default: 0] += 1 } }
      return .proceed
    }
    defer { SystemCalls.stopWatching(watch) }
    try body(path)
    return counts.withLock { $0 }
  }
}
