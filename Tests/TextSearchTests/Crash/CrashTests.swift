import TestSupport
import Testing

@testable import TextSearch

/// A crash after any call leaves the last commit readable and complete.
@Suite struct CrashTests {
  private static let seed: UInt64 = 502

  @Test(arguments: CrashCommits.allCases) func theRecordIsWhatTheFolderHolds(kind: CrashCommits) throws {
    let scenario = try CrashScenario(kind)
    let contents = try #require(scenario.disk.current(in: scenario.path))
    #expect(try SystemCalls.names(in: scenario.path) == contents.keys.sorted())
    for (name, torn) in contents {
      let file = try MappedFile(scenario.path + "/" + name).bytes
      #expect(try file.array(at: 0, count: file.count) == scenario.disk.bytes(torn), "\(name)")
    }
    #expect(Set(scenario.answers.map { $0?.documents }).count > 3)
  }

  /// Files of every kind are written, and removed by a later commit; temporary ones by the merge that writes them.
  @Test func everyKindOfFileIsWrittenAndRemoved() throws {
    let scenario = try CrashScenario(.editing)
    var calls: [SystemCalls.Operation: Set<String>] = [:]
    for case .call(let call) in scenario.events {
      let name = call.path.split(separator: "/").last ?? ""
      calls[call.operation, default: []].insert(String(name.prefix { $0 != "-" }))
    }
    let kinds: Set = ["segment", "deletions", "attachment"]
    #expect(calls[.create]?.isSuperset(of: kinds) == true && calls[.remove]?.isSuperset(of: kinds) == true)
    #expect(calls[.synchronize]?.isSuperset(of: kinds) == true)
    for operation in [SystemCalls.Operation.create, .write, .map, .remove] {
      let count = scenario.events.count { event in
        guard case .call(let call) = event, call.operation == operation else { return false }
        return call.path.split(separator: "/").last.map { IndexFiles.spoolNumber(String($0)) != nil } == true
      }
      #expect(count >= 5, "\(operation.rawValue): \(count) calls on temporary files")
    }
  }

  @Test(arguments: CrashCommits.allCases) func everyCrashLeavesTheLastCommit(kind: CrashCommits) throws {
    let scenario = try CrashScenario(kind)
    var random = SeededRandom(seed: Self.seed)
    let states = scenario.states(&random)
    #expect(states.count > 500)
    let step = LongTests.choose(1, else: max(5, states.count / 150))
    for index in stride(from: 0, to: states.count, by: step) {
      let problem = try scenario.problem(states[index])
      #expect(problem == nil, "seed \(Self.seed), files \(states[index].contents?.mapValues(\.kept) ?? [:])")
    }
    print("crashes, \(kind): \(scenario.events.count) calls, \(states.count / step) of \(states.count) states")
  }

  @Test(arguments: CrashCommits.allCases) func everySyncIsNeeded(kind: CrashCommits) throws {
    let scenario = try CrashScenario(kind)
    let commits = scenario.answers.count - 1
    var random = SeededRandom(seed: Self.seed)
    let whole = Set(scenario.states(&random))
    var tried = 0
    for (index, event) in scenario.events.enumerated() {
      guard case .call(let call) = event, call.operation == .synchronize else { continue }
      // A segment that is merged into another one before its commit may be lost.
      if let number = Self.segment(call.path), !scenario.committedFiles.contains(IndexFiles.segment(number)) {
        continue
      }
      var events = scenario.events
      events.remove(at: index)
      var isNoticed = false
      try scenario.forEachState(events, from: index, &random) { state in
        isNoticed = try !whole.contains(state) && scenario.problem(state) != nil
        return !isNoticed
      }
      #expect(isNoticed, "nothing notices that \(call.path) is not synced at call \(index)")
      tried += 1
    }
    #expect(tried >= 4 * commits + 1)
    print("syncs left out, \(kind): \(tried)")
  }

  /// The number of a segment file; nil for others.
  private static func segment(_ path: String) -> UInt64? {
    path.split(separator: "/").last.flatMap { IndexFiles.segmentNumber(String($0)) }
  }
}
