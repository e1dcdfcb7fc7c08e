import Foundation
import TestSupport

@testable import TextSearch

/// Commits one after the other, what an index must answer after each, and the calls that were made.
struct CrashScenario {
  /// What an index answers; nil where there is none.
  struct Answer: Equatable {
    var documents = 0
    var keys: [[String]] = []
    var attachment: [UInt8]?
  }

  static let queries = ["diplomatie", "đối ngoại", "nouveau", "hoa binh", "2025"]

  let folder: TemporaryFolder
  let events: [CallRecorder.Event]
  /// After no commit, one commit, and so on.
  let answers: [Answer?]
  /// Files that some commit names.
  let committedFiles: Set<String>
  /// The disk after all calls.
  let disk: SimulatedDisk
  var path: String { folder.path + "/index" }

  init(_ kind: CrashCommits) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/index"
    var answers: [Answer?] = [nil]
    var files: Set<String> = []
    var random = SeededRandom(seed: 501)
    events = try CallRecorder.record(folder.path) { recorder in
      for commit in kind.commits {
        try commit(&random, path)
        recorder.noteCommit()
        answers.append(try CrashScenario.answer(path))
        files.formUnion(try Manifest.read(in: path)?.fileNames ?? [])
      }
    }
    self.folder = folder
    self.answers = answers
    committedFiles = files
    disk = events.reduce(into: SimulatedDisk()) { disk, event in
      if case .call(let call) = event { disk.make(call) }
    }
  }

  /// What the index answers; nil if there is none.
  static func answer(_ path: String) throws -> Answer? {
    guard try SystemCalls.kind(of: path + "/" + Manifest.fileName) != nil else { return nil }
    let index = try SearchIndex(path)
    var answer = Answer(documents: index.summary.documents)
    for query in queries {
      answer.keys.append(try index.search(query, SearchOptions(limit: 100)).hits.map(\.key))
    }
    answer.attachment = try Attachment.read(index.manifest, in: path)
    return answer
  }

  // MARK: Checking what a crash leaves

  /// A state of the disk, and the commits that it may hold.
  struct State: Hashable {
    let contents: SimulatedDisk.Contents
    let commits: ClosedRange<Int>
  }

  /// Every state that a crash may leave after any of the calls.
  func states(_ random: inout SeededRandom) -> [State] {
    var states: [State] = []
    forEachState(events, from: 0, &random) { state in
      states.append(state)
      return true
    }
    return states
  }

  /// Every state that a crash may leave after call `first` or a later one, each once, until `body` returns false.
  func forEachState(
    _ events: [CallRecorder.Event], from first: Int, _ random: inout SeededRandom, _ body: (State) throws -> Bool
  ) rethrows {
    var seen: Set<State> = []
    var disk = SimulatedDisk()
    var done = 0
    for (number, event) in events.enumerated() {
      switch event {
      case .call(let call):
        guard disk.make(call) else { continue }
      case .committed: done += 1
      }
      guard number >= first else { continue }
      let commits = done...min(done + 1, answers.count - 1)
      for contents in disk.crashes(in: path, &random) {
        let state = State(contents: contents, commits: commits)
        if seen.insert(state).inserted, try !body(state) { return }
      }
    }
  }

  /// What is wrong with a state; nil if all is well.
  func problem(_ state: State) throws -> String? {
    let folder = try TemporaryFolder()
    let path = folder.path + "/index"
    if let contents = state.contents {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, torn) in contents { try folder.write(disk.bytes(torn), to: "index/" + name) }
    }
    do {
      let found = try CrashScenario.answer(path)
      guard state.commits.contains(where: { answers[$0] == found }) else {
        return "commit \(state.commits) expected, \(found.map { "\($0)" } ?? "no index") found"
      }
      if found != nil, let problem = try SearchIndex.verify(path).problems.first { return problem.description }
    } catch {
      return "\(error)"
    }
    return try CrashScenario.problemOfTheNextWriter(path)
  }

  /// The next writer must be able to write, be it to go on or to begin anew, and to remove what the crash has left.
  static func problemOfTheNextWriter(_ path: String) throws -> String? {
    do {
      let found = try answer(path)?.documents ?? 0
      let mode: IndexWriter.Mode = found % 2 == 0 ? .append : .replace
      try CrashCommits.commit(path, [Document(key: "après", body: "après la panne")], mode: mode)
      let index = try SearchIndex(path)
      guard try index.search("panne").hits.map(\.key) == ["après"] else { return "the next commit is lost" }
      let expected = mode == .append ? found + 1 : 1
      guard index.summary.documents == expected else { return "\(index.summary.documents) documents, not \(expected)" }
      if let problem = try SearchIndex.verify(path).problems.first { return problem.description }
    } catch {
      return "the next writer: \(error)"
    }
    let leftovers = try leftovers(path)
    return leftovers.isEmpty ? nil : "left behind: \(leftovers)"
  }

  /// Files that no commit names.
  static func leftovers(_ path: String) throws -> [String] {
    let named = try Manifest.read(in: path)?.fileNames ?? []
    let known = named.union([Manifest.fileName, Manifest.lockName])
    return try SystemCalls.names(in: path).filter { !known.contains($0) }
  }
}
