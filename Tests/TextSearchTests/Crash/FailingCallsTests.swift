import Synchronization
import TestSupport
import Testing

@testable import TextSearch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A full disk and a failing one, at every call: a typed error, the old index as it was, nothing left behind.
@Suite struct FailingCallsTests {
  /// How calls fail.
  struct Trouble: Sendable, CustomStringConvertible {
    let code: Int32
    /// Every later call that needs room fails too.
    let lasts: Bool

    var description: String { "\(SystemCalls.message(code))\(lasts ? ", for good" : "")" }

    func concerns(_ operation: SystemCalls.Operation) -> Bool {
      code == ENOSPC ? [.create, .openLock, .write, .synchronize, .move, .makeFolder].contains(operation) : true
    }
  }

  static let troubles = [
    Trouble(code: ENOSPC, lasts: false), Trouble(code: ENOSPC, lasts: true), Trouble(code: EIO, lasts: false),
    Trouble(code: EIO, lasts: true),
  ]

  /// Runs `body` while the call of a number fails; returns that call, nil if there were fewer.
  private func failing(
    _ number: Int, _ trouble: Trouble, in folder: String, _ body: () throws -> Void
  ) -> (call: SystemCalls.Call?, error: (any Error)?) {
    let state = Mutex<(count: Int, failed: SystemCalls.Call?)>((0, nil))
    let watch = SystemCalls.startWatching(folder) { call in
      guard trouble.concerns(call.operation) else { return .proceed }
      return state.withLock { state in
        state.count += 1
        guard trouble.lasts ? state.count > number : state.count == number + 1 else { return .proceed }
        if state.failed == nil { state.failed = call }
        return .fail(trouble.code)
      }
    }
    var error: (any Error)?
    do { try body() } catch let thrown { error = thrown }
    SystemCalls.stopWatching(watch)
    return (state.withLock { $0.failed }, error)
  }

  fileprivate static let old = [
    Document(key: "a", body: "La diplomatie populaire"), Document(key: "b", body: "đối ngoại"),
  ]
  fileprivate static let new = [
    Document(key: "c", title: "Nouveau", body: "hòa bình"), Document(key: "d", body: "nouveau 2025"),
  ]

  /// What is under way when calls fail.
  enum Work: String, Sendable, CaseIterable {
    /// An old index or none is replaced, by one segment or by one for each document.
    case replacing, building, buildingManySegments
    /// Documents are deleted, added and replaced, segments merged; an attachment is written.
    case editing
    case compacting

    func prepare(_ path: String) throws {
      switch self {
      case .building: break
      case .replacing, .buildingManySegments: try CrashCommits.commit(path, FailingCallsTests.old)
      case .editing, .compacting:
        // Seven segments, one of them with deletions.
        try CrashCommits.commit(path, FailingCallsTests.old, mode: .append)
        let writer = try IndexWriter(path, options: IndexOptions(segmentBudget: 0), mode: .append)
        try writer.delete(key: "b")
        for number in 0..<6 { try writer.add(Document(key: "k\(number)", body: "đối ngoại nouveau \(number)")) }
        try writer.commit(attachment: [1])
      }
    }

    func run(_ path: String) throws {
      switch self {
      case .replacing, .building: try CrashCommits.commit(path, FailingCallsTests.new)
      case .buildingManySegments:
        try CrashCommits.commit(path, FailingCallsTests.new, IndexOptions(segmentBudget: 0))
      case .editing:
        let writer = try IndexWriter(path, options: IndexOptions(segmentBudget: 0), mode: .append)
        writer.spoolBytes = 64
        try writer.delete(key: "k1")
        for document in FailingCallsTests.new { try writer.add(document) }
        try writer.delete(matching: "populaire")
        try writer.commit(attachment: [2])
      case .compacting:
        let writer = try IndexWriter(path, options: IndexOptions(), mode: .append)
        writer.spoolBytes = 64
        try writer.compact(reorder: true)
        try writer.commit(attachment: [3])
      }
    }
  }

  /// The answers before and after the commit that is to fail.
  private func answers(_ work: Work) throws -> (CrashScenario.Answer?, CrashScenario.Answer?) {
    let index = try TestIndex()
    try work.prepare(index.path)
    let before = try CrashScenario.answer(index.path)
    try work.run(index.path)
    return (before, try CrashScenario.answer(index.path))
  }

  private static let works = LongTests.choose(Work.allCases, else: [.replacing, .editing])

  @Test(arguments: troubles, works)
  func everyCallMayFail(trouble: Trouble, work: Work) throws {
    let (before, after) = try answers(work)
    #expect(before != after)
    var number = 0
    var errors = 0
    let step = LongTests.choose(1, else: work == .editing ? 5 : 2)
    while true {
      let index = try TestIndex()
      try work.prepare(index.path)
      let (call, error) = failing(number, trouble, in: index.folder.path) { try work.run(index.path) }
      guard let call else { break }
      let what =
        "\(work), \(trouble): \(call.operation.rawValue), call \(number) on \(call.path.split(separator: "/").last ?? "")"
      let found = try CrashScenario.answer(index.path)
      if let error {
        errors += 1
        #expect(error is SearchError, "\(what): \(error)")
        // Once the manifest is replaced only the syncing of folders is left.
        let isLate = call.operation == .synchronize || call.operation == .open
        #expect(found == before || isLate && found == after, "\(what): \(error)")
      } else {
        #expect(found == after, "\(what) went unnoticed")
      }
      if found != nil { #expect(try SearchIndex.verify(index.path).problems == [], "\(what)") }
      #expect(try CrashScenario.problemOfTheNextWriter(index.path) == nil, "\(what)")
      number += step
    }
    #expect(errors > 6)
    print("failing calls: \(work), \(trouble), \(number / step) runs, \(errors) errors")
  }

  @Test func afterTheRenameTheNewIndexIsValidWhateverTheFolderHolds() throws {
    let index = try TestIndex()
    try CrashCommits.commit(index.path, Self.old)
    let isRenamed = Mutex(false)
    let watch = SystemCalls.startWatching(index.path) { call in
      isRenamed.withLock { isRenamed in
        if call.operation == .move { isRenamed = true }
        return isRenamed && call.operation == .synchronize ? .fail(EIO) : .proceed
      }
    }
    #expect(throws: SearchError.system(operation: "flush", path: index.path, code: EIO)) {
      try CrashCommits.commit(index.path, Self.new)
    }
    SystemCalls.stopWatching(watch)
    #expect(try index.keys("nouveau").sorted() == ["c", "d"])
    #expect(try SearchIndex.verify(index.path).isIntact)
  }

  @Test func aManifestThatCannotBeReadJustNowIsNotTakenForALeftover() throws {
    let index = try TestIndex()
    try CrashCommits.commit(index.path, Self.old)
    let watch = SystemCalls.startWatching(index.path + "/" + Manifest.fileName) { call in
      call.operation == .map ? .fail(EIO) : .proceed
    }
    #expect(throws: SearchError.self) { try CrashCommits.commit(index.path, Self.new) }
    let isMapped = Mutex(0)
    SystemCalls.stopWatching(watch)
    // The first look at the manifest goes well, the second does not.
    let second = SystemCalls.startWatching(index.path + "/" + Manifest.fileName) { call in
      guard call.operation == .map else { return .proceed }
      return isMapped.withLock { count in
        count += 1
        return count == 2 ? .fail(EIO) : .proceed
      }
    }
    #expect(throws: SearchError.self) { _ = try IndexWriter(index.path) }
    SystemCalls.stopWatching(second)
    #expect(try index.keys("diplomatie") == ["a"])
  }

  @Test func shortWritesAndSignalsChangeNothing() throws {
    let (plain, disturbed) = (try TestIndex(), try TestIndex())
    try CrashCommits.commit(plain.path, Self.new)
    let count = Mutex(0)
    let watch = SystemCalls.startWatching(disturbed.path) { call in
      let number = count.withLock { count in
        count += 1
        return count
      }
      let mayBeInterrupted: Set<SystemCalls.Operation> = [
        .open, .create, .openLock, .lock, .read, .write, .synchronize,
      ]
      if number % 3 == 0, mayBeInterrupted.contains(call.operation) { return .fail(EINTR) }
      return call.operation == .write ? .shorten(7) : .proceed
    }
    try CrashCommits.commit(disturbed.path, Self.new)
    SystemCalls.stopWatching(watch)
    #expect(count.withLock { $0 } > 100)
    for name in try plain.names() { #expect(try plain.bytes(of: name) == disturbed.bytes(of: name), "\(name)") }
  }

  @Test func watchersSeeOnlyTheirFolder() throws {
    let (index, other) = (try TestIndex(), try TestIndex())
    let events = try CallRecorder.record(index.path) { _ in
      try CrashCommits.commit(other.path, Self.old)
      try CrashCommits.commit(index.path, Self.old)
    }
    let paths = events.compactMap { event in if case .call(let call) = event { call.path } else { nil } }
    #expect(paths.count > 20 && paths.allSatisfy { $0.hasPrefix(index.path) })
    #expect(CallRecorder.record(index.path) { _ in }.isEmpty)
  }
}
