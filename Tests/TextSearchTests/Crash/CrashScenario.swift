import Foundation
import TestSupport

@testable import TextSearch

/// Commits one after the other, what an index must answer after each, and the calls that were made.
struct CrashScenario {
  /// What an index answers; nil where there is none.
  struct Answer: Equatable {
    var documents = 0
    var keys: [[String]] = []
  }

  static let queries = ["diplomatie", "đối ngoại", "nouveau", "hoa binh", "2025"]

  let folder: TemporaryFolder
  let events: [CallRecorder.Event]
  /// After no commit, one commit, and so on.
  let answers: [Answer?]
  var path: String { folder.path + "/index" }

  /// The commits that every test of crashes goes through: a new index, its replacement, one of many segments.
  static let commits: [@Sendable (inout SeededRandom, String) throws -> Void] = [
    { random, path in try commit(path, RandomDocuments.make(6, &random, most: 12)) },
    { _, path in
      try commit(
        path, [Document(key: "x", body: "Un nouveau texte, hòa bình"), Document(key: "d1", body: "đối ngoại")])
    },
    { random, path in
      try commit(path, RandomDocuments.make(3, &random, most: 8), IndexOptions(memoryBudget: 0))
    },
    { _, path in try commit(path, [Document(key: "d2", title: "Fin", body: "La diplomatie en 2025")]) },
  ]

  static func commit(_ path: String, _ documents: [Document], _ options: IndexOptions = IndexOptions()) throws {
    let writer = try IndexWriter(path, options: options)
    for document in documents { try writer.add(document) }
    try writer.commit()
  }

  init() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/index"
    var answers: [Answer?] = [nil]
    var random = SeededRandom(seed: 501)
    events = try CallRecorder.record(folder.path) { recorder in
      for commit in CrashScenario.commits {
        try commit(&random, path)
        recorder.noteCommit()
        answers.append(try CrashScenario.answer(path))
      }
    }
    self.folder = folder
    self.answers = answers
  }

  /// What the index answers; nil if there is none.
  static func answer(_ path: String) throws -> Answer? {
    guard try SystemCalls.kind(of: path + "/" + Manifest.fileName) != nil else { return nil }
    let index = try SearchIndex(path)
    var answer = Answer(documents: index.summary.documents)
    for query in queries {
      answer.keys.append(try index.search(query, SearchOptions(limit: 100)).hits.map(\.key))
    }
    return answer
  }

  // MARK: Checking what a crash leaves

  /// A state of the disk, and the commits that it may hold.
  struct State: Hashable {
    let contents: SimulatedDisk.Contents
    let commits: ClosedRange<Int>
  }

  /// Every state that a crash may leave after any of the calls.
  static func states(
    _ events: [CallRecorder.Event], in path: String, commits: Int, _ random: inout SeededRandom
  ) -> [State] {
    var states: [State] = []
    var seen: Set<State> = []
    var disk = SimulatedDisk()
    var done = 0
    for event in events {
      switch event {
      case .call(let call): disk.make(call)
      case .committed: done += 1
      }
      for contents in disk.crashes(in: path, &random) {
        let state = State(contents: contents, commits: done...min(done + 1, commits))
        if seen.insert(state).inserted { states.append(state) }
      }
    }
    return states
  }

  /// What is wrong with a state; nil if all is well.
  func problem(_ state: State) throws -> String? {
    let place = try TemporaryFolder()
    let path = place.path + "/index"
    if let contents = state.contents {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, bytes) in contents { try place.write(bytes, to: "index/" + name) }
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

  /// The next writer must be able to write, and to remove what the crash has left.
  static func problemOfTheNextWriter(_ path: String) throws -> String? {
    do {
      try commit(path, [Document(key: "après", body: "après la panne")])
      guard try SearchIndex(path).search("panne").hits.map(\.key) == ["après"] else { return "the next commit is lost" }
      if let problem = try SearchIndex.verify(path).problems.first { return problem.description }
    } catch {
      return "the next writer: \(error)"
    }
    let leftovers = try leftovers(path)
    return leftovers.isEmpty ? nil : "left behind: \(leftovers)"
  }

  /// Files that no commit names.
  static func leftovers(_ path: String) throws -> [String] {
    let named = try Manifest.read(in: path)?.segments.map { Manifest.segmentName($0.number) } ?? []
    let known = Set(named + [Manifest.fileName, Manifest.lockName])
    return try SystemCalls.names(in: path).filter { !known.contains($0) }
  }
}
