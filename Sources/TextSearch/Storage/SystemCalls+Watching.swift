import Synchronization

/// Watching the calls on files, and having them fail: how tests see what would be left after a crash or on a full disk.
///
/// Without a watch a call costs one more load.
extension SystemCalls {
  /// What a call does.
  package enum Operation: String, Sendable, CaseIterable {
    case open, create, openLock, lock, unlock, read, size, kind, list, map, write, synchronize, move, remove
    case makeFolder, removeFolder
  }

  /// A call that is about to be made.
  package struct Call: Sendable {
    package let operation: Operation
    package let path: String
    /// The new name where something is moved.
    package let target: String
    /// What is to be written.
    package let bytes: [UInt8]

    init(_ operation: Operation, _ path: String, target: String = "") {
      self.operation = operation
      self.path = path
      self.target = target
      bytes = []
    }

    init(_ operation: Operation, _ path: String, _ written: Span<UInt8>) {
      self.operation = operation
      self.path = path
      target = ""
      bytes = unsafe written.withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  /// What becomes of a call.
  package enum Verdict: Sendable {
    case proceed
    /// It is not made and fails with an error number.
    case fail(Int32)
    /// Of `write`: at most so many bytes are written; another call follows for the others.
    case shorten(Int)
    /// Of `map`: the file is read into the heap.
    case copy
  }

  private struct Watch: Sendable {
    let number: Int
    let folder: String
    let verdict: @Sendable (Call) -> Verdict
  }

  private static let watches = Mutex<[Watch]>([])
  private static let watchCount = Atomic<Int>(0)

  @inline(__always)
  static var isWatched: Bool { watchCount.load(ordering: .relaxed) > 0 }

  /// Asks `verdict` before each call on a path that begins with `folder`, by any thread, until `stopWatching`.
  package static func startWatching(_ folder: String, _ verdict: @escaping @Sendable (Call) -> Verdict) -> Int {
    watches.withLock { watches in
      let number = (watches.last?.number ?? 0) + 1
      watches.append(Watch(number: number, folder: folder, verdict: verdict))
      watchCount.add(1, ordering: .relaxed)
      return number
    }
  }

  /// - Parameter number: what `startWatching` gave.
  package static func stopWatching(_ number: Int) {
    watches.withLock { watches in
      guard let index = watches.firstIndex(where: { $0.number == number }) else { return }
      watches.remove(at: index)
      watchCount.subtract(1, ordering: .relaxed)
    }
  }

  @inline(never)
  static func verdict(on call: Call) -> Verdict {
    // Whoever watches may make calls too.
    let asked = watches.withLock { watches in watches.filter { call.path.hasPrefix($0.folder) } }
    for watch in asked {
      let verdict = watch.verdict(call)
      if case .proceed = verdict { continue }
      return verdict
    }
    return .proceed
  }
}
