import Foundation
import Synchronization
import TextSearch

/// A thread that replaces documents of an index, commits and merges until it is stopped.
final class LiveWriter: Sendable {
  private let isStopped = Atomic<Bool>(false)
  private let commitCount = Atomic<Int>(0)
  private let failureCount = Atomic<Int>(0)
  private let thread: Mutex<SystemCalls.Thread?>

  static let documentsPerCommit = 1000

  var commits: Int { commitCount.load(ordering: .relaxed) }

  /// Starts writing. Blocks until the first commit.
  ///
  /// - Throws: ``WrongAnswer`` if the writer fails.
  init(_ path: String, _ replacements: Replacements) throws {
    thread = Mutex(nil)
    let started = SystemCalls.startThread { [self] in
      do {
        try write(path, replacements)
      } catch {
        failureCount.add(1, ordering: .relaxed)
      }
    }
    thread.withLock { $0 = started }
    try require(started != nil, "no thread")
    while commits == 0 && failureCount.load(ordering: .relaxed) == 0 { Thread.sleep(forTimeInterval: 0.001) }
  }

  private func write(_ path: String, _ replacements: Replacements) throws {
    var replacements = replacements
    let writer = try IndexWriter(appendingTo: path)
    while !isStopped.load(ordering: .relaxed) {
      for _ in 0..<LiveWriter.documentsPerCommit { try writer.add(replacements.next()) }
      try writer.commit()
      commitCount.add(1, ordering: .relaxed)
    }
  }

  /// Stops after the commit that is being made, and waits for it.
  ///
  /// - Throws: ``WrongAnswer`` if the writer has failed.
  func stop() throws {
    isStopped.store(true, ordering: .relaxed)
    thread.withLock { thread in
      if let running = thread.take() { SystemCalls.join(running) }
    }
    try require(failureCount.load(ordering: .relaxed) == 0, "the writer failed")
  }
}
