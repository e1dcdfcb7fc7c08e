import Synchronization

@testable import TextSearch

/// Notes every call on files below a folder, in order, until it goes.
final class CallRecorder: Sendable {
  enum Event: Sendable {
    case call(SystemCalls.Call)
    /// A commit has returned: from here on a crash must not lose it.
    case committed
  }

  private let log = Mutex<[Event]>([])
  private let watch = Mutex<Int>(0)

  var events: [Event] { log.withLock { $0 } }

  init(_ folder: String) {
    let number = SystemCalls.startWatching(folder) { [self] call in
      log.withLock { $0.append(.call(call)) }
      return .proceed
    }
    watch.withLock { $0 = number }
  }

  func noteCommit() { log.withLock { $0.append(.committed) } }

  func stop() { watch.withLock { SystemCalls.stopWatching($0) } }

  /// Runs `body` while the calls below `folder` are noted.
  static func record(_ folder: String, _ body: (CallRecorder) throws -> Void) rethrows -> [Event] {
    let recorder = CallRecorder(folder)
    defer { recorder.stop() }
    try body(recorder)
    return recorder.events
  }
}
