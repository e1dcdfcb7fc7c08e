import TestSupport
import Testing

@testable import TextSearch

/// A crash after any call leaves the last commit readable and complete.
@Suite struct CrashTests {
  private static let seed: UInt64 = 502

  @Test func theRecordIsWhatTheFolderHolds() throws {
    let scenario = try CrashScenario()
    var disk = SimulatedDisk()
    for event in scenario.events { if case .call(let call) = event { disk.make(call) } }
    let contents = try #require(disk.current(in: scenario.path))
    #expect(try SystemCalls.names(in: scenario.path) == contents.keys.sorted())
    for (name, bytes) in contents {
      let file = try MappedFile(scenario.path + "/" + name).bytes
      #expect(try file.array(at: 0, count: file.count) == bytes, "\(name)")
    }
    #expect(Set(scenario.answers.map { $0?.documents }).count > 3)
  }

  @Test func everyCrashLeavesTheLastCommit() throws {
    let scenario = try CrashScenario()
    var random = SeededRandom(seed: Self.seed)
    let states = CrashScenario.states(
      scenario.events, in: scenario.path, commits: scenario.answers.count - 1, &random)
    #expect(states.count > 500)
    let step = LongTests.choose(1, else: 5)
    for index in stride(from: 0, to: states.count, by: step) {
      let problem = try scenario.problem(states[index])
      #expect(problem == nil, "seed \(Self.seed), files \(states[index].contents?.mapValues(\.count) ?? [:])")
    }
    print("crashes: \(scenario.events.count) calls, \(states.count / step) of \(states.count) states")
  }

  @Test func everySyncIsNeeded() throws {
    let scenario = try CrashScenario()
    let commits = scenario.answers.count - 1
    var random = SeededRandom(seed: Self.seed)
    let whole = Set(CrashScenario.states(scenario.events, in: scenario.path, commits: commits, &random))
    var tried = 0
    for (place, event) in scenario.events.enumerated() {
      guard case .call(let call) = event, call.operation == .synchronize else { continue }
      var events = scenario.events
      events.remove(at: place)
      let states = CrashScenario.states(events, in: scenario.path, commits: commits, &random)
      let isNoticed = try states.contains { state in try !whole.contains(state) && scenario.problem(state) != nil }
      #expect(isNoticed, "nothing notices that \(call.path) is not synced at call \(place)")
      tried += 1
    }
    #expect(tried >= 4 * 4 + 1)
  }
}
